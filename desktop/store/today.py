"""What “Today” reads of the ledger: what needs a person, what leaves soon, what has moved since somebody last looked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.community.deliveries import State
from desktop.community.instants import from_text, to_text
from desktop.store import ledger
from desktop.store.database import Store
from resources.translations import Phrase

_COLUMNS = (
    "d.id, d.announcement_id, d.occurrence, d.channel_id, coalesce(c.name, ''), d.state, d.due_at, d.late_until, "
    "coalesce(a.text, d.sent_text, ''), d.reason, coalesce(a.rrule != '' OR a.rdates != '', 0)"
)
_FROM = "delivery d LEFT JOIN channel c ON c.id = d.channel_id LEFT JOIN announcement a ON a.id = d.announcement_id AND a.deleted_at IS NULL"


@dataclass(frozen=True, slots=True)
class Seen:
    """A delivery as “Today” shows it.

    Attributes:
        channel: the name of the place; empty where it is gone.
        text: Markdown of the announcement, or the text as it was sent where that is gone.
        repeats: the announcement has more dates.
    """

    id: str
    announcement_id: str
    occurrence: str
    channel_id: str
    channel: str
    state: State
    due_at: datetime
    late_until: datetime
    text: str
    reason: Phrase | None
    repeats: bool


def in_states(store: Store, states: Iterable[State], most: int) -> list[Seen]:
    """Deliveries in these states by when they are due, `most` at most."""
    wanted = [state.value for state in states]
    marks = ",".join("?" * len(wanted))
    return [
        _seen(row)
        for row in store.rows(f"SELECT {_COLUMNS} FROM {_FROM} WHERE d.state IN ({marks}) ORDER BY d.due_at, d.pk LIMIT ?", (*wanted, most))
    ]


def count(store: Store, states: Iterable[State]) -> int:
    """How many deliveries are in these states."""
    wanted = [state.value for state in states]
    return int(store.value(f"SELECT count(*) FROM delivery WHERE state IN ({','.join('?' * len(wanted))})", wanted))


def doubtful(store: Store) -> bool:
    """Whether something is unsure or was missed, or the sender is about to find it so: it was on its way when it stopped, or its time is over."""
    in_doubt = (State.UNSURE, State.MISSED, State.SENDING)
    return count(store, in_doubt) > 0 or bool(ledger.out_of_time(store.conn, store.clock.now()))


def queued_before(store: Store, moment: datetime, most: int) -> list[Seen]:
    """What is queued and due before a moment, in order."""
    query = (
        f"SELECT {_COLUMNS} FROM {_FROM} WHERE d.state IN ('held', 'queued', 'waiting') AND d.state = 'queued' AND d.due_at < ? "
        "ORDER BY d.due_at, d.announcement_id, d.pk LIMIT ?"
    )
    return [_seen(row) for row in store.rows(query, (to_text(moment), most))]


def newest_move(store: Store) -> int:
    """The number of the last move of any delivery; it grows with each."""
    return int(store.value("SELECT coalesce(max(pk), 0) FROM delivery_move"))


def moved_alone(store: Store, after: int, until: datetime, most: int) -> list[Seen]:
    """The deliveries, due by `until`, that were moved by no person since the move with the number `after`, as they are now.

    What leaves or is refused after `until` is not among them; what is found to be late, unsure or due by hand then is, for its time was before.
    """
    last = "(SELECT {} FROM delivery_move WHERE delivery = d.pk ORDER BY pk DESC LIMIT 1)"
    query = (
        f"SELECT {_COLUMNS} FROM {_FROM} WHERE d.due_at <= ? AND d.pk IN "
        "(SELECT delivery FROM delivery_move WHERE pk > ? AND who IN ('sender', 'recovery')) "
        # What a person has settled since is done; only the last word counts.
        f"AND {last.format('who')} IN ('sender', 'recovery') "
        f"AND (d.state IN ('missed', 'waiting', 'unsure', 'held') OR {last.format('at')} <= ?) ORDER BY d.due_at, d.pk LIMIT ?"
    )
    return [_seen(row) for row in store.rows(query, (to_text(until), after, to_text(until), most))]


def paused_connections(store: Store) -> list[tuple[str, str, Phrase | None]]:
    """The connections to which nothing is sent until a person mends them: id, name, why."""
    rows = store.rows(
        "SELECT c.id, c.name, h.reason FROM health h JOIN connection c ON c.id = h.owner WHERE h.paused = 1 AND c.deleted_at IS NULL ORDER BY c.pk"
    )
    return [(row_id, name, Phrase.from_json(reason) if reason else None) for row_id, name, reason in rows]


def _seen(row: tuple[Any, ...]) -> Seen:
    row_id, announcement, occurrence, channel_id, channel, state, due, late, text, reason, repeats = row
    why = Phrase.from_json(reason) if reason else None
    return Seen(row_id, announcement, occurrence, channel_id, channel, State(state), from_text(due), from_text(late), text, why, bool(repeats))
