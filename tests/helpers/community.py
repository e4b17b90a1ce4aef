"""A small community in a real file, for tests of the ledger, the sender and what stands on them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from desktop.community.announcements import Announcement
from desktop.community.connections import Channel, ConnectionRecord
from desktop.community.deliveries import Delivery, State
from desktop.community.events import Event
from desktop.community.lateness import ASK, Lateness
from desktop.community.ports import Clock
from desktop.community.schedules import Now, Schedule
from desktop.store import announcements, connections, database, events, ledger
from desktop.store.database import Store
from desktop.store.followers import FOLLOWERS
from desktop.store.journal import operation
from resources.translations import phrase

GRACE = timedelta(seconds=10)


def new_community(path: Path, clock: Clock, **settings: str) -> Store:
    """An empty community in Lisbon."""
    store = database.create(path, clock=clock, device="device-1", settings={"zone": "Europe/Lisbon", **settings})
    store.followers = FOLLOWERS
    return store


def add_channels(store: Store, *names: str, service: str = "practice", settings: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Channels on one new connection; gives their ids. The connection's id is `connection-<service>`."""
    with operation(store, phrase("Set up")) as op:
        connections.put_connection(op, ConnectionRecord(service, service.title(), id=f"connection-{service}"))
        return tuple(connections.add_channel(op, Channel(f"connection-{service}", name, f"-{name}", settings or {})) for name in names)


def announce(store: Store, *channels: str, schedule: Schedule | None = None, late: Lateness = ASK, event: str = "", text: str = "Hello") -> str:
    """Keep an announcement; gives its id."""
    with operation(store, phrase("Announced")) as op:
        return announcements.add(op, Announcement(text, channels, schedule or Now(), late, event))


def add_event(store: Store, start: datetime, rrule: str = "", length: timedelta = timedelta(hours=2)) -> str:
    """Keep an event in Lisbon; `start` is wall time."""
    with operation(store, phrase("Added")) as op:
        return events.add(op, Event("Rehearsal", start, start + length, "Europe/Lisbon", rrule=rrule))


def states(store: Store) -> list[State]:
    """Of all deliveries, by when they are due."""
    return [delivery.state for delivery in ledger.listed(store.conn)]


def only(store: Store) -> Delivery:
    """The one delivery that there is."""
    [delivery] = ledger.listed(store.conn)
    return delivery
