"""From an event to its dates: the repeat rule walked, the dates that were changed on their own put in their place. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from heapq import nsmallest
from itertools import count

from desktop.community.events import Event, EventStatus, Occurrence, recurrence_text
from desktop.community.recurrence import Wall, recurrence, starts
from desktop.community.zones import to_utc, to_wall

_MARGIN = timedelta(days=2)  # wall time differs from UTC by less
MOST_DATES = 20_000
"""What one series may have in one window: more than one date for each hour of two years is no calendar."""


_Begun = tuple[datetime, str, int, Event | Occurrence, Wall]
"""When it begins, the id of the event, a number that no other has; and the date itself, or what it is made of."""


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
    found = [_occurrence(event, wall, zone) for wall in _walls(event, *_around(window, zone), zone) if recurrence_text(wall) not in instead]
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
    begun: list[list[_Begun]] = [[] for _ in moments[1:]]
    number = count()  # between two that begin at one time, so that no more of them is compared
    around: dict[str, tuple[datetime, datetime]] = {}
    placed: dict[tuple[int, str], tuple[Sequence[Wall], list[tuple[Wall, datetime, int]]]] = {}

    def spans(walls: Sequence[Wall], zone: str) -> list[tuple[Wall, datetime, int]]:
        """Each with its instant and the span of it. Many series have the very same ones; they are kept beside, so that no others get their id."""
        if (id(walls), zone) not in placed:
            instants = [_instant(wall, zone) for wall in walls]
            placed[id(walls), zone] = walls, [(wall, at, bisect_right(moments, at) - 1) for wall, at in zip(walls, instants, strict=True)]
        return placed[id(walls), zone][1]

    for event, changed in everything:
        zone, instead = event.zone or home, _by_date(changed)
        if zone not in around:
            around[zone] = _around(window, zone)
        event_id = event.id
        for wall, start_at, span in spans(_walls(event, *around[zone], zone), zone):
            if instead and recurrence_text(wall) in instead:
                continue
            if span < 0:
                if _instant(wall + event.length, zone) > window.start:
                    going_on.append(_occurrence(event, wall, zone))
            elif start_at < window.end:
                begun[span].append((start_at, event_id, next(number), event, wall))
        for one in instead.values():
            made = _changed(event, one, home)
            if made.start_at < window.start and made.end_at > window.start:
                going_on.append(made)
            elif window.start <= made.start_at < window.end:
                begun[bisect_right(moments, made.start_at) - 1].append((made.start_at, made.event_id, next(number), made, one.start))
    going_on.sort(key=lambda one: (one.start_at, one.event_id, one.recurrence_id))
    first = [
        what if isinstance(what, Occurrence) else _occurrence(what, wall, what.zone or home)
        for span_ in begun
        for _, _, _, what, wall in nsmallest(most, span_)
    ]
    return going_on + first, [len(span) for span in begun]


def _around(window: Window, zone: str) -> tuple[datetime, datetime]:
    """A window as a wall shows it, and a little more."""
    return to_wall(window.start, zone) - _MARGIN, to_wall(window.end, zone) + _MARGIN


def _walls(event: Event, after: datetime, before: datetime, zone: str) -> Sequence[Wall]:
    """The starts, in order, of all dates that may go on after one moment and begin before another."""
    repeats = recurrence(event.rrule, event.rdates, event.exdates) if event.repeats else None
    return starts(event.start, repeats, after - event.length, before, zone, MOST_DATES)


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
