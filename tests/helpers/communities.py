"""Community files for tests of the store: made on a moved clock, filled with a little of everything, and read back without the code under test."""

from collections.abc import Mapping
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

from desktop.community.announcements import Announcement, AttachedFile
from desktop.community.connections import Channel, ConnectionRecord
from desktop.community.events import Event, Occurrence
from desktop.community.fold import words
from desktop.community.ids import new_id
from desktop.community.members import Birthday, ContactKind, ContactPoint, Member
from desktop.community.schedules import At
from desktop.store import announcements, connections, database, events, files, members, occurrences
from desktop.store.database import Store
from desktop.store.driver import Connection, connect
from desktop.store.journal import operation
from desktop.store.tables import SHARED
from helpers.clock import MovedClock
from resources.translations import phrase

DEVICE = "device-a"
WORK = phrase("Worked")
SETTINGS = {"zone": "Europe/Lisbon", "country": "PT", "name": "Test"}
PHOTO = b"\xff\xd8\xff a photo"

Rows = dict[str, dict[str, Mapping[str, object]]]


def make(path: Path, clock: MovedClock | None = None, key: str | None = None) -> Store:
    """A new community, its calendar worked out."""
    store = database.create(path, key, clock=clock or MovedClock(), device=DEVICE, settings=SETTINGS)
    occurrences.refresh(store)
    return store


def reopen(path: Path, clock: MovedClock | None = None, key: str | None = None, patience: float = 0.2) -> Store:
    """The community at `path`, opened as the program does."""
    return database.open(path, key, clock=clock or MovedClock(), device=DEVICE, patience=patience)


def ana(photo: str = "") -> Member:
    """A member with something in every field."""
    return Member(
        name="Ana Lima",
        given="Ana",
        family="Lima",
        nickname="Aninhas",
        organization="Padaria Sol",
        title="Padeira",
        birthday=Birthday(12, 10, 1980),
        joined=date(2020, 2, 3),
        language="pt",
        notes="Alérgica a nozes",
        photo=photo,
        fields={"T-shirt": "M"},
        contact_points=(
            ContactPoint(ContactKind.EMAIL, "ana@example.org", "home", preferred=True),
            ContactPoint(ContactKind.PHONE, "+351912345678", "mobile"),
        ),
        tags=("choir", "bakers"),
    )


def wall(text: str) -> datetime:
    """A wall time, as in `2026-12-08T19:00`."""
    return datetime.fromisoformat(text)


def weekly(title: str = "Rehearsal") -> Event:
    """An event on each Tuesday evening."""
    return Event(title, wall("2026-11-03T19:00"), wall("2026-11-03T21:00"), zone="Europe/Lisbon", place="Hall", rrule="FREQ=WEEKLY;BYDAY=TU")


def fill(store: Store) -> str:
    """A little of everything; gives the id of Ana."""
    with operation(store, phrase("Added {name}", name="Ana Lima")) as op:
        ana_id = members.add(op, ana(files.keep(op.conn, PHOTO, "image/jpeg")))
    with operation(store, phrase("Added {name}", name="Łukasz")) as op:
        members.add(op, Member("Łukasz Żak", contact_points=(ContactPoint(ContactKind.TELEGRAM, "@lukasz"),), tags=("choir",)))
    with operation(store, phrase("Added an event")) as op:
        series = events.add(op, weekly())
        moved = Event(
            "Rehearsal in the church",
            wall("2026-12-08T20:00"),
            wall("2026-12-08T22:00"),
            zone="Europe/Lisbon",
            series_id=series,
            recurrence_id=wall("2026-12-08T19:00"),
        )
        events.add(op, moved)
    with operation(store, phrase("Set up")) as op:
        connection_id = new_id()
        connections.put_connection(op, ConnectionRecord("practice", "Practice", {}, {}, connection_id))
        channel_id = connections.add_channel(op, Channel(connection_id, "Everybody", "1"))
    with operation(store, phrase("Announced")) as op:
        document = AttachedFile(files.keep(op.conn, b"%PDF", "application/pdf"), "notes.pdf", "application/pdf")
        announcements.add(op, Announcement("We **sing**", (channel_id,), At(wall("2026-12-06T18:00"), "Europe/Lisbon"), document=document))
    return ana_id


def rows(store: Store, *tables: str) -> Rows:
    """All that is not deleted in the shared tables (or these), as it is in the file, without what is local."""
    return {table: _alive(store.conn, table) for table in tables or SHARED}


def _alive(conn: Connection, table: str) -> dict[str, Mapping[str, object]]:
    names = ["id", *SHARED[table].columns, *(SHARED[table].derived or ())]
    listed = ", ".join(f'"{name}"' for name in names)
    found = conn.execute(f'SELECT {listed} FROM "{table}" WHERE deleted_at IS NULL').fetchall()
    return {row[0]: dict(zip(names, row, strict=True)) for row in found}


def dump(path: Path, *besides: str) -> list[str]:
    """Everything in a closed file as SQL rows, read with a connection of its own; without the settings named `besides`."""
    with closing(connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as conn:
        tables = [row[0] for row in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")]
        found = [f"{table}: {row}" for table in tables for row in conn.execute(f'SELECT * FROM "{table}"').fetchall()]
    return [line for line in found if not any(line.startswith(f"setting: ('{name}'") for name in besides)]


def words_of_values(store: Store) -> dict[str, set[str]]:
    """For each member the words that it should be found by, from what the store says of it."""
    found = {}
    for member in members.every(store):
        names = (member.name, member.given, member.additional, member.family, member.nickname, member.organization, member.title)
        texts = (*names, member.notes, *member.fields.values(), *member.tags, *(way.value for way in member.contact_points))
        found[member.id] = {word for text in texts for word in words(text)}
    return found


def words_in_index(store: Store) -> dict[str, set[str]]:
    """For each member that is not deleted the words that the search index has for it."""
    store.conn.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.test_words USING fts5vocab(main, member_search, instance)")
    found: dict[str, set[str]] = {row[0]: set() for row in store.rows("SELECT id FROM member WHERE deleted_at IS NULL")}
    query = "SELECT m.id, v.term FROM temp.test_words v JOIN member m ON m.pk = v.doc WHERE m.deleted_at IS NULL"
    for member_id, term in store.rows(query):
        found[member_id].add(term)
    store.conn.execute("DROP TABLE temp.test_words")
    return found


def dates_kept(store: Store) -> list[Occurrence]:
    """What the file has worked out ahead of the dates of events."""
    kept = occurrences.kept(store)
    assert kept is not None
    return kept[1]


def dates_anew(store: Store) -> list[Occurrence]:
    """The same, worked out from the events now."""
    kept = occurrences.kept(store)
    assert kept is not None
    return occurrences.all_dates(store, kept[0])


def mode(path: Path) -> int:
    """What user, group and others may do with a file."""
    return path.stat().st_mode & 0o777
