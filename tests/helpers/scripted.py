"""A service that answers as a test tells it and keeps what it really received; and a sender to it on a virtual clock."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from desktop.community.deliveries import State
from desktop.community.ports import Vault
from desktop.engine.computer import Computer
from desktop.engine.desk import CommunityDesk
from desktop.engine.marks import Marks
from desktop.engine.news import News
from desktop.engine.sender import Outcome, Sender, Until
from desktop.store import database
from desktop.store.database import Store
from desktop.store.followers import FOLLOWERS
from helpers.clock import MovedClock
from helpers.virtual_time import VirtualAlarm, VirtualLoop
from helpers.worlds import NoVault
from integrations.base import Capability, Connection, Context, Identity, Limits, Manifest, Rate, Receipt, Rendered, SendError, Target
from integrations.message import Message, plain

T = TypeVar("T")
Answer = SendError | Exception | float
"""What a send comes to: an error, or so many seconds until it is accepted."""


@dataclass
class Scripted:
    """`Connection` and service in one.

    Attributes:
        answers: what the next sends come to; after them, all are accepted at once.
        received: what was posted: (when, target, text, key).
        calls: the names of the methods called, with when.
        refresh_error: what a cheap read comes to; None: all is well.
    """

    clock: MovedClock
    answers: deque[Answer] = field(default_factory=deque)
    received: list[tuple[datetime, str, str, str]] = field(default_factory=list)
    calls: list[tuple[str, datetime]] = field(default_factory=list)
    refresh_error: SendError | None = None

    async def check(self) -> Identity:
        return Identity("test", "1")

    async def send(self, message: Message, to: Target, key: str) -> Receipt:
        self.calls.append(("send", self.clock.now()))
        answer = self.answers.popleft() if self.answers else 0.0
        if isinstance(answer, Exception):
            raise answer
        await asyncio.sleep(answer)
        self.received.append((self.clock.now(), to.id, plain(message.body), key))
        return Receipt(str(len(self.received)))

    async def refresh(self) -> None:
        self.calls.append(("refresh", self.clock.now()))
        if self.refresh_error:
            raise self.refresh_error

    async def close(self) -> None:
        self.calls.append(("close", self.clock.now()))


class Bench:
    """A community file, a scripted service and senders, all on one virtual clock. `run` drives a coroutine on it."""

    def __init__(self, folder: Path, store: Store, clock: MovedClock, *, rate: Rate = Rate()) -> None:  # noqa: B008  a frozen value
        self.folder = folder
        self.store = store
        self.clock = clock
        self.service = Scripted(clock)
        self.news: list[News] = []
        self.vault: Vault = NoVault()
        self.loop = VirtualLoop(clock)
        self.pids: set[int] = set()
        self.computer = Computer("computer-1", "laptop")
        self.manifests = {
            "practice": self._manifest("practice", rate, frozenset()),
            "keyed": self._manifest("keyed", rate, frozenset({Capability.IDEMPOTENT})),
            "byhand": Manifest("byhand", "By hand", Limits(), frozenset({Capability.BY_HAND}), _render),
        }

    def _manifest(self, name: str, rate: Rate, capabilities: frozenset[Capability]) -> Manifest:
        return Manifest(name, name.title(), Limits(), capabilities, _render, connect=self._connect, rate=rate)

    def _connect(self, settings: Mapping[str, str], context: Context) -> Connection:
        return self.service

    def sender(self, *, pid: int = 1, computer: Computer | None = None, path: Path | None = None) -> Sender:
        """A sender with a store of its own, as in a process of its own."""
        store = database.open(path or self.store.path, clock=self.clock, device="device-1")
        store.followers = FOLLOWERS
        store.conn.execute("PRAGMA busy_timeout = 0")  # nobody waits in real time
        self.pids.add(pid)
        return Sender(
            store,
            CommunityDesk(store, self.vault, self.clock, self.manifests.__getitem__),
            Marks(self.folder / (computer or self.computer).id),
            computer or self.computer,
            alarm=VirtualAlarm,
            keyed=("keyed",),
            hear=self.news.append,
            chance=lambda: 1.0,
            alive=lambda process: process in self.pids,
            pid=pid,
        )

    def send(self, until: Until = Until.IDLE) -> Outcome:
        """Run a sender."""
        return self.run(self.sender().run(until))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine to its end; time passes as it sleeps."""
        return self.loop.run_until_complete(work)

    def during(self, *moments: tuple[timedelta, Callable[[], object]], lasts: timedelta) -> Outcome:
        """Run a sender for so long; at these moments from now something happens."""

        async def story() -> Outcome:
            sender = self.sender()
            for after, happens in moments:
                self.loop.call_later(after.total_seconds(), happens)
            self.loop.call_later(lasts.total_seconds(), sender.stop)
            return await sender.run(Until.STOPPED)

        return self.run(story())

    def close(self) -> None:
        self.loop.close()

    def moved_to(self, state: State) -> int:
        """How often the news said that a delivery came to this state."""
        return sum(getattr(one, "state", None) is state for one in self.news)


def _render(message: Message, settings: Mapping[str, str]) -> Rendered:
    text = plain(message.body)
    return Rendered(text, len(text))
