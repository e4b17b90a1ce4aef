"""Deliveries: one announcement on one date to one channel, the states it passes through and the moves between them, as delivery.md has them."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from resources.translations import Phrase

_NAMESPACE = uuid.UUID("8a8db7f5-8b4c-5f0e-9d3a-2e4a1c9f6b70")
"""Belfry's own, for delivery ids. Part of the file format: never to be changed."""
RETRY_FIRST = timedelta(seconds=5)
RETRY_MOST = timedelta(minutes=5)


class State(StrEnum):
    """Where a delivery is."""

    HELD = "held"  # waits for approval
    QUEUED = "queued"  # due at its time, or again at the next attempt
    WAITING = "waiting"  # due, and posted by hand: waits for the person
    SENDING = "sending"  # claimed by one sender, before the first byte left
    SENT = "sent"  # the service accepted
    REJECTED = "rejected"  # the service refused for good
    UNSURE = "unsure"  # may be out, may not
    MISSED = "missed"  # its time passed while nothing could send
    SKIPPED = "skipped"  # a rule of the community stopped it
    CANCELLED = "cancelled"  # taken back before it went

    @property
    def open(self) -> bool:
        """Something is still to happen by itself, or a person has to do something, before this delivery is at its end."""
        return self in (State.HELD, State.QUEUED, State.WAITING, State.SENDING, State.UNSURE)


class Who(StrEnum):
    """Who makes a move."""

    SENDER = "sender"  # the sender that holds the lease
    PLANNER = "planner"  # planning, with a change of the announcement or event
    PERSON = "person"
    RECOVERY = "recovery"  # finds what a sender that is gone left behind, or what a copied file can't know


_S, _PL, _PE, _R = Who.SENDER, Who.PLANNER, Who.PERSON, Who.RECOVERY

MOVES: dict[State, dict[State, frozenset[Who]]] = {
    State.HELD: {
        State.QUEUED: frozenset({_PE}),
        State.MISSED: frozenset({_S}),
        State.SKIPPED: frozenset({_S, _PL}),
        State.CANCELLED: frozenset({_PL, _PE}),
    },
    State.QUEUED: {
        State.SENDING: frozenset({_S}),
        State.WAITING: frozenset({_S}),
        State.MISSED: frozenset({_S}),
        State.SKIPPED: frozenset({_S, _PL}),
        State.CANCELLED: frozenset({_PL, _PE}),
        State.UNSURE: frozenset({_R}),  # a copied file: the other one may have sent it
    },
    State.WAITING: {
        State.SENT: frozenset({_PE}),
        State.MISSED: frozenset({_S}),
        State.SKIPPED: frozenset({_PL}),
        State.CANCELLED: frozenset({_PL, _PE}),
    },
    State.SENDING: {
        State.SENT: frozenset({_S}),
        State.QUEUED: frozenset({_S}),  # certainly not sent
        State.REJECTED: frozenset({_S}),
        State.UNSURE: frozenset({_S, _R}),
    },
    State.SENT: {},
    State.REJECTED: {State.QUEUED: frozenset({_PE}), State.CANCELLED: frozenset({_PE})},
    State.UNSURE: {
        State.SENT: frozenset({_PE}),
        State.QUEUED: frozenset({_S, _PE}),  # the sender only where the service takes a key, so that repeating is safe
        State.CANCELLED: frozenset({_PE}),
    },
    # The planner queues again what a later change gave a new time (an event put off) or what a change had stopped (a cancelled date taken back).
    State.MISSED: {State.QUEUED: frozenset({_PL, _PE}), State.CANCELLED: frozenset({_PL, _PE})},
    State.SKIPPED: {State.QUEUED: frozenset({_PL, _PE}), State.CANCELLED: frozenset({_PL, _PE})},
    State.CANCELLED: {State.QUEUED: frozenset({_PL, _PE})},
}
"""From each state, where to and by whom. Nothing else ever happens to a delivery."""


def allowed(was: State, becomes: State, who: Who) -> bool:
    """Whether somebody may make a move."""
    return who in MOVES[was].get(becomes, frozenset())


@dataclass(frozen=True, slots=True)
class Delivery:
    """One announcement on one date to one channel, as the ledger keeps it. Instants are UTC.

    Attributes:
        id: `delivery_id` of the next four.
        announcement_id, channel_id: what goes where.
        occurrence: the RECURRENCE-ID as text; empty for a single date. Never the due time.
        target: the service's own name for the place, as it was when the delivery was planned; empty where it has none.
        state: where it is.
        fence: grows with each claim; a move under an older one comes to nothing.
        due_at: when it is to leave.
        late_until: after this it leaves no more.
        asks: whether a person is asked about it when it was missed, rather than told.
        next_attempt_at: it leaves not before this: `due_at`, or later after the grace time, a rate limit or a failed try.
        attempts: how often it has been claimed.
        reason: why it is where it is, or why it has not gone yet; None where nothing is to be said.
        claimed_at: when the last claim was made.
        sent_text: the text as it was sent, or as it waits to be posted by hand, in the service's own formatting; empty before.
        remote_id, link: the receipt of the service; empty where it gave none.
    """

    id: str
    announcement_id: str
    occurrence: str
    channel_id: str
    target: str
    state: State
    due_at: datetime
    late_until: datetime
    next_attempt_at: datetime
    fence: int = 0
    asks: bool = False
    attempts: int = 0
    reason: Phrase | None = None
    claimed_at: datetime | None = None
    sent_text: str = ""
    remote_id: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """One step in the life of a delivery: kept for good."""

    delivery_id: str
    was: State
    becomes: State
    why: Phrase
    at: datetime
    who: Who


def delivery_id(announcement: str, occurrence: str, channel: str, target: str) -> str:
    """The id of a delivery: UUIDv5 (RFC 9562 §5.5) of what it is, so that planning it twice, anywhere, gives one row."""
    # Each part's length goes in front, so that no two different deliveries are written alike.
    name = "".join(f"{len(part)}:{part}" for part in (announcement, occurrence, channel, target))
    return str(uuid.uuid5(_NAMESPACE, name))


def retry_after(attempt: int, chance: float) -> timedelta:
    """How long to wait before trying again: 5 s after the first attempt, doubling, 5 min at most; between half and all of that by chance.

    Args:
        attempt: how many have been made, from 1.
        chance: from 0 to 1, drawn anew each time, so that many laptops do not come back in one moment.
    """
    doublings = min(max(attempt, 1) - 1, 16)
    full = min(RETRY_FIRST * (1 << doublings), RETRY_MOST)
    return full * (0.5 + chance / 2)
