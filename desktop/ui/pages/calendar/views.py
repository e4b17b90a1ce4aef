"""The three ways to look at the calendar: month, week, agenda. Each knows where it is, what it reads, and how it shows what is open."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.community.calendar import Window
from desktop.community.events import Event, Occurrence
from desktop.community.zones import to_utc
from desktop.store import calendar_reads, occurrences
from desktop.store.database import Store
from desktop.ui.kit import Kit
from desktop.ui.pages.calendar.agenda import AgendaModel, AgendaView
from desktop.ui.pages.calendar.month_grid import MonthGrid
from desktop.ui.pages.calendar.month_scroll import Scrolled
from desktop.ui.pages.calendar.shown import ONE_DAY, WEEK, Shown, month_away, shown
from desktop.ui.pages.calendar.week_grid import WeekGrid
from desktop.ui.pages.calendar.words import month_name, week_name
from resources.translations import _

Key = tuple[str, str]
_Read = Callable[[Store, Sequence[datetime], int], tuple[list[Occurrence], list[int]]]
_AGENDA_LENGTH = timedelta(days=183)
_MOST_LISTED = 2_000
_MOST_OF_A_DAY = 40
"""A day of the week view shows so many; what is more is counted."""
_USUAL_START, _USUAL_LENGTH = time(18), timedelta(hours=2)
_EARLIEST, _LATEST = date(1, 1, 15), date(9999, 12, 15)


class View(ABC):
    """One way to look at it.

    Attributes:
        name: what it is remembered by.
        before, after: what the arrows beside the period do.
    """

    name: str
    before: str
    after: str

    def __init__(self, kit: Kit) -> None:
        self.kit = kit

    @property
    @abstractmethod
    def widget(self) -> QWidget:
        """What takes the focus."""

    @property
    def whole(self) -> QWidget:
        """What stands on the page."""
        return self.widget

    @property
    @abstractmethod
    def day(self) -> date:
        """Where it is."""

    @abstractmethod
    def go_to(self, day: date) -> None:
        """Be there from the next `read` on."""

    def follow(self, day: date) -> None:
        """The keyboard has gone to a day that is not seen: see it from the next `read` on, with what is marked."""
        self.go_to(day)

    @abstractmethod
    def turn(self, by: int) -> None:
        """Be so many pages on or back from the next `read` on."""

    @abstractmethod
    def read(self) -> None:
        """Show what is there now."""

    @abstractmethod
    def period(self) -> str:
        """Which time is shown, in words."""

    def brief_period(self) -> str:
        """The same where there is little room."""
        return self.period()

    @abstractmethod
    def mark(self, key: Key | None, draft: Event | None) -> None:
        """Show which event is open, and when the new one is."""

    def unmark(self) -> None:
        """The days or times that were marked for something new are not any more."""
        return

    def is_seen(self, day: date) -> bool:
        """Whether a day can be looked at without turning a page."""
        return True

    def usual(self) -> Event:
        """What “New event” begins with: an evening, where this view has no better idea."""
        start = datetime.combine(self.day, _USUAL_START)
        return Event("", start, start + _USUAL_LENGTH, self.kit.dates.zone.key)

    def _midnight(self, day: date) -> datetime:
        return to_utc(datetime.combine(day, time()), self.kit.dates.zone.key).astimezone(UTC)

    def _window(self, first: date, last: date) -> Window:
        return Window(self._midnight(first), self._midnight(last + ONE_DAY))

    def _days(self, first: date, days: int, most: int) -> tuple[list[Shown], Mapping[date, int]] | None:
        """The first dates of each day and how many more there are; None for years that were not worked out ahead."""
        if not occurrences.covers(self.kit.store, self._window(first, first + timedelta(days=days))):
            return None
        return self._each_day(calendar_reads.month, self.kit.store, first, days, most)

    def _far(self, store: Store, first: date, days: int, most: int) -> tuple[list[Shown], Mapping[date, int]]:
        """The same for far years, on the reader's thread."""
        return self._each_day(calendar_reads.far, store, first, days, most)

    def _each_day(self, read: _Read, store: Store, first: date, days: int, most: int) -> tuple[list[Shown], Mapping[date, int]]:
        listed = [first + timedelta(days=number) for number in range(days + 1)]
        found, more = read(store, [self._midnight(day) for day in listed], most)
        return [shown(one, self.kit.dates.zone) for one in found], {day: n for day, n in zip(listed, more, strict=False) if n}


