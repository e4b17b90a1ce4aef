"""What becomes of an announcement between its first word and its last date: drafted, published, changed, taken back, copied, thrown away."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from desktop.actions import announce, deliveries
from desktop.actions.announce import Shown
from desktop.community.announcements import Announcement, AnnouncementStatus, AttachedFile
from desktop.community.deliveries import State
from desktop.community.errors import Refused
from desktop.community.events import recurrence_moment
from desktop.community.recurrence import occurrences, recurrence
from desktop.community.schedules import NOW, At, BeforeEvent, Now, due
from desktop.community.zones import to_wall
from desktop.store import announcements, connections, files, undo
from desktop.store.database import Store
from desktop.store.journal import Operation, operation
from integrations.message import Attachment, AttachmentKind
from resources.translations import Phrase, phrase, phrases

LONGEST = 100_000
"""Characters of a text, more than any service takes by far; it would take seconds to format it."""
_CHANGEABLE = (State.HELD, State.QUEUED, State.WAITING, State.MISSED, State.SKIPPED, State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Written:
    """What is in the composer.

    Attributes:
        announcement: its text, places, time; `photo` and `document` are not looked at.
        files: what goes with it.
        names: for each of the files the name that `keep_file` has given; without, it is kept with the announcement.
    """

    announcement: Announcement
    files: tuple[Attachment, ...] = ()
    names: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What taking back a publication came to.

    Attributes:
        name: of the operation.
        out: the deliveries that are out, or may be: they stay where they are.
    """

    name: Phrase
    out: Sequence[deliveries.Listed]


def attachments(store: Store, announcement: Announcement) -> tuple[Attachment, ...]:
    """The files of an announcement with their content; one that is not in the community any more is left out."""
    found = []
    for kind, kept in ((AttachmentKind.PHOTO, announcement.photo), (AttachmentKind.DOCUMENT, announcement.document)):
        content = files.content(store, kept.sha256) if kept else None
        if kept and content is not None:
            found.append(Attachment(kind, kept.name, kept.media_type, content))
    return tuple(found)


def keep_file(store: Store, attached: Attachment) -> str:
    """Put the content of a file into the community and give its name there. A large one takes a while: what it goes with is then kept in no time."""
    name = files.sha256(attached.content)
    if not files.is_kept(store.conn, name):
        with store.write() as conn:
            files.keep(conn, attached.content, attached.media_type)
    return name


def keep_draft(store: Store, written: Written) -> Announcement:
    """Keep what is written as a draft, whatever is wrong with it: a new one where it has no id."""
    wanted = replace(written.announcement, status=AnnouncementStatus.DRAFT)
    what = phrase("Changed the draft “{text}”", text=wanted.summary) if wanted.id else phrase("New draft “{text}”", text=wanted.summary)
    with operation(store, what) as op:
        wanted = _with_files(op, wanted, written)
        if wanted.id:
            announcements.change(op, wanted)
            row_id = wanted.id
        else:
            row_id = announcements.add(op, wanted)
    return announcements.get(store, row_id)


def publish(store: Store, written: Written, shown: Sequence[Shown] | None = None) -> Announcement:
    """Let it go out at its time. Raises Refused, and changes nothing, for anything that would stop it then. `shown`: as `check` takes it.

    A draft gives way to the announcement that it becomes, so that taking this back brings the draft again.
    """
    check(store, written, shown)
    wanted = replace(written.announcement, status=AnnouncementStatus.SCHEDULED, id="")
    with operation(store, phrase("Announced “{text}”", text=wanted.summary)) as op:
        if written.announcement.id:
            op.delete("announcement", written.announcement.id)
        row_id = announcements.add(op, _with_files(op, wanted, written))
    return announcements.get(store, row_id)


def change(store: Store, written: Written, shown: Sequence[Shown] | None = None) -> Announcement:
    """Let a scheduled announcement say, or do, something else from now on. What has gone out stays as it is. Raises Refused as `publish`."""
    before = announcements.get(store, written.announcement.id)
    if not changeable(store, before):
        raise Refused(phrase("This has gone out, so it can't be changed any more. Duplicate it to send it again."))
    check(store, written, shown)
    wanted = replace(written.announcement, status=AnnouncementStatus.SCHEDULED)
    with operation(store, phrase("Changed “{text}”", text=wanted.summary)) as op:
        wanted = _with_files(op, wanted, written)
        if isinstance(wanted.schedule, Now) and not isinstance(before.schedule, Now):
            # “Now” counts from when an announcement was made: it is made anew, and the old one's dates go.
            op.delete("announcement", before.id)
            row_id = announcements.add(op, replace(wanted, id=""))
        else:
            announcements.change(op, wanted)
            row_id = wanted.id
    return announcements.get(store, row_id)


def check(store: Store, written: Written, shown: Sequence[Shown] | None = None) -> None:
    """Raise Refused for the first thing that would stop it. `shown`: as each of its channels shows it, where that was worked out already."""
    wanted = written.announcement
    if not wanted.channels:
        raise Refused(phrase("Choose at least one channel."))
    if len(wanted.text) > LONGEST:
        raise Refused(phrase("No group takes a text this long. Put it on a page, and send the link to it."))
    if shown is None:
        channels = [connections.channel(store, row_id) for row_id in wanted.channels]
        shown = announce.preview(store, wanted.text, channels, written.files, wanted.silent)
    for one in shown:
        if one.rendered.problems:
            raise Refused(phrase("{channel}: {problem}", channel=one.channel.name, problem=str(one.rendered.problems[0])))
    match wanted.schedule:
        case At(repeats=None) as at if wanted.late.late_until(due(at)) < store.clock.now():
            raise Refused(phrase("This time has passed. Choose a later one, or send it now."))
        case At(repeats=repeats) as at if repeats is not None and next_date(at, store.clock.now()) is None:
            raise Refused(phrase("All its dates have passed. Choose a later end, or none."))
        case BeforeEvent() if not wanted.event_id:
            raise Refused(phrase("Choose the event that it is about."))
    announce.check_time(store, wanted)


