"""The dispatcher: takes what is due to its service, one target after the other at the permitted pace, and keeps what came of it.

Before the first byte leaves, the claim is committed and the mark outside the file is written. What a claim came to is committed with one move; where
that move can't be made, the row stays `sending` and the next sender finds it and calls it unsure. Nothing is ever sent again unless it is certain
that it was not sent, or the service takes a key that makes it safe.
"""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from desktop.community.deliveries import Delivery, State, Who, retry_after
from desktop.community.errors import BelfryError, Refused
from desktop.community.ports import Locked, Probe
from desktop.community.schedules import overtaken
from desktop.engine.desk import Desk, Parcel, Unusable
from desktop.engine.hindrances import Hindrances
from desktop.engine.marks import CopiedFileError
from desktop.engine.network import NetworkWatch
from desktop.engine.news import DeliveryMoved, Halted, Hear
from desktop.engine.pace import Pace
from desktop.engine.settling import Settling, StillUnsure
from desktop.store import lease, ledger
from desktop.store.database import Store
from integrations.base import AuthenticationFailed, Capability, Receipt, SendError, Unsure
from resources.translations import Phrase, phrase

REST = 3.0
"""Seconds until the next try after the file could not be written to."""
FILE, SECRETS = "file", "secrets"
"""What can be in the way and pass: the file can't be used, secrets are locked."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Right:
    """By what right this sender sends: the lease it holds, and the computer and file that it began with."""

    fence: int
    me: str
    computer: str
    incarnation: str


class Dispatcher:
    """Sends what is due. Used on one loop, by one sender.

    Attributes:
        counts: how many deliveries came to which state in this run.
        halted: why nothing leaves any more; None while it does.
    """

    def __init__(
        self,
        store: Store,
        desk: Desk,
        right: Right,
        *,
        keyed: Sequence[str],
        mark: Callable[[int], None],
        probe: Probe,
        chance: Callable[[], float],
        hear: Hear,
        hindrances: Hindrances,
        wake: Callable[[], None],
    ) -> None:
        self._store = store
        self._clock = store.clock
        self._desk = desk
        self._right = right
        self._keyed = keyed
        self._mark = mark
        self._probe = probe
        self._chance = chance
        self._hear = hear
        self._hindrances = hindrances
        self._wake = wake
        self._queues: dict[str, deque[str]] = {}
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._paces: dict[str, Pace] = {}
        self._stopping = False
        self._broken: set[str] = set()
        self._given_up: set[str] = set()
        self._locked: set[str] = set()  # connections whose secrets wait for their passphrase
        self._trying: asyncio.Task[None] | None = None
        self._rests_until = 0.0
        self.counts: Counter[State] = Counter()
        self.halted: Phrase | None = None
        self._watch = NetworkWatch(store, desk, self.pump)
        self._settling = Settling(store, desk, self._watch, chance=chance, hear=hear)

    # What is due

    def pump(self) -> None:
        """Look at the ledger: put what is due on its lane, and settle what may leave no more. Raises BelfryError where the file can't be used."""
        if self._stopping or self.halted or self.resting:
            return
        now = self._clock.now()
        self._settle_late()
        with self._store.read() as conn:
            besides = [*ledger.paused(conn), *self._broken, *self._locked]
            found = ledger.ready(conn, now, besides)
            if self._keyed:
                found += [row for row in ledger.repeatable(conn, now, self._keyed, besides) if row.id not in self._given_up]
        for delivery in found:
            queue = self._queues.setdefault(delivery.channel_id, deque())
            if delivery.id not in queue:
                queue.append(delivery.id)
            if delivery.channel_id not in self._lanes:
                lane = asyncio.create_task(self._lane(delivery.channel_id))
                self._lanes[delivery.channel_id] = lane
        if not self._lanes:  # else the next move shows it
            self._hindrances.end(FILE)

    def try_locked(self) -> None:
        """A person did something: see whether the secrets are unlocked by now, also where nothing is due through them any more."""
        if self._locked and self._trying is None and not self._stopping:
            self._trying = asyncio.create_task(self._try_locked())

    @property
    def resting(self) -> bool:
        """Whether the file could not be written to, just now, and is to be looked at again."""
        return self._clock.monotonic() < self._rests_until

    @property
    def busy(self) -> bool:
        """Whether anything is on its way, or on its lane."""
        return bool(self._lanes)

    async def idle(self) -> None:
        """Wait until nothing is on its way."""
        while self._lanes:
            await asyncio.wait(self._lanes.values(), return_when=asyncio.FIRST_COMPLETED)

    async def stop(self, deadline: float) -> None:
        """Claim no more, wait for what is on its way, for `deadline` seconds at most; what has no answer by then is unsure."""
        self._stopping = True
        self._watch.stop()
        if self._lanes:
            await asyncio.wait(self._lanes.values(), timeout=deadline)
        left = [*self._lanes.values(), *([self._trying] if self._trying else [])]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, self._watch.ended(), return_exceptions=True)

    def _settle_late(self) -> None:
        """Miss what may leave no more; of a repeating announcement that fell behind, skip all dates but the latest."""
        now = self._clock.now()
        with self._store.read() as conn:
            late = ledger.out_of_time(conn, now)
            behind = [row for row in _overtaken(ledger.due_dates(conn, now), now) if row.late_until >= now]
        if not late and not behind:
            return
        steps = [(row, State.MISSED, phrase("Its time passed while it could not be sent.")) for row in late]
        steps += [(row, State.SKIPPED, phrase("A later date of the same announcement is due, and goes out instead.")) for row in behind]
        moved: list[Delivery | None] = []
        with self._store.write() as conn:
            for row, becomes, why in steps:
                fresh = ledger.get(conn, row.id)
                # Since it was read, it may have been settled or given another time.
                if fresh is not None and (fresh.state, fresh.fence, fresh.late_until) == (row.state, row.fence, row.late_until):
                    moved.append(ledger.move(conn, fresh, becomes, who=Who.SENDER, why=why, at=now))
        self._tell(*moved)

    # One target after the other

    async def _lane(self, channel_id: str) -> None:
        queue = self._queues[channel_id]
        try:
            while queue and not self._stopping and not self.halted:
                await self._deliver(queue[0])
                queue.popleft()
        except BelfryError as trouble:  # the disk is full, the file is locked: what is due stays queued and is found again at the next tick
            log.warning("Sending stopped for now: %s", trouble)
            self._rests_until = self._clock.monotonic() + REST
            self._hindrances.begin(FILE, trouble.phrase)
        except Exception:
            # Whatever it is, it is a bug of ours, for all that can go wrong with file, network and service has a type of its own. It is written down
            # with its trace and told; the other targets go on, and this one is left alone until the next start. Let through, it would end in a task
            # that nobody looks at, and the lane would say nothing.
            log.exception("Sending to channel %s failed", channel_id)
            self._broken.add(channel_id)
            why = phrase("Something unexpected happened while sending. Nothing more goes to this channel until Belfry is started again.")
            self._hindrances.begin(channel_id, why)
        finally:
            del self._lanes[channel_id]
            del self._queues[channel_id]
            self._wake()  # there may be more than was looked at, or something changed while it was on its way

    async def _deliver(self, delivery_id: str) -> None:
        delivery = ledger.get(self._store.conn, delivery_id)
        if delivery is None or delivery.state not in (State.QUEUED, State.UNSURE):
            return
        try:
            await self._send(delivery)
        except Refused as gone:  # the announcement, the channel or the connection is not there any more
            self._refuse(delivery, gone.phrase)

    async def _send(self, delivery: Delivery) -> None:
        parcel = self._desk.parcel(delivery)
        if Capability.BY_HAND in parcel.manifest:
            self._hand_over(delivery, parcel)
            return
        try:
            connection = await self._desk.connection(parcel.connection_id)
        except Locked as locked:
            self._wait_for_passphrase(parcel.connection_id, locked.reason)
            return
        except (Unusable, AuthenticationFailed) as error:
            with self._store.write() as conn:
                self._settling.pause(conn, parcel.connection_id, error.reason)
            return
        self._unlocked(parcel.connection_id)
        pace = self._paces.setdefault(parcel.connection_id, Pace(parcel.manifest.rate, self._clock.monotonic))
        await _in_time(pace, delivery.channel_id)
        if self._stopping or self.halted or {parcel.connection_id, delivery.channel_id} & set(ledger.paused(self._store.conn)):
            return
        # While it waited, the community may have changed: what leaves is what it says now.
        seen = ledger.last_operation(self._store.conn)
        fresh = ledger.get(self._store.conn, delivery.id)
        if fresh is None or fresh.state is not delivery.state:
            return
        parcel = self._desk.parcel(fresh)
        if parcel.problem is not None:
            self._refuse(fresh, parcel.problem)
            return
        claimed = self._claim(fresh, parcel.text, seen)
        if claimed is None:
            return
        pace.note(delivery.channel_id)
        answer = await self._answer(claimed, parcel, connection.send(parcel.message, parcel.target, claimed.id))
        if fresh.state is State.UNSURE and not isinstance(answer, Receipt | Unsure):
            # That this try was not posted says nothing of the one before.
            answer = StillUnsure(answer)
        await self._keep(claimed, parcel, answer)

    def _claim(self, delivery: Delivery, text: str, seen: int) -> Delivery | None:
        """Claim it, and write the mark. When this gives it, it may leave."""
        self._probe.reach("before-claim")
        right = self._right
        try:
            found = ledger.claim(
                self._store, delivery, fence=right.fence, me=right.me, computer=right.computer, incarnation=right.incarnation, text=text, seen=seen
            )
        except ledger.RightLost:
            self._lose_right()
            return None
        if found is None:
            return None
        claimed, claims = found
        self._probe.reach("after-claim-commit")
        try:
            self._mark(claims)
        except CopiedFileError as copy:
            self.halted = copy.verdict.reason or phrase("This file is a copy, so nothing is sent from it.")
            self._hear(Halted(self.halted))
            self._put_back(claimed, delivery.state, self.halted)
            return None
        except OSError as error:
            log.warning("The mark of this computer could not be written: %s", error)
            self._put_back(claimed, delivery.state, phrase("This computer's data folder can't be written to. See that its disk is not full."))
            return None
        self._tell(claimed)
        return claimed

    def _lose_right(self) -> None:
        self.halted = phrase("Another sender has taken over, so this one ended.")
        self._hear(Halted(self.halted))

    def _put_back(self, claimed: Delivery, was: State, why: Phrase) -> None:
        """It has not left."""
        now = self._clock.now()
        again = replace(claimed, next_attempt_at=now + retry_after(claimed.attempts, self._chance()))
        with self._store.write() as conn:
            moved = ledger.move(conn, claimed, was, who=Who.SENDER, why=why, at=now, then=again)
        self._tell(moved)

    def _refuse(self, delivery: Delivery, why: Phrase) -> None:
        """It can't go out as it is: rejected without having left. One that may be out already stays unsure."""
        if delivery.state is State.UNSURE:
            self._given_up.add(delivery.id)
            return
        claimed = self._claim(delivery, "", ledger.last_operation(self._store.conn))
        if claimed is not None:
            with self._store.write() as conn:
                moved = ledger.move(conn, claimed, State.REJECTED, who=Who.SENDER, why=why, at=self._clock.now())
            self._tell(moved)

    def _hand_over(self, delivery: Delivery, parcel: Parcel) -> None:
        """It is due, and a person posts it."""
        now = self._clock.now()
        why = phrase("It is due. Post it in {channel}, then tick it off.", channel=parcel.target.name)
        with self._store.write() as conn:
            fresh = ledger.get(conn, delivery.id)
            if not lease.holds(conn, self._right.fence, self._right.me):
                self._lose_right()
                return
            if fresh is None or fresh.state is not State.QUEUED or fresh.next_attempt_at > now:
                return
            text = replace(fresh, sent_text=parcel.text)
            moved = ledger.move(conn, fresh, State.WAITING, who=Who.SENDER, why=why, at=now, then=text)
        self._tell(moved)

    # What came of it

    async def _answer(self, claimed: Delivery, parcel: Parcel, send: Awaitable[Receipt]) -> Receipt | SendError:
        try:
            return await send
        except SendError as error:
            return error
        except asyncio.CancelledError:
            # Shut-down did not wait any longer. Kept here and now: nothing may be awaited any more.
            why = phrase("Belfry was closed before {service} had answered.", service=parcel.manifest.name)
            self._tell(self._settling.settle(claimed, parcel, Unsure(why)))
            raise
        except Exception:
            # A bug in an integration, which must raise SendError alone. Whatever it was, the message may be out, and only this answer is safe.
            log.exception("The integration %s raised what it must not", parcel.manifest.id)
            return Unsure(phrase("Something unexpected happened while it was sent. Look there, then say whether it is out."))

    async def _keep(self, claimed: Delivery, parcel: Parcel, answer: Receipt | SendError) -> None:
        """Keep the answer, however long it takes: a disk that is full now may have room in a minute. Until then the row says `sending`."""
        self._probe.reach("after-answer-before-commit")
        tries = 0
        while True:
            try:
                moved = self._settling.settle(claimed, parcel, answer)
            except BelfryError as trouble:
                if self._stopping:
                    raise
                tries += 1
                log.warning("What became of delivery %s can't be kept yet: %s", claimed.id, trouble)
                self._hindrances.begin(FILE, trouble.phrase)
                await asyncio.sleep(min(tries, 30))
            else:
                break
        self._tell(moved)
        self._probe.reach("after-result-commit")

    def _wait_for_passphrase(self, connection_id: str, why: Phrase) -> None:
        """Nothing is wrong with the connection: what is due stays queued. Told once, until it went out."""
        self._locked.add(connection_id)
        self._hindrances.begin(SECRETS, why)

    async def _try_locked(self) -> None:
        try:
            for connection_id in list(self._locked):
                try:
                    await self._desk.connection(connection_id)
                except Locked:
                    continue
                except (Unusable, AuthenticationFailed, BelfryError) as error:
                    log.info("What was locked can't be used all the same; the next send says why: %s", error)
                self._unlocked(connection_id)
        finally:
            self._trying = None
            self._wake()

    def _unlocked(self, connection_id: str) -> None:
        self._locked.discard(connection_id)
        if not self._locked:
            self._hindrances.end(SECRETS)

    def _tell(self, *moved: Delivery | None) -> None:
        for delivery in moved:
            if delivery is not None:
                self._hindrances.end(FILE)  # it could be written down
                if delivery.state is not State.SENDING:
                    self.counts[delivery.state] += 1
                self._hear(DeliveryMoved(delivery.id, delivery.state, delivery.reason or phrase("")))


async def _in_time(pace: Pace, target: str) -> None:
    """Wait until a message to this target may leave: first for the target, then for its turn among all."""
    for wait in (pace.wait, lambda _: pace.reserve()):
        seconds = wait(target)
        if seconds > 0:
            await asyncio.sleep(seconds)


def _overtaken(rows: list[Delivery], now: datetime) -> list[Delivery]:
    """Of the due dates of each repeating announcement in each channel, all but the latest."""

    def series(row: Delivery) -> tuple[str, str]:
        return row.announcement_id, row.channel_id

    gone: list[Delivery] = []
    for _, group in groupby(sorted(rows, key=series), key=series):
        dates = list(group)
        gone += [row for row, behind in zip(dates, overtaken([row.due_at for row in dates], now), strict=True) if behind]
    return gone
