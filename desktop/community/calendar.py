"""From an event to its dates: the repeat rule walked, the dates that were changed on their own put in their place. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

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
    repeats = recurrence(event.rrule, event.rdates, event.exdates) if event.repeats else None
    first = to_wall(window.start, zone) - event.length - _MARGIN
    walls = occurrences(event.start, repeats, first, to_wall(window.end, zone) + _MARGIN, zone, MOST_DATES)
    instead: Mapping[str, Event] = {recurrence_text(one.recurrence_id): one for one in changed if one.recurrence_id is not None}
    found = [_occurrence(event, wall, event.repeats, zone) for wall in walls if recurrence_text(wall) not in instead]
    found += [_changed(event, one, home) for one in instead.values()]
    inside = [one for one in found if one.start_at < window.end and (one.end_at > window.start or one.start_at >= window.start)]
    return sorted(inside, key=lambda one: (one.start_at, one.recurrence_id))


def _occurrence(event: Event, start: Wall, repeats: bool, zone: str) -> Occurrence:
    end = start + event.length
    return Occurrence(
        event_id=event.id,
        series_id=event.id,
        recurrence_id=recurrence_text(start) if repeats else "",
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
    return to_utc(wall, zone).astimezone(UTC)
