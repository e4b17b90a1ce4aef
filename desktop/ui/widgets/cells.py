"""How rows of a table are painted: quiet, a hairline below, the chosen ones tinted, the current one marked; cells with avatars and tags."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.models.records import RecordModel
from desktop.ui.theme import Text, Theme
from desktop.ui.widgets.avatar import paint_avatar
from desktop.ui.widgets.written import Written, measures

Index = QModelIndex | QPersistentModelIndex
_SELECTED = QStyle.StateFlag.State_Selected.value


class Cell(QStyledItemDelegate):
    """One line of text.

    Args:
        ink: the named colour of the text.
    """

    def __init__(self, theme: Theme, parent: QWidget, *, ink: str = "text") -> None:
        super().__init__(parent)
        self._theme = theme
        self._ink = ink
        self._written: Written | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell."""
        painter.save()
        theme, box = self._theme, option.rect
        if _selected(option):
            painter.fillRect(box, theme.colour("accent_soft"))
        painter.fillRect(QRect(box.x(), box.bottom(), box.width(), 1), theme.colour("line"))
        view = option.widget
        if isinstance(view, QAbstractItemView) and view.hasFocus() and view.currentIndex().row() == index.row():
            mark = theme.colour("accent_text")
            painter.fillRect(QRect(box.x(), box.y(), box.width(), 1), mark)
            painter.fillRect(QRect(box.x(), box.bottom(), box.width(), 1), mark)
        self.fill(painter, option, box.adjusted(theme.px(1), 0, -theme.px(1), 0), index)
        painter.restore()

    def fill(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, index: Index) -> None:
        """Draw what is in the cell."""
        model = _model(index)
        self.write(painter, option, box, model.text(index.row(), index.column()), end=model.right(index.column()))

    def write(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, text: str, *, end: bool = False, ink: str = "") -> int:
        """Write one line, cut where it has no room, at the start of the box or at its end; gives its width."""
        if self._written is None or self._written.font != option.font:
            self._written = Written(QFont(option.font))
        painter.setPen(self._theme.colour(ink or self._ink))
        return self._written.write(painter, box, text, right=end is (option.direction is Qt.LayoutDirection.LeftToRight))


class AvatarCell(Cell):
    """An avatar, a name, and a quiet word behind it.

    Args:
        who: (name, key for the colour, photo, quiet word) of a record.
    """

    def __init__(self, theme: Theme, parent: QWidget, who: Callable[[Any], tuple[str, str, QPixmap | None, str]]) -> None:
        super().__init__(theme, parent)
        self._who = who

    def fill(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, index: Index) -> None:
        """Draw them, mirrored where people read from the right."""
        record = _model(index).record(index.row())
        if record is None:
            return
        name, key, photo, word = self._who(record)
        side, gap, edge = self._theme.px(3.5), self._theme.px(1.25), self._theme.px(2)  # with the cell's own margin: below the page's title
        left = option.direction is Qt.LayoutDirection.LeftToRight
        x = box.x() + edge if left else box.right() + 1 - side - edge
        paint_avatar(painter, self._theme, QRect(x, box.y() + (box.height() - side) // 2, side, side), name, key, photo)
        room = edge + side + gap
        line = box.adjusted(room, 0, 0, 0) if left else box.adjusted(0, 0, -room, 0)
        used = self.write(painter, option, line, name) + gap
        if word and used + gap < line.width():
            rest = line.adjusted(used, 0, 0, 0) if left else line.adjusted(0, 0, -used, 0)
            self.write(painter, option, rest, word, ink="text_quiet")


class TagsCell(Cell):
    """Tags as small rounded words; what has no room is counted.

    Args:
        tags: of a record.
    """

    def __init__(self, theme: Theme, parent: QWidget, tags: Callable[[Any], Sequence[str]]) -> None:
        super().__init__(theme, parent)
        self._tags = tags
        self._points = 0.0
        self._widths: dict[str, int] = {}

    def fill(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, index: Index) -> None:
        """Draw as many as there is room for."""
        record = _model(index).record(index.row())
        tags = self._tags(record) if record is not None else ()
        if not tags:
            return
        theme, left = self._theme, option.direction is Qt.LayoutDirection.LeftToRight
        written = self._hand()
        pad, gap = theme.px(0.875), theme.px(0.5)
        height, more = written.metrics.height() + theme.px(0.5), self._width("+99")
        start, y, room, high = measures(box)
        places: list[tuple[int, int, str]] = []  # from the start of the box, and how wide
        x, rest = 0, ""
        for number, text in enumerate(tags):
            width = self._width(text) + 2 * pad
            if x + width + (0 if number == len(tags) - 1 else more) > room:
                rest = f"+{len(tags) - number}"
                break
            places.append((start + x if left else start + room - x - width, width, text))
            x += width + gap
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("window" if _selected(option) else "sunken"))
        for at, width, _text in places:
            painter.drawRoundedRect(at, y + (high - height) // 2, width, height, height / 2, height / 2)
        painter.setPen(theme.colour("text_quiet"))
        painter.setFont(written.font)
        for at, width, text in places:
            written.put(painter, at, y + (high - height) // 2, width, height, text, centred=True)
        if rest:
            written.put(painter, start + x if left else start, y, room - x, high, rest, right=not left)

    def _hand(self) -> Written:
        """Writes small."""
        if self._written is None or self._points != self._theme.points(Text.SMALL):
            self._points = self._theme.points(Text.SMALL)
            self._written = Written(self._theme.font(Text.SMALL))
            self._widths.clear()
        return self._written

    def _width(self, text: str) -> int:
        width = self._widths.get(text)
        if width is None:
            width = self._widths[text] = self._hand().width(text)
        return width


def _selected(option: QStyleOptionViewItem) -> bool:
    return option.state.value & _SELECTED != 0  # a hundred times for each picture: Python's own flags take twice as long


def _model(index: Index) -> RecordModel[Any]:
    """The model itself: asking through the index for one role after the other takes as long as painting."""
    model = index.model()
    assert isinstance(model, RecordModel)
    return model
