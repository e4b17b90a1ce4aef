"""What the page of the calendar reads beside the dates themselves."""

from dataclasses import dataclass

from desktop.community.announcements import AnnouncementStatus
from desktop.store.database import Store


@dataclass(frozen=True, slots=True)
class Tied:
    """An announcement about an event.

    Attributes:
        line: the beginning of its text, Markdown.
        before: for a reminder, how long before each date, as `desktop.community.durations` reads it; else empty.
    """

    id: str
    line: str
    status: AnnouncementStatus
    before: str


def announcements_of(store: Store, event_id: str, most: int = 20) -> list[Tied]:
    """The announcements about an event or series, the newest first."""
    rows = store.rows(
        "SELECT id, substr(text, 1, 120), status, before FROM announcement WHERE event_id = ? AND event_id != '' AND deleted_at IS NULL"
        " ORDER BY pk DESC LIMIT ?",
        (event_id, most),
    )
    return [Tied(row_id, text.partition("\n")[0].strip(" #*_~`>-"), AnnouncementStatus(status), before) for row_id, text, status, before in rows]


def series_of(store: Store, event_id: str) -> tuple[str, str] | None:
    """(id of the event or series, RECURRENCE-ID text) for the id of an event or of a changed date; None where it is gone."""
    rows = store.rows("SELECT series_id, recurrence_id FROM event WHERE id = ? AND deleted_at IS NULL", (event_id,))
    if not rows:
        return None
    series, recurrence = rows[0]
    return (series, recurrence.replace("-", "").replace(":", "")) if series else (event_id, "")
