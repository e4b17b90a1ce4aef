"""Whom to think of today: newcomers to welcome, birthdays and anniversaries; and saying that somebody was welcomed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.community.addresses import write_to
from desktop.community.celebrations import Celebration, Newcomer, days_kept, newcomers_since
from desktop.community.zones import to_wall
from desktop.store import celebrations as reading
from desktop.store import members
from desktop.store.database import Store
from desktop.store.journal import operation
from resources.translations import phrase

MOST_NEW, MOST_DAYS = 5, 12


@dataclass(frozen=True, slots=True)
class Greeting:
    """A newcomer to be welcomed. `address`: what the system opens to write to them; empty where there is no such way."""

    who: Newcomer
    address: str


@dataclass(frozen=True, slots=True)
class People:
    """Whom to think of.

    Attributes:
        newcomers: the newest first, MOST_NEW at most.
        new: how many there are in all.
        days: birthdays and anniversaries from today on, by day; MOST_DAYS at most.
    """

    newcomers: Sequence[Greeting] = ()
    new: int = 0
    days: Sequence[Celebration] = ()


def look(store: Store) -> People:
    """As it is now, on the community's day."""
    today = community_day(store)
    since, kept = newcomers_since(today), days_kept(today)
    near = reading.near(store, kept, since, today, MOST_NEW, MOST_DAYS)
    newcomers = [Greeting(one, _address(store, one.member_id)) for one in near.newcomers]
    return People(newcomers, near.new, sorted(near.days, key=lambda one: one.on)[:MOST_DAYS])


def welcome(store: Store, member_id: str) -> None:
    """Somebody was welcomed; they are no longer asked for. Raises Refused where the member is gone."""
    name = members.get(store, member_id).name
    with operation(store, phrase("Welcomed {name}", name=name)) as op:
        reading.welcome(op, member_id, community_day(store))


def community_day(store: Store) -> date:
    """The day that it is in the community's zone."""
    return to_wall(store.clock.now(), store.setting("zone", "UTC")).date()


def _address(store: Store, member_id: str) -> str:
    ways = sorted(members.get(store, member_id).contact_points, key=lambda way: not way.preferred)
    return next((address for way in ways if (address := write_to(way))), "")
