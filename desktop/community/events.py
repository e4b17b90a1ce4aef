"""The calendar of a community: events, their repeat rules and their dates. Plain values; iCalendar's names (RFC 5545) where it has one.

How a repeat rule becomes dates is in `recurrence`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum


class EventStatus(StrEnum):
    """RFC 5545, 3.8.1.11."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Event:
    """Something the community does, once or again and again.

    Attributes:
        id: UUIDv7 text; empty until the store has given one.
        uid: the UID of RFC 5545, the same in every calendar that knows the event; empty: made from the id.
        start: a naive datetime, the wall time in `zone`; or a date, for an event that takes whole days.
        end: of the same type as `start`, not before it; for whole days the day after the last (RFC 5545 DTEND is exclusive).
        zone: IANA name; empty for whole days and for floating times, which are read in the community's own zone.
        rrule: the value of an RRULE; empty for an event that happens once.
        rdates, exdates: further and left-out dates of a series, as `start`.
        series_id: the id of the series of which this event is one changed date; empty otherwise.
        recurrence_id: the date in the series that this event stands for, as the series' `start`; None otherwise.
        status: a changed date that is CANCELLED takes that date out of the series.
        photo: SHA-256 of a picture in the store's files; empty without.
    """

    title: str
    start: datetime | date
    end: datetime | date
    zone: str = ""
    place: str = ""
    description: str = ""
    url: str = ""
    status: EventStatus = EventStatus.CONFIRMED
    rrule: str = ""
    rdates: tuple[datetime | date, ...] = ()
    exdates: tuple[datetime | date, ...] = ()
    series_id: str = ""
    recurrence_id: datetime | date | None = None
    uid: str = ""
    photo: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.start, datetime) is not isinstance(self.end, datetime):
            raise ValueError("start and end are both times or both dates")
        if any(isinstance(moment, datetime) and moment.tzinfo for moment in (self.start, self.end)):
            raise ValueError("start and end are wall times, without tzinfo")
        if self.length < timedelta(0):
            raise ValueError("an event ends before it starts")

    @property
    def all_day(self) -> bool:
        """It takes whole days."""
        return not isinstance(self.start, datetime)

    @property
    def length(self) -> timedelta:
        """From start to end, in wall time."""
        if isinstance(self.start, datetime) and isinstance(self.end, datetime):
            return self.end - self.start
        return date(self.end.year, self.end.month, self.end.day) - date(self.start.year, self.start.month, self.start.day)

    @property
    def repeats(self) -> bool:
        """It has more dates than its first."""
        return bool(self.rrule or self.rdates)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of an event, as the calendar shows it.

    Attributes:
        event_id: of the event, or of the changed date where this date was changed on its own.
        series_id: of the event that the date belongs to (equal to `event_id` where it was not changed on its own).
        recurrence_id: the date in the series as text (RFC 5545 form, wall time: `20261206T180000`, or `20261206` for whole days); empty for an event
            that happens once.
        start, end: wall time in `zone`, or dates, as in Event.
        start_at, end_at: the instants, aware, UTC; whole days begin and end at midnight in the community's zone.
        cancelled: this date does not take place.
    """

    event_id: str
    series_id: str
    recurrence_id: str
    title: str
    start: datetime | date
    end: datetime | date
    zone: str
    start_at: datetime
    end_at: datetime
    place: str = ""
    cancelled: bool = False

    def __post_init__(self) -> None:
        if self.start_at.tzinfo is not UTC:
            raise ValueError("start_at is UTC")


def recurrence_text(moment: datetime | date) -> str:
    """A wall time or date as RFC 5545 writes it: `20261206T180000`, `20261206`."""
    if isinstance(moment, datetime):  # strftime takes four times as long, and a month of the calendar writes thousands
        return moment.isoformat(timespec="seconds")[:19].replace("-", "").replace(":", "")
    return moment.isoformat().replace("-", "")


def recurrence_moment(text: str) -> datetime | date:
    """The inverse of `recurrence_text`. Raises ValueError."""
    if len(text) == 15 and text[8] == "T" and text[:8].isdigit() and text[9:].isdigit():
        return datetime.fromisoformat(text)  # strptime takes ten times as long, and a calendar reads thousands
    if len(text) == 8 and text.isdigit():
        return date.fromisoformat(text)
    raise ValueError(f"{text!r} is not a wall time or date of RFC 5545")
