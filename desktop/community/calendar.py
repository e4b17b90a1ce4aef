"""From an event to its dates: the repeat rule walked, the dates that were changed on their own put in their place. Pure."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import count

from desktop.community.events import Event, EventStatus, Occurrence, recurrence_text
from desktop.community.recurrence import Wall, occurrences, recurrence
from desktop.community.zones import to_utc, to_wall

_MARGIN = timedelta(days=2)  # wall time differs from UTC by less
MOST_DATES = 20_000
"""What one series may have in one window: more than one date for each hour of two years is no calendar."""


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` to before `end`, aware, UTC; an event is in it that begins before its end and does not end before its start."""

    start: datetime
    end: datetime


def dates(event: Event, changed: Iterable[Event], window: Window, home: str) -> list[Occurrence]:
    """The dates of an event or a series in a window, in order.

    Args:
        event: one that happens once, or a series.
        changed: the series' dates that were changed on their own; each stands in the place of its `recurrence_id`, and a cancelled one comes out as
            cancelled.
        home: the community's zone, for whole days and floating times.
    """
    zone = event.zone or home
    instead = _by_date(changed)
    found = [_occurrence(event, wall, zone) for wall in _walls(event, window, zone) if recurrence_text(wall) not in instead]
    found += [_changed(event, one, home) for one in instead.values()]
    return sorted((one for one in found if _is_in(one, window)), key=lambda one: (one.start_at, one.recurrence_id))


def first_of_each(
    everything: Iterable[tuple[Event, Iterable[Event]]], moments: Sequence[datetime], most: int, home: str
) -> tuple[list[Occurrence], list[int]]:
    """What goes on over the first of some instants, then the first dates that begin in each span between two of them; and how many begin in each.

    The same dates as `dates` gives. But a month has thousands of which a few of each day are seen, so no others are made.

    Args:
        everything: each event or series, with the dates of it that were changed on their own.
        moments: aware, UTC, in order.
        most: dates of one span.
    """
    window = Window(moments[0], moments[-1])
    going_on: list[Occurrence] = []
    begun: list[list[tuple[datetime, str, int, Callable[[], Occurrence]]]] = [[] for _ in moments[1:]]
    number = count()  # between two that begin at one time, so that no more of them is compared

    def take(start_at: datetime, event_id: str, make: Callable[[], Occurrence]) -> None:
        if window.start <= start_at < window.end:
            begun[bisect_right(moments, start_at) - 1].append((start_at, event_id, next(number), make))
        elif start_at < window.start and _is_in(one := make(), window):
            going_on.append(one)

    for event, changed in everything:
        zone, instead = event.zone or home, _by_date(changed)
        for wall in _walls(event, window, zone):
            if not instead or recurrence_text(wall) not in instead:
                take(_instant(wall, zone), event.id, partial(_occurrence, event, wall, zone))
        for one in instead.values():
            date_ = _changed(event, one, home)
            take(date_.start_at, date_.event_id, lambda date_=date_: date_)  # type: ignore[misc]
    going_on.sort(key=lambda one: (one.start_at, one.event_id, one.recurrence_id))
    first = [make() for span in begun for _, _, _, make in sorted(span)[:most]]
    return going_on + first, [len(span) for span in begun]


def _walls(event: Event, window: Window, zone: str) -> list[Wall]:
    """The starts, in order, of all dates that may be in a window, and a few around it."""
    repeats = recurrence(event.rrule, event.rdates, event.exdates) if event.repeats else None
    first = to_wall(window.start, zone) - event.length - _MARGIN
    return occurrences(event.start, repeats, first, to_wall(window.end, zone) + _MARGIN, zone, MOST_DATES)


def _by_date(changed: Iterable[Event]) -> Mapping[str, Event]:
    """The changed dates of a series by the date that each stands for."""
    return {recurrence_text(one.recurrence_id): one for one in changed if one.recurrence_id is not None}


def _is_in(one: Occurrence, window: Window) -> bool:
    return one.start_at < window.end and (one.end_at > window.start or one.start_at >= window.start)


def _occurrence(event: Event, start: Wall, zone: str) -> Occurrence:
    end = start + event.length
    return Occurrence(
        event_id=event.id,
        series_id=event.id,
        recurrence_id=recurrence_text(start) if event.repeats else "",
        title=event.title,
        start=start,
        end=end,
        zone=event.zone,
        start_at=_instant(start, zone),
        end_at=_instant(end, zone),
        place=event.place,
        cancelled=event.status is EventStatus.CANCELLED,
    )


def _changed(series: Event, one: Event, home: str) -> Occurrence:
    zone = one.zone or home
    return Occurrence(
        event_id=one.id,
        series_id=series.id,
        recurrence_id=recurrence_text(one.recurrence_id) if one.recurrence_id else "",
        title=one.title,
        start=one.start,
        end=one.end,
        zone=one.zone,
        start_at=_instant(one.start, zone),
        end_at=_instant(one.end, zone),
        place=one.place,
        cancelled=EventStatus.CANCELLED in (series.status, one.status),
    )


def _instant(moment: datetime | date, zone: str) -> datetime:
    wall = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
    return to_utc(wall, zone)
