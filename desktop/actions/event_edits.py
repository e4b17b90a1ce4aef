"""Making, changing, moving, cancelling and deleting events: all dates of a series, or one of them. Each is one operation with a name."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from desktop.community.errors import Refused
from desktop.community.events import Event, EventStatus, recurrence_moment, recurrence_text
from desktop.community.recurrence import Wall, occurrences, recurrence
from desktop.community.repeat_rule import shifted
from desktop.store import events
from desktop.store.database import Store
from desktop.store.journal import Operation, operation
from resources.translations import phrase

_FOLLOWING = ("title", "zone", "place", "description", "url", "photo", "status")
"""What a date that was changed on its own takes over from its series as long as it is the same there."""


def add(store: Store, event: Event) -> str:
    """Keep a new event; gives its id. Raises Refused for one that can't be."""
    checked = _checked(event)
    with operation(store, phrase("Added “{title}”", title=checked.title)) as op:
        return events.add(op, checked)


def change(store: Store, event: Event) -> Event:
    """Make the event or series with this id what the value says; gives it as it was kept.

    Where the start of a series moves, its rule, its extra and left-out dates and those that were changed on their own move along.
    Raises Refused for what can't be, such as a rule that can't be moved to another day.
    """
    old = events.get(store, event.id)
    checked = _checked(event)
    moved = old.repeats and (old.start != checked.start)
    if moved:
        rule = checked.rrule if checked.rrule != old.rrule else shifted(old.rrule, old.start, checked.start)
        rdates = tuple(_moved(day, old, checked) for day in checked.rdates)
        exdates = tuple(_moved(day, old, checked) for day in checked.exdates)
        checked = _checked(replace(checked, rrule=rule, rdates=rdates, exdates=exdates))
    if not checked.repeats:
        checked = replace(checked, exdates=())
    name = phrase("Moved “{title}”", title=checked.title) if _only_moved(old, checked) else phrase("Edited “{title}”", title=checked.title)
    with operation(store, name) as op:
        events.change(op, checked)
        for one in events.changed_dates(store, event.id):
            _follow(op, one, old, checked)
    return events.get(store, event.id)


def date_of(store: Store, series_id: str, occurrence: str) -> Event:
    """One date of a series as it is now: as it was changed on its own, or as the series has it (then its `id` is empty).

    Args:
        occurrence: the RECURRENCE-ID as text.

    Raises Refused where there is no such series.
    """
    return _changed(store, series_id, occurrence) or _plain(events.get(store, series_id), recurrence_moment(occurrence))


def is_date(store: Store, series_id: str, occurrence: str) -> bool:
    """Whether a series still has this date."""
    series = events.get(store, series_id)
    if not series.repeats:
        return False
    moment = recurrence_moment(occurrence)
    left_out = {recurrence_text(moment), recurrence_text(_day(moment))} & {recurrence_text(day) for day in series.exdates}
    return _changed(store, series_id, occurrence) is not None or (not left_out and _has(series, moment))


def change_date(store: Store, edited: Event) -> Event:
    """Make one date of a series (from `date_of`) what the value says, and leave the others as they are; gives it as it was kept."""
    checked = _checked(edited)
    before = date_of(store, checked.series_id, _occurrence(checked))
    if checked == before:
        return before
    name = (
        phrase("Moved one date of “{title}”", title=checked.title)
        if _only_moved(before, checked)
        else phrase("Edited one date of “{title}”", title=checked.title)
    )
    with operation(store, name) as op:
        _keep_date(op, checked)
    return date_of(store, checked.series_id, _occurrence(checked))


def like_the_others(store: Store, series_id: str, occurrence: str) -> None:
    """Take back what was changed on one date alone."""
    found = _changed(store, series_id, occurrence)
    if found is not None:
        with operation(store, phrase("Made one date of “{title}” like the others", title=found.title)) as op:
            op.delete("event", found.id)


def cancel_date(store: Store, series_id: str, occurrence: str) -> None:
    """Call off one date of a series; it stays in the calendar, struck through, and what was to be announced of it is not sent."""
    one = date_of(store, series_id, occurrence)
    with operation(store, phrase("Cancelled one date of “{title}”", title=one.title)) as op:
        _keep_date(op, replace(one, status=EventStatus.CANCELLED))


def restore_date(store: Store, series_id: str, occurrence: str) -> None:
    """A date that was called off takes place after all."""
    one = date_of(store, series_id, occurrence)
    with operation(store, phrase("One date of “{title}” takes place after all", title=one.title)) as op:
        _keep_date(op, replace(one, status=EventStatus.CONFIRMED))


