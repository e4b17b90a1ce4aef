"""The ledger: the rows of deliveries and their moves. Every move is one conditional UPDATE and one row that says what happened, in one transaction.

What may move where is in `desktop.community.deliveries`; who sends is in `lease`.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from desktop.community.deliveries import Delivery, Move, State, Who, allowed
from desktop.community.instants import from_text, to_text
from desktop.store import lease
from desktop.store.database import Store, set_setting
from desktop.store.driver import Connection
from resources.translations import Phrase, phrase

_COLUMNS = (
    "id, announcement_id, occurrence, channel_id, target, state, due_at, late_until, next_attempt_at, fence, asks, reason, attempts, claimed_at, "
    "sent_text, "
    "(SELECT remote_id FROM receipt WHERE delivery = delivery.pk AND kind = 'sent' ORDER BY pk DESC LIMIT 1), "
    "(SELECT link FROM receipt WHERE delivery = delivery.pk AND kind = 'sent' ORDER BY pk DESC LIMIT 1)"
)
_FAR = "9999-12-31T23:59:59.999Z"
_PAGE = 500
_WAITING = "state IN ('held', 'queued', 'waiting')"  # word for word as in the index delivery_waiting

log = logging.getLogger(__name__)


class RightLost(Exception):
    """Another sender has the lease, or another computer sends, or the file was taken over: this sender's right has ended."""


def get(conn: Connection, delivery_id: str) -> Delivery | None:
    """The delivery with this id."""
    row = conn.execute(f"SELECT {_COLUMNS} FROM delivery WHERE id = ?", (delivery_id,)).fetchone()
    return None if row is None else _delivery(row)


def ids_beginning(conn: Connection, start: str) -> list[str]:
    """The ids that begin so; two at most, which is enough to know that there is more than one."""
    return [row[0] for row in conn.execute("SELECT id FROM delivery WHERE substr(id, 1, ?) = ? LIMIT 2", (len(start), start)).fetchall()]


def counts(conn: Connection) -> dict[State, int]:
    """How many deliveries are in each state that has any."""
    return {State(state): n for state, n in conn.execute("SELECT state, count(*) FROM delivery GROUP BY state ORDER BY state").fetchall()}


def listed(conn: Connection, states: Iterable[State] = (), limit: int = 10_000) -> list[Delivery]:
    """Deliveries in these states (all, where none is named), by when they are due."""
    wanted = [state.value for state in states]
    where = f"WHERE state IN ({','.join('?' * len(wanted))})" if wanted else ""
    rows = conn.execute(f"SELECT {_COLUMNS} FROM delivery {where} ORDER BY due_at, pk LIMIT ?", [*wanted, limit]).fetchall()
    return [_delivery(row) for row in rows]


def of_announcement(conn: Connection, announcement_id: str) -> list[Delivery]:
    """All deliveries of an announcement, by when they are due."""
    rows = conn.execute(f"SELECT {_COLUMNS} FROM delivery WHERE announcement_id = ? ORDER BY due_at, pk", (announcement_id,)).fetchall()
    return [_delivery(row) for row in rows]


def ready(conn: Connection, now: datetime, besides: Sequence[str] = ()) -> list[Delivery]:
    """The queued deliveries that are due, but for those of the connections `besides`; first those that are due first."""
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM delivery WHERE state = 'queued' AND next_attempt_at <= ? {_not_of(besides)} "
        "ORDER BY next_attempt_at, due_at, pk LIMIT ?",
        [to_text(now), *besides, *besides, _PAGE],
    ).fetchall()
    return [_delivery(row) for row in rows]


def out_of_time(conn: Connection, now: datetime) -> list[Delivery]:
    """Those that wait, for whatever it is, and may leave no more."""
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM delivery WHERE {_WAITING} AND due_at <= ? AND late_until < ? ORDER BY due_at, pk LIMIT ?",
        (to_text(now), to_text(now), _PAGE),
    ).fetchall()
    return [_delivery(row) for row in rows]


