"""What a claim came to: the answer of the service becomes one move of the ledger, and what follows from it for the channel and the connection."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from desktop.community.deliveries import Delivery, State, Who, retry_after
from desktop.community.errors import Refused
from desktop.engine.desk import Desk, Parcel
from desktop.engine.network import NetworkWatch
from desktop.engine.news import ConnectionPaused, Hear
from desktop.store import connections, ledger
from desktop.store.database import Store
from desktop.store.driver import Connection as Sql
from desktop.store.journal import operation
from integrations.base import AuthenticationFailed, Moved, Receipt, Rejected, RetryLater, SendError, Unsure
from resources.translations import Phrase, phrase

MOST_MOVES = 3
"""How often one delivery follows a group to a new address within a run, before it is left to a person."""


class StillUnsure(Unsure):
    """A repeat that was not posted, of a send that may have been."""

    def __init__(self, because: SendError) -> None:
        super().__init__(because.reason)
        self.because = because


class Settling:
    """Keeps what became of deliveries. Used on the dispatcher's loop."""

    def __init__(self, store: Store, desk: Desk, watch: NetworkWatch, *, chance: Callable[[], float], hear: Hear) -> None:
        self._store = store
        self._clock = store.clock
        self._desk = desk
        self._watch = watch
        self._chance = chance
        self._hear = hear
        self._followed: Counter[str] = Counter()

    def settle(self, claimed: Delivery, parcel: Parcel, answer: Receipt | SendError) -> Delivery | None:
        """Make the one move that says what became of it. Gives it as it is then; None where it could not be moved. Raises BelfryError."""
        now = self._clock.now()
        if isinstance(answer, Moved):
            return self._follow_group(claimed, answer)
        with self._store.write() as conn:
            match answer:
                case Receipt(remote_id, link):
                    ledger.keep_receipt(conn, claimed.id, remote_id, link, now)
                    moved = self._move(conn, claimed, State.SENT, phrase("{service} took it.", service=parcel.manifest.name))
                case RetryLater(after=timedelta() as after):
                    moved = self._move(conn, claimed, State.QUEUED, answer.reason, wait=after)
                    ledger.hold_back(conn, claimed.channel_id, now + after)
                case RetryLater():
                    moved = self._move(conn, claimed, State.QUEUED, answer.reason, wait=retry_after(claimed.attempts, self._chance()))
                    self._watch.look_out(parcel.connection_id, claimed.id)
                case StillUnsure(because=because):
                    wait = because.after if isinstance(because, RetryLater) else None
                    moved = self._move(conn, claimed, State.UNSURE, because.reason, wait=wait or retry_after(claimed.attempts, self._chance()))
                    if isinstance(because, AuthenticationFailed):
                        self.pause(conn, parcel.connection_id, because.reason)
                case AuthenticationFailed():
                    moved = self._move(conn, claimed, State.QUEUED, answer.reason)
                    self.pause(conn, parcel.connection_id, answer.reason)
                case Rejected():
                    moved = self._move(conn, claimed, State.REJECTED, answer.reason)
                case _:
                    # On a service that takes keys it is sent again then; until it is, it may be out, and is called so.
                    moved = self._move(conn, claimed, State.UNSURE, answer.reason, wait=retry_after(claimed.attempts, self._chance()))
        return moved

    def _move(self, conn: Sql, claimed: Delivery, becomes: State, why: Phrase, wait: timedelta = timedelta(0)) -> Delivery | None:
        now = self._clock.now()
        return ledger.move(conn, claimed, becomes, who=Who.SENDER, why=why, at=now, then=replace(claimed, next_attempt_at=now + wait))

    def _follow_group(self, claimed: Delivery, answer: Moved) -> Delivery | None:
        """The group has a new address: keep it for good, and send there. Also for what else is planned for it."""
        self._followed[claimed.id] += 1
        now = self._clock.now()
        why = answer.reason
        if self._followed[claimed.id] > MOST_MOVES:
            with self._store.write() as conn:
                return ledger.move(conn, claimed, State.REJECTED, who=Who.SENDER, why=why, at=now)
        with operation(self._store, phrase("Took over the new address of {group}", group=self._name_of(claimed))) as op:
            moved = ledger.move(op.conn, claimed, State.QUEUED, who=Who.SENDER, why=why, at=now, then=replace(claimed, target=answer.to))
            op.put("channel", claimed.channel_id, target=answer.to)
        return moved

    def _name_of(self, delivery: Delivery) -> str:
        try:
            return connections.channel(self._store, delivery.channel_id).name
        except Refused:
            return delivery.target

    def pause(self, conn: Sql, connection_id: str, why: Phrase) -> None:
        """Send nothing through a connection until a person has mended it."""
        self._desk.forget(connection_id)
        if ledger.pause(conn, connection_id, why):
            self._hear(ConnectionPaused(connection_id, why))
