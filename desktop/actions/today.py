"""“Today”: what needs a person, what happened while nobody looked, what goes out in the next days, what is on; and doing something about it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from desktop.actions import deliveries
from desktop.actions.deliveries import Answer
from desktop.community.announcements import Announcement, shortened
from desktop.community.calendar import Window
from desktop.community.deliveries import Delivery, State, Who
from desktop.community.events import Occurrence
from desktop.community.lateness import ASKS_AFTER
from desktop.store import ledger, occurrences, planning
from desktop.store import today as reading
from desktop.store.database import Store
from desktop.store.glance import NEEDS_A_PERSON
from desktop.store.today import Seen
from resources.translations import Phrase, phrase

AHEAD = timedelta(days=7)
EVENTS_AHEAD = timedelta(days=60)
MOST_WAITS = 200
MOST_EVENTS = 6
_MOST, _MOST_AWAY = 500, 5_000
SOON = timedelta(minutes=30)
"""What goes out within that needs no computer that is switched on again."""
_ORDER = (State.UNSURE, State.REJECTED, State.MISSED, State.HELD, State.WAITING)
"""What is shown first."""


class Fate(StrEnum):
    """What became of something while nobody looked."""

    WENT = "went"
    LATE = "late"
    REFUSED = "refused"
    STOPPED = "stopped"
    NEEDS = "needs"


_FATES = {
    State.SENT: Fate.WENT,
    State.MISSED: Fate.LATE,
    State.REJECTED: Fate.REFUSED,
    State.SKIPPED: Fate.STOPPED,
    State.WAITING: Fate.NEEDS,
    State.UNSURE: Fate.NEEDS,
    State.HELD: Fate.NEEDS,
}


@dataclass(frozen=True, slots=True)
class Group:
    """Deliveries of one date of one announcement that are in one state; what is unsure stands alone, for each place has to be looked at.

    Attributes:
        text: the first line of the announcement, without formatting.
        ids, places: of the deliveries and the names of where they go, in the same order.
        reason: why they are where they are, if all have the same.
        late_until: after this they make no sense any more.
    """

    state: State
    announcement_id: str
    occurrence: str
    due_at: datetime
    late_until: datetime
    text: str
    ids: tuple[str, ...]
    places: tuple[str, ...]
    reason: Phrase | None
    repeats: bool

    @property
    def key(self) -> str:
        """Stays the same while the same deliveries are in the same state, or some of them are gone."""
        alone = self.ids[0] if self.state is State.UNSURE else ""
        return f"{self.state} {self.announcement_id} {self.occurrence} {alone}"


@dataclass(frozen=True, slots=True)
class Paused:
    """A connection that waits to be mended."""

    connection_id: str
    name: str
    reason: Phrase | None


@dataclass(frozen=True, slots=True)
class Today:
    """All that the page shows.

    Attributes:
        waits: what needs a person, first what is most in doubt.
        waiting: how many deliveries that are, also where not all are in `waits`.
        by_hand: how many of them are to be posted by hand.
        away: what became of what was due while nobody looked.
        ahead: what goes out within AHEAD.
        events: the next dates.
    """

    waits: Sequence[Group]
    waiting: int
    by_hand: int
    paused: Sequence[Paused]
    away: dict[Fate, Sequence[Seen]]
    ahead: Sequence[Group]
    events: Sequence[Occurrence]


def look(store: Store, since: int, until: datetime) -> Today:
    """Everything as it is now.

    Args:
        since: `newest_move` from when the person last looked.
        until: when they came back: what fell due after that is not part of what happened meanwhile.
    """
    now = store.clock.now()
    waits = grouped(reading.in_states(store, NEEDS_A_PERSON, MOST_WAITS))
    return Today(
        waits=sorted(waits, key=lambda group: (_ORDER.index(group.state), group.due_at)),
        waiting=reading.count(store, NEEDS_A_PERSON),
        by_hand=reading.count(store, (State.WAITING,)),
        paused=[Paused(*one) for one in reading.paused_connections(store)],
        away=away(store, since, until),
        ahead=grouped(reading.queued_before(store, now + AHEAD, _MOST)),
        events=next_events(store),
    )


def away(store: Store, since: int, until: datetime) -> dict[Fate, Sequence[Seen]]:
    """What became, by itself, of what was due; only what is still so."""
    found: dict[Fate, list[Seen]] = {}
    for one in reading.moved_alone(store, since, until, _MOST_AWAY):
        fate = _FATES.get(one.state)
        if fate is not None:
            found.setdefault(fate, []).append(one)
    return {fate: found[fate] for fate in Fate if fate in found}


def next_events(store: Store) -> list[Occurrence]:
    """The next dates of the calendar, one that is under way too, the cancelled ones marked as such."""
    now = store.clock.now()
    return occurrences.between(store, Window(now, now + EVENTS_AHEAD), MOST_EVENTS)


def grouped(found: Iterable[Seen]) -> list[Group]:
    """Deliveries of one date of one announcement and in one state together, in the order given."""
    together: dict[tuple[str, ...], list[Seen]] = {}
    for one in found:
        alone = one.id if one.state is State.UNSURE else ""
        together.setdefault((one.state, one.announcement_id, one.occurrence, one.due_at.isoformat(), alone), []).append(one)
    return [_group(ones) for ones in together.values()]


@lru_cache(maxsize=256)
def first_line(text: str) -> str:
    """The first line of an announcement, without its formatting; whoever shows it cuts it to the room there is."""
    return Announcement(text, ()).first_line or "–"


def summary(text: str) -> str:
    """How an announcement begins, for a place within a sentence."""
    return shortened(first_line(text))


def send(store: Store, ids: Iterable[str]) -> list[str]:
    """Let these go out after all, after the grace time in which they can be taken back. Gives those for which that could be done."""
    wait = planning.grace(store)

    def times(delivery: Delivery, now: datetime) -> Delivery:
        return replace(delivery, next_attempt_at=max(delivery.due_at, now + wait), late_until=max(delivery.late_until, now + ASKS_AFTER))

    states = (State.MISSED, State.REJECTED, State.UNSURE, State.HELD)
    return _move(store, ids, states, State.QUEUED, phrase("Somebody said that it is to go out."), times)


def unsend(store: Store, before: Sequence[Group]) -> None:
    """Take back `send`, as far as nothing has left yet: what was missed is missed again, anything else is taken back."""
    for group in before:
        for row_id in group.ids:
            delivery = ledger.get(store.conn, row_id)
            if delivery is None or delivery.state is not State.QUEUED:
                continue
            if group.state is State.MISSED:
                with store.write() as conn:  # its time has passed: the sender sees that, and says so
                    ledger.retime(conn, replace(delivery, late_until=group.late_until, next_attempt_at=group.due_at))
            else:
                deliveries.settle(store, row_id, Answer.CANCEL)


def leave(store: Store, ids: Iterable[str]) -> list[str]:
    """These are not to go out. Gives those for which that could be done."""
    states = (State.MISSED, State.REJECTED, State.UNSURE, State.HELD, State.WAITING, State.QUEUED)
    return _move(store, ids, states, State.CANCELLED, phrase("Somebody took it back."), _as_it_was)


def put_back(store: Store, ids: Iterable[str]) -> list[str]:
    """Take back `leave` for what was queued, missed or waiting: the sender sees by its times which it is."""
    return _move(store, ids, (State.CANCELLED,), State.QUEUED, phrase("Somebody said that it is to go out."), _as_it_was)


def went_out(store: Store, ids: Iterable[str]) -> list[str]:
    """A person has looked: these are out."""
    return _move(store, ids, (State.UNSURE, State.WAITING), State.SENT, phrase("Somebody said that it went out."), _as_it_was)


def _as_it_was(delivery: Delivery, _now: datetime) -> Delivery:
    return delivery


def _move(
    store: Store, ids: Iterable[str], states: Sequence[State], becomes: State, why: Phrase, times: Callable[[Delivery, datetime], Delivery]
) -> list[str]:
    now = store.clock.now()
    moved = []
    with store.write() as conn:
        for row_id in ids:
            delivery = ledger.get(conn, row_id)
            if delivery is None or delivery.state not in states:
                continue  # settled meanwhile, elsewhere: it stays as it is
            if ledger.move(conn, delivery, becomes, who=Who.PERSON, why=why, at=now, then=times(delivery, now)) is not None:
                moved.append(row_id)
    return moved


def _group(ones: Sequence[Seen]) -> Group:
    first = ones[0]
    reasons = {str(one.reason) for one in ones}
    return Group(
        first.state,
        first.announcement_id,
        first.occurrence,
        first.due_at,
        min(one.late_until for one in ones),
        first_line(first.text),
        tuple(one.id for one in ones),
        tuple(one.channel or "–" for one in ones),
        first.reason if len(reasons) == 1 else None,
        first.repeats,
    )
