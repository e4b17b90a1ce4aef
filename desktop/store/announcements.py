"""Announcements in and out of the community file. The deliveries that follow from them are the ledger's."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from desktop.community.announcements import Announcement, AnnouncementStatus, AttachedFile
from desktop.community.durations import parse_offset
from desktop.community.errors import Refused
from desktop.community.events import recurrence_moment, recurrence_text
from desktop.community.ids import new_id
from desktop.community.instants import from_text, to_text
from desktop.community.lateness import parse_lateness
from desktop.community.recurrence import recurrence
from desktop.community.schedules import NOW, At, BeforeEvent, Now, Schedule
from desktop.store import faults
from desktop.store.database import Store
from desktop.store.journal import Operation
from desktop.store.tables import ANNOUNCEMENT, Value
from resources.translations import phrase

_NAMES = ("id", *ANNOUNCEMENT.columns)
_COLUMNS = ", ".join(f'"{name}"' for name in _NAMES)


def add(op: Operation, announcement: Announcement) -> str:
    """Keep a new announcement, made now; gives its id. Its deliveries are planned in the same transaction."""
    row_id = op.new("announcement", **_columns(announcement), made_at=to_text(op.at))
    for position, channel_id in enumerate(announcement.channels):
        op.new("announcement_channel", announcement_id=row_id, channel_id=channel_id, position=position)
    return row_id


def change(op: Operation, announcement: Announcement) -> None:
    """Make the announcement with this id what the value says. Deliveries that have not begun follow in the same transaction.

    Raises Refused where there is none.
    """
    get(op.store, announcement.id)
    op.put("announcement", announcement.id, **_columns(announcement))
    rows = op.conn.execute(
        "SELECT id, channel_id FROM announcement_channel WHERE announcement_id = ? AND deleted_at IS NULL ORDER BY position, pk", (announcement.id,)
    ).fetchall()
    there: dict[str, str] = {}
    for row_id, channel_id in rows:
        if there.setdefault(channel_id, row_id) != row_id or channel_id not in announcement.channels:
            op.delete("announcement_channel", row_id)
    for position, channel_id in enumerate(announcement.channels):
        row_id = there.get(channel_id) or new_id()
        op.put("announcement_channel", row_id, announcement_id=announcement.id, channel_id=channel_id, position=position)
    op.touch("announcement", announcement.id)


def get(store: Store, announcement_id: str) -> Announcement:
    """One announcement. Raises Refused where there is none."""
    rows = store.rows(f"SELECT {_COLUMNS} FROM announcement WHERE id = ? AND deleted_at IS NULL", (announcement_id,))
    if not rows:
        raise Refused(phrase("There is no such announcement."))
    return _value(store, rows[0])


def every(store: Store) -> Iterator[Announcement]:
    """All announcements, the newest first."""
    for row in store.rows(f"SELECT {_COLUMNS} FROM announcement WHERE deleted_at IS NULL ORDER BY pk DESC"):
        yield _value(store, row)


def _columns(announcement: Announcement) -> dict[str, Value]:
    photo, document = announcement.photo, announcement.document
    return {
        "text": announcement.text,
        "status": announcement.status.value,
        **_schedule_columns(announcement.schedule),
        "event_id": announcement.event_id,
        "late": str(announcement.late),
        "silent": int(announcement.silent),
        "photo": photo.sha256 if photo else "",
        "photo_name": photo.name if photo else "",
        "photo_type": photo.media_type if photo else "",
        "document": document.sha256 if document else "",
        "document_name": document.name if document else "",
        "document_type": document.media_type if document else "",
    }


def _schedule_columns(schedule: Schedule) -> dict[str, Value]:
    blank: dict[str, Value] = dict.fromkeys(("schedule", "at", "zone", "rrule", "rdates", "exdates", "before"), "")
    match schedule:
        case Now():
            return blank | {"schedule": "now"}
        case At(wall, zone, repeats):
            columns = blank | {"schedule": "at", "at": wall.isoformat(), "zone": zone}
            if repeats:
                columns |= {
                    "rrule": repeats.rule,
                    "rdates": " ".join(recurrence_text(moment) for moment in repeats.extra),
                    "exdates": " ".join(recurrence_text(moment) for moment in repeats.left_out),
                }
            return columns
        case BeforeEvent(offset):
            return blank | {"schedule": "before", "before": str(offset)}


def _schedule(row: dict[str, Any]) -> Schedule:
    match row["schedule"]:
        case "at":
            repeats = None
            if row["rrule"] or row["rdates"]:
                dates = [tuple(recurrence_moment(text) for text in row[name].split()) for name in ("rdates", "exdates")]
                repeats = recurrence(row["rrule"], *dates)
            return At(datetime.fromisoformat(row["at"]), row["zone"], repeats)
        case "before":
            return BeforeEvent(parse_offset(row["before"]))
        case _:
            return NOW


def _value(store: Store, row: tuple[Any, ...]) -> Announcement:
    with faults.readable(store.path):
        return _announcement(store, row)


def _announcement(store: Store, row: tuple[Any, ...]) -> Announcement:
    found = dict(zip(_NAMES, row, strict=True))
    channels = store.rows(
        "SELECT channel_id FROM announcement_channel WHERE announcement_id = ? AND deleted_at IS NULL ORDER BY position, pk", (found["id"],)
    )
    return Announcement(
        id=found["id"],
        text=found["text"],
        status=AnnouncementStatus(found["status"]),
        channels=tuple(dict.fromkeys(row[0] for row in channels)),
        schedule=_schedule(found),
        late=parse_lateness(found["late"]),
        event_id=found["event_id"],
        photo=_attached(found, "photo"),
        document=_attached(found, "document"),
        silent=bool(found["silent"]),
        made_at=from_text(found["made_at"]),
    )


def _attached(row: dict[str, Any], kind: str) -> AttachedFile | None:
    return AttachedFile(row[kind], row[f"{kind}_name"], row[f"{kind}_type"]) if row[kind] else None
