"""The fields of each way to say when: a day and a time; so long before an event. Each is made when somebody chooses that way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.community.durations import Offset
from desktop.community.schedules import EventDate
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.pages.announcements.zone_box import ZoneBox
from desktop.ui.theme import Theme
from desktop.ui.widgets.combo import Combo, name_box, shorten
from desktop.ui.widgets.day_field import DayField
from desktop.ui.widgets.edited import problem_of
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.label import label
from desktop.ui.widgets.spin import number_box
from desktop.ui.widgets.time_line import TimeLine
from resources.translations import _, ngettext

_UNITS = ("m", "h", "d", "w")


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


class AtRow(QWidget):
    """A day, a time and its zone; tomorrow evening at first.

    Signals:
        changed: it says something else.
    """

    changed = Signal()

    def __init__(self, theme: Theme, icons: Icons, dates: Dates) -> None:
        super().__init__()
        self.day = DayField(theme, icons, dates, _("Day"))
        self.time = TimeLine(_("Time"), dates.locale, kind="")
        self._time_problem = problem_of(self.time)
        self.zone = ZoneBox(dates.zone.key)
        fields = QWidget()
        flow = FlowLayout(theme.px(1), parent=fields)
        for widget in (self.day, self.time, self.zone):
            flow.addWidget(widget)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(fields)
        box.addWidget(self._time_problem)
        self.day.show_day((dates.now() + timedelta(days=1)).date())
        self.time.show_time(time(18))
        self.day.chosen.connect(lambda _day: self.changed.emit())
        self.day.refused.connect(self.changed)
        self.time.timed.connect(lambda _time: self.changed.emit())
        self.time.judged.connect(lambda _problem: self.changed.emit())
        self.zone.picked.connect(self.changed)

    @property
    def wall(self) -> datetime:
        """Day and time."""
        return datetime.combine(self.day.day, self.time.clock.replace(second=0, microsecond=0))

    @property
    def problem(self) -> str:
        """Why a day or a time that is typed can't be; empty where all is right."""
        return self.day.problem or self._time_problem.text()

    def show_wall(self, wall: datetime, zone: str) -> None:
        """Show these."""
        self.day.show_day(wall.date())
        self.time.show_time(wall.time())
        self.zone.choose(zone)


class BeforeRow(QWidget):
    """How long before which event; a day at first.

    Signals:
        changed: it says something else.
    """

    changed = Signal()

    def __init__(self, theme: Theme, dates: Dates) -> None:
        super().__init__()
        self._dates = dates
        self._events: Sequence[EventChoice] = ()
        self._filling = False
        self.amount = number_box(theme, _("How long before"), 1, 366)
        self.unit = Combo()
        name_box(self.unit, _("Unit"))
        self.event_box = Combo()
        name_box(self.event_box, _("Event"))
        shorten(self.event_box, 26)
        flow = FlowLayout(theme.px(1), parent=self)
        for widget in (self.amount, self.unit, label(_("before")), self.event_box):
            flow.addWidget(widget)
        self._units()
        self.unit.setCurrentIndex(2)
        self.amount.valueChanged.connect(lambda: self._amount_changed())
        self.unit.activated.connect(lambda: self.changed.emit())
        self.event_box.activated.connect(lambda: self.changed.emit())

    @property
    def chosen(self) -> EventChoice | None:
        """What it reminds of; None where no event can be."""
        return self._events[max(self.event_box.currentIndex(), 0)] if self._events else None

    def offer(self, events: Sequence[EventChoice]) -> None:
        """The events that may be reminded of, the next first; what is chosen stays."""
        before = self.chosen.id if self.chosen is not None else ""
        self._events = events
        self.event_box.clear()
        for one in events:
            when = self._dates.moment(one.next_at) if one.next_at else _("no date ahead")
            self.event_box.addItem(_("{title} · {when}").format(title=one.title, when=when))
        index = next((number for number, one in enumerate(events) if one.id == before), 0)
        self.event_box.setCurrentIndex(index if events else -1)

    def choose(self, event_id: str) -> None:
        """Remind of this one, where it is offered."""
        for number, one in enumerate(self._events):
            if one.id == event_id:
                self.event_box.setCurrentIndex(number)

    def offset(self) -> Offset:
        """How long before."""
        amount = self.amount.value()
        match _UNITS[max(self.unit.currentIndex(), 0)]:
            case "m":
                return Offset(0, timedelta(minutes=amount))
            case "h":
                return Offset(0, timedelta(hours=amount))
            case "d":
                return Offset(amount)
            case _:
                return Offset(amount * 7)

    def show_offset(self, offset: Offset) -> None:
        """Show so long before. Says nothing."""
        minutes = int(offset.exact / timedelta(minutes=1)) + offset.days * 24 * 60 if offset.exact else 0
        if not offset.exact:
            amount, unit = (offset.days // 7, 3) if offset.days % 7 == 0 and offset.days else (max(offset.days, 1), 2)
        else:
            amount, unit = (minutes // 60, 1) if minutes % 60 == 0 else (minutes, 0)
        self._filling = True
        self.amount.setMaximum(366 * 24 * 60 if unit == 0 else 366)
        self.amount.setValue(amount)
        self._units()
        self.unit.setCurrentIndex(unit)
        self._filling = False

    def _units(self) -> None:
        """The units in the number that the amount asks for."""
        n, index = self.amount.value(), self.unit.currentIndex()
        self.unit.clear()
        self.unit.addItems([ngettext("minute", "minutes", n), ngettext("hour", "hours", n), ngettext("day", "days", n), ngettext("week", "weeks", n)])
        self.unit.setCurrentIndex(index)

    def _amount_changed(self) -> None:
        if not self._filling:
            self._units()
            self.changed.emit()
