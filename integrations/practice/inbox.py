"""What has arrived at Practice: the entries of its shelf, and the messages that they come to."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import cast


@dataclass(frozen=True, slots=True)
class PracticeMessage:
    """One message as it lies in a practice group.

    Attributes:
        id: what the receipt says.
        key: the sender's idempotency key. Practice does not honour it, so that a message sent twice is seen twice.
        channel: the group's name, as Belfry calls it.
        target: the group's id.
        at: when it came; aware, UTC.
        attachments: names of the files that came with it.
        digests: SHA-256 of their bytes, in hex; the bytes themselves are not kept.
    """

    id: str
    key: str
    channel: str
    target: str
    text: str
    at: datetime
    silent: bool = False
    edited: bool = False
    attachments: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()


def posted(message: PracticeMessage) -> Mapping[str, object]:
    """The entry that keeps a message."""
    return {"what": "posted", **asdict(message), "at": message.at.isoformat()}


def edited(id: str, text: str) -> Mapping[str, object]:
    """The entry that gives a message another text."""
    return {"what": "edited", "id": id, "text": text}


def deleted(id: str) -> Mapping[str, object]:
    """The entry that takes a message away."""
    return {"what": "deleted", "id": id}


def next_id(entries: Iterable[Mapping[str, object]]) -> str:
    """A number that no message has had yet."""
    return str(1 + sum(entry["what"] == "posted" for entry in entries))


def received(entries: Iterable[Mapping[str, object]]) -> tuple[PracticeMessage, ...]:
    """The messages in the practice groups now, oldest first; edits applied, deleted ones gone. Takes what `Shelf.read()` gives."""
    messages: dict[str, PracticeMessage] = {}
    for entry in entries:
        id = str(entry["id"])
        match entry["what"]:
            case "posted":
                messages[id] = _message(entry)
            case "edited" if id in messages:
                messages[id] = replace(messages[id], text=str(entry["text"]), edited=True)
            case "deleted":
                messages.pop(id, None)
    return tuple(messages.values())


def _message(entry: Mapping[str, object]) -> PracticeMessage:
    return PracticeMessage(
        id=str(entry["id"]),
        key=str(entry["key"]),
        channel=str(entry["channel"]),
        target=str(entry["target"]),
        text=str(entry["text"]),
        at=datetime.fromisoformat(str(entry["at"])),
        silent=bool(entry["silent"]),
        attachments=tuple(cast("list[str]", entry["attachments"])),
        digests=tuple(cast("list[str]", entry["digests"])),
    )
