"""What a person decides about deliveries: ticked, settled, taken back, sent after all."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import Enum

from desktop.community.deliveries import Delivery, Move, State, Who, allowed
from desktop.community.errors import Refused
from desktop.community.lateness import ASKS_AFTER
from desktop.store import announcements, connections, ledger
from desktop.store.database import Store
from resources.translations import Phrase, phrase


class Answer(Enum):
    """What a person says of a delivery."""

    SENT = "it went out"
    AGAIN = "send it"
    CANCEL = "leave it"


@dataclass(frozen=True, slots=True)
class Listed:
    """A delivery as a list shows it."""

    delivery: Delivery
    channel: str
    text: str


def listed(store: Store, states: tuple[State, ...] = ()) -> list[Listed]:
    """Deliveries in the order in which they are due; all, or those in these states."""
    names = {channel.id: channel.name for channel in connections.channels(store)}
    texts = {announcement.id: announcement.summary for announcement in announcements.every(store)}
    return [
        Listed(one, names.get(one.channel_id, "–"), texts.get(one.announcement_id) or one.sent_text.partition("\n")[0] or "–")
        for one in sorted(ledger.listed(store.conn, states), key=lambda one: (one.due_at, one.id))
    ]


def left_the_house(store: Store, announcement_ids: Collection[str]) -> list[Listed]:
    """The deliveries of these announcements that are out, or may be."""
    return [one for one in listed(store, (State.SENDING, State.SENT, State.UNSURE)) if one.delivery.announcement_id in announcement_ids]


def find(store: Store, delivery_id: str) -> Delivery:
    """The delivery with this id, or with an id that begins so. Raises Refused where there is none, or more than one."""
    ids = store.rows("SELECT id FROM delivery WHERE substr(id, 1, ?) = ? LIMIT 2", (len(delivery_id), delivery_id))
    found = ledger.get(store.conn, ids[0][0]) if len(ids) == 1 and delivery_id else None
    if found is None:
        raise Refused(phrase("There is no delivery {id}. See: belfry deliveries list", id=delivery_id))
    return found


def life(store: Store, delivery: Delivery) -> list[Move]:
    """All that happened to a delivery, in order."""
    return ledger.moves(store.conn, delivery.id)


def settle(store: Store, delivery_id: str, answer: Answer) -> Delivery:
    """Do with a delivery what a person says. Raises Refused where it can't be done with one that is where this one is."""
    delivery = find(store, delivery_id)
    becomes, why = _meant(answer)
    if not allowed(delivery.state, becomes, Who.PERSON):
        raise Refused(_cannot(delivery.state))
    now = store.clock.now()
    then = replace(delivery, next_attempt_at=now, late_until=max(delivery.late_until, now + ASKS_AFTER)) if answer is Answer.AGAIN else delivery
    with store.write() as conn:
        moved = ledger.move(conn, delivery, becomes, who=Who.PERSON, why=why, at=now, then=then)
    if moved is None:
        raise Refused(phrase("This delivery has just moved on. Look at it again: belfry deliveries show {id}", id=delivery.id[:8]))
    return moved


def _meant(answer: Answer) -> tuple[State, Phrase]:
    match answer:
        case Answer.SENT:
            return State.SENT, phrase("Somebody said that it went out.")
        case Answer.AGAIN:
            return State.QUEUED, phrase("Somebody said that it is to go out.")
        case Answer.CANCEL:
            return State.CANCELLED, phrase("Somebody took it back.")


def _cannot(state: State) -> Phrase:
    match state:
        case State.SENT:
            return phrase("It has gone out; that can't be taken back from here.")
        case State.SENDING:
            return phrase("It is on its way at this moment. Look again in a minute.")
        case State.CANCELLED:
            return phrase("It was taken back. To send it after all: belfry deliveries settle ID --again")
        case State.QUEUED:
            return phrase("It waits for its time. It can only be taken back: belfry deliveries cancel ID")
        case _:
            return phrase("That can't be done with a delivery that is {state}.", state=state.value)
