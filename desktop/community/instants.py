"""Instants as text: UTC, ISO 8601, fixed width, so that text order is time order."""

from datetime import UTC, datetime


def to_text(instant: datetime) -> str:
    """An aware datetime as `2026-12-06T18:00:00.000Z`; milliseconds are kept, finer is cut. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a zone")
    utc = instant.astimezone(UTC)
    return utc.isoformat(timespec="milliseconds")[:23] + "Z"


def from_text(text: str) -> datetime:
    """The inverse of `to_text`: aware, UTC."""
    return datetime.fromisoformat(text)
