"""The sender: finds out whether it may send from this file, cleans up behind one that was killed, and keeps the dispatcher going.

Runs on one asyncio loop, in the engine's thread or under the command line. It is told of nothing from outside: what another program writes into the
file, it sees there.
"""

import logging
import os
import random
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from math import inf

from desktop.community.deliveries import State, Who
from desktop.community.errors import BelfryError
from desktop.community.ports import Probe
from desktop.engine.alarm import Alarm
from desktop.engine.computer import Computer
from desktop.engine.desk import Desk
from desktop.engine.dispatcher import FILE, Dispatcher, Right
from desktop.engine.hindrances import Hindrances
from desktop.engine.marks import Marks
from desktop.engine.news import Hear, News, Resumed
from desktop.store import lease, ledger, occurrences, planning, sending
from desktop.store.database import Store
from resources.translations import Phrase, phrase

LONGEST_WAIT = 5.0
"""Seconds between two looks at the ledger, at most: what another program has written leaves in time, and no wait is long against the wall clock."""
RESCAN = 60.0
"""Seconds between two looks at all that waits, at most: some of it runs out of time."""
PLAN = 3600.0
"""Seconds between two plannings ahead where nothing else calls for one."""
GAP = timedelta(seconds=3)
"""What wall and monotonic clock may differ by between two looks, before that means that the computer slept or its clock was set."""
SOON = timedelta(minutes=1)
DEADLINE = 15.0
"""Seconds that shutting down waits for what is on its way."""

log = logging.getLogger(__name__)


