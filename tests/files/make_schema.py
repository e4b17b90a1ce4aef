"""Makes tests/files/schema-N.belfry: a small community of the present schema, the same content each time, from a fixed seed and a fixed clock.

    .venv/bin/python tests/files/make_schema.py

The file of a schema that has been released is never made again: it is what people have. While a schema is still being built, make it anew after each
change of its tables. Ids are random, so the bytes differ from one run to the next; `content` says what is in it, and the test reads that back.
"""

import random
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent)]

from desktop.community.announcements import Announcement  # noqa: E402  the path is set first
from desktop.community.connections import Channel, ConnectionRecord  # noqa: E402
from desktop.community.durations import parse_offset  # noqa: E402
from desktop.community.events import Event  # noqa: E402
from desktop.community.ids import new_id  # noqa: E402
from desktop.community.members import Birthday, ContactKind, ContactPoint, Member, PostalAddress  # noqa: E402
from desktop.community.schedules import BeforeEvent  # noqa: E402
from desktop.store import announcements, bulk, connections, database, erase, events, files, members, occurrences, sending, undo  # noqa: E402
from desktop.store.journal import operation  # noqa: E402
from desktop.store.schema import SCHEMA  # noqa: E402
from helpers.clock import MovedClock  # noqa: E402
from resources.translations import phrase  # noqa: E402

SEED = 1
PHOTO = b"\xff\xd8\xff the photo of everybody"
_NAMES = ("Ana Lima", "Łukasz Żak", "Søren O’Brien", "王小明", "Müller & Söhne", "Zoë Straße")


def people() -> list[Member]:
    """Those who are in the file, without ids, sorted by name."""
    chance = random.Random(SEED)
    made = []
    for number, name in enumerate(_NAMES):
        street = f"Rua {number}"
        made.append(
            Member(
                name,
                given=name.split()[0],
                birthday=Birthday(chance.randint(1, 12), chance.randint(1, 28), chance.choice([None, 1980])),
                joined=date(2020, 1, 1) + timedelta(days=chance.randrange(1000)),
                notes=f"Note {chance.random():.6f}",
                photo=files.sha256(PHOTO) if number % 2 else "",
                fields={"T-shirt": chance.choice("SML")},
                contact_points=(
                    ContactPoint(ContactKind.EMAIL, f"m{number}@example.org", "home", preferred=True),
                    ContactPoint(ContactKind.PHONE, f"+35191000{chance.randrange(1000):04}"),
                    ContactPoint(ContactKind.POSTAL, f"{street}\n1000 Lisboa", postal=PostalAddress(street=street, city="Lisboa", code="1000")),
                ),
                tags=("choir", "board")[: chance.randint(1, 2)],
            )
        )
    return made


def calendar() -> list[Event]:
    """The events that are in the file, without ids: one single, one series, one changed date of it, one of whole days."""
    series = Event("Rehearsal", _wall("2026-11-03T19:00"), _wall("2026-11-03T21:00"), "Europe/Lisbon", "Hall", rrule="FREQ=WEEKLY", uid="series@test")
    instead = _wall("2026-12-08T19:00")
    moved = Event("Rehearsal, moved", _wall("2026-12-09T20:00"), _wall("2026-12-09T22:00"), "Europe/Lisbon", recurrence_id=instead, uid="series@test")
    return [
        Event("Concert", _wall("2026-12-20T18:00"), _wall("2026-12-20T20:00"), "Europe/Lisbon"),
        Event("Trip", date(2027, 5, 1), date(2027, 5, 3)),
        series,
        moved,
    ]


def make(path: Path) -> None:
    """Write the file. Its history: an import, events, an announcement, an edit that was taken back, somebody who was erased."""
    clock = MovedClock()
    with database.create(
        path, clock=clock, device="device-of-schema", settings={"name": "Schema", "zone": "Europe/Lisbon", "country": "PT"}
    ) as store:
        occurrences.refresh(store)
        with bulk.staging(store) as staged:
            staged.add_file(files.sha256(PHOTO), "image/jpeg", PHOTO)
            for member in people():
                members.stage(staged, member)
            bulk.load(store, staged, phrase("Imported {file}", file="people.csv"))
        members.index(store)
        with operation(store, phrase("Added events")) as op:
            *others, series, moved = calendar()
            for event in others:
                events.add(op, event)
            series_id = events.add(op, series)
            op.put("event", events.add(op, moved), series_id=series_id)
        with operation(store, phrase("Announced")) as op:
            connection_id = new_id()
            connections.put_connection(op, ConnectionRecord("practice", "Practice", {}, {}, connection_id))
            channel_id = connections.add_channel(op, Channel(connection_id, "Everybody", "1"))
            announcements.add(op, Announcement("**See you** at the rehearsal", (channel_id,), BeforeEvent(parse_offset("1d")), event_id=series_id))
        with operation(store, phrase("Added {name}", name="Gone")) as op:
            gone = members.add(op, Member("Gone"))
        erase.erase(store, gone)
        ana_id = store.value("SELECT id FROM member WHERE name = 'Ana Lima'")
        with operation(store, phrase("Edited {name}", name="Ana Lima")) as op:
            op.put("member", ana_id, name="Anna Lima")
        undo.undo(store)
        sending.name_first(store, "computer-of-schema", "Old laptop")


def _wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


if __name__ == "__main__":
    target = HERE / f"schema-{SCHEMA}.belfry"
    target.unlink(missing_ok=True)
    make(target)
    sys.stdout.write(f"{target}: {target.stat().st_size} bytes\n")
