"""A week, drawn by one widget: days side by side, hours down the side, whole days above them.

What the mouse does is in `week_mouse`, what the keyboard does in `week_keys`, where things stand in `week_layout` and `week_places`.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from desktop.community.recurrence import Wall
from desktop.ui import roles
from desktop.ui.dates import Dates
from desktop.ui.pages.calendar.shown import ONE_DAY, WEEK, Piece, Shown
from desktop.ui.pages.calendar.week_keys import WeekKeys
from desktop.ui.pages.calendar.week_layout import SLOT, Block, Crowd, DayRow, Part, blocks, day_row, in_day_row, parts, sensible_top
from desktop.ui.pages.calendar.week_mouse import WeekMouse, after
from desktop.ui.pages.calendar.week_painter import WeekPainter
from desktop.ui.pages.calendar.week_places import Slot, WeekPlaces
from desktop.ui.pages.calendar.words import clock, described
from desktop.ui.theme import LARGE, Theme
from resources.translations import _, ngettext

_USUAL = timedelta(hours=1)
_FEW_LANES, _LANES = 2, 4  # of the row of whole days, in a low and in a high window


class WeekGrid(QAbstractScrollArea):
    """Shows a week.

    Attributes:
        first: its first day.
        day, minute: where the keyboard is; no minute in the row of whole days.
        by_keyboard: whether to show that.
        chosen: the key of the event that is open; None for none.
        draft: when the new event is; None for none.
        ghost: where something is being dragged to.
    Signals:
        day_moved: the keyboard or the mouse is on another day; it may lie in another week.
        opened, edit: (a Shown) open it; and write.
        make: (start, end) of something new: times, or days of which the last is not among them.
        moved, stretched: (a Shown, by how much); `stretched` for its end alone.
        more: a day of which not everything has room.
        turned: so many weeks on or back.
        closed: Escape.
    """

    day_moved = Signal(object)
    opened = Signal(object)
    edit = Signal(object)
    make = Signal(object, object)
    moved = Signal(object, object)
    stretched = Signal(object, object)
    more = Signal(object)
    turned = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme, dates: Dates) -> None:
        super().__init__()
        self._theme, self._dates = theme, dates
        self.week_start = dates.locale.firstDayOfWeek().value - 1
        now = dates.now()
        self.day = now.date()
        self.minute: int | None = (now.hour * 60 + now.minute) // SLOT * SLOT
        self.first = self.first_of(self.day)
        self._anchor: tuple[date, int | None] = (self.day, self.minute)
        self.found: Sequence[Shown] = ()
        self.hidden: Mapping[date, int] = {}
        self.blocks: list[Block] = []
        self.crowds: list[tuple[int, Crowd]] = []
        self.by_keyboard = True
        self.chosen: tuple[str, str] | None = None
        self.draft: tuple[Wall, Wall] | None = None
        self.ghost: tuple[Wall, Wall] | None = None
        self.ghost_title = ""
        self.hovered: Shown | None = None
        self.row = DayRow()
        self._scrolled_by_hand = False
        self.places = WeekPlaces(theme)
        self.painter = WeekPainter(theme, dates, self, self.places)
        self.mouse = WeekMouse(theme, self, self.places)
        self.keys = WeekKeys(dates, self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumSize(theme.px(35), theme.px(20 if theme.scale < LARGE else 3))
        self.setAccessibleName(_("Week"))
        roles.table(self)
        self.verticalScrollBar().setSingleStep(theme.px(3))
        self.verticalScrollBar().actionTriggered.connect(self._by_hand)
        theme.changed.connect(self._retheme)
        self._tell()

    @property
    def last(self) -> date:
        """The last day shown."""
        return self.first + (WEEK - 1) * ONE_DAY

    @property
    def marked(self) -> tuple[Wall, Wall] | None:
        """What is marked by dragging or with Shift, beyond one place."""
        return self._span() if self._anchor != (self.day, self.minute) else None

    def show_week(self, day: date, found: Sequence[Shown], hidden: Mapping[date, int] | None = None) -> None:
        """Show the week of a day and what is in it. `hidden`: for a day, how many more there are than were handed over."""
        self.first, self.found, self.hidden = self.first_of(day), found, hidden or {}
        self.hovered = None
        self._arrange()
        self._tell()

    def go_to(self, day: date) -> None:
        """Put the keyboard on a day, at the time where it is."""
        self.day = day
        self.unmark()
        self._tell()
        self.viewport().update()

    def put(self, slot: Slot) -> None:
        """Put the keyboard where the mouse is."""
        self.by_keyboard = False
        self.minute = slot.minute
        self.go_to(self.first + timedelta(days=slot.day))

    def mark_to(self, slot: Slot) -> None:
        """Mark from where it began to here."""
        self.day, self.minute = self.first + timedelta(days=slot.day), slot.minute
        self._tell()
        self.viewport().update()

    def marked_or_usual(self) -> tuple[Wall, Wall]:
        """What is marked; of one place an hour, or a day."""
        return self.marked or self._one_place()

    def move_to(self, day: date, minute: int | None, *, keep_anchor: bool = False) -> None:
        """Put the keyboard somewhere, also into another week, and see it."""
        self.day, self.minute = day, minute
        if not keep_anchor:
            self.unmark()
        self._see()
        self._tell()
        self.viewport().update()
        self.day_moved.emit(day)

    def unmark(self) -> None:
        """Nothing is marked but the place of the keyboard."""
        self._anchor = (self.day, self.minute)

    def make_marked(self) -> None:
        """Make something of it."""
        start, end = self.marked_or_usual()
        self.unmark()
        self.make.emit(start, end)

    def here(self) -> list[Shown]:
        """What is where the keyboard is, in order."""
        if self.minute is None:
            return [one for one in self.found if in_day_row(one) and one.first <= self.day <= one.last]
        day, low = (self.day - self.first).days, self.minute
        listed = [one for one in self.blocks if one.day == day and one.start < low + SLOT and one.end > low]
        return [one.what for one in sorted(listed, key=lambda one: (one.start, one.place.lane))]

    def show_chosen(self, key: tuple[str, str] | None, draft: tuple[Wall, Wall] | None = None) -> None:
        """Which event is open, or when the new one is."""
        other = (key, draft) != (self.chosen, self.draft)
        self.chosen, self.draft = key, draft
        if other:
            self._see_open()
        self.viewport().update()

    def show_ghost(self, one: Shown | None, by: timedelta, shape: Qt.CursorShape) -> None:
        """Show where a date would be."""
        self.ghost = after(one, by, end_only=shape is Qt.CursorShape.SizeVerCursor) if one is not None else None
        self.ghost_title = one.occurrence.title if one is not None else ""
        self.viewport().setCursor(shape)
        self.viewport().update()

    def hover(self, one: Shown | None, shape: Qt.CursorShape) -> None:
        """What the mouse is over."""
        self.viewport().setCursor(shape)
        if one is not self.hovered:
            changed = {id(self.hovered), id(one)}
            self.hovered = one
            for box, what in self._boxes():
                if id(what) in changed:
                    self.viewport().update(box.adjusted(-2, -2, 2, 2))

    def bars(self) -> list[tuple[QRect, Piece]]:
        """What is drawn in the row of whole days."""
        return [(self.places.bar_box(piece.column, piece.columns, piece.lane), piece) for piece in self.row.pieces]

    def more_boxes(self) -> list[tuple[QRect, int, int]]:
        """(box, day from 0, how many) where not everything of a day has room."""
        lane = self.row.lanes - 1
        return [(self.places.bar_box(day, 1, lane).adjusted(4, 0, -4, 0), day, count) for day, count in enumerate(self.row.lost) if count]

    def shown_at(self, point: QPoint) -> Shown | None:
        """The event under a point."""
        return next((what for box, what in reversed(self._boxes()) if box.contains(point)), None)

    def box_of(self, key: tuple[str, str]) -> QRect | None:
        """Where an event is drawn first."""
        return next((box for box, what in self._boxes() if what.key == key), None)

    def more_at(self, point: QPoint) -> date | None:
        """The day of the “+3” under a point."""
        found = [(box, day) for box, day, _count in self.more_boxes()]
        if point.y() >= self.places.head:
            found = [(self.places.crowd_box(day, crowd), day) for day, crowd in self.crowds]
        return next((self.first + timedelta(days=day) for box, day in found if box.contains(point)), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        self.painter.paint(QPainter(self.viewport()), event.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other columns, another height of the hours."""
        top = self.top if self.places.height else 0
        self._arrange()
        if self._scrolled_by_hand:
            self._scroll_to(top)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The hours go up and down, the heads stay."""
        self.places.scrolled = self.verticalScrollBar().value()
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Mirrored, or not any more."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._arrange()

    def viewportEvent(self, event: QEvent) -> bool:
        """The tooltip of an event says everything about it in one line."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            one = self.shown_at(event.pos())
            if one is not None:
                QToolTip.showText(event.globalPos(), described(one, self._dates), self.viewport())
            else:
                QToolTip.hideText()
            return True
        if event.type() is QEvent.Type.Leave:
            self.hover(None, Qt.CursorShape.ArrowCursor)
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What a key does is in `week_keys`."""
        self.by_keyboard = True
        if not self.keys.press(event):
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Something may begin here."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.mouse.press(event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what would be."""
        self.mouse.move(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.mouse.release(event.position().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a date and write."""
        one = self.shown_at(event.position().toPoint())
        if one is not None and event.button() is Qt.MouseButton.LeftButton:
            self.edit.emit(one)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The hours stay where the person has put them."""
        self._by_hand()
        super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring shows where the keyboard is."""
        self.by_keyboard = event.reason() is not Qt.FocusReason.MouseFocusReason
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And goes."""
        self.mouse.let_go()

    def _boxes(self) -> list[tuple[QRect, Shown]]:
        hours = self.places.hours_box()
        found = [(self.places.box(block).intersected(hours), block.what) for block in self.blocks]
        return [*found, *((box, piece.what) for box, piece in self.bars())]

    def _span(self) -> tuple[Wall, Wall]:
        (other, minute), day = self._anchor, self.day
        if self.minute is None or minute is None:
            return min(day, other), max(day, other) + ONE_DAY
        midnight = datetime.combine(day, time())
        low, high = sorted((self.minute, minute))
        return midnight + timedelta(minutes=low), midnight + timedelta(minutes=high + SLOT)

    def _one_place(self) -> tuple[Wall, Wall]:
        if self.minute is None:
            return self.day, self.day + ONE_DAY
        start = datetime.combine(self.day, time()) + timedelta(minutes=self.minute)
        return start, start + _USUAL

    def _arrange(self) -> None:
        """Work out where everything stands."""
        places, size = self.places, self.viewport().size()
        room = _FEW_LANES if size.height() < self._theme.px(75) else _LANES
        self.row = day_row(self.found, self.hidden, self.first, room)
        places.arrange(size.width(), size.height(), self.row.lanes, mirrored=self.layoutDirection() is Qt.LayoutDirection.RightToLeft)
        self.blocks, self.crowds = blocks(self.found, self.first, places.most)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(24 * places.hour - places.seen, 0))
        bar.setPageStep(places.seen)
        if not self._scrolled_by_hand:
            self._scroll_to(sensible_top(self.blocks, places.seen * 60 // places.hour))
            bar.setValue(bar.value() - places.line)  # so that the name of the first hour is whole
        places.scrolled = bar.value()
        self.painter.forget()
        self.viewport().update()

    def _scroll_to(self, minute: int) -> None:
        self.verticalScrollBar().setValue(minute * self.places.hour // 60)

    def _see_open(self) -> None:
        """Scroll to what is open where nothing of it is seen."""
        low, high = self.top, self.top + self.places.seen * 60 // self.places.hour
        opened: list[Block | Part] = [block for block in self.blocks if block.what.key == self.chosen]
        seen = any(one.start + SLOT <= high and one.end - SLOT >= low for one in opened)
        if self.draft is not None and isinstance(self.draft[0], datetime) and isinstance(self.draft[1], datetime):
            opened = list(parts(self.draft[0], self.draft[1], self.first))
            seen = any(low <= one.start and one.start + SLOT <= high for one in opened)
        if opened and not seen:
            self._scroll_to(opened[0].start - SLOT if opened[0].start < low else opened[0].end + SLOT - (high - low))

    def _see(self) -> None:
        """Scroll to where the keyboard is."""
        if self.minute is None:
            return
        top, seen = self.top, self.places.seen * 60 // self.places.hour
        if self.minute < top:
            self._scroll_to(self.minute)
        elif self.minute + SLOT > top + seen:
            self._scroll_to(self.minute + SLOT - seen)

    @property
    def top(self) -> int:
        """The first minute that is seen."""
        return self.places.scrolled * 60 // self.places.hour

    def _by_hand(self) -> None:
        self._scrolled_by_hand = True

    def first_of(self, day: date) -> date:
        """The first day of the week of a day."""
        return day - timedelta(days=(day.weekday() - self.week_start) % WEEK)

    def _retheme(self) -> None:
        self.setMinimumSize(self._theme.px(35), self._theme.px(20 if self._theme.scale < LARGE else 3))
        self.painter.measure()
        self._arrange()

    def _tell(self) -> None:
        """What a screen reader says of the place."""
        listed = self.here()
        words = self._dates.long(self.day)
        if self.minute is not None:
            moment = datetime.combine(self.day, time(self.minute // 60, self.minute % 60))
            words = _("{day} {time}").format(day=words, time=clock(moment, self._dates.locale))
        count = ngettext("{day}: {n} event", "{day}: {n} events", len(listed)).format(day=words, n=len(listed))
        self.setAccessibleDescription("\n".join([count, *(described(one, self._dates) for one in listed[:10])]))
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