class Month(View):
    """Weeks of days."""

    name = "month"

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.before, self.after = _("The month before"), _("The next month")
        self.grid = MonthGrid(kit.theme, kit.dates)
        self._scroll = Scrolled(self.grid)
        self._open: tuple[Key | None, Event | None] = (None, None)

    @property
    def widget(self) -> QWidget:
        """The grid."""
        return self.grid

    @property
    def whole(self) -> QWidget:
        """The grid, scrolled where its weeks have no room."""
        return self._scroll

    @property
    def day(self) -> date:
        """The day that the keyboard is on, where it is seen."""
        return self.grid.day if self.is_seen(self.grid.day) else self.grid.month

    def go_to(self, day: date) -> None:
        """Be on this day."""
        self.grid.go_to(day)
        self.grid.month = day.replace(day=1)

    def follow(self, day: date) -> None:
        """The month of this day."""
        self.grid.month = day.replace(day=1)

    def turn(self, by: int) -> None:
        """Another month: on today, or on its first day."""
        month, today = month_away(self.grid.month, by), self.kit.dates.today()
        if month != self.grid.month:
            self.go_to(today if month == today.replace(day=1) else month)

    def read(self) -> None:
        """Show the month."""
        grid, room = self.grid, self.grid.painter.lanes()
        month, first, days = grid.month, grid.first, grid.weeks * WEEK
        here = self._days(first, days, room)
        grid.show_month(month, *(here or ((),)))
        if here is None:
            self.kit.reader.ask("calendar/month", lambda store: self._far(store, first, days, room), lambda found: self._fill(month, found))

    def period(self) -> str:
        """`November 2026`."""
        return month_name(self.grid.month, self.kit.dates.locale)

    def mark(self, key: Key | None, draft: Event | None) -> None:
        """Mark its days."""
        self._open = (key, draft)
        days = None
        if draft is not None:
            end = draft.end if isinstance(draft.end, datetime) else draft.end - ONE_DAY
            days = (_day(draft.start), _day(end))
        self.grid.show_chosen(key, days)

    def unmark(self) -> None:
        """Only the day of the keyboard is marked."""
        self.grid.go_to(self.grid.day)

    def is_seen(self, day: date) -> bool:
        """Whether it lies in this month."""
        return day.replace(day=1) == self.grid.month

    def _fill(self, month: date, found: tuple[Sequence[Shown], Mapping[date, int]]) -> None:
        if self.grid.month == month:
            self.grid.show_month(month, *found)
            self.mark(*self._open)


class Week(View):
    """Days side by side, hours down the side."""

    name = "week"

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.before, self.after = _("The week before"), _("The next week")
        self.grid = WeekGrid(kit.theme, kit.dates)

    @property
    def widget(self) -> QWidget:
        """The grid."""
        return self.grid

    @property
    def day(self) -> date:
        """The day that the keyboard is on."""
        return self.grid.day

    def go_to(self, day: date) -> None:
        """Be on this day."""
        self.grid.go_to(min(max(day, _EARLIEST), _LATEST))

    def follow(self, day: date) -> None:
        """The grid is on this day already."""

    def turn(self, by: int) -> None:
        """The same day of another week."""
        self.go_to(self.grid.day + timedelta(days=by * WEEK))

    def read(self) -> None:
        """Show the week."""
        first = self.grid.first_of(self.grid.day)
        here = self._days(first, WEEK, _MOST_OF_A_DAY)
        self.grid.show_week(first, *(here or ((),)))
        if here is None:
            self.kit.reader.ask("calendar/week", lambda store: self._far(store, first, WEEK, _MOST_OF_A_DAY), lambda found: self._fill(first, found))

    def period(self) -> str:
        """`23–29 Nov 2026`."""
        return week_name(self.grid.first, self.grid.last, self.kit.dates.locale)

    def mark(self, key: Key | None, draft: Event | None) -> None:
        """Mark the block."""
        self.grid.show_chosen(key, (draft.start, draft.end) if draft is not None else None)

    def is_seen(self, day: date) -> bool:
        """Whether it lies in this week."""
        return self.grid.first <= day <= self.grid.last

    def usual(self) -> Event:
        """Where the keyboard is."""
        start, end = self.grid.marked_or_usual()
        return Event("", start, end, self.kit.dates.zone.key if isinstance(start, datetime) else "")

    def _fill(self, first: date, found: tuple[Sequence[Shown], Mapping[date, int]]) -> None:
        if self.grid.first == first:
            self.grid.show_week(first, *found)


class Agenda(View):
    """What comes, one line after the other; in an empty time what to do about it.

    Args:
        empty: shown where nothing is listed.
    """

    name = "agenda"

    def __init__(self, kit: Kit, empty: QWidget) -> None:
        super().__init__(kit)
        self.before, self.after = _("The month before"), _("The next month")
        self.model = AgendaModel(kit.dates)
        self.list = AgendaView(kit.theme, kit.dates, self.model)
        self._from = kit.dates.today()
        self._open: Key | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(empty)

    @property
    def widget(self) -> QWidget:
        """The list."""
        return self.list

    @property
    def whole(self) -> QWidget:
        """The list, or what stands in its place."""
        return self._stack

    @property
    def day(self) -> date:
        """The first day listed."""
        return self._from

    def go_to(self, day: date) -> None:
        """List from this day on."""
        self._from = day

    def turn(self, by: int) -> None:
        """From the first day of another month."""
        self._from = month_away(self._from, by)

    def read(self) -> None:
        """List half a year, on the reader's thread."""
        begin, home = self._from, self.kit.dates.zone
        window = self._window(begin, min(begin, _LATEST - _AGENDA_LENGTH) + _AGENDA_LENGTH)

        def listed(store: Store) -> list[Shown]:
            found = (shown(one, home) for one in calendar_reads.first(store, window, _MOST_LISTED))
            return [one for one in found if one.last >= begin]

        self.kit.reader.ask("calendar/agenda", listed, self._fill)

    def period(self) -> str:
        """`From Mon 23 Nov`."""
        return _("From {day}").format(day=self.brief_period())

    def brief_period(self) -> str:
        """`Mon 23 Nov`."""
        return self.kit.dates.short(self._from)

    def mark(self, key: Key | None, draft: Event | None) -> None:
        """Mark its line."""
        self._open = key
        self.list.choose(key)

    def _fill(self, listed: Sequence[Shown]) -> None:
        place = self.list.verticalScrollBar().value()
        same = bool(self.model.listed) and bool(listed) and self.model.listed[0].first == listed[0].first
        self.model.show(listed)
        self._stack.setCurrentIndex(0 if listed else 1)
        self.list.choose(self._open)
        if same:
            self.list.verticalScrollBar().setValue(place)


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
