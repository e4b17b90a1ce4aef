"""The community as a whole: making one, saying what is in it."""

from dataclasses import dataclass
from pathlib import Path

from desktop.community.errors import Refused
from desktop.community.ports import Clock
from desktop.community.zones import is_zone, tzdata_version
from desktop.store import connections, database, events, files, ledger, members, occurrences, planning
from desktop.store.database import Store
from desktop.store.driver import sqlite_version
from resources.translations import phrase

ACCENT = "accent"
"""The setting that holds the community's colour."""


@dataclass(frozen=True, slots=True)
class Info:
    """What is in a community file.

    Attributes:
        sender: the name of the computer that sends; empty where none does.
        sends_here: it is this one.
        bytes: the size of the file.
    """

    name: str
    file: Path
    zone: str
    country: str
    members: int
    events: int
    connections: int
    channels: int
    deliveries: dict[str, int]
    sender: str
    sends_here: bool
    bytes: int
    sqlite: str
    tzdata: str


def new(path: Path, *, clock: Clock, computer: str, computer_name: str, name: str, zone: str, country: str) -> Store:
    """Make a community file and open it; this computer sends from it.

    Args:
        zone: IANA name, the home of whole days and of times without a zone.
        country: ISO 3166 two letters, for phone numbers without a country code.
    """
    if not is_zone(zone):
        raise Refused(phrase("There is no time zone {zone}. Write it as in Europe/Lisbon.", zone=zone))
    settings = {"name": name, "zone": zone, "country": country.upper(), "sender_computer": computer, "sender_name": computer_name}
    store = database.create(path, clock=clock, device=computer, settings=settings)
    occurrences.refresh(store)
    return store


def set_up(
    store: Store, *, name: str | None = None, zone: str | None = None, country: str | None = None, grace: int | None = None, accent: str | None = None
) -> None:
    """Change what the community is called, where it is at home, how many seconds a message that is due at once still waits, and its colour (#rrggbb).

    A new zone moves whole days and times without a zone, and what is announced before them. None leaves a setting as it is.
    """
    if zone is not None and not is_zone(zone):
        raise Refused(phrase("There is no time zone {zone}. Write it as in Europe/Lisbon.", zone=zone))
    given = {"name": name, "zone": zone, "country": country, planning.GRACE_SETTING: None if grace is None else str(grace), ACCENT: accent}
    with store.write() as conn:
        for key, value in given.items():
            if value is not None:
                database.set_setting(conn, key, value)
    if zone is not None:
        occurrences.refresh(store)
        planning.refresh(store)


def set_logo(store: Store, picture: bytes) -> str:
    """Keep a picture (PNG) as the community's logo. Gives the hash of the one before; empty where there was none."""
    before = store.setting(files.LOGO)
    with store.write() as conn:
        database.set_setting(conn, files.LOGO, files.keep(conn, picture, "image/png"))
    return before


def change_logo(store: Store, sha256: str) -> str:
    """Take a picture that is in the file as the logo, or none where it is empty. Gives the hash of the one before."""
    before = store.setting(files.LOGO)
    with store.write() as conn:
        database.set_setting(conn, files.LOGO, sha256)
    return before


def info(store: Store) -> Info:
    """What is in the file now."""
    return Info(
        name=store.setting("name"),
        file=store.path,
        zone=store.setting("zone"),
        country=store.setting("country"),
        members=members.count(store),
        events=events.count(store),
        connections=len(connections.connections(store)),
        channels=len(connections.channels(store)),
        deliveries={state.value: number for state, number in ledger.counts(store.conn).items()},
        sender=store.setting("sender_name"),
        sends_here=store.setting("sender_computer") == store.device,
        bytes=store.path.stat().st_size,
        sqlite=sqlite_version,
        tzdata=tzdata_version(),
    )