def next_moment(conn: Connection, now: datetime, besides: Sequence[str] = ()) -> datetime | None:
    """When the next queued delivery after `now` is due or to be tried again; None where there is none."""
    row = conn.execute(
        f"SELECT min(next_attempt_at) FROM delivery WHERE state = 'queued' AND next_attempt_at > ? {_not_of(besides)}",
        [to_text(now), *besides, *besides],
    ).fetchone()
    return None if row[0] is None else from_text(row[0])


def moves(conn: Connection, delivery_id: str) -> list[Move]:
    """What has happened to a delivery, first things first."""
    rows = conn.execute(
        'SELECT "from", "to", why, at, who FROM delivery_move WHERE delivery = (SELECT pk FROM delivery WHERE id = ?) ORDER BY pk', (delivery_id,)
    ).fetchall()
    return [Move(delivery_id, State(was), State(becomes), Phrase.from_json(why), from_text(at), Who(who)) for was, becomes, why, at, who in rows]


def last_mover(conn: Connection, delivery_id: str) -> Who | None:
    """Who moved a delivery last; None where it has not moved yet."""
    row = conn.execute(
        "SELECT who FROM delivery_move WHERE delivery = (SELECT pk FROM delivery WHERE id = ?) ORDER BY pk DESC LIMIT 1", (delivery_id,)
    ).fetchone()
    return Who(row[0]) if row else None


def insert(conn: Connection, delivery: Delivery) -> None:
    """A new row. Raises the driver's IntegrityError where there is one with this id."""
    conn.execute(
        "INSERT INTO delivery (id, announcement_id, occurrence, channel_id, target, state, due_at, late_until, next_attempt_at, asks) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            delivery.id,
            delivery.announcement_id,
            delivery.occurrence,
            delivery.channel_id,
            delivery.target,
            delivery.state.value,
            to_text(delivery.due_at),
            to_text(delivery.late_until),
            to_text(delivery.next_attempt_at),
            int(delivery.asks),
        ),
    )


def retime(conn: Connection, delivery: Delivery) -> None:
    """Write the times and the target of a delivery that has not left; nothing else of it, and nothing where it has moved on meanwhile."""
    conn.execute(
        "UPDATE delivery SET due_at = ?, late_until = ?, next_attempt_at = ?, asks = ?, target = ? "
        "WHERE id = ? AND fence = ? AND state IN ('held', 'queued', 'waiting')",
        (
            to_text(delivery.due_at),
            to_text(delivery.late_until),
            to_text(delivery.next_attempt_at),
            int(delivery.asks),
            delivery.target,
            delivery.id,
            delivery.fence,
        ),
    )


def move(
    conn: Connection, delivery: Delivery, becomes: State, *, who: Who, why: Phrase, at: datetime, then: Delivery | None = None
) -> Delivery | None:
    """Move a delivery on, inside a write transaction. Gives it as it is now; None, with a line in the log, where it is not where it was thought.

    `then` is the delivery with whatever else changes with the move: times, target, text, attempts. Its state, fence and reason are set here; a claim
    makes the fence grow. Raises ValueError for a move that is not in the table of delivery.md.
    """
    if not allowed(delivery.state, becomes, who):
        raise ValueError(f"the {who} does not move a delivery from {delivery.state} to {becomes}")
    after = replace(then or delivery, state=becomes, fence=delivery.fence + (becomes is State.SENDING), reason=why)
    cursor = conn.execute(
        "UPDATE delivery SET state = ?, fence = ?, reason = ?, due_at = ?, late_until = ?, next_attempt_at = ?, asks = ?, target = ?, attempts = ?, "
        "claimed_at = ?, sent_text = ? WHERE id = ? AND state = ? AND fence = ?",
        (
            becomes.value,
            after.fence,
            why.to_json(),
            to_text(after.due_at),
            to_text(after.late_until),
            to_text(after.next_attempt_at),
            int(after.asks),
            after.target,
            after.attempts,
            None if after.claimed_at is None else to_text(after.claimed_at),
            after.sent_text,
            delivery.id,
            delivery.state.value,
            delivery.fence,
        ),
    )
    if cursor.rowcount != 1:
        log.warning("Delivery %s is no longer %s (fence %d): the %s moved nothing to %s", delivery.id, delivery.state, delivery.fence, who, becomes)
        return None
    conn.execute(
        'INSERT INTO delivery_move (delivery, "from", "to", why, at, who) SELECT pk, ?, ?, ?, ?, ? FROM delivery WHERE id = ?',
        (delivery.state.value, becomes.value, why.to_json(), to_text(at), who.value, delivery.id),
    )
    return after


