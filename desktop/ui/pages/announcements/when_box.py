"""When it goes out: now, at a time, so long before an event, again and again; and all of it in one plain sentence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from desktop.community.durations import Offset
from desktop.community.errors import BelfryError
from desktop.community.lateness import UNTIL_START, Lateness
from desktop.community.ports import Clock
from desktop.community.schedules import NOW, At, BeforeEvent, EventDate, Now, Schedule, due
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.pages.announcements.repeat_box import RepeatBox
from desktop.ui.pages.announcements.schedule_words import sentence
from desktop.ui.pages.announcements.zone_box import ZoneBox
from desktop.ui.theme import Theme
from desktop.ui.widgets.chip import chip
from desktop.ui.widgets.combo import Combo, name_box, shorten
from desktop.ui.widgets.day_field import DayField
from desktop.ui.widgets.edited import problem_of
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.label import label
from desktop.ui.widgets.spin import number_box
from desktop.ui.widgets.time_line import TimeLine
from resources.translations import _, ngettext


class Kind(StrEnum):
    """The four ways."""

    NOW = "now"
    AT = "at"
    BEFORE = "before"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class EventChoice:
    """An event to remind of.

    Attributes:
        next_at: its next date, aware, UTC; None where none is known.
        next_date: the same as planning sees it.
    """

    id: str
    title: str
    next_at: datetime | None = None
    next_date: EventDate | None = None


_UNITS = ("m", "h", "d", "w")


class WhenBox(QWidget):
    """Edits a schedule.

    Signals:
        changed: it says something else.
    """

    changed = Signal()

    def __init__(self, theme: Theme, icons: Icons, dates: Dates, clock: Clock) -> None:
        super().__init__()
        self._dates, self._clock = dates, clock
        self._events: Sequence[EventChoice] = ()
        self._filling = False
        self._lateness = UNTIL_START
        self._look: Callable[[], Sequence[EventChoice]] | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(1))
        holder = QWidget()
        row = FlowLayout(theme.px(0.75), parent=holder)
        self._group = QButtonGroup(self)
        self.kinds = {
            Kind.NOW: chip(_("Now"), on=True),
            Kind.AT: chip(_("At a time")),
            Kind.BEFORE: chip(_("Before an event")),
            Kind.REPEAT: chip(_("Again and again")),
        }
        for made in self.kinds.values():
            self._group.addButton(made)
            row.addWidget(made)
        self._group.buttonToggled.connect(lambda _button, on: self._changed() if on else None)
        box.addWidget(holder)
        self.day = DayField(theme, icons, dates, _("Day"))
        self.time = TimeLine(_("Time"), dates.locale, kind="")
        self._time_problem = problem_of(self.time)
        self.zone = ZoneBox(dates.zone.key)
        self._at = _row(theme, self.day, self.time, self.zone, self._time_problem)
        self.amount = number_box(theme, _("How long before"), 1, 366)
        self.unit = Combo()
        name_box(self.unit, _("Unit"))
        self.event_box = Combo()
        name_box(self.event_box, _("Event"))
        shorten(self.event_box, 26)
        self._before = _row(theme, self.amount, self.unit, label(_("before")), self.event_box)
        self.repeat = RepeatBox(theme, icons, dates)
        box.addWidget(self._at)
        box.addWidget(self._before)
        box.addWidget(self.repeat)
        self._sentence = label("", "quiet", wrap=True)
        self._sentence.setAccessibleName(_("When it goes out"))
        box.addWidget(self._sentence)
        tomorrow = (dates.now() + timedelta(days=1)).replace(hour=18, minute=0)
        self.day.show_day(tomorrow.date())
        self.time.show_time(time(18))
        self.repeat.set_start(tomorrow.replace(tzinfo=None))
        self._units()
        self.unit.setCurrentIndex(2)
        self.day.chosen.connect(lambda _day: self._changed())
        self.day.refused.connect(self._changed)
        self.time.timed.connect(lambda _time: self._changed())
        self.time.judged.connect(lambda _problem: self._changed())
        self.zone.picked.connect(self._changed)
        self.amount.valueChanged.connect(lambda: self._amount_changed())
        self.unit.activated.connect(lambda: self._changed())
        self.event_box.activated.connect(lambda: self._changed())
        self.repeat.changed.connect(self._changed)
        self._show_parts()

    @property
    def kind(self) -> Kind:
        """Which of the four."""
        return next(kind for kind, made in self.kinds.items() if made.isChecked())

    @property
    def event_id(self) -> str:
        """Of the event that it reminds of; empty for none."""
        if self.kind is not Kind.BEFORE or not self._events:
            return ""
        return self._events[max(self.event_box.currentIndex(), 0)].id

    @property
    def problem(self) -> str:
        """Why a day or a time that is typed can't be; empty where all is right."""
        match self.kind:
            case Kind.AT:
                return self.day.problem or self._time_problem.text()
            case Kind.REPEAT:
                return self.day.problem or self._time_problem.text() or self.repeat.problem
            case _:
                return ""

    def schedule(self) -> Schedule:
        """The schedule as it is set. Raises Refused for a repetition that can't be."""
        match self.kind:
            case Kind.NOW:
                return NOW
            case Kind.AT:
                return At(self._wall(), self.zone.zone)
            case Kind.REPEAT:
                return At(self._wall(), self.zone.zone, self.repeat.repeats())
            case Kind.BEFORE:
                amount = self.amount.value()
                match _UNITS[max(self.unit.currentIndex(), 0)]:
                    case "m":
                        return BeforeEvent(Offset(0, timedelta(minutes=amount)))
                    case "h":
                        return BeforeEvent(Offset(0, timedelta(hours=amount)))
                    case "d":
                        return BeforeEvent(Offset(amount))
                    case _:
                        return BeforeEvent(Offset(amount * 7))

    def next_moment(self) -> datetime:
        """When it goes out next, aware: for the clock in the preview."""
        schedule = self.schedule()
        match schedule:
            case At():
                return due(schedule)
            case BeforeEvent() if self._events and (date := self._events[max(self.event_box.currentIndex(), 0)].next_date):
                return due(schedule, date)
            case _:
                return self._clock.now()

    def offer_events(self, events: Sequence[EventChoice]) -> None:
        """The events that may be reminded of, the next first."""
        chosen = self.event_id
        self._events = events
        self.event_box.clear()
        for one in events:
            when = self._dates.moment(one.next_at) if one.next_at else _("no date ahead")
            self.event_box.addItem(_("{title} · {when}").format(title=one.title, when=when))
        index = next((number for number, one in enumerate(events) if one.id == chosen), 0)
        self.event_box.setCurrentIndex(index if events else -1)
        self._look = None
        self._offer_before(bool(events) or self.kind is Kind.BEFORE)
        self._tell()

    def offer_later(self, look: Callable[[], Sequence[EventChoice]], *, any_event: bool) -> None:
        """The events that may be reminded of are looked for when somebody wants to."""
        self._look = look
        self._offer_before(any_event)

    def _offer_before(self, there: bool) -> None:
        self.kinds[Kind.BEFORE].setEnabled(there)
        self.kinds[Kind.BEFORE].setToolTip("" if there else _("There is no event in the calendar yet."))

    def show_schedule(self, schedule: Schedule, event_id: str = "") -> None:
        """Show a schedule. Says nothing."""
        self._filling = True
        match schedule:
            case Now():
                self.kinds[Kind.NOW].setChecked(True)
            case At(wall, zone, repeats):
                self.day.show_day(wall.date())
                self.time.show_time(wall.time())
                self.zone.choose(zone)
                if repeats is not None:
                    self.repeat.show_rule(repeats, wall)
                self.kinds[Kind.REPEAT if repeats is not None else Kind.AT].setChecked(True)
            case BeforeEvent(offset):
                self._show_offset(offset)
                self.kinds[Kind.BEFORE].setChecked(True)
        for number, one in enumerate(self._events):
            if one.id == event_id:
                self.event_box.setCurrentIndex(number)
        self._filling = False
        self._show_parts()

    def words(self) -> str:
        """The sentence."""
        return self._sentence.text()

    def refresh(self) -> None:
        """Time has passed."""
        self._tell()

    def follow(self, lateness: Lateness) -> None:
        """What becomes of what is late says what becomes of a date that is nearer than the reminder is long."""
        if lateness != self._lateness:
            self._lateness = lateness
            self._tell()

    def _with_next(self, how: str, start: datetime) -> str:
        moment, now = self.next_moment(), self._clock.now()
        if moment > now:
            return _("{how}; next: {when}").format(how=how, when=self._dates.moment(moment))
        if self._lateness.late_until(moment, start) >= now:
            text = _("{how}. The next date, {when}, is nearer than that: for it, the announcement goes out at once.")
        else:
            text = _("{how}. The next date, {when}, is nearer than that: nothing goes out for it.")
        return text.format(how=how, when=self._dates.moment(start))

    def _show_offset(self, offset: Offset) -> None:
        minutes = int(offset.exact / timedelta(minutes=1)) + offset.days * 24 * 60 if offset.exact else 0
        if not offset.exact:
            amount, unit = (offset.days // 7, 3) if offset.days % 7 == 0 and offset.days else (max(offset.days, 1), 2)
        else:
            amount, unit = (minutes // 60, 1) if minutes % 60 == 0 else (minutes, 0)
        self.amount.setMaximum(366 * 24 * 60 if unit == 0 else 366)
        self.amount.setValue(amount)
        self._units()
        self.unit.setCurrentIndex(unit)

    def _wall(self) -> datetime:
        return datetime.combine(self.day.day, self.time.clock.replace(second=0, microsecond=0))

    def _units(self) -> None:
        """The units in the number that the amount asks for."""
        n, index = self.amount.value(), self.unit.currentIndex()
        self.unit.clear()
        self.unit.addItems([ngettext("minute", "minutes", n), ngettext("hour", "hours", n), ngettext("day", "days", n), ngettext("week", "weeks", n)])
        self.unit.setCurrentIndex(index)

    def _amount_changed(self) -> None:
        if not self._filling:
            self._units()
            self._changed()

    def _changed(self) -> None:
        if self._filling:
            return
        if self.kind is Kind.BEFORE and self._look is not None:
            self.offer_events(self._look())
        self._filling = True
        self.repeat.set_start(self._wall())
        self._filling = False
        self._show_parts()
        self.changed.emit()

    def _show_parts(self) -> None:
        kind = self.kind
        self._at.setVisible(kind in (Kind.AT, Kind.REPEAT))
        self._before.setVisible(kind is Kind.BEFORE)
        self.repeat.setVisible(kind is Kind.REPEAT)
        self._tell()

    def _tell(self) -> None:
        event = self._events[max(self.event_box.currentIndex(), 0)] if self._events else None
        try:
            text = sentence(self.schedule(), self._dates, self._clock.now(), event.title if event else "")
        except BelfryError as error:
            text = str(error)
        if self.kind is Kind.BEFORE and event is not None and event.next_at is not None:
            text = self._with_next(text, event.next_at)
        self._sentence.setText(text)
        self._sentence.setVisible(self.kind is not Kind.NOW)


def _row(theme: Theme, *widgets: QWidget) -> QWidget:
    holder = QWidget()
    flow = FlowLayout(theme.px(1), parent=holder)
    for widget in widgets:
        flow.addWidget(widget)
    return holder
