"""Making an announcement: everything that would stop it at its time is said now."""

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from desktop.actions.connect import service
from desktop.community.announcements import Announcement, AttachedFile
from desktop.community.calendar import Window
from desktop.community.connections import Channel
from desktop.community.errors import Refused, Remedy, Trouble
from desktop.community.events import Event
from desktop.community.fold import fold
from desktop.community.lateness import Lateness
from desktop.community.schedules import NOW, At, BeforeEvent, Schedule, default_lateness, due
from desktop.store import announcements, connections, events, files, occurrences
from desktop.store.database import Store
from desktop.store.journal import operation
from integrations.base import Rendered
from integrations.message import Attachment, AttachmentKind, Message, from_markdown
from resources.translations import Phrase, phrase

LARGEST_FILE = 50_000_000  # bytes; no service of ours takes more
YEARS_AHEAD = timedelta(days=3 * 366)
"""How far ahead a series is looked through for its next date."""
AGES = timedelta(days=1000 * 366)


@dataclass(frozen=True, slots=True)
class Shown:
    """An announcement as one channel will show it."""

    channel: Channel
    service: str
    rendered: Rendered


def attachment(path: Path, kind: AttachmentKind) -> Attachment:
    """A file of the person's as an attachment. Raises Refused where it can't be one."""
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if kind is AttachmentKind.PHOTO and media_type not in ("image/jpeg", "image/png", "image/gif", "image/webp"):
        raise Refused(phrase("{file} is no photo. Photos are JPEG, PNG, GIF or WebP; send anything else as a document.", file=path.name))
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Refused(phrase("{file} is larger than 50 MB, which no service takes. Send a link to it instead.", file=path.name))
        content = path.read_bytes()
    except OSError as error:
        raise Trouble(phrase("{file} can't be read: {error}.", file=str(path), error=error.strerror or "")) from error
    if not content:
        raise Refused(phrase("{file} is empty.", file=path.name))
    if kind is AttachmentKind.PHOTO and files.media_type_of(content) != media_type:
        raise Refused(phrase("{file} is no photo, whatever its name says. Send it as a document.", file=path.name))
    return Attachment(kind, path.name, media_type, content)


def preview(store: Store, text: str, channels: Sequence[Channel], attachments: Sequence[Attachment] = (), silent: bool = False) -> list[Shown]:
    """The announcement as each channel will show it, with what stops it."""
    message = Message(from_markdown(text), tuple(attachments), silent)
    shown = []
    for channel in channels:
        declared = service(connections.connection(store, channel.connection_id).service)
        shown.append(Shown(channel, declared.name, declared.render(message, channel.settings)))
    return shown


def announce(
    store: Store,
    text: str,
    channel_names: Sequence[str],
    *,
    schedule: Schedule = NOW,
    event_id: str = "",
    late: Lateness | None = None,
    attachments: Sequence[Attachment] = (),
    silent: bool = False,
) -> Announcement:
    """Keep an announcement; its deliveries are planned with it. Raises Refused, and keeps nothing, for anything that would stop it at its time.

    Args:
        event_id: of the event that it is about; the end of an id or the title will do, where only one event has it.
    """
    channels = [connections.channel_named(store, name) for name in dict.fromkeys(channel_names)]
    if not channels:
        raise Refused(phrase("Say where it goes."), Remedy.CHOOSE_CHANNELS)
    for shown in preview(store, text, channels, attachments, silent):
        if shown.rendered.problems:
            problem = shown.rendered.problems[0]
            raise Refused(phrase("{channel}: {problem}", channel=shown.channel.name, problem=str(problem)))
    event = _event(store, event_id) if event_id else None
    made = Announcement(
        text=text,
        channels=tuple(channel.id for channel in channels),
        schedule=schedule,
        late=late or default_lateness(schedule),
        event_id=event.id if event else "",
        silent=silent,
    )
    check_time(store, made)
    with operation(store, phrase("Announced “{text}”", text=made.summary)) as op:
        for one in attachments:
            kept = AttachedFile(files.keep(op.conn, one.content, one.media_type), one.name, one.media_type)
            made = replace(made, photo=kept) if one.kind is AttachmentKind.PHOTO else replace(made, document=kept)
        row_id = announcements.add(op, made)
    return announcements.get(store, row_id)


def _event(store: Store, named: str) -> Event:
    """The event with this id, the end of an id, or this title where only one has it."""
    same = [one for one in events.every(store) if not one.series_id and fold(one.title) == fold(named)]
    match same:
        case []:
            return events.get(store, named)
        case [one]:
            return one
        case _:
            raise Refused(phrase("{n} events are called {title}. Name it by its id.", n=len(same), title=same[0].title), Remedy.FIND_EVENT)


def check_time(store: Store, made: Announcement) -> None:
    """Raise Refused where it would never go out."""
    now = store.clock.now()
    match made.schedule:
        case At(repeats=None) as at:
            if made.late.late_until(due(at)) < now:
                raise Refused(phrase("{when} has passed. Choose a later time, or send it now.", when=f"{at.wall:%Y-%m-%d %H:%M}"), Remedy.SEND_NOW)
        case BeforeEvent():
            if not made.event_id:
                raise Refused(phrase("Say before which event."), Remedy.CHOOSE_EVENT)
            event = events.get(store, made.event_id)
            ahead = occurrences.of_event(store, event.id, Window(now, now + (YEARS_AHEAD if event.repeats else AGES)))
            if not any(one.start_at > now and not one.cancelled for one in ahead):
                raise Refused(_nothing_ahead(event.title))
        case _:
            pass


def _nothing_ahead(title: str) -> Phrase:
    return phrase("{title} has no date ahead of us, so nothing would ever go out. Choose another event.", title=title)
