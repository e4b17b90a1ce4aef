"""The head of a page: its title, what belongs beside it, its primary button; in one row, or in as many as large text and a narrow window take."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget

_ANY = 100_000


class HeadRow(QLayout):
    """A row of widgets and stretches, as QHBoxLayout has them, that goes on in the next line where it is full."""

    def __init__(self, spacing: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[tuple[QLayoutItem, int]] = []
        self._next_stretch = 0
        self._sizes: dict[QLayoutItem, tuple[int, int]] = {}
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addWidget(self, widget: QWidget, stretch: int = 0) -> None:
        """One more; with a stretch it takes what the others leave."""
        self._next_stretch = stretch
        super().addWidget(widget)
        self._next_stretch = 0

    def addStretch(self, stretch: int = 1) -> None:
        """Room that goes to nobody."""
        self._next_stretch = stretch
        self.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum))
        self._next_stretch = 0

    def addItem(self, item: QLayoutItem) -> None:
        """One more."""
        self._items.append((item, self._next_stretch))

    def count(self) -> int:
        """How many."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item with this number."""
        return self._items[index][0] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one out."""
        return self._items.pop(index)[0] if 0 <= index < len(self._items) else None

    def invalidate(self) -> None:
        """Something in it takes another room now."""
        self._sizes.clear()
        super().invalidate()

    @property
    def anything(self) -> bool:
        """Whether it holds anything that shows."""
        return any(item.widget() is not None and not item.isEmpty() for item, _stretch in self._items)

    def expandingDirections(self) -> Qt.Orientation:
        """As wide as there is room."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What the rows take at this width."""
        rows = self._rows(width)
        return sum(self._height(row) for row in rows) + self.spacing() * max(len(rows) - 1, 0)

    def sizeHint(self) -> QSize:
        """All in one row."""
        [row] = self._rows(_ANY) or [[]]
        return QSize(self._width(row), self._height(row))

    def minimumSize(self) -> QSize:
        """The widest thing, and one row."""
        sizes = [self._size(item, stretch) for item, stretch in self._items if item.widget() is not None and not item.isEmpty()]
        return QSize(max((width for width, _height in sizes), default=0), max((height for _width, height in sizes), default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        y = rect.y()
        for row in self._rows(rect.width()):
            high = self._height(row)
            self._place(row, QRect(rect.x(), y, rect.width(), high))
            y += high + self.spacing()

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, int]]]:
        rows: list[list[tuple[QLayoutItem, int]]] = []
        for item, stretch in self._items:
            if item.widget() is not None and item.isEmpty():
                continue
            if rows and self._width([*rows[-1], (item, stretch)]) <= width:
                rows[-1].append((item, stretch))
            else:
                rows.append([(item, stretch)])
        return [row for row in rows if any(item.widget() is not None for item, _stretch in row)]

    def _width(self, row: list[tuple[QLayoutItem, int]]) -> int:
        widgets = [self._size(item, stretch)[0] for item, stretch in row if item.widget() is not None]
        return sum(widgets) + self.spacing() * max(len(widgets) - 1, 0)

    def _height(self, row: list[tuple[QLayoutItem, int]]) -> int:
        return max((self._size(item, stretch)[1] for item, stretch in row), default=0)

    def _size(self, item: QLayoutItem, stretch: int) -> tuple[int, int]:
        """The least width, and the height. A page is laid out often while it is built, and each widget is asked once."""
        if item not in self._sizes:
            self._sizes[item] = (_least(item, stretch), item.sizeHint().height())
        return self._sizes[item]

    def _place(self, row: list[tuple[QLayoutItem, int]], rect: QRect) -> None:
        parent = self.parentWidget()
        mirrored = parent is not None and parent.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left, shares = max(rect.width() - self._width(row), 0), sum(stretch for _item, stretch in row) or 1
        x = 0
        for item, stretch in row:
            more = left * stretch // shares
            if item.widget() is None:
                x += more
                continue
            least, high = self._size(item, stretch)
            width, high = min(least + more, rect.width()), min(high, rect.height())
            at = rect.right() + 1 - x - width if mirrored else rect.x() + x
            item.setGeometry(QRect(at, rect.y() + (rect.height() - high) // 2, width, high))
            x += width + self.spacing()


class Head(QWidget):
    """Title, row and primary button.

    Attributes:
        row: what belongs beside the title.
    """

    def __init__(self, title: QWidget, spacing: int) -> None:
        super().__init__()
        self._title, self._primary = title, QWidget()
        self._spacing = spacing
        self._beside = QWidget(self)
        self.row = HeadRow(spacing, self._beside)
        title.setParent(self)
        self._primary.setParent(self)
        self._primary.hide()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def end_with(self, primary: QWidget) -> None:
        """The button at the end of the first row."""
        self._primary = primary
        primary.setParent(self)

    def hasHeightForWidth(self) -> bool:
        """One row or several."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What the rows take."""
        return self._lay_out(width, move=False)

    def sizeHint(self) -> QSize:
        """All in one row, or as it stands."""
        width = self.width() if self.width() > 1 else self._one_row()
        return QSize(self._one_row(), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """As narrow as its parts may be."""
        ends = self._title.minimumSizeHint().width() + self._end()
        return QSize(max(ends, self.row.minimumSize().width()), self.heightForWidth(self.width()) if self.width() > 1 else 0)

    def resizeEvent(self, event: object) -> None:
        """Other rows, perhaps."""
        self._lay_out(self.width(), move=True)

    def event(self, event: QEvent) -> bool:
        """Something in it takes another room now."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._lay_out(self.width(), move=True)
            self.updateGeometry()
        return super().event(event)

    def _end(self) -> int:
        return 0 if self._primary.isHidden() else self._primary.sizeHint().width() + self._spacing

    def _one_row(self) -> int:
        return self._title.sizeHint().width() + self._end() + self._beside_width()

    def _beside_width(self) -> int:
        return self.row.sizeHint().width() + self._spacing if self.row.anything else 0

    def _lay_out(self, width: int, *, move: bool) -> int:
        title = self._title.sizeHint()
        button = QSize() if self._primary.isHidden() else self._primary.sizeHint()
        end = 0 if self._primary.isHidden() else button.width() + self._spacing
        one = title.width() + end + self._beside_width() <= width
        room = width - title.width() - end - self._spacing if one else width
        beside = self.row.heightForWidth(max(room, 0)) if self.row.anything else 0
        first = max(title.height(), button.height(), beside if one else 0)
        if move:
            across = min(title.width(), width - end)
            self._put(self._title, QRect(0, (first - title.height()) // 2, across, title.height()))
            self._put(self._primary, QRect(width - button.width(), (first - button.height()) // 2, button.width(), button.height()))
            top = (first - beside) // 2 if one else first + self._spacing
            self._put(self._beside, QRect(title.width() + self._spacing if one else 0, top, max(room, 0), beside))
        return first if one or not beside else first + self._spacing + beside

    def _put(self, widget: QWidget, box: QRect) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        widget.setGeometry(box.translated(self.width() - box.width() - 2 * box.x(), 0) if mirrored else box)


def _least(item: QLayoutItem, stretch: int) -> int:
    """What takes the rest may be as narrow as it can; all else is as wide as it likes to be."""
    widget = item.widget()
    return widget.minimumSizeHint().width() if stretch and widget is not None else item.sizeHint().width()
