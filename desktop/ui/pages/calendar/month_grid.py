"""A month, drawn by one widget: weeks of days with their events. By mouse: click or drag to make, drag to move. By keyboard: arrows, Enter, N."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from desktop.ui import roles
from desktop.ui.dates import Dates
from desktop.ui.pages.calendar.month_painter import MonthPainter
from desktop.ui.pages.calendar.shown import WEEK, Piece, Shown, first_of_grid, month_pieces, weeks_of
from desktop.ui.pages.calendar.words import described
from desktop.ui.theme import Theme
from resources.translations import _, ngettext

_NOTCH = 120  # of a wheel
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -WEEK, Qt.Key.Key_Down: WEEK}


class MonthGrid(QWidget):
    """Shows a month.

    Attributes:
        month: its first day.
        day: the day that the keyboard is on.
        days: the first and last day that are marked; both `day` where no more are.
        chosen: the key of the event that is open; None for none.
        scrolled: how many pixels of it are above what can be seen.
    Signals:
        day_moved: the keyboard or the mouse is on another day; it may lie in another month.
        opened: (a Shown) open it.
        make: (first day, last day) of something new.
        moved: (a Shown, how many days).
        more: a day of which not everything has room.
        turned: so many months on or back.
        closed: Escape.
        reached: the keyboard, or what is dragged, is over this day: it is to be in sight.
    """

    day_moved = Signal(object)
    opened = Signal(object)
    make = Signal(object, object)
    moved = Signal(object, int)
    more = Signal(object)
    turned = Signal(int)
    closed = Signal()
    reached = Signal(object)

    def __init__(self, theme: Theme, dates: Dates) -> None:
        super().__init__()
        self._theme, self._dates = theme, dates
        self.week_start = dates.locale.firstDayOfWeek().value - 1
        self.day = self.anchor = dates.today()
        self.month = self.day.replace(day=1)
        self.found: Sequence[Shown] = ()
        self.hidden: Mapping[date, int] = {}
        self.chosen: tuple[str, str] | None = None
        self.draft: tuple[date, date] | None = None
        self._weeks: list[list[Piece]] = []
        self._pressed: QPoint | None = None
        self._pressed_on: Shown | None = None
        self._dragging = False
        self.drop_day: date | None = None
        self._hovered: Shown | None = None
        self._wheel = 0
        self.scrolled = 0
        self.painter = MonthPainter(theme, dates, self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._fit()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(_("Month"))
        roles.table(self)
        theme.changed.connect(self._retheme)
        self._tell()

    @property
    def days(self) -> tuple[date, date]:
        """The marked days, in order."""
        return min(self.day, self.anchor), max(self.day, self.anchor)

    @property
    def first(self) -> date:
        """The first day shown."""
        return first_of_grid(self.month, self.week_start)

    @property
    def weeks(self) -> int:
        """How many weeks are shown."""
        return weeks_of(self.month, self.week_start)

    @property
    def last(self) -> date:
        """The last day shown."""
        return self.first + timedelta(days=self.weeks * WEEK - 1)

    @property
    def hovered(self) -> Shown | None:
        """What the mouse is over."""
        return self._hovered

    def show_month(self, month: date, found: Sequence[Shown], hidden: Mapping[date, int] | None = None) -> None:
        """Show a month and what is in it. `hidden`: for a day, how many more there are than were handed over."""
        self.month, self.found, self.hidden = month.replace(day=1), found, hidden or {}
        self._hovered = None
        self._arrange()
        self._fit()
        self._tell()
        self.update()

    def go_to(self, day: date, *, keep_anchor: bool = False) -> None:
        """Put the keyboard on a day."""
        self.day = day
        if not keep_anchor:
            self.anchor = day
        self.reached.emit(day)
        self._tell()
        self.update()

    def on_day(self, day: date) -> list[Shown]:
        """What is on a day, as it is listed."""
        listed = [one for one in self.found if one.first <= day <= one.last]
        return sorted(listed, key=lambda one: (not one.bar, one.occurrence.start_at))

    def pieces(self, week: int) -> Sequence[Piece]:
        """What is drawn in a week."""
        return self._weeks[week] if week < len(self._weeks) else ()

    def show_chosen(self, key: tuple[str, str] | None, draft: tuple[date, date] | None = None) -> None:
        """Which event is open, or which days the new one takes."""
        self.chosen, self.draft = key, draft
        self.update()

    def scroll_to(self, height: int) -> None:
        """So much of it is above what can be seen: the names of the days go along."""
        self.scrolled = height
        self.update()

    def day_at(self, point: QPoint) -> date | None:
        """The day under a point."""
        place = self.painter.day_at(point)
        return None if place is None else self.first + timedelta(days=place)

    def shown_at(self, point: QPoint) -> Shown | None:
        """The event under a point."""
        return next((piece.what for box, piece in self.painter.boxes() if box.contains(point)), None)

    def box_of(self, key: tuple[str, str]) -> QRect | None:
        """Where an event is drawn first."""
        return next((box for box, piece in self.painter.boxes() if piece.what.key == key), None)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Where the keyboard is: for those who magnify, and for what scrolls around it."""
        if query is not Qt.InputMethodQuery.ImCursorRectangle:
            return super().inputMethodQuery(query)
        place = (self.day - self.first).days
        return self.painter.day_box(place).adjusted(0, -self.painter.names, 0, 0) if 0 <= place < self.weeks * WEEK else self.rect()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        self.painter.paint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer lanes have room."""
        self.painter.forget()

    def event(self, event: QEvent) -> bool:
        """The tooltip of an event says everything about it in one line."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            one = self.shown_at(event.pos())
            if one is not None:
                QToolTip.showText(event.globalPos(), described(one, self._dates), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the day (with Shift they mark days, with Ctrl they move the open event), Enter opens, N makes."""
        key = Qt.Key(event.key())
        held = event.modifiers()
        if key in _STEPS:
            step = _STEPS[key]
            if abs(step) == 1 and self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                step = -step
            self._arrow(step, held)
            return
        match key:
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                self.turned.emit(1 if key is Qt.Key.Key_PageDown else -1)
            case Qt.Key.Key_Home | Qt.Key.Key_T:
                self._moved_to(self._dates.today())
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self._enter()
            case Qt.Key.Key_N if not held:
                self.make.emit(*self.days)
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Something may begin here."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        day = self.day_at(event.position().toPoint())
        if day is None:
            return
        self._pressed = event.position().toPoint()
        self._pressed_on = self.shown_at(self._pressed)
        self._dragging = False
        self.go_to(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag: an event to another day, or over the days of a new one."""
        point = event.position().toPoint()
        if self._pressed is None:
            hovered = self.shown_at(point)
            if hovered is not self._hovered:
                self._hovered = hovered
                self.setCursor(Qt.CursorShape.PointingHandCursor if hovered else Qt.CursorShape.ArrowCursor)
                self.update()
            return
        if not self._dragging and (point - self._pressed).manhattanLength() < QApplication.startDragDistance():
            return
        self._dragging = True
        day = self.day_at(point)
        if day is None:
            return
        if self._pressed_on is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.drop_day = day
            self.reached.emit(day)
            self.update()
        else:
            self.go_to(day, keep_anchor=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open, make or move."""
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        pressed, on, dragged = self._pressed, self._pressed_on, self._dragging
        self._let_go()
        day = self.day_at(event.position().toPoint())
        if on is not None and dragged:
            grabbed = self.day_at(pressed)
            if day is not None and grabbed is not None and day != grabbed:
                self.go_to(day)
                self.moved.emit(on, (day - grabbed).days)
        elif on is not None:
            self.opened.emit(on)
        elif not dragged and (over := self.painter.more_at(pressed)) is not None:
            self.more.emit(self.first + timedelta(days=over))
        elif day is not None:
            self.day_moved.emit(self.day)
            self.make.emit(*self.days)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A month for each notch; where not all of it has room, what is around it scrolls."""
        around = self.parentWidget()
        if around is not None and around.height() < self.height():
            event.ignore()
            return
        self._wheel += event.angleDelta().y()
        notches = int(self._wheel / _NOTCH)
        if notches:
            self._wheel -= notches * _NOTCH
            self.turned.emit(-notches)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse."""
        self._hovered = None
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring shows where the keyboard is."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And goes."""
        self._let_go()
        self.update()

    def _let_go(self) -> None:
        self._pressed, self._pressed_on, self._dragging, self.drop_day = None, None, False, None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.update()

    def _arrow(self, step: int, held: Qt.KeyboardModifier) -> None:
        if held & Qt.KeyboardModifier.ControlModifier:
            one = next((one for one in self.found if one.key == self.chosen), None)
            if one is not None:
                self._moved_to(one.first + timedelta(days=step))
                self.moved.emit(one, step)
            return
        self._moved_to(self.day + timedelta(days=step), keep_anchor=bool(held & Qt.KeyboardModifier.ShiftModifier))

    def _moved_to(self, day: date, *, keep_anchor: bool = False) -> None:
        self.go_to(day, keep_anchor=keep_anchor)
        self.day_moved.emit(day)

    def _enter(self) -> None:
        """The first event of the day, then the next; where there is none, a new one."""
        listed = self.on_day(self.day)
        if self.anchor != self.day or not listed:
            self.make.emit(*self.days)
            return
        keys = [one.key for one in listed]
        place = keys.index(self.chosen) + 1 if self.chosen in keys else 0
        self.opened.emit(listed[place % len(listed)])

    def _arrange(self) -> None:
        self._weeks = month_pieces(self.found, self.first, self.weeks)
        self.painter.forget()

    def _retheme(self) -> None:
        self.painter.measure()
        self._fit()
        self.update()

    def _fit(self) -> None:
        """Each day has room for its number and one line."""
        self.setMinimumSize(self._theme.px(35), self.painter.least(self.weeks))

    def _tell(self) -> None:
        """What a screen reader says of the day."""
        listed = self.on_day(self.day)
        words = self._dates.long(self.day)
        total = len(listed) + self.hidden.get(self.day, 0)
        count = ngettext("{day}: {n} event", "{day}: {n} events", total).format(day=words, n=total)
        self.setAccessibleDescription("\n".join([count, *(described(one, self._dates) for one in listed[:10])]))
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
