"""How channels have fared, for a page that shows them all: the last thing that happened in each, and how much is ahead."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.community.deliveries import Delivery, State
from desktop.community.errors import Refused
from desktop.store import announcements, ledger
from desktop.store.database import Store

_AHEAD = (State.QUEUED, State.HELD)
_UNSEEN = (*_AHEAD, State.CANCELLED, State.SKIPPED)


@dataclass(frozen=True, slots=True)
class ChannelNews:
    """What there is to know of one channel.

    Attributes:
        last: the delivery that was due last and has come to something: sent, refused, unsure, waiting, missed; None where there is none.
        text: how the last one begins.
        ahead: how many are planned.
        waiting: how many wait to be posted by hand.
    """

    last: Delivery | None
    text: str
    ahead: int
    waiting: int


def news(store: Store, channel_id: str) -> ChannelNews:
    """What there is to know of a channel now."""
    marks = ",".join("?" * len(_UNSEEN))
    found = store.value(
        f"SELECT id FROM delivery WHERE channel_id = ? AND state NOT IN ({marks}) ORDER BY due_at DESC, pk DESC LIMIT 1",
        [channel_id, *(state.value for state in _UNSEEN)],
    )
    counts = dict(store.rows("SELECT state, count(*) FROM delivery WHERE channel_id = ? GROUP BY state", (channel_id,)))
    last = ledger.get(store.conn, found) if found else None
    return ChannelNews(
        last,
        summary(store, last) if last else "",
        sum(int(counts.get(state.value, 0)) for state in _AHEAD),
        int(counts.get(State.WAITING.value, 0)),
    )


def summary(store: Store, delivery: Delivery) -> str:
    """How the text of a delivery begins; from what was sent, where the announcement is gone."""
    try:
        return announcements.get(store, delivery.announcement_id).summary
    except Refused:
        return delivery.sent_text.partition("\n")[0] or "–"


def recent(store: Store, channel_id: str, limit: int = 8) -> Sequence[Delivery]:
    """The deliveries of a channel that are due or were, the latest first."""
    rows = store.rows(
        "SELECT id FROM delivery WHERE channel_id = ? AND state NOT IN ('queued', 'held') ORDER BY due_at DESC, pk DESC LIMIT ?", (channel_id, limit)
    )
    return [one for (row_id,) in rows if (one := ledger.get(store.conn, row_id)) is not None]
