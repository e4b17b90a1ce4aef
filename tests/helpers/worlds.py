"""Seeded worlds: a real ledger and dispatcher on a virtual clock, against a service that records what it really received.

Everything that can go wrong does: the program dies between any two steps, the computer sleeps, its clock is set, a second sender starts, the file is
copied and an older copy put back, people edit, cancel and settle. At the end, what was received is held against what the ledger says.
"""

import asyncio
import faulthandler
import logging
import random
import shutil
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from desktop.community.announcements import Announcement, AnnouncementStatus
from desktop.community.connections import Channel, ConnectionRecord
from desktop.community.deliveries import Delivery, State, Who
from desktop.community.durations import Offset
from desktop.community.events import Event
from desktop.community.lateness import ASK, SKIP, UNTIL_START, Lateness, LateRule
from desktop.community.ports import Secret
from desktop.community.recurrence import recurrence
from desktop.community.schedules import At, BeforeEvent, Now, Schedule
from desktop.engine.computer import Computer
from desktop.engine.desk import CommunityDesk
from desktop.engine.marks import Marks
from desktop.engine.news import News
from desktop.engine.sender import Outcome, Sender, Until, take_over
from desktop.store import announcements, connections, database, events, ledger
from desktop.store.database import Store
from desktop.store.driver import Connection as Sql
from desktop.store.followers import FOLLOWERS
from desktop.store.journal import operation
from helpers.clock import START, MovedClock
from helpers.virtual_time import VirtualAlarm, VirtualLoop
from integrations.base import (
    AuthenticationFailed,
    Capability,
    Connection,
    Context,
    Identity,
    Limits,
    Manifest,
    Moved,
    Rate,
    Receipt,
    Rejected,
    Rendered,
    RetryLater,
    Target,
    Unsure,
)
from integrations.message import Message, plain
from resources.translations import phrase

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LASTS = HOUR
LIFE_IS_SHORT = 120.0
"""Seconds that one world may take at most; it takes a tenth of one. One that goes round for ever says where, and ends its process."""


class Crash(BaseException):
    """The program dies here."""


class NoVault:
    """No connection of a world has secrets."""

    def get(self, ref: str) -> Secret | None:
        raise AssertionError(ref)

    def set(self, ref: str, secret: Secret) -> None:
        raise AssertionError(ref)

    def delete(self, ref: str) -> None:
        raise AssertionError(ref)


@dataclass
class Process:
    """A sender as its operating system sees it. When it is dead, nothing that it touches works any more: unwinding does no harm.

    Attributes:
        fuse: dies when it has passed so many more steps; None: lives.
    """

    pid: int
    fuse: int | None = None
    alive: bool = True
    frozen: bool = False

    def reach(self, point: str) -> None:
        """A step: a named point, a transaction, a byte."""
        if self.alive and self.fuse is not None:
            self.fuse -= 1
            if self.fuse <= 0:
                self.alive = False
        self.check()

    def check(self) -> None:
        if not self.alive:
            raise Crash


_CONN: Any = Store.__dict__["conn"]


@dataclass  # without slots, which would take the property `conn` away again, as the name of a field of Store
class FrailStore(Store):
    """The store of a process that may die before and after each transaction."""

    process: Process = field(default_factory=lambda: Process(0))

    @property  # type: ignore[misc]  # a field of Store; looked at whenever it is used
    def conn(self) -> Sql:
        self.process.check()
        return self.bare

    @conn.setter
    def conn(self, conn: Sql) -> None:
        _CONN.__set__(self, conn)

    @property
    def bare(self) -> Sql:
        """The connection, also of a process that has died."""
        return cast(Sql, _CONN.__get__(self, type(self)))

    @contextmanager
    def write(self) -> Iterator[Sql]:
        self.process.reach("before-transaction")
        try:
            with Store.write(self) as conn:
                yield conn
                self.process.reach("before-commit")
        except Crash:
            if self.bare.in_transaction:  # what the operating system does for a process that is gone
                self.bare.execute("ROLLBACK")
            raise
        self.process.reach("after-commit")


