"""`belfry announce`."""

import sys
from datetime import datetime
from pathlib import Path

import click

from desktop.actions import announce as announcing
from desktop.actions import deliveries
from desktop.cli.context import session
from desktop.cli.kinds import LATE, OFFSET, RULE, WALL, ZONE
from desktop.cli.output import when
from desktop.community.durations import Offset
from desktop.community.errors import Refused
from desktop.community.lateness import Lateness
from desktop.community.recurrence import Recurrence
from desktop.community.schedules import NOW, At, BeforeEvent, Schedule
from desktop.store import planning
from integrations.message import AttachmentKind
from resources.translations import _, mark, ngettext, phrase

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MOST_TOLD = 8  # sendings of one announcement that are shown when it is made


@click.command(short_help=mark("Say something in one or more channels."))
@click.argument("text")
@click.option("--to", "channels", multiple=True, required=True, metavar="CHANNEL", help="A channel by its name; may be given again.")
@click.option("--at", type=WALL, help='When, e.g. "2026-12-06 18:00"; without it, now.')
@click.option("--zone", type=ZONE, help="The zone of --at; without it, the community's.")
@click.option("--repeat", type=RULE, metavar="RRULE", help="Again and again from --at on, e.g. FREQ=WEEKLY (RFC 5545).")
@click.option("--event", "event_id", default="", metavar="ID", help="The event it is about: its id from “belfry events list”, or its title.")
@click.option("--before", type=OFFSET, help="So long before each date of the event, e.g. 1d or 2h.")
@click.option("--photo", type=FILE, help="A photo that goes with it.")
@click.option("--document", type=FILE, help="A document that goes with it.")
@click.option("--silent", is_flag=True, help="Without a sound, where the service can.")
@click.option("--late", type=LATE, help="If it could not go out in time: so long after it still may (2h), ask, or skip.")
def announce(
    text: str,
    channels: tuple[str, ...],
    at: datetime | None,
    zone: str | None,
    repeat: Recurrence | None,
    event_id: str,
    before: Offset | None,
    photo: Path | None,
    document: Path | None,
    silent: bool,
    late: Lateness | None,
) -> None:
    """Announce TEXT (Markdown; - reads it from standard input) in one or more channels: now, at a time, or before an event."""
    if photo and document:
        raise click.UsageError(_("A message carries one photo or one document, not both."))
    if zone and not at:
        raise click.UsageError(_("--zone belongs to --at."))
    schedule = _schedule(at, zone, repeat, event_id, before)
    store = session().store
    files = [(photo, AttachmentKind.PHOTO), (document, AttachmentKind.DOCUMENT)]
    attachments = [announcing.attachment(path, kind) for path, kind in files if path]
    text = _checked(sys.stdin.buffer.read() if text == "-" else text.encode(errors="surrogateescape"))
    made = announcing.announce(store, text, channels, schedule=schedule, event_id=event_id, late=late, attachments=attachments, silent=silent)
    planned = [one for one in deliveries.of_announcement(store, made.id) if one.delivery.state.open]
    for one in planned[:MOST_TOLD]:
        id = one.delivery.id[: deliveries.SHORT]
        click.echo(_("{when} → {channel}  ({id})").format(when=when(one.delivery.due_at, store), channel=one.channel, id=id))
    more = len(planned) - MOST_TOLD
    if more > 0:
        click.echo(ngettext("… and {n} more.", "… and {n} more.", more).format(n=more))
    if not planned:
        click.echo(_("It is still far off: its sendings are listed (belfry deliveries list) when its time comes closer."))
    grace = planning.grace(store).seconds
    if schedule is NOW and grace:
        click.echo(
            ngettext("It waits {n} second, so that it can be taken back.", "It waits {n} seconds, so that it can be taken back.", grace).format(
                n=grace
            )
        )
    click.echo(_("It goes out while “belfry send” runs on the computer that sends. To take it back: belfry undo"))


def _checked(text: bytes) -> str:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(phrase("The text is not in UTF-8. Save it so, or write it on the command line.")) from None


def _schedule(at: datetime | None, zone: str | None, repeat: Recurrence | None, event_id: str, before: Offset | None) -> Schedule:
    if before is not None:
        if not event_id or at:
            raise click.UsageError(_("--before goes with --event, and not with --at."))
        return BeforeEvent(before)
    if at is None:
        if repeat:
            raise click.UsageError(_("--repeat goes with --at."))
        return NOW
    return At(at, zone or session().store.setting("zone", "UTC"), repeat)


COMMANDS = (announce,)
