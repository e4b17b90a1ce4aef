"""What the page of the calendar reads beside the dates themselves."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.community.announcements import AnnouncementStatus
from desktop.community.calendar import Window, first_of_each
from desktop.community.events import Event, Occurrence
from desktop.community.instants import to_text
from desktop.store import events, occurrences
from desktop.store.database import Store

LONGEST_SEEN = timedelta(days=31)
"""How long before a month something may have begun that still goes on in it."""
_MARKS = re.compile(r"\*+|~~|`|\b__?|__?\b")
_MARGIN = timedelta(days=3)  # wall time differs from UTC by less
_event = functools.lru_cache(maxsize=2048)(events.value)  # each far month reads all series; a row that was changed is another one


@dataclass(frozen=True, slots=True)
class Tied:
    """An announcement about an event.

    Attributes:
        line: the beginning of its text, without its marks.
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
    return [Tied(row_id, _line(text), AnnouncementStatus(status), before) for row_id, text, status, before in rows]


def series_of(store: Store, event_id: str) -> tuple[str, str] | None:
    """(id of the event or series, RECURRENCE-ID text) for the id of an event or of a changed date; None where it is gone."""
    rows = store.rows("SELECT series_id, recurrence_id FROM event WHERE id = ? AND deleted_at IS NULL", (event_id,))
    if not rows:
        return None
    series, recurrence = rows[0]
    return (series, recurrence.replace("-", "").replace(":", "")) if series else (event_id, "")


def month(store: Store, midnights: Sequence[datetime], most: int) -> tuple[list[Occurrence], list[int]]:
    """What a grid of days shows: the first dates of each day, and for each day how many more begin on it. Only inside the years worked out ahead.

    So a month of thousands of dates costs what is seen of it.

    Args:
        midnights: when each day begins, and when the last one ends; aware, UTC.
        most: dates of one day.
    """
    texts = [to_text(midnight) for midnight in midnights]
    going_on = occurrences.going_on(store, texts[0], to_text(midnights[0] - LONGEST_SEEN))
    first, begun = occurrences.first_of_each(store, texts, most)
    return going_on + first, [max(count - most, 0) for count in begun]


def far(store: Store, moments: Sequence[datetime], most: int) -> tuple[list[Occurrence], list[int]]:
    """As `month`, for years that were not worked out ahead: all that goes on over the first instant, the first dates of each span.

    The spans need not be days.
    """
    low, high = ((moment + by).date().isoformat() for moment, by in ((moments[0], -_MARGIN), (moments[-1], _MARGIN)))
    there = f"SELECT {events.COLUMNS} FROM event WHERE deleted_at IS NULL"
    repeats = "(rrule != '' OR rdates != '')"
    once = store.rows(f"""{there} AND series_id = '' AND NOT {repeats} AND start < ? AND "end" >= ?""", (high, low))
    series = store.rows(f"{there} AND series_id = '' AND {repeats} AND start < ?", (high,))
    changed: dict[str, list[Event]] = {}
    for one in map(_event, store.rows(f"{there} AND series_id != ''")):
        changed.setdefault(one.series_id, []).append(one)
    everything = ((event, changed.get(event.id, ())) for event in map(_event, (*once, *series)))
    found, begun = first_of_each(everything, moments, most, store.setting("zone", "UTC"))
    return found, [max(count - most, 0) for count in begun]


def first(store: Store, window: Window, most: int) -> list[Occurrence]:
    """The first dates in a window, wherever it lies, in order; what goes on over its start comes before. Looks no further than they reach."""
    if occurrences.covers(store, window):
        return occurrences.between(store, window, most)
    soon = min(window.start + LONGEST_SEEN, window.end)
    found, _ = far(store, (window.start, soon), most)
    if len(found) < most and soon < window.end:
        found, _ = far(store, (window.start, window.end), most)
    return found[:most]


def _line(text: str) -> str:
    return _MARKS.sub("", text.partition("\n")[0]).strip(" #>-")