def last_operation(conn: Connection) -> int:
    """A number that grows with every change to the shared tables: what was read under it is still so while it stays."""
    return int(conn.execute("SELECT coalesce(max(pk), 0) FROM operation").fetchone()[0])


def claim(
    store: Store, delivery: Delivery, *, fence: int, me: str, computer: str, incarnation: str, text: str, seen: int
) -> tuple[Delivery, int] | None:
    """Claim a due delivery for sending; committed when this returns. Lease, sending computer and incarnation are checked in the same transaction.

    Args:
        fence, me: the lease that this sender holds.
        computer, incarnation: this computer, and the file as it was when the sender began.
        text: what is about to leave.
        seen: `last_operation` from before the message was put together. Where the community has changed since, it has to be put together anew.

    An unsure one is claimed too, to be repeated on a service that takes keys: it passes through `queued` in the same transaction, so that nobody can
    take it for certainly not sent.

    Gives the delivery as it is now and the file's count of claims, for the mark; None where the delivery is not there to be had any more. Raises
    RightLost where this sender may send nothing any more.
    """
    now = store.clock.now()
    with store.write() as conn:
        settings = dict(conn.execute("SELECT key, value FROM setting WHERE key IN ('sender_computer', 'incarnation', 'claims')").fetchall())
        if not lease.holds(conn, fence, me) or settings.get("sender_computer") != computer or settings.get("incarnation") != incarnation:
            raise RightLost
        fresh = get(conn, delivery.id)
        if fresh is None or fresh.state is not delivery.state or last_operation(conn) != seen:
            return None  # changed since it was seen to be due
        if fresh.next_attempt_at > now or fresh.late_until < now:
            return None
        if fresh.state is State.UNSURE:
            why = phrase("There was no clear answer. It is sent again: this service never posts the same message twice.")
            fresh = move(conn, fresh, State.QUEUED, who=Who.SENDER, why=why, at=now)
            if fresh is None:
                return None
        claimed = move(
            conn,
            fresh,
            State.SENDING,
            who=Who.SENDER,
            why=phrase("It is being sent."),
            at=now,
            then=replace(fresh, attempts=fresh.attempts + 1, claimed_at=now, sent_text=text),
        )
        if claimed is None:
            return None
        claims = int(settings.get("claims", "0")) + 1
        set_setting(conn, "claims", str(claims))
    return claimed, claims


def due_dates(conn: Connection, now: datetime) -> list[Delivery]:
    """The queued deliveries of repeating announcements that are due, whatever holds them back, by when they are due."""
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM delivery WHERE {_WAITING} AND state = 'queued' AND occurrence != '' AND due_at <= ? ORDER BY due_at, pk",
        (to_text(now),),
    ).fetchall()
    return [_delivery(row) for row in rows]


def hold_back(conn: Connection, channel_id: str, until: datetime) -> None:
    """Try nothing that is queued for this channel before then: the service asked to wait."""
    conn.execute(
        "UPDATE delivery SET next_attempt_at = ? WHERE channel_id = ? AND state = 'queued' AND next_attempt_at < ?",
        (to_text(until), channel_id, to_text(until)),
    )