class FrailMarks(Marks):
    """The marks, as a process that may die reaches them."""

    def __init__(self, data: Path, process: Process) -> None:
        super().__init__(data)
        self._process = process

    def write(self, incarnation: str, path: Path, counter: int) -> None:
        self._process.reach("before-mark")
        super().write(incarnation, path, counter)
        self._process.reach("after-mark")


@dataclass
class Service:
    """The far side. It knows nothing of ledgers; what it received, it received.

    Attributes:
        received: how often each key arrived and was posted.
        attempts: how often a send was begun.
    """

    chance: random.Random
    kind: str
    trouble: float
    received: Counter[str] = field(default_factory=Counter)
    attempts: int = 0
    at: dict[str, datetime] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    reachable: bool = True
    credentials: bool = True

    def post(self, key: str, now: datetime) -> None:
        if self.kind == "keyed" and key in self.received:
            return
        self.received[key] += 1
        self.at[key] = now


class ScriptedConnection:
    """`Connection` of one process to the service."""

    def __init__(self, service: Service, process: Process, now: Callable[[], datetime]) -> None:
        self._service = service
        self._process = process
        self._now = now

    async def check(self) -> Identity:
        return Identity("world", "1")

    async def refresh(self) -> None:
        await self._pass(0.2)
        if not self._service.reachable:
            raise RetryLater(phrase("There is no connection."))

    async def close(self) -> None:
        self._process.check()

    async def send(self, message: Message, to: Target, key: str) -> Receipt:
        service, chance = self._service, self._service.chance
        service.attempts += 1
        if not service.reachable:
            await self._pass(1)
            raise RetryLater(phrase("There is no connection."))
        await self._pass(chance.choice((0.01, 0.1, 3)))
        if not service.credentials:
            raise AuthenticationFailed(phrase("The service refused the account."))
        if service.moved.get(to.id):
            raise Moved(phrase("The group has a new address."), service.moved[to.id])
        fate = chance.random()
        if fate >= service.trouble:
            return await self._taken(key)
        match chance.randrange(9):
            case 0:
                raise RetryLater(phrase("Too many messages."), timedelta(seconds=chance.choice((1, 30, 600))))
            case 1:
                raise RetryLater(phrase("There is no connection."))
            case 2:
                raise Rejected(phrase("You may not post there."))
            case 3:
                service.moved[to.id] = f"{to.id}x"
                raise Moved(phrase("The group has a new address."), f"{to.id}x")
            case 4:
                await self._taken(key)
                raise Unsure(phrase("There was no answer."))
            case 5:
                await self._pass(30)
                raise Unsure(phrase("There was no answer."))
            case 6:
                service.credentials = False
                raise AuthenticationFailed(phrase("The service refused the account."))
            case 7:
                await self._taken(key)
                raise KeyError("an integration with a bug")
            case _:
                await self._pass(60)
                return await self._taken(key)

    async def _taken(self, key: str) -> Receipt:
        self._process.reach("after-bytes-left")
        self._service.post(key, self._now())
        self._process.reach("after-service-took")
        await self._pass(self._service.chance.choice((0.05, 0.05, 10)))
        return Receipt(f"m{self._service.received.total()}")

    async def _pass(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self._process.reach("after-connect")


def _render(message: Message, settings: Mapping[str, str]) -> Rendered:
    text = plain(message.body)
    return Rendered(text, len(text))


@dataclass
class World:
    """One world, from its seed. `run()` lives through it and raises AssertionError where a promise was broken."""

    seed: int
    folder: Path
    template: Path
    trouble: float = 0.35
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.clock = MovedClock(START + timedelta(seconds=self.chance.randrange(86_400)))
        self.loop = VirtualLoop(self.clock)
        self.path = self.folder / "community.belfry"
        self.computer = Computer("computer-1", "laptop")
        self.service = Service(random.Random(self.seed + 1), self.chance.choice(("plain", "plain", "keyed")), self.trouble)
        self.processes: list[tuple[Process, asyncio.Task[Outcome | None], Sender]] = []
        self.again: Counter[str] = Counter()
        self.lives = 0
        self.put_back_once = False
        self.latest = self.clock.now()
        self.copies: list[Path] = []
        self.manifests = {
            "plain": self._manifest("plain", frozenset()),
            "keyed": self._manifest("keyed", frozenset({Capability.IDEMPOTENT})),
            "hand": Manifest("hand", "By hand", Limits(), frozenset({Capability.BY_HAND}), _render),
        }
        shutil.copyfile(self.template, self.path)
        self.desk_store = self._open(Process(0))  # what people do, in a process that does not die

    @classmethod
    def made_in(cls, folder: Path, seed: int) -> "World":
        """A world in a folder of its own."""
        return cls(seed, folder, template(folder))

    def _manifest(self, name: str, capabilities: frozenset[Capability]) -> Manifest:
        rate = Rate(per_second=30, target_per_second=1, target_per_minute=20)
        return Manifest(name, name.title(), Limits(), capabilities, _render, connect=self._no_connection, rate=rate)

    def _no_connection(self, settings: Mapping[str, str], context: Context) -> Connection:
        raise AssertionError("each process has a manifest of its own")

    def note(self, what: str) -> None:
        self.said.append(f"{self.clock.now():%d %H:%M:%S} {what}")

    # Processes

    def _open(self, process: Process) -> FrailStore:
        found = database.open(self.path, clock=self.clock, device=f"device-{process.pid}")
        found.conn.execute("PRAGMA synchronous=OFF")
        return FrailStore(found.conn, found.path, found.clock, found.device, followers=FOLLOWERS, process=process)

    def start(self, until: Until = Until.STOPPED) -> None:
        """A sender starts, as a process of its own; it may be one that will die soon."""
        self.lives += 1
        process = Process(self.lives, fuse=self.chance.choice((None, self.chance.randrange(1, 60), self.chance.randrange(1, 400))))
        store = self._open(process)

        def connect(settings: Mapping[str, str], context: Context) -> Connection:
            return ScriptedConnection(self.service, process, self.clock.now)

        manifests = {name: replace(manifest, connect=connect) if manifest.connect else manifest for name, manifest in self.manifests.items()}
        marks = FrailMarks(self.folder / "data", process)
        sender = Sender(
            store,
            CommunityDesk(store, NoVault(), self.clock, manifests.__getitem__),
            marks,
            self.computer,
            alarm=VirtualAlarm,
            keyed=("keyed",),
            hear=lambda news: self._heard(process, news),
            probe=process,
            chance=self.chance.random,
            alive=lambda pid: any(one.pid == pid and one.alive for one, _, _ in self.processes),
            pid=process.pid,
            look=9.0,
        )
        self.note(f"process {process.pid} starts ({until.name}), fuse {process.fuse}")

        async def live() -> Outcome | None:
            try:
                outcome = await sender.run(until)
                self.note(f"process {process.pid} ended: {outcome}")
            except Crash:
                self.note(f"process {process.pid} died")
                return None
            else:
                return outcome
            finally:
                process.alive = False
                store.bare.close()

        self.processes.append((process, self.loop.create_task(live()), sender))

    def _heard(self, process: Process, news: News) -> None:
        process.reach("news")
        self.note(f"process {process.pid}: {news}")

    def running(self) -> list[tuple[Process, asyncio.Task[Outcome | None], Sender]]:
        return [one for one in self.processes if not one[1].done()]

    async def _all_end(self, kill: bool) -> None:
        for process, _, sender in self.running():
            if kill:
                process.alive = False
            sender.stop()
        for _, task, _ in self.running():
            await task

    # What is in the file

    def furnish(self) -> None:
        """Connections, channels, events and announcements."""
        chance, store = self.chance, self.desk_store
        with operation(store, phrase("Set up")) as op:
            connections.put_connection(op, ConnectionRecord(self.service.kind, "The service", id="connection-1"))
            channels = [
                connections.add_channel(op, Channel("connection-1", f"Group {number}", f"-{number}")) for number in range(chance.randint(1, 4))
            ]
            if chance.random() < 0.2:
                connections.put_connection(op, ConnectionRecord("hand", "By hand", id="connection-2"))
                channels.append(connections.add_channel(op, Channel("connection-2", "Posted by hand")))
        for _ in range(chance.randint(1, 4)):
            self.announce(channels)

    def announce(self, channels: list[str]) -> None:
        chance = self.chance
        now = self.clock.now().replace(tzinfo=None, second=0, microsecond=0)
        soon = now + timedelta(minutes=chance.choice((chance.randrange(-20, 60), chance.randrange(-5, 45), chance.randrange(60, 24 * 60))))
        chosen = tuple(chance.sample(channels, chance.randint(1, len(channels))))
        late = chance.choice((ASK, SKIP, Lateness(LateRule.WITHIN, chance.choice((HOUR, 3 * DAY)))))
        event_id = ""
        schedule: Schedule
        with operation(self.desk_store, phrase("Announced")) as op:
            match chance.randrange(5):
                case 0:
                    schedule = Now()
                case 1:
                    schedule = At(soon, "UTC")
                case 2:
                    rule = chance.choice(("FREQ=DAILY;COUNT=2", "FREQ=DAILY;BYHOUR=8,9,12;COUNT=9", "FREQ=WEEKLY"))
                    schedule = At(soon, "Europe/Lisbon", recurrence(rule))
                case _:
                    rule = chance.choice(("", "FREQ=DAILY;COUNT=3"))
                    event_id = events.add(op, Event("Rehearsal", soon + 3 * HOUR, soon + 5 * HOUR, "Europe/Lisbon", rrule=rule))
                    schedule, late = BeforeEvent(Offset(0, chance.choice((HOUR, 2 * HOUR)))), UNTIL_START
            made = announcements.add(op, Announcement(f"Hello {self.seed}", chosen, schedule, late, event_id))
        self.note(f"announced {made[-4:]} {schedule} {late} to {len(chosen)}")

    # What happens

    def happen(self) -> None:
        """One thing that people or the world do."""
        chance = self.chance
        match chance.randrange(15):
            case 0 | 1:
                if len(self.running()) < 2:
                    self.start(chance.choice((Until.STOPPED, Until.STOPPED, Until.IDLE, Until.ONCE)))
            case 2:
                for process, _, sender in self.running()[:1]:
                    self.note(f"process {process.pid} is killed")
                    process.alive = False
                    sender.stop()
            case 3:
                for process, _, sender in self.running()[:1]:
                    self.note(f"process {process.pid} is asked to stop")
                    sender.stop()
            case 4:
                by = timedelta(minutes=chance.choice((1, 20, 300, 1500)))
                self.note(f"the computer sleeps for {by}")
                self.clock.suspend(by)
            case 5:
                by = timedelta(minutes=chance.choice((-300, -20, -1, 1, 20, 300)))
                self.note(f"the clock is set by {by}")
                self.clock.set_wall(self.clock.now() + by)
            case 6:
                self.service.reachable = not self.service.reachable
                self.note(f"the service is {'there' if self.service.reachable else 'out of reach'}")
            case 7 | 8:
                self._settle(all_of_it=False)
            case 9:
                self._edit()
            case 10:
                self._mend()
            case 11 if not self.copies:
                copy = self.folder / "older-copy.belfry"
                for end in ("", "-wal"):
                    if Path(f"{self.path}{end}").exists():
                        shutil.copyfile(f"{self.path}{end}", f"{copy}{end}")
                self.copies.append(copy)
                self.note("the file was copied")
            case _:
                pass

    def _edit(self) -> None:
        found = list(announcements.every(self.desk_store))
        one = self.chance.choice(found)
        other = AnnouncementStatus.CANCELLED if one.status is AnnouncementStatus.SCHEDULED else AnnouncementStatus.SCHEDULED
        match self.chance.randrange(3):
            case 0:
                change = replace(one, status=other)
            case 1 if isinstance(one.schedule, At):
                change = replace(one, schedule=replace(one.schedule, wall=one.schedule.wall + self.chance.choice((-1, 1)) * HOUR))
            case _:
                change = replace(one, text=f"{one.text}!")
        with operation(self.desk_store, phrase("Edited")) as op:
            announcements.change(op, change)
        self.note(f"edited {one.id[-4:]}: {change.status}")

    def _mend(self) -> None:
        if not self.service.credentials:
            self.service.credentials = True
            self.note("the credentials were mended")
        with self.desk_store.write() as conn:
            for owner in ledger.paused(conn):
                ledger.resume(conn, owner)

    def _settle(self, *, all_of_it: bool) -> None:
        """A person decides about what waits for one."""
        now = self.clock.now()
        for delivery in ledger.listed(self.desk_store.conn, (State.UNSURE, State.MISSED, State.REJECTED, State.WAITING)):
            if not all_of_it and self.chance.random() < 0.5:
                continue
            with self.desk_store.write() as conn:
                match delivery.state:
                    case State.WAITING:
                        self._person(conn, delivery, State.SENT, now)
                    case State.MISSED | State.REJECTED:
                        if self.chance.random() < 0.5:
                            self._again(conn, delivery, now)
                    case _:
                        # People look: mostly they say what is true; sometimes they just send it again.
                        if self.chance.random() < 0.3 or not self.service.received[delivery.id]:
                            self._again(conn, delivery, now)
                        else:
                            self._person(conn, delivery, State.SENT, now)

    def _person(self, conn: Sql, delivery: Delivery, becomes: State, now: datetime, then: Delivery | None = None) -> None:
        ledger.move(conn, delivery, becomes, who=Who.PERSON, why=phrase("A person said so."), at=now, then=then)
        self.note(f"a person moves {delivery.id[:6]} from {delivery.state} to {becomes}")

    def _again(self, conn: Sql, delivery: Delivery, now: datetime) -> None:
        # Of what is refused or missed it is certain that it is not out, but for an older copy: that does not know what went out since.
        if delivery.state is State.UNSURE or self.put_back_once:
            self.again[delivery.id] += 1
        when = max(now, delivery.due_at)
        self._person(conn, delivery, State.QUEUED, now, replace(delivery, next_attempt_at=when, late_until=when + DAY))

    async def put_back(self) -> None:
        """The older copy takes the file's place, as a cloud drive or a person does it."""
        self.note("an older copy is put back")
        self.put_back_once = True
        await self._all_end(kill=self.chance.random() < 0.5)
        self._replace()

    def _replace(self) -> None:
        self.desk_store.bare.close()
        for end in ("", "-wal", "-shm"):
            Path(f"{self.path}{end}").unlink(missing_ok=True)
        copy = self.copies.pop()
        for end in ("", "-wal"):
            if Path(f"{copy}{end}").exists():
                shutil.copyfile(f"{copy}{end}", f"{self.path}{end}")
        self.desk_store = self._open(Process(0))

    def take_over(self) -> None:
        """A person says that this file sends now."""
        # An older copy and a clock that was set back, both at once: then what fell due since the copy was made can't be known.
        self.clock.set_wall(max(self.clock.now(), self.latest))
        unsure = take_over(self.desk_store, Marks(self.folder / "data"), self.computer)
        self.note(f"taken over, {unsure} unsure")

    # The whole story

    def run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.set_exception_handler(lambda loop, context: None)  # the dead leave unread exceptions behind
        try:
            self.furnish()
            story = self.loop.create_task(self._story())
            self.loop.run_until_complete(story)
            self.check()
        except BaseException as error:
            error.add_note("\n".join((f"world {self.seed}, {self.service.kind}", *self.said)))
            raise
        finally:
            self.desk_store.bare.close()
            self.loop.close()
            asyncio.set_event_loop(None)

    async def _story(self) -> None:
        begun = self.clock.monotonic()
        while self.clock.monotonic() - begun < LASTS.total_seconds():
            await asyncio.sleep(self.chance.choice((0.5, 2, 10, 60, 300, 900)))
            self.latest = max(self.latest, self.clock.now())
            self.happen()
            if self.copies and self.chance.random() < 0.05:
                await self.put_back()
        # All is well at last: a lasting sender, a healthy service, and a person who looks after what is asked.
        self.service.trouble, self.service.reachable, self.service.credentials = 0.0, True, True
        self._mend()
        await self._all_end(kill=True)
        for _ in range(3):
            self.start()
            process, task, _ = self.processes[-1]
            process.fuse = None
            await asyncio.sleep(100)
            if task.done():  # the file is a copy, and the person says what to do
                self.take_over()
            else:
                self._settle(all_of_it=True)
            await asyncio.sleep(100)
            await self._all_end(kill=False)
        await self._final()

    async def _final(self) -> None:
        self.start()
        process, _, _ = self.processes[-1]
        process.fuse = None
        await asyncio.sleep(300)
        await self._all_end(kill=False)

    # What must hold

    def check(self) -> None:
        store = self.desk_store
        now = self.clock.now()
        found = ledger.listed(store.conn)
        for delivery in found:
            got = self.service.received[delivery.id]
            history = ledger.moves(store.conn, delivery.id)
            asked = self.again[delivery.id]
            story = f"{delivery}\n{history}"
            assert got <= 1 + asked, f"posted {got} times, asked to post again {asked} times: {story}"
            if self.service.kind == "keyed":
                assert got <= 1, story
            by_person = any(move.who is Who.PERSON for move in history)
            if delivery.state is State.SENT and not by_person:
                assert got == 1, f"said to be sent, but it was not: {story}"
            # What people did in the time that an older copy does not know of, it does not know of: they took back or sent again there what it
            # holds as ended. What it holds as waiting is what a take-over calls unsure, and that is held to.
            ended = (State.CANCELLED, State.MISSED, State.SKIPPED, State.REJECTED)
            if self.put_back_once and delivery.state in ended:
                continue
            if delivery.state is State.REJECTED and not by_person:
                assert got == 0, f"said to be refused, but it was posted: {story}"
            if got and not by_person:
                assert delivery.state in (State.SENT, State.UNSURE), f"it was posted, and nobody knows: {story}"
            assert delivery.state is not State.SENDING, f"for ever: {story}"
            if delivery.state is State.QUEUED:
                assert delivery.next_attempt_at >= now - timedelta(minutes=1), f"lost in silence: {story}"
            assert all(move.at.tzinfo is UTC for move in history)
        once = Counter((one.announcement_id, one.occurrence, one.channel_id) for one in found if self.service.received[one.id])
        assert all(times == 1 for times in once.values()), f"two rows for one date and channel went out: {once}"
        known = {delivery.id for delivery in found}
        assert not self.copies or set(self.service.received) <= known


def live_through(folder: Path, first: int, worlds: int) -> Counter[str]:
    """Live through that many worlds, from the seed `first` on. Gives what was seen in them. Raises AssertionError at the first broken promise."""
    logging.getLogger("desktop").setLevel(logging.CRITICAL)  # integrations with bugs, full disks: the worlds are full of what is logged
    here = folder / f"from-{first}"
    here.mkdir()
    beginning = template(here)
    seen: Counter[str] = Counter()
    for seed in range(first, first + worlds):
        there = here / str(seed)
        there.mkdir()
        world = World(seed, there, beginning)
        faulthandler.dump_traceback_later(LIFE_IS_SHORT, exit=True)
        try:
            world.run()
        except Exception as error:  # told in words: not every error can travel from one process to another
            raise AssertionError("".join(traceback.format_exception(error))) from None
        finally:
            faulthandler.cancel_dump_traceback_later()
        shutil.rmtree(there)
        seen.update(
            worlds=1,
            received=world.service.received.total(),
            attempts=world.service.attempts,
            died=sum(line.endswith("died") for line in world.said),
            unsure=sum("becomes unsure" in line or "'unsure'" in line for line in world.said),
            copies=int(world.put_back_once),
        )
    return seen


def template(folder: Path) -> Path:
    """An empty community, made once, that every world begins with."""
    path = folder / "template.belfry"
    clock = MovedClock()
    with database.create(path, clock=clock, device="device-0", settings={"zone": "Europe/Lisbon"}) as store:
        store.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path
