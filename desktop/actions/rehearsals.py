"""Seeing it arrive before the groups do: to a place of one's own first, or all of it to Practice, which reaches nobody."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.actions.announcement_edits import Written
from desktop.actions.connect import checked, service
from desktop.community.announcements import Announcement, AnnouncementStatus, AttachedFile
from desktop.community.connections import Channel, ConnectionRecord
from desktop.community.errors import Refused
from desktop.community.ids import new_id
from desktop.community.schedules import NOW
from desktop.store import announcements, connections, files
from desktop.store.database import Store
from desktop.store.journal import Operation, operation
from integrations.message import AttachmentKind, Message, from_markdown, is_blank
from resources.translations import Phrase, _, phrase, phrases

PRACTICE = "practice"
_REHEARSAL = "rehearsal"  # the target of the practice group that rehearsals go to
_A_PERSON = {"telegram": re.compile(r"\d+"), PRACTICE: re.compile(r".*")}
"""Targets that are one person's own: a private chat has a positive number in Telegram (https://core.telegram.org/bots/api#chat)."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What was sent to try it out.

    Attributes:
        announcements: their ids.
        places: how many messages.
        name: of the channel where they arrive.
    """

    announcements: tuple[str, ...]
    places: int
    name: str


def own_places(store: Store) -> list[Channel]:
    """The channels that no group reads: Practice, and private chats."""
    kinds = {record.id: record.service for record in connections.connections(store)}
    return [one for one in connections.channels(store) if _own(kinds.get(one.connection_id, ""), one)]


def send_to_me(store: Store, written: Written, channel_id: str) -> Rehearsed:
    """Send it now, as it is, to one channel of one's own; to Practice where `channel_id` is empty. Raises Refused where it can't go there."""
    if channel_id and channel_id not in {one.id for one in own_places(store)}:
        raise Refused(phrase("Choose a place that only you read: Practice, or a private chat."))
    with operation(store, phrase("Sent “{text}” to yourself first", text=written.announcement.summary)) as op:
        channel = connections.channel(store, channel_id) if channel_id else _rehearsal(op, store)
        made = _send(op, store, written, channel, written.announcement.text)
    return Rehearsed((made,), 1, channel.name)


def rehearse(store: Store, written: Written) -> Rehearsed:
    """Send to Practice, now, what would go to each of the channels, each headed by the channel's name. Nobody else sees it."""
    places = [connections.channel(store, row_id) for row_id in written.announcement.channels]
    if not places:
        raise Refused(phrase("Choose at least one channel."))
    name = phrases("Rehearsed “{text}” for {n} channel", "Rehearsed “{text}” for {n} channels", n=len(places), text=written.announcement.summary)
    with operation(store, name) as op:
        channel = _rehearsal(op, store)
        made = tuple(_send(op, store, written, channel, f"**→ {_plain(one.name)}**\n\n{written.announcement.text}") for one in places)
    return Rehearsed(made, len(places), channel.name)


def _own(kind: str, channel: Channel) -> bool:
    pattern = _A_PERSON.get(kind)
    return pattern is not None and pattern.fullmatch(channel.target) is not None and channel.settings.get("answer", "ok") == "ok"


def _send(op: Operation, store: Store, written: Written, channel: Channel, text: str) -> str:
    record = connections.connection(store, channel.connection_id)
    _refuse_problems(written, service(record.service).id, channel, text)
    made = Announcement(text, (channel.id,), NOW, silent=written.announcement.silent, status=AnnouncementStatus.SCHEDULED)
    for one in written.files:
        kept = AttachedFile(files.keep(op.conn, one.content, one.media_type), one.name, one.media_type)
        made = replace(made, photo=kept) if one.kind is AttachmentKind.PHOTO else replace(made, document=kept)
    return announcements.add(op, made)


def _refuse_problems(written: Written, service_id: str, channel: Channel, text: str) -> None:
    if is_blank(from_markdown(written.announcement.text)) and not written.files:
        raise Refused(phrase("There is nothing to send yet: the message has no text."))
    rendered = service(service_id).render(Message(from_markdown(text), written.files, written.announcement.silent), channel.settings)
    problems: Sequence[Phrase] = rendered.problems
    if problems:
        raise Refused(problems[0])


def _rehearsal(op: Operation, store: Store) -> Channel:
    """The practice group for rehearsals; made, with its connection, where there is none yet."""
    declared = service(PRACTICE)
    records = [one for one in connections.connections(store) if one.service == PRACTICE]
    record = records[0] if records else ConnectionRecord(declared.id, _("Practice"), checked(declared.fields, {}), id=new_id())
    if not records:
        connections.put_connection(op, record)
    for one in connections.channels(store):
        if one.connection_id == record.id and one.target == _REHEARSAL:
            return one
    made = Channel(record.id, _("Rehearsal"), _REHEARSAL, checked(declared.channel_fields, {}))
    return replace(made, id=connections.add_channel(op, made))


def _plain(name: str) -> str:
    """A name inside bold Markdown, every character for itself."""
    return re.sub(r"([\\`*_~\[\]<>#])", r"\\\1", name)
