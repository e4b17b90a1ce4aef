"""The agenda: what comes, one line after the other, each day named once at the leading side."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.dates import Dates
from desktop.ui.pages.calendar.shown import Shown
from desktop.ui.pages.calendar.words import described, span
from desktop.ui.theme import LARGE, Text, Theme
from resources.translations import _

SHOWN_ROLE = int(Qt.ItemDataRole.UserRole)
"""The Shown itself."""
FIRST_ROLE = SHOWN_ROLE + 1
"""Whether it is the first of its day."""
Index = QModelIndex | QPersistentModelIndex
_ROW, _DAY_COLUMN, _TIME_COLUMN = 5.5, 15.0, 17.0  # units of the grid
_NARROW = 80  # units of the grid: below, day and time take less


class AgendaModel(QAbstractListModel):
    """Dates in order."""

    def __init__(self, dates: Dates) -> None:
        super().__init__()
        self._dates = dates
        self.listed: Sequence[Shown] = ()

    def show(self, listed: Sequence[Shown]) -> None:
        """Show these, in this order."""
        if listed == self.listed:
            return
        self.beginResetModel()
        self.listed = listed
        self.endResetModel()

    def row_of(self, key: tuple[str, str]) -> int | None:
        """Where a date is; None where it is not."""
        return next((row for row, one in enumerate(self.listed) if one.key == key), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """How many."""
        return 0 if parent.isValid() else len(self.listed)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The line as text, for those who listen; SHOWN_ROLE, FIRST_ROLE."""
        if not index.isValid():
            return None
        one = self.listed[index.row()]
        match role:
            case int(value) if value == SHOWN_ROLE:
                return one
            case int(value) if value == FIRST_ROLE:
                return index.row() == 0 or self.listed[index.row() - 1].first != one.first
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return _("{day}: {event}").format(day=self._dates.long(one.first), event=described(one, self._dates))
            case Qt.ItemDataRole.ToolTipRole:
                return described(one, self._dates)
        return None


