"""How rows of a table are painted: quiet, a hairline below, the chosen ones tinted, the current one marked; cells with avatars and tags."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.models.records import RECORD_ROLE
from desktop.ui.theme import Text, Theme
from desktop.ui.widgets.avatar import paint_avatar

Index = QModelIndex | QPersistentModelIndex


class Cell(QStyledItemDelegate):
    """One line of text.

    Args:
        ink: the named colour of the text.
    """

    def __init__(self, theme: Theme, parent: QWidget, *, ink: str = "text") -> None:
        super().__init__(parent)
        self._theme = theme
        self._ink = ink

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell."""
        painter.save()
        theme, box = self._theme, option.rect
        if option.state & QStyle.StateFlag.State_Selected:
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
        self.write(painter, option, box, str(index.data() or ""), index.data(Qt.ItemDataRole.TextAlignmentRole))

    def write(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, text: str, where: int | None = None, ink: str = "") -> int:
        """Write one line, cut where it has no room; gives its width."""
        painter.setFont(option.font)
        painter.setPen(self._theme.colour(ink or self._ink))
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        side = Qt.AlignmentFlag(where) if where is not None else Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each text as it is read itself; where it stands is the layout's
        painter.drawText(box, int(QStyle.visualAlignment(option.direction, side) | Qt.AlignmentFlag.AlignAbsolute), cut)
        return painter.fontMetrics().horizontalAdvance(cut)


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
        record = index.data(RECORD_ROLE)
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

    def fill(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, index: Index) -> None:
        """Draw as many as there is room for."""
        record = index.data(RECORD_ROLE)
        tags = self._tags(record) if record is not None else ()
        if not tags:
            return
        theme, left = self._theme, option.direction is Qt.LayoutDirection.LeftToRight
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(Text.SMALL))
        metrics = painter.fontMetrics()
        pad, gap = theme.px(0.875), theme.px(0.5)
        height = metrics.height() + theme.px(0.5)
        x, more = 0, metrics.horizontalAdvance("+99")
        for number, text in enumerate(tags):
            width = metrics.horizontalAdvance(text) + 2 * pad
            last = number == len(tags) - 1
            if x + width + (0 if last else more) > box.width():
                place = QRect(box.x() + x if left else box.x(), box.y(), box.width() - x, box.height())
                painter.setPen(theme.colour("text_quiet"))
                painter.drawText(place, int(QStyle.visualAlignment(option.direction, _MIDDLE)), f"+{len(tags) - number}")
                return
            place = QRect(box.x() + x if left else box.right() + 1 - x - width, box.y() + (box.height() - height) // 2, width, height)
            painter.setPen(Qt.PenStyle.NoPen)
            chosen = option.state & QStyle.StateFlag.State_Selected
            painter.setBrush(theme.colour("window" if chosen else "sunken"))
            painter.drawRoundedRect(place, height / 2, height / 2)
            painter.setPen(theme.colour("text_quiet"))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)
            x += width + gap


_MIDDLE = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