class Until(Enum):
    """How long a sender runs."""

    ONCE = "over what is due"
    IDLE = "until nothing is due within a minute"
    STOPPED = "for ever"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended.

    Attributes:
        counts: how many deliveries came to which state.
        due: how many are still due and have not gone.
        other: who sends instead; None where this sender did.
        refused: why nothing may leave from this file, or not any more; None where it may.
    """

    counts: dict[State, int] = field(default_factory=dict)
    due: int = 0
    other: lease.Holder | None = None
    refused: Phrase | None = None


class NoProbe:
    """`Probe` of the program: nobody listens."""

    def reach(self, point: str) -> None:
        """Nothing happens."""


def _nobody(news: News) -> None:
    """Nobody listens."""


class Sender:
    """One sender for one community file.

    Args:
        store: the file, opened in the thread of the loop.
        desk: messages and connections.
        marks, computer: what this computer remembers, and who it is.
        alarm: makes the alarm clock, on the running loop.
        keyed: the ids of the services that take a key, so that a repeat is safe.
        hear: takes the news, on the loop.
        alive: whether the process with this id runs on this computer.
        look: seconds between two looks at the ledger, at most.
    """

    def __init__(
        self,
        store: Store,
        desk: Desk,
        marks: Marks,
        computer: Computer,
        *,
        alarm: Callable[[], Alarm],
        keyed: Sequence[str],
        hear: Hear = _nobody,
        probe: Probe | None = None,
        chance: Callable[[], float] = random.random,
        alive: Callable[[int], bool],
        pid: int | None = None,
        look: float = LONGEST_WAIT,
    ) -> None:
        self._store = store
        self._clock = store.clock
        self._desk = desk
        self._marks = marks
        self._computer = computer
        self._make_alarm = alarm
        self._keyed = keyed
        self._hear = hear
        self._hindrances = Hindrances(hear)
        self._probe: Probe = probe or NoProbe()
        self._chance = chance
        self._alive = alive
        self._pid = os.getpid() if pid is None else pid
        self._me = str(uuid.uuid4())
        self._alarm: Alarm | None = None
        self._look = look
        self._stopping = False
        self._stirred = True
        self._woken = False

    async def run(self, until: Until) -> Outcome:
        """Send, for as long as asked. Raises BelfryError where the file can't be used at all; trouble on the way is waited out and told as news."""
        named, refused = admit(self._store, self._marks, self._computer)
        if refused is not None:
            return Outcome(refused=refused)
        alarm = self._alarm = self._make_alarm()
        try:
            fence = await self._acquire(alarm)
            if fence is None:
                return Outcome(other=lease.holder(self._store.conn))
            self._hear(Resumed())
            right = Right(fence, self._me, self._computer.id, named.incarnation)
            dispatcher = Dispatcher(
                self._store,
                self._desk,
                right,
                keyed=self._keyed,
                mark=lambda claims: self._marks.write(named.incarnation, self._store.path, claims),
                probe=self._probe,
                chance=self._chance,
                hear=self._hear,
                hindrances=self._hindrances,
                wake=self._stir,
            )
            try:
                self._recover()
                self._plan(soon=True)
                return await self._keep_going(until, alarm, dispatcher, right)
            finally:
                await dispatcher.stop(DEADLINE)
                await self._desk.close()
                self._let_go(fence)
        finally:
            alarm.stop()
            self._alarm = None

    def stop(self) -> None:
        """End the run: what is on its way is waited for, nothing new is begun. On the loop only."""
        self._stopping = True
        if self._alarm:
            self._alarm.ring()

    def wake(self) -> None:
        """Look at the file now: something was written to it, or a person has unlocked the secrets. On the loop only."""
        self._woken = True
        self._stir()

    def _stir(self) -> None:
        self._stirred = True
        if self._alarm:
            self._alarm.ring()

    async def _acquire(self, alarm: Alarm) -> int | None:
        """The lease's fence; None where another sender is alive."""
        watch = lease.Watch(self._clock.monotonic)
        first: lease.Holder | None = None
        while not self._stopping:
            found = lease.holder(self._store.conn)
            first = first or found
            here = found is not None and found.computer == self._computer.id
            dead = found is None or (here and not self._alive(found.pid)) or watch.silent(found)
            if dead:
                fence = lease.acquire(self._store, me=self._me, computer=self._computer.id, pid=self._pid, instead_of=found)
                if fence is not None:
                    return fence
                continue
            if found != first or (found and timedelta(0) <= self._clock.now() - found.heartbeat_at < lease.LEASE):
                return None  # its heart beats
            await alarm.wait(1.0)  # it gives no sign, but the wall clock may be wrong: watch it for the time of a lease
        return None

    def _recover(self) -> None:
        """What earlier senders have left in `sending` may be out: a person is asked, or it is repeated where the service takes keys."""
        now = self._clock.now()
        why = phrase("Belfry was interrupted while it was sent. Look there, then say whether it is out.")
        with self._store.write() as conn:
            for delivery in ledger.left_sending(conn):
                ledger.move(conn, delivery, State.UNSURE, who=Who.RECOVERY, why=why, at=now)
                self._probe.reach("while-recovering")

    def _plan(self, *, soon: bool = False) -> None:
        """Work out ahead what is to go out; `soon`: what may be due now, before the first look at it."""
        occurrences.refresh(self._store)
        planning.refresh(self._store, soon=soon)

    async def _keep_going(self, until: Until, alarm: Alarm, dispatcher: Dispatcher, right: Right) -> Outcome:
        clock = self._clock
        wall, steady = clock.now(), clock.monotonic()
        beat, planned = steady, -inf  # what may be due has been planned; the rest is after the first look
        version, due_next, scanned = -1, wall, steady
        while not self._stopping and dispatcher.halted is None:
            now, tick = clock.now(), clock.monotonic()
            slept = abs((now - wall) - timedelta(seconds=tick - steady)) > GAP
            wall, steady = now, tick
            try:
                if slept or tick - beat >= lease.HEARTBEAT.total_seconds():
                    if not lease.renew(self._store, right.fence, self._me):
                        return Outcome(dict(dispatcher.counts), other=lease.holder(self._store.conn))
                    beat = tick
                if slept:
                    log.info("The computer slept or its clock was set: planning again")
                    self._desk.slept()
                if slept:
                    self._plan()
                    planned = tick
                written = self._store.data_version()
                if slept or self._stirred or written != version or now >= due_next or tick - scanned >= RESCAN:
                    version, scanned, self._stirred = written, tick, False
                    if self._woken:
                        self._woken = False
                        dispatcher.try_locked()
                    dispatcher.pump()
                    due_next = self._due_next(now)
                    self._stirred = self._stirred or dispatcher.resting
                if tick - planned >= PLAN:
                    self._plan()
                    planned, self._stirred = tick, True
            except BelfryError as trouble:
                log.warning("The sender can't use the file for now: %s", trouble)
                self._hindrances.begin(FILE, trouble.phrase)
                due_next = now + SOON
            if until is Until.ONCE:
                if not await self._finish(dispatcher):
                    break
                continue
            if until is Until.IDLE and not dispatcher.busy and due_next > now + SOON and not self._due(now):
                break
            await alarm.wait(min(max((due_next - clock.now()).total_seconds(), 0.0), self._look))
        other = lease.holder(self._store.conn)
        if dispatcher.halted and other is not None and other.holder != self._me:
            return Outcome(dict(dispatcher.counts), other=other)
        return Outcome(dict(dispatcher.counts), due=len(self._due(clock.now())), refused=dispatcher.halted)

    async def _finish(self, dispatcher: Dispatcher) -> bool:
        """Wait for what is on its way. Gives whether something came of it and more is due: a group that has moved, more than one look takes in."""
        came, before = bool(dispatcher.busy), dispatcher.counts.total()
        await dispatcher.idle()
        return came and dispatcher.counts.total() > before and bool(self._due(self._clock.now()))

    def _due_next(self, now: datetime) -> datetime:
        with self._store.read() as conn:
            found = ledger.next_moment(conn, now, ledger.paused(conn))
        return found or now + timedelta(days=1)

    def _due(self, now: datetime) -> list[str]:
        """What is due and can't be helped by waiting for it: of connections that are not paused."""
        with self._store.read() as conn:
            return [delivery.id for delivery in ledger.ready(conn, now, ledger.paused(conn))]

    def _let_go(self, fence: int) -> None:
        try:
            lease.release(self._store, fence, self._me)
        except BelfryError as trouble:  # it runs out by itself
            log.info("The lease could not be given back: %s", trouble)


def admit(store: Store, marks: Marks, computer: Computer) -> tuple[sending.Named, Phrase | None]:
    """Whether this computer sends from this file. Gives what the file says, and why nothing may leave; None where it may."""
    named = sending.named(store)
    if named.fresh:
        sending.name_first(store, computer.id, computer.name)
        named = sending.named(store)
    if not named.computer:
        return named, phrase("This file is a copy, so nothing is sent from it until you let this computer send from now on.")
    if named.computer != computer.id:
        return named, phrase("{name} sends for this community, not this computer. You can let this one send from now on.", name=named.name)
    verdict = marks.enter(named.incarnation, store.path, named.claims)
    if verdict.is_copy:
        return named, verdict.reason or phrase("This file is a copy, so nothing is sent from it until you let this computer send from now on.")
    return named, None


def take_over(store: Store, marks: Marks, computer: Computer) -> int:
    """A person says that this computer sends from this file from now on. Gives how many deliveries are unsure because of it."""
    before = sending.named(store)
    now, unsure = sending.take_over(store, computer.id, computer.name)
    marks.adopt(now.incarnation, store.path, now.claims, instead_of=before.incarnation)
    return unsure