class AgendaView(QListView):
    """The list.

    Signals:
        opened: (a Shown) it was chosen by mouse or keyboard.
        entered_on: (a Shown) Enter or a double click: edit it.
        closed: Escape.
    """

    opened = Signal(object)
    entered_on = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, dates: Dates, model: AgendaModel) -> None:
        super().__init__()
        self.listed = model
        self.setModel(model)
        self._line = _Line(theme, dates, self)
        self.setItemDelegate(self._line)
        model.modelReset.connect(lambda: self._line.measure(model.listed))
        self.setAccessibleName(_("Agenda"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(self._current)
        self.doubleClicked.connect(lambda index: self.entered_on.emit(index.data(SHOWN_ROLE)))
        theme.changed.connect(self._retheme)

    def minimumSizeHint(self) -> QSize:
        """A line and a half: it scrolls."""
        return QSize(super().minimumSizeHint().width(), self.fontMetrics().height() * 3 // 2)

    def choose(self, key: tuple[str, str] | None) -> None:
        """Mark a date without opening it anew."""
        row = self.listed.row_of(key) if key is not None else None
        self.selectionModel().blockSignals(True)
        if row is None:
            self.clearSelection()
        elif self.currentIndex().row() != row or not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.listed.index(row, 0))
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def go_to(self, day: date) -> None:
        """Bring a day to the top."""
        row = next((row for row, one in enumerate(self.listed.listed) if one.last >= day), None)
        if row is not None:
            self.scrollTo(self.listed.index(row, 0), QAbstractItemView.ScrollHint.PositionAtTop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits what is chosen, Escape closes."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.currentIndex().isValid():
                self.entered_on.emit(self.currentIndex().data(SHOWN_ROLE))
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case _:
                super().keyPressEvent(event)

    def _retheme(self) -> None:
        self._line.measure(self.listed.listed)
        self.doItemsLayout()

    def _current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.data(SHOWN_ROLE))


def _times(one: Shown) -> tuple[time | None, time | None, date | None]:
    """What the words for its time are made of: whole days or hours, and the last day where that is another one."""
    begin, end = (None if moment is None else moment.time() for moment in (one.at, one.until))
    return begin, end, None if one.last == one.first else one.last


class _Line(QStyledItemDelegate):
    """Draws one entry: the day where it is the first of it, the time, the title, the place."""

    def __init__(self, theme: Theme, dates: Dates, parent: AgendaView) -> None:
        super().__init__(parent)
        self._theme, self._dates = theme, dates
        self._day_width = self._time_width = 0

    def measure(self, listed: Sequence[Shown]) -> None:
        """How wide the days and times are that are listed."""
        days, times = QFontMetrics(self._theme.font(Text.BODY, bold=True)), QFontMetrics(self._theme.font(Text.SMALL))
        self._day_width = max((days.horizontalAdvance(self._dates.short(day)) for day in {one.first for one in listed}), default=0)
        alike = {_times(one): one for one in listed}  # half a year has thousands, at a few times of the day
        self._time_width = max((times.horizontalAdvance(span(one, self._dates)) for one in alike.values()), default=0)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All lines are equally high."""
        return QSize(self._theme.px(40), self._theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it, mirrored where people read from the right."""
        theme, px = self._theme, self._theme.px
        one: Shown = index.data(SHOWN_ROLE)
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        direction: Qt.LayoutDirection = option.direction
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # a text is read as it is itself; where it stands is the layout's
        pad, day_width = px(3), max(px(12 if box.width() < px(_NARROW) else _DAY_COLUMN), self._day_width + px(1.5))
        lit = QRect(box.x() + pad + day_width, box.y() + 1, box.width() - 2 * pad - day_width + px(1), box.height() - 2)
        place = [QStyle.visualRect(direction, box, lit)]
        if state & QStyle.StateFlag.State_Selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("accent_text"), 1) if state & QStyle.StateFlag.State_HasFocus else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft" if state & QStyle.StateFlag.State_Selected else "hover"))
            painter.drawRoundedRect(place[0], px(0.5), px(0.5))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if index.data(FIRST_ROLE):
            if index.row():
                painter.setPen(QPen(theme.colour("line"), 1))
                painter.drawLine(box.x() + pad, box.y(), box.right() - pad, box.y())
            today = one.first == self._dates.today()
            painter.setFont(theme.font(Text.BODY, bold=True))
            painter.setPen(theme.colour("accent_text" if today else "text"))
            where = QRect(box.x() + pad, box.y(), day_width - px(1), box.height())
            words = _("Today") if today else self._dates.short(one.first)
            self._text(painter, direction, box, where, words)
        left = box.x() + pad + day_width + px(1)
        room = QRect(left, box.y(), box.right() - pad - left, box.height())
        if theme.scale < LARGE:
            self._beside(painter, direction, box, room, one)
        else:
            self._below(painter, direction, box, room, one)
        painter.restore()

    def _beside(self, painter: QPainter, direction: Qt.LayoutDirection, row: QRect, room: QRect, one: Shown) -> None:
        """Time, title and place in one line."""
        px = self._theme.px
        time_width = max(px(13 if row.width() < px(_NARROW) else _TIME_COLUMN), min(self._time_width + px(1.5), row.width() // 4))
        self._quiet(painter)
        self._text(painter, direction, row, QRect(room.x(), room.y(), time_width - px(1), room.height()), span(one, self._dates))
        room.setLeft(room.x() + time_width)
        title_width = self._titled(painter, one).horizontalAdvance(one.occurrence.title) + 2
        rest = _("Cancelled") if one.occurrence.cancelled else one.occurrence.place
        title_room = min(title_width, room.width() if not rest else max(room.width() * 6 // 10, room.width() - px(16)))
        self._text(painter, direction, row, QRect(room.x(), room.y(), title_room, room.height()), one.occurrence.title)
        self._quiet(painter, "bad" if one.occurrence.cancelled else "text_quiet")
        self._text(painter, direction, row, room.adjusted(title_room + px(1.5), 0, 0, 0), rest)

    def _below(self, painter: QPainter, direction: Qt.LayoutDirection, row: QRect, room: QRect, one: Shown) -> None:
        """In large text: the title, and below it time and place."""
        gap = self._theme.px(1)
        title = self._titled(painter, one)
        small = QFontMetrics(self._theme.font(Text.SMALL))
        top = room.y() + (room.height() - title.height() - small.height()) // 2
        self._text(painter, direction, row, QRect(room.x(), top, room.width(), title.height()), one.occurrence.title)
        below = QRect(room.x(), top + title.height(), room.width(), small.height())
        when = span(one, self._dates)
        self._quiet(painter)
        self._text(painter, direction, row, below, when)
        below.setLeft(below.x() + small.horizontalAdvance(when) + gap)
        self._quiet(painter, "bad" if one.occurrence.cancelled else "text_quiet")
        self._text(painter, direction, row, below, _("Cancelled") if one.occurrence.cancelled else one.occurrence.place)

    def _quiet(self, painter: QPainter, colour: str = "text_quiet") -> None:
        painter.setFont(self._theme.font(Text.SMALL))
        painter.setPen(self._theme.colour(colour))

    def _titled(self, painter: QPainter, one: Shown) -> QFontMetrics:
        """Take up the pen for the title; struck through where it does not take place."""
        font = self._theme.font(Text.BODY)
        font.setStrikeOut(one.occurrence.cancelled)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text_quiet" if one.occurrence.cancelled else "text"))
        return QFontMetrics(font)

    def _text(self, painter: QPainter, direction: Qt.LayoutDirection, row: QRect, box: QRect, text: str) -> None:
        if box.width() <= 0:
            return
        side = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter) | Qt.AlignmentFlag.AlignAbsolute
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QStyle.visualRect(direction, row, box), int(side.value), shown)
