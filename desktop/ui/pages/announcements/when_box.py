"""When it goes out: now, at a time, so long before an event, again and again; and all of it in one plain sentence."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from desktop.community.errors import BelfryError
from desktop.community.lateness import UNTIL_START, Lateness
from desktop.community.ports import Clock
from desktop.community.schedules import NOW, At, BeforeEvent, Now, Schedule, due
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.pages.announcements.repeat_box import RepeatBox
from desktop.ui.pages.announcements.schedule_words import sentence
from desktop.ui.pages.announcements.when_rows import AtRow, BeforeRow, EventChoice
from desktop.ui.theme import Theme
from desktop.ui.widgets.chip import chip
from desktop.ui.widgets.day_field import DayField
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.label import label
from desktop.ui.widgets.time_line import TimeLine
from resources.translations import _


class Kind(StrEnum):
    """The four ways."""

    NOW = "now"
    AT = "at"
    BEFORE = "before"
    REPEAT = "repeat"


class WhenBox(QWidget):
    """Edits a schedule. The fields of each way are made when it is first wanted: most announcements go out now.

    Signals:
        changed: it says something else.
    """

    changed = Signal()

    def __init__(self, theme: Theme, icons: Icons, dates: Dates, clock: Clock) -> None:
        super().__init__()
        self._theme, self._icons, self._dates, self._clock = theme, icons, dates, clock
        self._at: AtRow | None = None
        self._before: BeforeRow | None = None
        self._repeat: RepeatBox | None = None
        self._filling = False
        self._lateness = UNTIL_START
        self._look: Callable[[], Sequence[EventChoice]] | None = None
        self._box = box = QVBoxLayout(self)
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
        self._sentence = label("", "quiet", wrap=True)
        self._sentence.setAccessibleName(_("When it goes out"))
        box.addWidget(self._sentence)
        self._show_parts()

    @property
    def kind(self) -> Kind:
        """Which of the four."""
        return next(kind for kind, made in self.kinds.items() if made.isChecked())

    @property
    def at(self) -> AtRow:
        """Day, time and zone."""
        if self._at is None:
            self._at = AtRow(self._theme, self._icons, self._dates)
            self._put(1, self._at)
            self._at.changed.connect(self._changed)
        return self._at

    @property
    def before(self) -> BeforeRow:
        """How long before which event."""
        if self._before is None:
            self._before = BeforeRow(self._theme, self._dates)
            self._put(self._box.indexOf(self._sentence), self._before)
            self._before.changed.connect(self._changed)
        return self._before

    @property
    def repeat(self) -> RepeatBox:
        """How it repeats."""
        if self._repeat is None:
            self._repeat = RepeatBox(self._theme, self._icons, self._dates)
            self._put(self._box.indexOf(self._sentence), self._repeat)
            self._repeat.set_start(self.at.wall)
            self._repeat.changed.connect(self._changed)
        return self._repeat

    @property
    def day(self) -> DayField:
        """The day that it goes out on."""
        return self.at.day

    @property
    def time(self) -> TimeLine:
        """The time that it goes out at."""
        return self.at.time

    @property
    def event_id(self) -> str:
        """Of the event that it reminds of; empty for none."""
        event = self._event
        return event.id if event is not None and self.kind is Kind.BEFORE else ""

    @property
    def problem(self) -> str:
        """Why a day or a time that is typed can't be; empty where all is right."""
        match self.kind:
            case Kind.AT:
                return self.at.problem
            case Kind.REPEAT:
                return self.at.problem or self.repeat.problem
            case _:
                return ""

    def schedule(self) -> Schedule:
        """The schedule as it is set. Raises Refused for a repetition that can't be."""
        match self.kind:
            case Kind.NOW:
                return NOW
            case Kind.AT:
                return At(self.at.wall, self.at.zone.zone)
            case Kind.REPEAT:
                return At(self.at.wall, self.at.zone.zone, self.repeat.repeats())
            case Kind.BEFORE:
                return BeforeEvent(self.before.offset())

    def next_moment(self) -> datetime:
        """When it goes out next, aware: for the clock in the preview."""
        schedule, event = self.schedule(), self._event
        match schedule:
            case At():
                return due(schedule)
            case BeforeEvent() if event is not None and event.next_date:
                return due(schedule, event.next_date)
            case _:
                return self._clock.now()

    def offer_events(self, events: Sequence[EventChoice]) -> None:
        """The events that may be reminded of, the next first."""
        self.before.offer(events)
        self._look = None
        self._offer_before(bool(events) or self.kind is Kind.BEFORE)
        self._tell()

    def offer_later(self, look: Callable[[], Sequence[EventChoice]], *, any_event: bool) -> None:
        """The events that may be reminded of are looked for when somebody wants to."""
        self._look = look
        self._offer_before(any_event)

    def show_schedule(self, schedule: Schedule, event_id: str = "") -> None:
        """Show a schedule. Says nothing."""
        self._filling = True
        match schedule:
            case Now():
                self.kinds[Kind.NOW].setChecked(True)
            case At(wall, zone, repeats):
                self.at.show_wall(wall, zone)
                if repeats is not None:
                    self.repeat.show_rule(repeats, wall)
                self.kinds[Kind.REPEAT if repeats is not None else Kind.AT].setChecked(True)
            case BeforeEvent(offset):
                self.before.show_offset(offset)
                self.kinds[Kind.BEFORE].setChecked(True)
        if self._before is not None:
            self._before.choose(event_id)
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

    @property
    def _event(self) -> EventChoice | None:
        """What it reminds of, or would."""
        return self._before.chosen if self._before is not None else None

    def _put(self, place: int, row: QWidget) -> None:
        """Fields that have just been made; hidden until they are wanted."""
        row.hide()
        self._box.insertWidget(place, row)

    def _offer_before(self, there: bool) -> None:
        self.kinds[Kind.BEFORE].setEnabled(there)
        self.kinds[Kind.BEFORE].setToolTip("" if there else _("There is no event in the calendar yet."))

    def _with_next(self, how: str, start: datetime) -> str:
        moment, now = self.next_moment(), self._clock.now()
        if moment > now:
            return _("{how}; next: {when}").format(how=how, when=self._dates.moment(moment))
        if self._lateness.late_until(moment, start) >= now:
            text = _("{how}. The next date, {when}, is nearer than that: for it, the announcement goes out at once.")
        else:
            text = _("{how}. The next date, {when}, is nearer than that: nothing goes out for it.")
        return text.format(how=how, when=self._dates.moment(start))

    def _changed(self) -> None:
        if self._filling:
            return
        if self.kind is Kind.BEFORE and self._look is not None:
            self.offer_events(self._look())
        if self._repeat is not None:
            self._filling = True
            self._repeat.set_start(self.at.wall)
            self._filling = False
        self._show_parts()
        self.changed.emit()

    def _show_parts(self) -> None:
        kind = self.kind
        if kind in (Kind.AT, Kind.REPEAT) or self._at is not None:
            self.at.setVisible(kind in (Kind.AT, Kind.REPEAT))
        if kind is Kind.BEFORE or self._before is not None:
            self.before.setVisible(kind is Kind.BEFORE)
        if kind is Kind.REPEAT or self._repeat is not None:
            self.repeat.setVisible(kind is Kind.REPEAT)
        self._tell()

    def _tell(self) -> None:
        event = self._event
        try:
            text = sentence(self.schedule(), self._dates, self._clock.now(), event.title if event else "")
        except BelfryError as error:
            text = str(error)
        if self.kind is Kind.BEFORE and event is not None and event.next_at is not None:
            text = self._with_next(text, event.next_at)
        self._sentence.setText(text)
        self._sentence.setVisible(self.kind is not Kind.NOW)