def changeable(store: Store, announcement: Announcement) -> bool:
    """Whether something of it is still to come, or could still come."""
    if announcement.status is not AnnouncementStatus.SCHEDULED:
        return True
    found = deliveries.of_announcement(store, announcement.id)
    if isinstance(announcement.schedule, At) and announcement.schedule.repeats:
        return next_date(announcement.schedule, store.clock.now()) is not None
    return not found or any(one.delivery.state in _CHANGEABLE for one in found)


def next_date(schedule: At, now: datetime) -> datetime | None:
    """The next wall time (naive) at which a repeating announcement goes out; None where there is none within ten years."""
    wall = to_wall(now, schedule.zone)
    found = occurrences(schedule.wall, schedule.repeats, wall, wall.replace(year=wall.year + 10, day=min(wall.day, 28)), schedule.zone, 1)
    return found[0] if found and isinstance(found[0], datetime) else None


def take_back(store: Store, announcement_id: str) -> Announcement:
    """Let nothing more of it go out."""
    found = announcements.get(store, announcement_id)
    with operation(store, phrase("Took back “{text}”", text=found.summary)) as op:
        announcements.change(op, replace(found, status=AnnouncementStatus.CANCELLED))
    return announcements.get(store, announcement_id)


def go_on(store: Store, announcement_id: str) -> Announcement:
    """Let what was taken back go out after all, as far as its time has not passed."""
    found = announcements.get(store, announcement_id)
    with operation(store, phrase("Let “{text}” go out after all", text=found.summary)) as op:
        announcements.change(op, replace(found, status=AnnouncementStatus.SCHEDULED))
    return announcements.get(store, announcement_id)


def leave_out(store: Store, announcement_id: str, occurrence: str) -> Announcement:
    """Let a repeating announcement not go out on one of its dates. `occurrence` is that date's RECURRENCE-ID."""
    found = announcements.get(store, announcement_id)
    schedule = found.schedule
    if not isinstance(schedule, At) or schedule.repeats is None:
        raise Refused(phrase("This goes out once. To stop it, take it back."))
    repeats = recurrence(schedule.repeats.rule, schedule.repeats.extra, (*schedule.repeats.left_out, recurrence_moment(occurrence)))
    with operation(store, phrase("Left out one date of “{text}”", text=found.summary)) as op:
        announcements.change(op, replace(found, schedule=replace(schedule, repeats=repeats)))
    return announcements.get(store, announcement_id)


def duplicate(store: Store, announcement_id: str) -> Announcement:
    """A draft that says the same in the same places; a time that has passed becomes “now”."""
    found = announcements.get(store, announcement_id)
    schedule = found.schedule
    if isinstance(schedule, At) and schedule.repeats is None and due(schedule) <= store.clock.now():
        schedule = NOW
    copied = replace(found, id="", status=AnnouncementStatus.DRAFT, schedule=schedule)
    with operation(store, phrase("Duplicated “{text}”", text=found.summary)) as op:
        row_id = announcements.add(op, copied)
    return announcements.get(store, row_id)


def throw_away(store: Store, announcement_id: str) -> None:
    """Delete a draft; undo brings it back. Raises Refused for what is no draft."""
    found = announcements.get(store, announcement_id)
    if found.status is not AnnouncementStatus.DRAFT:
        raise Refused(phrase("Only a draft can be thrown away. Take the announcement back instead."))
    with operation(store, phrase("Threw away the draft “{text}”", text=found.summary)) as op:
        op.delete("announcement", announcement_id)


def undo_publishing(store: Store, operation_id: str, announcement_ids: Sequence[str]) -> TakenBack:
    """Take back a publication within its grace time, or as far as that is still possible."""
    outcome = undo.undo(store, operation_id)
    return TakenBack(outcome.name, deliveries.left_the_house(store, announcement_ids))


def undo_step(store: Store, which: str = "") -> undo.Outcome:
    """Take back the last operation, or the one named. Raises Refused where that would unmake an announcement that is out already, or may be."""
    made = undo.made_by(store, which, "announcement")
    out = {one.delivery.channel_id for one in deliveries.left_the_house(store, made)}
    if out:
        text = announcements.get(store, made[0]).summary
        raise Refused(
            phrases(
                "“{text}” is out in {n} group already and stays. What still waits of it can be taken back on its page.",
                "“{text}” is out in {n} groups already and stays. What still waits of it can be taken back on its page.",
                n=len(out),
                text=text,
            )
        )
    return undo.undo(store, which)


def leaves_at(store: Store, announcement_id: str) -> datetime | None:
    """When the first delivery of an announcement leaves, grace time included, as an instant; None where none waits to."""
    found = [one.delivery for one in deliveries.of_announcement(store, announcement_id) if one.delivery.state is State.QUEUED]
    return min((one.next_attempt_at for one in found), default=None)


def _with_files(op: Operation, wanted: Announcement, written: Written) -> Announcement:
    wanted = replace(wanted, photo=None, document=None)
    for place, one in enumerate(written.files):
        name = written.names[place] if place < len(written.names) else ""
        there = name if name and files.is_kept(op.conn, name) else files.keep(op.conn, one.content, one.media_type)
        kept = AttachedFile(there, one.name, one.media_type)
        wanted = replace(wanted, photo=kept) if one.kind is AttachmentKind.PHOTO else replace(wanted, document=kept)
    return wanted
