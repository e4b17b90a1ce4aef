"""The big community as a community file, made through the store's own doors and kept in the temporary folder."""

import hashlib
import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks import big_community
from benchmarks.big_community import CHANNELS, CHANNELS_OF_ONE, GIVEN, PICTURES, PLACES, TITLES, ZONE, Size, anchor

from desktop.community.announcements import Announcement
from desktop.community.connections import Channel, ConnectionRecord
from desktop.community.deliveries import Delivery, State, Who, delivery_id
from desktop.community.ids import new_id
from desktop.community.ports import Clock
from desktop.community.schedules import At, due
from desktop.engine.clock import SystemClock
from desktop.store import announcements, bulk, connections, database, events, ledger, members, migrations, occurrences, search, tables
from desktop.store.database import Store
from desktop.store.driver import Connection
from desktop.store.journal import operation
from resources.translations import phrase


def build(path: Path, size: Size, seed: int, clock: Clock) -> None:
    """Make the community file, its search rows and occurrences written, and nothing sent from it yet by any computer."""
    first = anchor(clock.now())
    with database.create(path, clock=clock, device=new_id(), settings={"name": "Big community", "zone": ZONE, "country": "PT"}) as store:
        with bulk.staging(store) as staged:
            pictures = [_kept(staged, number) for number in range(PICTURES)]
            for number, one in enumerate(big_community.people(size.members, seed)):
                members.stage(staged, replace(one, photo=pictures[number // 2 % PICTURES]) if number % 2 else one)
            for event in big_community.gatherings(size, seed, first):
                events.stage(staged, event)
            bulk.load(store, staged, phrase("Made the big community"))
            members.index(store, staged)
        occurrences.refresh(store)
        _announce(store, size, seed, first)
        store.conn.execute("PRAGMA optimize")
        store.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def kept(size: Size, seed: int, folder: Path, clock: Clock | None = None) -> Path:
    """A fresh copy in `folder` of the big community, with one delivery due now.

    The original is made once for each seed, size, month and schema, and kept in the temporary folder.
    """
    clock = clock or SystemClock()
    sources = (tables, migrations, bulk, members, search)
    schema = hashlib.sha256(b"".join(Path(str(module.__file__)).read_bytes() for module in sources) + Path(__file__).read_bytes()).hexdigest()[:12]
    name = f"big-{size.members}-{size.events}-{size.deliveries}-{seed}-{anchor(clock.now()):%Y%m}-{schema}.belfry"
    cache = Path(tempfile.gettempdir()) / "belfry-benchmarks"
    cache.mkdir(mode=0o700, exist_ok=True)
    made = cache / name
    if not made.exists():
        with tempfile.TemporaryDirectory(dir=cache) as fresh:
            build(Path(fresh) / name, size, seed, clock)
            (Path(fresh) / name).rename(made)
    target = folder / "big.belfry"
    shutil.copyfile(made, target)
    target.chmod(0o600)
    with database.open(target, clock=clock, device=new_id()) as store:
        _announce_one(store)
    return target


def _announce_one(store: Store) -> None:
    """The one that is due."""
    [place] = connections.channels(store)[:1]
    one = Announcement("The one that is due now.", (place.id,))
    with operation(store, phrase("Announced one")) as op:
        row_id = announcements.add(op, one)
        if not ledger.of_announcement(op.conn, row_id):
            name = delivery_id(row_id, "", place.id, place.target)
            ledger.insert(
                op.conn, Delivery(name, row_id, "", place.id, place.target, State.QUEUED, op.at, op.at + timedelta(hours=2), op.at, asks=True)
            )


def _kept(staged: bulk.Staging, number: int) -> str:
    content = big_community.picture(number)
    name = hashlib.sha256(content).hexdigest()
    staged.add_file(name, "image/png", content)
    return name


def _announce(store: Store, size: Size, seed: int, first: datetime) -> None:
    """The channels, all for practice, and the announcements with their deliveries: those of the past are sent, the others are for months ahead."""
    chance = random.Random(f"deliveries {seed}")
    past = (size.deliveries - size.later) // CHANNELS_OF_ONE
    later = size.later // CHANNELS_OF_ONE
    with operation(store, phrase("Added the channels")) as op:
        connection = ConnectionRecord("practice", "Practice", {}, {}, new_id())
        connections.put_connection(op, connection)
        places = [connections.add_channel(op, Channel(connection.id, f"Group {number}", f"group-{number}")) for number in range(CHANNELS)]
    made: list[tuple[str, Announcement]] = []
    with operation(store, phrase("Made the announcements")) as op:
        for number in range(past + later):
            day = first - timedelta(days=2 + chance.randrange(1500)) if number < past else first + timedelta(days=100 + chance.randrange(400))
            wall = day.replace(tzinfo=None) + timedelta(hours=chance.randrange(8, 21), minutes=chance.randrange(60))
            place, friend = chance.choice(PLACES), chance.choice(GIVEN)
            text = f"**{chance.choice(TITLES)}** {number} is on. Come to the {place}, bring a friend and say hello to {friend}."
            one = Announcement(text, tuple(chance.sample(places, CHANNELS_OF_ONE)), At(wall, ZONE))
            made.append((announcements.add(op, one), one))
    with store.write() as conn:
        for number, (announcement_id, one) in enumerate(made):
            if not ledger.of_announcement(conn, announcement_id):  # planning makes those to come
                for delivery in _deliveries(announcement_id, one, places):
                    ledger.insert(conn, delivery)
                    if number < past:
                        _send(conn, delivery, one.text)


def _deliveries(announcement_id: str, one: Announcement, places: Sequence[str]) -> Iterator[Delivery]:
    assert isinstance(one.schedule, At)
    moment = due(one.schedule)
    for channel in one.channels:
        target = f"group-{places.index(channel)}"
        row_id = delivery_id(announcement_id, "", channel, target)
        yield Delivery(row_id, announcement_id, "", channel, target, State.QUEUED, moment, one.late.late_until(moment), moment, asks=one.late.asks)


def _send(conn: Connection, delivery: Delivery, text: str) -> None:
    at = delivery.due_at
    claimed = replace(delivery, attempts=1, claimed_at=at, sent_text=text)
    sending = ledger.move(conn, delivery, State.SENDING, who=Who.SENDER, why=phrase("It is being sent."), at=at, then=claimed)
    assert sending is not None
    ledger.move(conn, sending, State.SENT, who=Who.SENDER, why=phrase("It was sent."), at=at)
    ledger.keep_receipt(conn, delivery.id, delivery.id[:8], "", at)
