"""When an announcement goes out: now, at a wall time (once or again and again), or so long before an event. Pure planning; no clock, no rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desktop.community.durations import Offset
from desktop.community.events import recurrence_text
from desktop.community.lateness import ASK, UNTIL_START, Lateness
from desktop.community.recurrence import Recurrence, occurrences
from desktop.community.zones import to_utc, to_wall

ALL_DAY_BEGINS = time(9)
"""When an event that takes whole days counts as starting: nobody wants "one day before" at midnight."""
_MARGIN = timedelta(days=2)  # wall time differs from UTC by less, and a gap moves by no more than a day


@dataclass(frozen=True, slots=True)
class Now:
    """At once: when the announcement is made."""


NOW = Now()


@dataclass(frozen=True, slots=True)
class At:
    """At a wall time.

    Attributes:
        wall: naive.
        zone: IANA name.
        repeats: for an announcement that goes out again and again; `wall` is its first date.
    """

    wall: datetime
    zone: str
    repeats: Recurrence | None = None


@dataclass(frozen=True, slots=True)
class BeforeEvent:
    """So long before each date of an event.

    "1d before" is the same wall time the day before, also over a DST change; "2h before" are two real hours (RFC 5545 §3.3.6).
    """

    offset: Offset


Schedule = Now | At | BeforeEvent


@dataclass(frozen=True, slots=True)
class EventDate:
    """What planning has to know of one date of an event.

    Attributes:
        occurrence: the RECURRENCE-ID as text; empty for an event that happens once.
        start: wall time (naive), or a day.
        zone: IANA name; for a day, that of the community.
        takes_place: False for a date that was cancelled.
    """

    occurrence: str
    start: datetime | date
    zone: str
    takes_place: bool = True

    @property
    def wall(self) -> datetime:
        """The wall time at which it counts as starting."""
        return self.start if isinstance(self.start, datetime) else datetime.combine(self.start, ALL_DAY_BEGINS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One date on which an announcement is to go out.

    Attributes:
        occurrence: the RECURRENCE-ID as text; empty where there is one date only. With the announcement and the channel it is what a delivery is.
        due_at, late_until: UTC. It leaves between the two or not at all.
        takes_place: False where the event's date was cancelled: then a delivery that is planned already is skipped.
    """

    occurrence: str
    due_at: datetime
    late_until: datetime
    takes_place: bool = True


def default_lateness(schedule: Schedule) -> Lateness:
    """A reminder of an event may go late until the event starts; everything else asks after two hours."""
    return UNTIL_START if isinstance(schedule, BeforeEvent) else ASK


def due(schedule: At | BeforeEvent, date_of: EventDate | None = None) -> datetime:
    """The instant (UTC) of the one or first date; for BeforeEvent, of that date of the event. Raises ValueError where BeforeEvent has no date."""
    match schedule:
        case At():
            return to_utc(schedule.wall, schedule.zone)
        case BeforeEvent():
            if date_of is None:
                raise ValueError("which date of the event?")
            return schedule.offset.before(date_of.wall, date_of.zone)


def plan(
    schedule: Schedule,
    lateness: Lateness,
    *,
    made_at: datetime,
    after: datetime,
    horizon: datetime,
    dates: Iterable[EventDate] = (),
    limit: int = 1_000,
) -> list[Wanted]:
    """All dates that are due from `after` until before `horizon` (UTC), in the order in which they are due, `limit` at most.

    Of the dates whose time had passed when the announcement was made (`made_at`), those are among them that could still go out then, by the rule of
    lateness. `dates` are the event's, for BeforeEvent: all whose moment may lie in the window; a cancelled one comes out too, as one that does not
    take place.
    """
    wanted: list[Wanted] = []
    match schedule:
        case Now():
            # Once, whenever the window: it was due when it was made.
            return [Wanted("", made_at, lateness.late_until(made_at))]
        case At(repeats=None):
            moment = due(schedule)
            wanted = [Wanted("", moment, lateness.late_until(moment))]
        case At():
            first, last = (to_wall(moment, schedule.zone) for moment in (after - _MARGIN, horizon + _MARGIN))
            for wall in occurrences(schedule.wall, schedule.repeats, first, last, schedule.zone, limit + 2 * _MARGIN.days * 24):
                moment = to_utc(wall, schedule.zone) if isinstance(wall, datetime) else made_at
                wanted.append(Wanted(recurrence_text(wall), moment, lateness.late_until(moment)))
        case BeforeEvent():
            for one in dates:
                moment, start = due(schedule, one), to_utc(one.wall, one.zone)
                wanted.append(Wanted(one.occurrence, moment, lateness.late_until(moment, start), one.takes_place))
    inside = (one for one in wanted if after <= one.due_at < horizon and one.late_until >= made_at)
    return sorted(inside, key=lambda one: (one.due_at, one.occurrence))[:limit]


def overtaken(due_at: Sequence[datetime], now: datetime) -> list[bool]:
    """Which dates of one repeating announcement to one channel are overtaken: those that are due, but for the latest of them.

    An announcement that could not go out for a while catches up with its latest date only. Its rhythm does not shift: what is due later stays so.
    """
    latest = max((moment for moment in due_at if moment <= now), default=now)
    return [moment <= now and moment < latest for moment in due_at]