def hurry(conn: Connection, delivery_ids: Iterable[str], now: datetime) -> None:
    """Try these again at once, as far as they are still queued: what held them back is over."""
    conn.executemany(
        "UPDATE delivery SET next_attempt_at = ? WHERE id = ? AND state = 'queued' AND next_attempt_at > ?",
        [(to_text(now), row_id, to_text(now)) for row_id in delivery_ids],
    )


def left_sending(conn: Connection) -> list[Delivery]:
    """Those that some sender has claimed and not yet told what became of."""
    rows = conn.execute(f"SELECT {_COLUMNS} FROM delivery WHERE state = 'sending' ORDER BY pk").fetchall()
    return [_delivery(row) for row in rows]


def repeatable(conn: Connection, now: datetime, services: Sequence[str], besides: Sequence[str] = ()) -> list[Delivery]:
    """Those that are unsure because a send had no clear end, on services that take keys, and may be sent again by now.

    Not among them are those that another computer may have sent: its key may not have been this one's.
    """
    marks = ",".join("?" * len(services))
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM delivery WHERE state = 'unsure' AND next_attempt_at <= ? AND late_until >= ? "
        f"AND channel_id IN (SELECT id FROM channel WHERE connection_id IN (SELECT id FROM connection WHERE service IN ({marks}))) "
        f"{_not_of(besides)} "
        "AND (SELECT \"from\" FROM delivery_move WHERE delivery = delivery.pk ORDER BY delivery_move.pk DESC LIMIT 1) = 'sending' ORDER BY pk",
        [to_text(now), to_text(now), *services, *besides, *besides],
    ).fetchall()
    return [_delivery(row) for row in rows]


def keep_receipt(conn: Connection, delivery_id: str, remote_id: str, link: str, at: datetime) -> None:
    """Keep what the service said when it took a message."""
    conn.execute(
        "INSERT INTO receipt (delivery, kind, remote_id, link, at) SELECT pk, 'sent', ?, ?, ? FROM delivery WHERE id = ?",
        (remote_id, link, to_text(at), delivery_id),
    )


def paused(conn: Connection) -> list[str]:
    """The ids of connections and channels to which nothing is sent until a person mends or resumes them."""
    return [owner for (owner,) in conn.execute("SELECT owner FROM health WHERE paused = 1 ORDER BY owner").fetchall()]


def pause(conn: Connection, owner: str, why: Phrase) -> bool:
    """Send nothing to this connection or channel until a person mends it. False where it was paused already."""
    cursor = conn.execute(
        "INSERT INTO health (owner, paused, reason) VALUES (?, 1, ?) "
        "ON CONFLICT (owner) DO UPDATE SET paused = 1, reason = excluded.reason WHERE paused = 0",
        (owner, why.to_json()),
    )
    return bool(cursor.rowcount == 1)


def resume(conn: Connection, owner: str) -> None:
    """Send to it again: a person has mended it."""
    conn.execute("UPDATE health SET paused = 0, reason = '' WHERE owner = ?", (owner,))


def _not_of(owners: Sequence[str]) -> str:
    marks = ",".join("?" * len(owners))
    return f"AND channel_id NOT IN (SELECT id FROM channel WHERE connection_id IN ({marks}) OR id IN ({marks}))" if owners else ""


def _delivery(row: tuple[object, ...]) -> Delivery:
    (id, announcement, occurrence, channel, target, state, due, late, attempt, fence, asks, reason, attempts, claimed, text, remote, link) = row
    return Delivery(
        id=str(id),
        announcement_id=str(announcement),
        occurrence=str(occurrence),
        channel_id=str(channel),
        target=str(target),
        state=State(str(state)),
        due_at=from_text(str(due)),
        late_until=from_text(str(late or _FAR)),
        next_attempt_at=from_text(str(attempt)),
        fence=int(str(fence)),
        asks=bool(asks),
        reason=Phrase.from_json(str(reason)) if reason else None,
        attempts=int(str(attempts)),
        claimed_at=from_text(str(claimed)) if claimed else None,
        sent_text=str(text or ""),
        remote_id=str(remote or ""),
        link=str(link or ""),
    )
