"""Calendars out: an iCalendar file (RFC 5545) that Google, Outlook and Apple take."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from desktop.community.events import Event
from desktop.exchange.files import replacing


def write_calendar(path: Path, events: Sequence[Event], home_zone: str, name: str, now: datetime) -> None:
    """Write events to an `.ics` file. Raises Trouble."""
    with replacing(path) as fresh:
        fresh.write_bytes(b"")
