"""What waits to be posted by hand, put into steps: equal text once, the address that opens each place, and ticking off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote, urlsplit

from desktop.actions import deliveries
from desktop.actions.deliveries import Answer
from desktop.community.announcements import Announcement, AttachedFile
from desktop.community.connections import Channel
from desktop.community.deliveries import Delivery, State
from desktop.community.errors import Refused
from desktop.store import announcements, connections, ledger
from desktop.store.database import Store

LONGEST_ADDRESS = 2_000
"""Characters of an address with the text in it: what browsers and WhatsApp still take for certain."""
LONGEST_FOR_A_PHONE = 900
"""Characters of an address that a phone's camera still reads from a screen as a QR code."""
_TITLE = 280


class PlaceKind(StrEnum):
    """What kind of place an address leads to."""

    WHATSAPP = "whatsapp"
    REDDIT = "reddit"
    MAIL = "mail"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a step is to be posted: one delivery.

    Attributes:
        address: as the channel has it; may be empty.
    """

    delivery_id: str
    channel_id: str
    name: str
    address: str
    kind: PlaceKind


@dataclass(frozen=True, slots=True)
class Step:
    """One text with its files, and all the places where it waits to be posted.

    Attributes:
        key: stays the same as long as anything of the step waits.
        text: as the places format it, to be copied.
        summary: how it begins, without formatting.
        due_at: when it was due, aware, UTC.
        late_until: until when it makes sense, aware, UTC.
        photo, document: what goes with it.
        shared: WhatsApp lets all the places be chosen at once.
    """

    key: str
    text: str
    summary: str
    due_at: datetime
    late_until: datetime
    photo: AttachedFile | None
    document: AttachedFile | None
    places: tuple[Place, ...]
    shared: bool

    @property
    def ids(self) -> tuple[str, ...]:
        """The deliveries of the step."""
        return tuple(place.delivery_id for place in self.places)


def waiting(store: Store) -> list[Step]:
    """All that waits to be posted by hand, first what is due first."""
    channels = {channel.id: channel for channel in connections.channels(store)}
    found: dict[tuple[object, ...], list[tuple[Delivery, Channel]]] = {}
    for delivery in ledger.listed(store.conn, (State.WAITING,)):
        channel = channels.get(delivery.channel_id)
        if channel is not None:
            group = (delivery.announcement_id, delivery.occurrence, kind_of(channel) is PlaceKind.WHATSAPP, delivery.sent_text)
            found.setdefault(group, []).append((delivery, channel))
    return [_step(store, group) for group in found.values()]


def kind_of(channel: Channel) -> PlaceKind:
    """What kind of place a channel that is posted by hand leads to, told from its address."""
    address = channel.settings.get("address", "")
    try:
        parts = urlsplit(address)
    except ValueError:
        return PlaceKind.OTHER
    host = (parts.hostname or "").removeprefix("www.")
    if parts.scheme == "whatsapp" or host in ("chat.whatsapp.com", "wa.me", "web.whatsapp.com", "whatsapp.com"):
        return PlaceKind.WHATSAPP
    if host in ("reddit.com", "old.reddit.com", "new.reddit.com") and parts.path.startswith("/r/"):
        return PlaceKind.REDDIT
    if parts.scheme == "mailto":
        return PlaceKind.MAIL
    return PlaceKind.WHATSAPP if not address and channel.settings.get("formatting", "whatsapp") == "whatsapp" else PlaceKind.OTHER


def address_to_open(step: Step, place: Place, longest: int = LONGEST_ADDRESS) -> str:
    """What opens the place, with the text in it where the place can be given one and it is not too long; empty where nothing does."""
    match place.kind:
        case PlaceKind.WHATSAPP:
            full = f"https://wa.me/?text={quote(step.text, safe='')}"
            return full if len(full) <= longest else place.address
        case PlaceKind.REDDIT:
            base = f"{place.address.split('?')[0].rstrip('/')}/submit"
            title, _, rest = step.text.partition("\n")
            full = f"{base}?title={quote(_title(step, title), safe='')}&text={quote(rest.strip() or step.text, safe='')}"
            return full if len(full) <= longest else base
        case PlaceKind.MAIL:
            base = place.address.split("?")[0]
            full = f"{base}?subject={quote(step.summary, safe='')}&body={quote(step.text, safe='')}"
            return full if len(full) <= longest else base
        case _:
            return place.address


def tick(store: Store, delivery_ids: Iterable[str]) -> int:
    """A person has posted these. Gives how many were still waiting; what has been settled meanwhile stays as it is."""
    return deliveries.settle_all(store, delivery_ids, State.WAITING, Answer.SENT)


def leave(store: Store, delivery_ids: Iterable[str]) -> int:
    """These are not to be posted at all. Gives how many were still waiting."""
    return deliveries.settle_all(store, delivery_ids, State.WAITING, Answer.CANCEL)


def take_up(store: Store, delivery_ids: Iterable[str]) -> int:
    """These are to be posted after all. They come back as soon as the sender has seen them; gives how many."""
    return deliveries.settle_all(store, delivery_ids, State.CANCELLED, Answer.AGAIN)


def _step(store: Store, group: Sequence[tuple[Delivery, Channel]]) -> Step:
    first = group[0][0]
    announcement = _announcement(store, first.announcement_id)
    places = tuple(Place(delivery.id, channel.id, channel.name, channel.settings.get("address", ""), kind_of(channel)) for delivery, channel in group)
    shared = places[0].kind is PlaceKind.WHATSAPP
    return Step(
        key=f"{first.announcement_id}/{first.occurrence}/{'together' if shared else first.sent_text}",
        text=first.sent_text,
        summary=announcement.summary if announcement else first.sent_text.partition("\n")[0],
        due_at=min(delivery.due_at for delivery, _channel in group),
        late_until=min(delivery.late_until for delivery, _channel in group),
        photo=announcement.photo if announcement else None,
        document=announcement.document if announcement else None,
        places=places,
        shared=shared,
    )


def _announcement(store: Store, announcement_id: str) -> Announcement | None:
    try:
        return announcements.get(store, announcement_id)
    except Refused:  # taken back just now
        return None


def _title(step: Step, first_line: str) -> str:
    """Reddit shows no formatting in a title."""
    return (step.summary or first_line)[:_TITLE]
