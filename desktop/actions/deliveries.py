"""What a person decides about deliveries: ticked, settled, taken back, sent after all."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from desktop.community.deliveries import Delivery, Move, State, Who, allowed
from desktop.community.errors import Refused, Remedy
from desktop.community.lateness import ASKS_AFTER
from desktop.store import announcements, connections, ledger
from desktop.store.database import Store
from desktop.store.driver import Connection
from resources.translations import Phrase, phrase

SHORT = 8  # of an id: its beginning, enough to name a delivery by


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
    return _shown(store, ledger.listed(store.conn, states))


def of_announcement(store: Store, announcement_id: str) -> list[Listed]:
    """The deliveries of one announcement, in the order in which they are due."""
    return _shown(store, ledger.of_announcement(store.conn, announcement_id))


def left_the_house(store: Store, announcement_ids: Collection[str]) -> list[Listed]:
    """The deliveries of these announcements that are out, or may be."""
    out = (State.SENDING, State.SENT, State.UNSURE)
    return [one for announcement_id in announcement_ids for one in of_announcement(store, announcement_id) if one.delivery.state in out]


def _shown(store: Store, found: Iterable[Delivery]) -> list[Listed]:
    names = {channel.id: channel.name for channel in connections.channels(store)}
    texts: dict[str, str] = {}
    shown = []
    for one in sorted(found, key=lambda one: (one.due_at, one.id)):
        if one.announcement_id not in texts:
            texts[one.announcement_id] = _summary(store, one.announcement_id)
        text = texts[one.announcement_id] or one.sent_text.partition("\n")[0] or "–"
        shown.append(Listed(one, names.get(one.channel_id, "–"), text))
    return shown


def _summary(store: Store, announcement_id: str) -> str:
    try:
        return announcements.get(store, announcement_id).summary
    except Refused:  # taken back since
        return ""


def find(store: Store, delivery_id: str) -> Delivery:
    """The delivery with this id, or with an id that begins so. Raises Refused where there is none, or more than one."""
    ids = ledger.ids_beginning(store.conn, delivery_id) if delivery_id else []
    found = ledger.get(store.conn, ids[0]) if len(ids) == 1 else None
    if found is None:
        raise Refused(phrase("There is no delivery {id}.", id=delivery_id), Remedy.FIND_DELIVERY)
    return found


def text_of(store: Store, delivery: Delivery) -> str:
    """The text of a delivery: as it went out or waits to be posted by hand, else as the announcement has it now (Markdown)."""
    if delivery.sent_text:
        return delivery.sent_text
    try:
        return announcements.get(store, delivery.announcement_id).text
    except Refused:  # taken back since
        return ""


def life(store: Store, delivery: Delivery) -> list[Move]:
    """All that happened to a delivery, in order."""
    return ledger.moves(store.conn, delivery.id)


def settle(store: Store, delivery_id: str, answer: Answer) -> Delivery:
    """Do with a delivery what a person says. Raises Refused where it can't be done with one that is where this one is."""
    delivery = find(store, delivery_id)
    if not allowed(delivery.state, _meant(answer)[0], Who.PERSON):
        raise _cannot(delivery)
    with store.write() as conn:
        moved = _move(conn, delivery, answer, store.clock.now())
    if moved is None:
        raise Refused(phrase("This delivery has just moved on. Look at it again.", id=delivery.id[:SHORT]), Remedy.LOOK_AT_DELIVERY)
    return moved


def settle_all(store: Store, delivery_ids: Iterable[str], state: State, answer: Answer) -> int:
    """Do with all of these that are in this state what a person says, at once. Gives how many; what has moved on meanwhile stays as it is."""
    now = store.clock.now()
    with store.write() as conn:
        found = [one for row_id in delivery_ids if (one := ledger.get(conn, row_id)) is not None and one.state is state]
        return sum(_move(conn, one, answer, now) is not None for one in found)


def _move(conn: Connection, delivery: Delivery, answer: Answer, now: datetime) -> Delivery | None:
    becomes, why = _meant(answer)
    then = replace(delivery, next_attempt_at=now, late_until=max(delivery.late_until, now + ASKS_AFTER)) if answer is Answer.AGAIN else delivery
    return ledger.move(conn, delivery, becomes, who=Who.PERSON, why=why, at=now, then=then)


def _meant(answer: Answer) -> tuple[State, Phrase]:
    match answer:
        case Answer.SENT:
            return State.SENT, phrase("Somebody said that it went out.")
        case Answer.AGAIN:
            return State.QUEUED, phrase("Somebody said that it is to go out.")
        case Answer.CANCEL:
            return State.CANCELLED, phrase("Somebody took it back.")


def _cannot(delivery: Delivery) -> Refused:
    id = delivery.id[:SHORT]
    match delivery.state:
        case State.SENT:
            return Refused(phrase("It has gone out; that can't be taken back from here."))
        case State.SENDING:
            return Refused(phrase("It is on its way at this moment. Look again in a minute."))
        case State.CANCELLED:
            return Refused(phrase("It was taken back. It can be sent after all.", id=id), Remedy.SEND_AFTER_ALL)
        case State.QUEUED:
            return Refused(phrase("It waits for its time. It can only be taken back.", id=id), Remedy.TAKE_BACK)
        case State.WAITING:
            return Refused(phrase("It waits for you to post it. Then say that it is out.", id=id), Remedy.SAY_SENT)
        case _:
            return Refused(phrase("That can't be done with a delivery that is {state}.", state=delivery.state.value))
