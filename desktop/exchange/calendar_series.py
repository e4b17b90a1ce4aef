"""A series and its changed dates, as files have them (RFC 5545 §3.8.4.4): a change to a date and all later ones makes two series of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from desktop.community.events import Event, EventStatus, recurrence_text
from desktop.community.recurrence import Wall, occurrences, recurrence
from desktop.community.zones import to_utc


@dataclass(frozen=True, slots=True)
class Change:
    """A changed date.

    Attributes:
        event: with its `recurrence_id`.
        later_too: all later dates are changed with it (RANGE=THISANDFUTURE).
    """

    event: Event
    later_too: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """What became of a series.

    Attributes:
        series: one after the other in time, each with its changed dates, which bear its UID.
        not_followed: those of THISANDFUTURE that were only taken for their own date.
    """

    series: Sequence[tuple[Event, Sequence[Event]]]
    not_followed: Sequence[Event]


def split(series: Event, changes: Iterable[Change]) -> Parts:
    """Put the changed dates of a series in their place; where all later ones change with one, a new series begins there.

    Its UID is made from that of the old one and the date, so that the same file gives the same again.
    """
    done: list[tuple[Event, list[Event]]] = [(series, [])]
    not_followed: list[Event] = []
    uid = series.uid
    moved = timedelta(0)
    for change in sorted(changes, key=lambda change: recurrence_text(change.event.recurrence_id or change.event.start)):
        last, changed = done[-1]
        at = _shifted(change.event.recurrence_id or change.event.start, moved)
        event = replace(change.event, uid=last.uid, recurrence_id=at)
        pair = _split_at(last, event, at, f"{uid}-{recurrence_text(at)}") if change.later_too else None
        if pair is None:
            changed.append(event)
            if change.later_too:
                not_followed.append(event)
            continue
        before, after = pair
        if at == last.start:  # nothing is before it: the series itself has changed
            done[-1] = (replace(after, uid=last.uid), changed)
            moved += _moment(after.start) - _moment(at)
            continue
        done[-1] = (before, changed)
        if after.status is not EventStatus.CANCELLED:
            done.append((after, []))
            moved += _moment(after.start) - _moment(at)
    return Parts(done, not_followed)


def _split_at(series: Event, event: Event, at: Wall, uid: str) -> tuple[Event, Event] | None:
    """The series until before a date, and the one from it on; None where the rule can't be taken over or there is nothing to part."""
    if not series.rrule or event.all_day is not series.all_day or event.zone != series.zone or _moment(at) < _moment(series.start):
        return None
    by = _moment(event.start) - _moment(at)
    if _moment(event.start).date() != _moment(at).date() or (by and "BYHOUR" in series.rrule.upper()):
        return None  # the rule's weekdays and hours would have to move along
    parts = dict(part.upper().partition("=")[::2] for part in series.rrule.split(";") if part)
    count = parts.pop("COUNT", "")
    rule = recurrence(series.rrule)
    gone = len(occurrences(series.start, rule, _moment(series.start), _moment(at), series.zone))
    if count and int(count) <= gone:
        return None
    kept = ";".join(f"{name}={value}" for name, value in parts.items() if name != "UNTIL")
    after = ";".join([*(f"{name}={value}" for name, value in parts.items()), *([f"COUNT={int(count) - gone}"] if count else [])])
    return (
        replace(
            series,
            rrule=f"{kept};UNTIL={_until(series, at)}",
            rdates=tuple(day for day in series.rdates if _moment(day) < _moment(at)),
            exdates=tuple(day for day in series.exdates if _moment(day) < _moment(at)),
        ),
        replace(
            event,
            uid=uid,
            recurrence_id=None,
            rrule=after,
            rdates=tuple(_shifted(day, by) for day in series.rdates if _moment(day) >= _moment(at)),
            exdates=tuple(_shifted(day, by) for day in series.exdates if _moment(day) >= _moment(at)),
        ),
    )


def _until(series: Event, at: Wall) -> str:
    """The UNTIL that lets through what is before a date (§3.3.10: in UTC where the series has a zone)."""
    if not isinstance(at, datetime):
        return f"{at - timedelta(days=1):%Y%m%d}"
    last = at - timedelta(seconds=1)
    return f"{to_utc(last, series.zone):%Y%m%dT%H%M%SZ}" if series.zone else f"{last:%Y%m%dT%H%M%S}"


def _shifted(day: Wall, by: timedelta) -> Wall:
    return day + by if isinstance(day, datetime) else day


def _moment(day: Wall) -> datetime:
    return day if isinstance(day, datetime) else datetime.combine(day, time())