def remove_date(store: Store, series_id: str, occurrence: str) -> None:
    """Take one date out of a series for good; undo brings it back."""
    series = events.get(store, series_id)
    moment = recurrence_moment(occurrence)
    with operation(store, phrase("Deleted one date of “{title}”", title=series.title)) as op:
        found = _changed(store, series_id, occurrence)
        if found is not None:
            op.delete("event", found.id)
        rdates = tuple(day for day in series.rdates if recurrence_text(day) != occurrence)
        events.change(op, replace(series, rdates=rdates, exdates=(*series.exdates, moment)))


def cancel(store: Store, event_id: str) -> None:
    """Call off an event or all dates of a series."""
    event = events.get(store, event_id)
    with operation(store, phrase("Cancelled “{title}”", title=event.title)) as op:
        events.change(op, replace(event, status=EventStatus.CANCELLED))


def restore(store: Store, event_id: str) -> None:
    """An event that was called off takes place after all; dates that were called off on their own stay so."""
    event = events.get(store, event_id)
    with operation(store, phrase("“{title}” takes place after all", title=event.title)) as op:
        events.change(op, replace(event, status=EventStatus.CONFIRMED))


def delete(store: Store, event_id: str) -> None:
    """Take an event, or a series with all its dates, out of the calendar; undo brings it back."""
    event = events.get(store, event_id)
    with operation(store, phrase("Deleted “{title}”", title=event.title)) as op:
        events.delete(op, event_id)


def moved_to(event: Event, start: Wall) -> Event:
    """The event beginning then, as long as it was. `start` is a date for whole days, else a wall time."""
    return replace(event, start=start, end=start + event.length)


def on_day(event: Event, day: date) -> Event:
    """The event on another day, at the same time."""
    return moved_to(event, datetime.combine(day, event.start.time()) if isinstance(event.start, datetime) else day)


def _checked(event: Event) -> Event:
    title = " ".join(event.title.split())
    if not title:
        raise Refused(phrase("An event needs a title; one word is enough."))
    rule = recurrence(event.rrule, event.rdates, event.exdates).rule
    url = event.url.strip()
    return replace(event, title=title, place=" ".join(event.place.split()), url=url, description=event.description.strip(), rrule=rule)


def _occurrence(one: Event) -> str:
    assert one.recurrence_id is not None
    return recurrence_text(one.recurrence_id)


def _changed(store: Store, series_id: str, occurrence: str) -> Event | None:
    found = (one for one in events.changed_dates(store, series_id) if one.recurrence_id is not None and _occurrence(one) == occurrence)
    return next(found, None)


def _plain(series: Event, moment: Wall) -> Event:
    """A date as its series has it."""
    once = replace(series, rrule="", rdates=(), exdates=(), id="", series_id=series.id, recurrence_id=moment)
    return moved_to(once, moment)


def _keep_date(op: Operation, one: Event) -> None:
    """Keep a date as a changed one, or drop what made it one where it is like the others again."""
    series = events.get(op.store, one.series_id)
    assert one.recurrence_id is not None
    if replace(one, id="") == _plain(series, one.recurrence_id):
        if one.id:
            op.delete("event", one.id)
    elif one.id:
        events.change(op, one)
    else:
        events.add(op, one)


def _follow(op: Operation, one: Event, old: Event, new: Event) -> None:
    """Bring a changed date in step with its series, where it is not another on purpose."""
    assert one.recurrence_id is not None
    at = _moved(one.recurrence_id, old, new)
    if not new.repeats or (one.status is EventStatus.CANCELLED and not _has(new, at)):
        op.delete("event", one.id)
        return
    same = {name: getattr(new, name) for name in _FOLLOWING if getattr(one, name) == getattr(old, name)}
    now = replace(one, recurrence_id=at)
    if one.start == one.recurrence_id:
        length = new.length if one.length == old.length or one.all_day is not new.all_day else one.length
        now = replace(now, start=at, end=at + length)
    events.change(op, replace(now, **same))


def _has(series: Event, moment: Wall) -> bool:
    start = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
    repeats = recurrence(series.rrule, series.rdates)
    return bool(occurrences(series.start, repeats, start, start + timedelta(seconds=1), series.zone))


def _moved(day: Wall, old: Event, new: Event) -> Wall:
    """A date of a series after the series' start has moved; what leaves out a whole day stays one."""
    days = _day(new.start) - _day(old.start)
    if not isinstance(new.start, datetime):
        return _day(day) + days
    if isinstance(day, datetime) and isinstance(old.start, datetime):
        return day + (new.start - old.start)
    if isinstance(old.start, datetime):
        return day + days
    return datetime.combine(_day(day) + days, new.start.time())


def _only_moved(old: Event, new: Event) -> bool:
    return old.start != new.start and set(_differences(old, new)) <= {"start", "end", "rrule", "rdates", "exdates", "zone"}


def _differences(old: Event, new: Event) -> Iterator[str]:
    for name in (*_FOLLOWING, "start", "end", "rrule", "rdates", "exdates"):
        if getattr(old, name) != getattr(new, name):
            yield name


def _day(moment: Wall) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
