"""The events that an announcement can remind of, the next first."""

from datetime import timedelta

from desktop.community.calendar import Window
from desktop.community.errors import Refused
from desktop.community.events import Occurrence
from desktop.community.schedules import EventDate
from desktop.store import events, occurrences
from desktop.store.database import Store
from desktop.ui.pages.announcements.when_rows import EventChoice

_ENOUGH = 60
_LOOKS = (timedelta(days=14), timedelta(days=70), timedelta(days=366))


def choices(store: Store, besides: str = "") -> list[EventChoice]:
    """At most some sixty events with a date ahead, by that date. `besides`: the id of one that is to be among them in any case."""
    now = store.clock.now()
    found: dict[str, EventChoice] = {}
    home = store.setting("zone", "UTC")
    for ahead in _LOOKS:
        for one in occurrences.between(store, Window(now, now + ahead)):
            if one.start_at > now and not one.cancelled and one.series_id not in found:
                found[one.series_id] = EventChoice(one.series_id, one.title, one.start_at, _date(one, home))
        if len(found) >= _ENOUGH:
            break
    listed = list(found.values())[:_ENOUGH]
    if besides and all(one.id != besides for one in listed):
        listed += [found[besides]] if besides in found else _named(store, besides)
    return listed


def title_of(store: Store, event_id: str) -> str:
    """The title of an event; empty where it is gone."""
    found = _named(store, event_id) if event_id else []
    return found[0].title if found else ""


def _date(one: Occurrence, home: str) -> EventDate:
    return EventDate(one.recurrence_id, one.start, one.zone or home)


def _named(store: Store, event_id: str) -> list[EventChoice]:
    try:
        event = events.get(store, event_id)
    except Refused:
        return []
    return [EventChoice(event.id, event.title)]
