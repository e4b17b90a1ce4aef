"""A layout that goes on in the next line where a row is full, mirrored where people read from the right."""

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Puts widgets side by side, in as many rows as it takes.

    Args:
        rows: how many rows at most; what has no room then is not shown. 0: any number.
        centred: each row stands in the middle.
    """

    def __init__(self, spacing: int, *, rows: int = 0, centred: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._rows, self._centred = rows, centred
        self._out: dict[QWidget, Qt.FocusPolicy] = {}
        self.setSpacing(spacing)
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:
        """One more."""
        self._items.append(item)

    def count(self) -> int:
        """How many."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item with this number."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def clear(self) -> None:
        """Take all out and delete their widgets."""
        while self._items:
            widget = self._items.pop().widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._out.clear()
        self.invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        """Takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What the rows take at this width."""
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        """All in one row."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        height = max((size.height() for size in sizes), default=0)
        return QSize(sum(size.width() for size in sizes) + self.spacing() * max(len(sizes) - 1, 0), height)

    def minimumSize(self) -> QSize:
        """The widest item."""
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        x, y, high, row = 0, 0, 0, 1
        line: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            if item.isEmpty():
                continue  # hidden: takes no room
            size = item.sizeHint().boundedTo(QSize(rect.width(), 1_000_000))
            if x and x + size.width() > rect.width():
                row += 1
                if self._rows and row > self._rows:
                    if place:
                        self._put(line, rect, high)
                        self._hide_from(item)
                    return y + high
                if place:
                    self._put(line, rect, high)
                line = []
                x, y, high = 0, y + high + self.spacing(), 0
            line.append((item, QRect(QPoint(x, y), size)))
            x += size.width() + self.spacing()
            high = max(high, size.height())
        if place:
            self._put(line, rect, high)
        return y + high

    def _put(self, line: Sequence[tuple[QLayoutItem, QRect]], rect: QRect, high: int) -> None:
        """Put the items of one row in their places, each in the middle of the row's height, mirrored where people read from the right."""
        parent = self.parentWidget()
        mirrored = parent is not None and parent.layoutDirection() is Qt.LayoutDirection.RightToLeft
        used = line[-1][1].right() + 1 if line else 0
        before = (rect.width() - used) // 2 if self._centred else 0
        for item, box in line:
            x = box.x() + before
            left = rect.right() + 1 - x - box.width() if mirrored else rect.x() + x
            item.setGeometry(QRect(QPoint(left, rect.y() + box.y() + (high - box.height()) // 2), box.size()))
            self._let_in(item)

    def _hide_from(self, first: QLayoutItem) -> None:
        """Put what has no room out of sight (Qt makes it 0 wide) and of the way of Tab; hiding it would lay everything out again."""
        for item in self._items[self._items.index(first) :]:
            item.setGeometry(QRect(QPoint(-10_000, 0), item.sizeHint()))
            widget = item.widget()
            if widget is not None and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                self._out[widget] = widget.focusPolicy()
                widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _let_in(self, item: QLayoutItem) -> None:
        """There is room for it again."""
        widget = item.widget()
        if widget is not None and widget in self._out:
            widget.setFocusPolicy(self._out.pop(widget))
