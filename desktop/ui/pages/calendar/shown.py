"""What the calendar shows of a date: on which of the community's days it lies, and where it stands in the rows of a month. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from zoneinfo import ZoneInfo

from desktop.community.events import Occurrence

ONE_DAY = timedelta(days=1)
WEEK = 7
_SMALL_HOURS = 6
"""What ends before this hour belongs to the evening before."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A date of an event in the community's own days.

    Attributes:
        first, last: its days, both included.
        at: when it begins by the community's clock; None for whole days.
        until: when it ends by the community's clock; None for whole days.
    """

    occurrence: Occurrence
    first: date
    last: date
    at: datetime | None
    until: datetime | None

    @property
    def bar(self) -> bool:
        """Whether it is drawn as a bar: it takes whole days or goes on over midnight for long."""
        return self.at is None or self.last > self.first

    @property
    def key(self) -> tuple[str, str]:
        """Names the date: the event or series, and which date of it."""
        return self.occurrence.series_id, self.occurrence.recurrence_id


def shown(one: Occurrence, home: ZoneInfo) -> Shown:
    """A date in the community's days; what ends in the small hours of the next morning belongs to its evening."""
    start, end = one.start, one.end
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        last = date(end.year, end.month, end.day) - ONE_DAY
        return Shown(one, start, max(start, last), None, None)
    if one.zone not in ("", home.key):
        start, end = (moment.astimezone(home).replace(tzinfo=None) for moment in (one.start_at, one.end_at))
    first, last = start.date(), end.date()
    if last > first and end - start <= timedelta(hours=12) and end.hour < _SMALL_HOURS:
        last = first
    elif last > first and end.time() == datetime.min.time():
        last -= ONE_DAY
    return Shown(one, first, last, start, end)


@dataclass(frozen=True, slots=True)
class Piece:
    """A date, or the part of it that lies in one week.

    Attributes:
        lane: its row within the week, from 0.
        column, columns: the day of the week where it begins, from 0, and over how many it goes.
        begun_before, goes_on: parts of it are in the week before or after.
    """

    what: Shown
    lane: int
    column: int
    columns: int
    begun_before: bool = False
    goes_on: bool = False


def month_pieces(found: Sequence[Shown], first: date, weeks: int) -> list[list[Piece]]:
    """Where the dates stand in each of some weeks from the first day on."""
    of_week: list[list[Shown]] = [[] for _ in range(weeks)]
    for one in found:
        begins = (one.first - first).days // WEEK
        ends = begins if one.last == one.first else (one.last - first).days // WEEK
        for number in range(max(begins, 0), min(ends, weeks - 1) + 1):
            of_week[number].append(one)
    return [week_pieces(inside, first + timedelta(days=number * WEEK)) for number, inside in enumerate(of_week)]


def week_pieces(found: Sequence[Shown], start: date) -> list[Piece]:
    """Where the dates of one week stand: bars first, the longest above; then by time. No two overlap in a lane."""
    end = start + timedelta(days=WEEK - 1)
    inside = [one for one in found if one.first <= end and one.last >= start]
    bars = sorted((one for one in inside if one.bar), key=lambda one: (max(one.first, start), (one.first - one.last).days, one.occurrence.start_at))
    taken: list[int] = []  # for each lane a set of days, as bits
    pieces = []
    for one in bars:
        column = max((one.first - start).days, 0)
        columns = min((one.last - start).days, WEEK - 1) - column + 1
        lane = _lane(taken, ((1 << columns) - 1) << column)
        pieces.append(Piece(one, lane, column, columns, one.first < start, one.last > end))
    for one in sorted((one for one in inside if not one.bar), key=_BY_TIME):
        column = (one.first - start).days
        pieces.append(Piece(one, _lane(taken, 1 << column), column, 1))
    return pieces


def _lane(taken: list[int], days: int) -> int:
    """The first lane in which these days are free; they are taken then."""
    for lane, others in enumerate(taken):
        if not others & days:
            taken[lane] |= days
            return lane
    taken.append(days)
    return len(taken) - 1


_BY_TIME = attrgetter("first", "occurrence.start_at")


def first_of_grid(month: date, week_start: int) -> date:
    """The first day that the grid of a month shows. `week_start`: 0 for Monday."""
    first = month.replace(day=1)
    return first - timedelta(days=(first.weekday() - week_start) % WEEK)


def weeks_of(month: date, week_start: int) -> int:
    """How many weeks the grid of a month has."""
    first = first_of_grid(month, week_start)
    following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    return -(-(following - first).days // WEEK)


def month_away(month: date, by: int) -> date:
    """The first day of a month some months away, within the years that there are."""
    number = min(max(month.year * 12 + month.month - 1 + by, 12 + 1), 9999 * 12 + 10)
    return date(number // 12, number % 12 + 1, 1)
