"""What the foot of the window says of the ledger, cheap enough to be asked each half minute: what leaves next, and how much waits for a person."""

from dataclasses import dataclass
from datetime import datetime

from desktop.community.deliveries import State
from desktop.community.instants import from_text
from desktop.store import announcements
from desktop.store.database import Store

NEEDS_A_PERSON = (State.WAITING, State.UNSURE, State.HELD, State.MISSED, State.REJECTED)


@dataclass(frozen=True, slots=True)
class Glance:
    """The ledger at a glance.

    Attributes:
        next_at: when the next delivery is due, aware, UTC; None where none is queued.
        next_text: how its announcement begins.
        next_places: to how many channels that announcement goes at that time.
        waiting: how many deliveries wait for a person.
    """

    next_at: datetime | None
    next_text: str
    next_places: int
    waiting: int


def glance(store: Store) -> Glance:
    """The ledger now."""
    marks = ",".join("?" * len(NEEDS_A_PERSON))
    waiting = int(store.value(f"SELECT count(*) FROM delivery WHERE state IN ({marks})", [state.value for state in NEEDS_A_PERSON]))
    rows = store.rows("SELECT due_at, announcement_id FROM delivery WHERE state = 'queued' ORDER BY next_attempt_at LIMIT 1")
    if not rows:
        return Glance(None, "", 0, waiting)
    due_at, announcement_id = rows[0]
    places = store.value("SELECT count(*) FROM delivery WHERE announcement_id = ? AND due_at = ? AND state = 'queued'", (announcement_id, due_at))
    known = store.value("SELECT 1 FROM announcement WHERE id = ? AND deleted_at IS NULL", (announcement_id,))
    text = announcements.get(store, announcement_id).summary if known else "–"
    return Glance(from_text(due_at), text, int(places), waiting)
