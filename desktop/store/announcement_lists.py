"""What the page of announcements lists: the dates of the weeks ahead, drafts, and the log of deliveries by number, a page of rows at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.community.announcements import Announcement
from desktop.community.deliveries import State
from desktop.community.instants import from_text, to_text
from desktop.store import announcements
from desktop.store.database import Store
from resources.translations import Phrase

_MOST_DRAFTS = 500
_MOST_LOGGED = 20_000


@dataclass(frozen=True, slots=True)
class Going:
    """One date of one announcement, with all the places that it goes to.

    Attributes:
        occurrence: the RECURRENCE-ID as text; empty for a single date.
        due_at: aware, UTC.
        text: Markdown; empty where the announcement is gone.
        repeats: it goes out again and again.
        places: (channel id, state) for each delivery.
    """

    announcement_id: str
    occurrence: str
    due_at: datetime
    text: str
    repeats: bool
    places: tuple[tuple[str, State], ...]


@dataclass(frozen=True, slots=True)
class Logged:
    """A delivery as the log lists it.

    Attributes:
        number: its pk.
        channel: the name of the channel; empty where it is gone.
        text: Markdown of the announcement, or the text as it was sent where that is gone.
    """

    number: int
    id: str
    announcement_id: str
    channel_id: str
    channel: str
    state: State
    due_at: datetime
    text: str
    reason: Phrase | None


def going(store: Store, start: datetime, end: datetime, most: int) -> list[Going]:
    """The dates due from `start` to before `end`, in order, `most` at most; what was taken back is not among them."""
    rows = store.rows(
        "SELECT d.announcement_id, d.occurrence, d.due_at, coalesce(a.text, ''), coalesce(a.rrule != '' OR a.rdates != '', 0), "
        "group_concat(d.channel_id || ' ' || d.state, '\n') FROM delivery d "
        "LEFT JOIN announcement a ON a.id = d.announcement_id AND a.deleted_at IS NULL "
        "WHERE d.due_at >= ? AND d.due_at < ? AND d.state != 'cancelled' "
        "GROUP BY d.due_at, d.announcement_id, d.occurrence ORDER BY d.due_at, d.announcement_id LIMIT ?",
        (to_text(start), to_text(end), most),
    )
    return [
        Going(announcement_id, occurrence, from_text(due), text, bool(repeats), tuple(_place(line) for line in places.split("\n")))
        for announcement_id, occurrence, due, text, repeats, places in rows
    ]


def drafts(store: Store) -> list[Announcement]:
    """What is written and not to go out yet, the newest first."""
    ids = store.rows("SELECT id FROM announcement WHERE status = 'draft' AND deleted_at IS NULL ORDER BY pk DESC LIMIT ?", (_MOST_DRAFTS,))
    return [announcements.get(store, row_id) for (row_id,) in ids]


def log_numbers(store: Store, states: Iterable[State], now: datetime) -> list[int]:
    """The pks of the deliveries in these states: what is past first, from now back; then what is ahead, from now on."""
    wanted = [state.value for state in states]
    marks = ",".join("?" * len(wanted))
    past = store.rows(
        f"SELECT pk FROM delivery WHERE state IN ({marks}) AND due_at <= ? ORDER BY due_at DESC, pk DESC LIMIT ?",
        (*wanted, to_text(now), _MOST_LOGGED),
    )
    ahead = store.rows(
        f"SELECT pk FROM delivery WHERE state IN ({marks}) AND due_at > ? ORDER BY due_at, pk LIMIT ?", (*wanted, to_text(now), _MOST_LOGGED)
    )
    return [number for (number,) in past + ahead]


def logged(store: Store, numbers: Sequence[int]) -> list[Logged]:
    """These deliveries, in this order."""
    marks = ",".join("?" * len(numbers))
    rows = store.rows(
        "SELECT d.pk, d.id, d.announcement_id, d.channel_id, coalesce(c.name, ''), d.state, d.due_at, coalesce(a.text, d.sent_text, ''), d.reason "
        "FROM delivery d LEFT JOIN channel c ON c.id = d.channel_id LEFT JOIN announcement a ON a.id = d.announcement_id AND a.deleted_at IS NULL "
        f"WHERE d.pk IN ({marks})",
        list(numbers),
    )
    found: dict[int, Logged] = {}
    for number, row_id, announcement_id, channel_id, channel, state, due, text, reason in rows:
        why = Phrase.from_json(reason) if reason else None
        found[number] = Logged(number, row_id, announcement_id, channel_id, channel, State(state), from_text(due), text, why)
    return [found[number] for number in numbers if number in found]


def number_of(store: Store, delivery_id: str) -> int | None:
    """The pk of a delivery; None where there is none with this id."""
    found = store.value("SELECT pk FROM delivery WHERE id = ?", (delivery_id,))
    return None if found is None else int(found)


def counts(store: Store) -> dict[State, int]:
    """How many deliveries there are in each state."""
    return {State(state): int(n) for state, n in store.rows("SELECT state, count(*) FROM delivery GROUP BY state")}


def been_to(store: Store, channel_ids: Iterable[str]) -> frozenset[str]:
    """Those of the channels to which something has gone before."""
    query = "SELECT 1 FROM delivery WHERE channel_id = ? AND state = 'sent' LIMIT 1"
    return frozenset(row_id for row_id in channel_ids if store.value(query, (row_id,)))


def _place(line: str) -> tuple[str, State]:
    channel_id, _, state = line.rpartition(" ")
    return channel_id, State(state)
