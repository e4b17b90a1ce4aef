"""Calendars in: an iCalendar file (RFC 5545) as Google, Outlook, Exchange and Apple export it, read into events."""

from dataclasses import dataclass
from pathlib import Path

from desktop.community.errors import Refused
from desktop.community.events import Event
from desktop.exchange.tables import BadRow
from resources.translations import Phrase, phrase


@dataclass(frozen=True, slots=True)
class ImportedEvent:
    """An event as a file has it.

    Attributes:
        series_uid: for one changed date of a series, the UID of the series; else empty.
    """

    event: Event
    series_uid: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a file holds.

    Attributes:
        bad: events that can't be kept, and why.
        remarks: what was changed on the way.
    """

    events: tuple[ImportedEvent, ...]
    bad: tuple[BadRow, ...] = ()
    remarks: tuple[Phrase, ...] = ()


def read_calendar(path: Path, home_zone: str) -> Calendar:
    """The events of an `.ics` file. Raises Refused for a file that is none."""
    raise Refused(phrase("{file} could not be read.", file=path.name))
