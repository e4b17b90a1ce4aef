"""The model of delivery.md: a state machine drives ledger and dispatcher against a service that records what it really received.

Where the seeded worlds live through thousands of long stories, this looks for the shortest one that breaks a promise.
"""

import asyncio
import shutil
import tempfile
from collections import Counter, deque
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop.community.deliveries import State, Who
from desktop.community.lateness import ASK, SKIP
from desktop.community.recurrence import recurrence
from desktop.community.schedules import At, Now
from desktop.engine.marks import Marks
from desktop.engine.sender import Sender, Until, take_over
from desktop.store import ledger, undo
from desktop.store.database import Store
from helpers.clock import MovedClock
from helpers.community import add_channels, announce, new_community
from helpers.scripted import Answer, Bench
from integrations.base import AuthenticationFailed, Moved, Rejected, RetryLater, Unsure
from resources.translations import phrase

WHY = phrase("Because.")
ANSWERS: dict[str, Answer] = {
    "taken": 0.1,
    "taken slowly": 40.0,
    "no network": RetryLater(WHY),
    "wait": RetryLater(WHY, timedelta(seconds=30)),
    "refused": Rejected(WHY),
    "no answer": Unsure(WHY),
    "credentials": AuthenticationFailed(WHY),
    "moved": Moved(WHY, "-moved"),
}
SETTLED = (State.SENT, State.REJECTED, State.UNSURE, State.MISSED, State.SKIPPED, State.CANCELLED)


class Promise(RuleBasedStateMachine):
    """One community, two channels, up to two senders."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
        self.clock = MovedClock()
        self.store: Store = new_community(self.folder / "c.belfry", self.clock)
        self.bench = Bench(self.folder, self.store, self.clock)
        self.channels = add_channels(self.store, "A", "B")
        self.senders: dict[int, tuple[Sender, asyncio.Task[object]]] = {}
        self.pids = 0
        self.again: Counter[str] = Counter()

    def live(self, seconds: float) -> None:
        self.bench.run(asyncio.sleep(seconds))
        self.senders = {pid: one for pid, one in self.senders.items() if not one[1].done()}

    @rule(repeating=st.booleans(), minutes=st.integers(-10, 30), late=st.sampled_from([ASK, SKIP]))
    def announce_at(self, repeating: bool, minutes: int, late: object) -> None:
        wall = self.clock.now().replace(tzinfo=None, microsecond=0) + timedelta(minutes=minutes)
        announce(self.store, *self.channels, schedule=At(wall, "UTC", recurrence("FREQ=DAILY;COUNT=3") if repeating else None), late=late)  # type: ignore[arg-type]

    @rule()
    def announce_now(self) -> None:
        announce(self.store, self.channels[0], schedule=Now())

    @precondition(lambda self: len(self.senders) < 2)
    @rule(until=st.sampled_from([Until.STOPPED, Until.ONCE]))
    def start(self, until: Until) -> None:
        self.pids += 1
        sender = self.bench.sender(pid=self.pids)
        self.senders[self.pids] = sender, self.bench.loop.create_task(sender.run(until))
        self.live(0.5)

    @precondition(lambda self: self.senders)
    @rule()
    def stop(self) -> None:
        sender, task = next(iter(self.senders.values()))
        sender.stop()
        self.bench.run(asyncio.wait_for(task, 120))
        self.live(0)

    @rule(answers=st.lists(st.sampled_from(sorted(ANSWERS)), max_size=4))
    def script(self, answers: list[str]) -> None:
        self.bench.service.answers = deque(ANSWERS[name] for name in answers)

    @rule(seconds=st.sampled_from([1, 11, 90, 1000]))
    def time_passes(self, seconds: int) -> None:
        self.live(seconds)

    @rule(hours=st.sampled_from([1, 5, 30]))
    def sleep(self, hours: int) -> None:
        self.clock.suspend(timedelta(hours=hours))
        self.live(6)

    @rule(hours=st.sampled_from([-5, -1, 1]))
    def clock_is_set(self, hours: int) -> None:
        self.clock.set_wall(self.clock.now() + timedelta(hours=hours))
        self.live(6)

    @rule()
    def undo(self) -> None:
        last = undo.last_done(self.store)
        if last is not None and last.name.id != "Set up":
            undo.undo(self.store)

    @rule()
    def person_settles(self) -> None:
        now = self.clock.now()
        with self.store.write() as conn:
            for row in ledger.listed(conn, (State.UNSURE,)):
                ledger.move(conn, row, State.QUEUED, who=Who.PERSON, why=WHY, at=now)
                self.again[row.id] += 1
            for owner in ledger.paused(conn):
                ledger.resume(conn, owner)

    @precondition(lambda self: not self.senders)
    @rule()
    def person_takes_over(self) -> None:
        take_over(self.store, Marks(self.folder / self.bench.computer.id), self.bench.computer)

    @invariant()
    def holds(self) -> None:
        if not hasattr(self, "store"):
            return
        got = Counter(key for *_, key in self.bench.service.received)
        for row in ledger.listed(self.store.conn):
            history = ledger.moves(self.store.conn, row.id)
            assert got[row.id] <= 1 + self.again[row.id], (row, history)
            if row.state is State.SENT:
                assert got[row.id], (row, history)
            if row.state is State.REJECTED and not self.again[row.id]:
                assert not got[row.id], (row, history)
            if got[row.id] and not self.again[row.id]:
                assert row.state in (State.SENT, State.SENDING, State.UNSURE), (row, history)
            if row.state is State.SENDING:
                assert self.senders, (row, history)

    def teardown(self) -> None:
        if not hasattr(self, "store"):
            return
        # In the end nothing is on its way, and nothing that is due is left without a word.
        self.bench.service.answers.clear()
        for sender, task in self.senders.values():
            sender.stop()
            self.bench.run(asyncio.wait_for(task, 120))
        with self.store.write() as conn:
            for owner in ledger.paused(conn):
                ledger.resume(conn, owner)
        self.bench.during(lasts=timedelta(minutes=20, seconds=1))  # not to end in the very moment at which something falls due
        now = self.clock.now()
        for row in ledger.listed(self.store.conn):
            assert row.state in SETTLED or (row.state is State.QUEUED and row.next_attempt_at > now), row
        self.holds()
        self.store.close()
        self.bench.close()
        shutil.rmtree(self.folder)


TestPromise = pytest.mark.expects_log("moved nothing to")(Promise.TestCase)
TestPromise.settings = settings(max_examples=120, stateful_step_count=25)
