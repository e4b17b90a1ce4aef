"""Lengths of time and wall times as people write them: `1d12h`, `2 h`, `2026-12-06 18:00`."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.community.errors import Refused
from desktop.community.zones import to_utc
from resources.translations import phrase

_UNITS = {"w": timedelta(weeks=1), "d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1)}
_PART = re.compile(r"(\d{1,5})\s*(w|d|h|min|m)", re.IGNORECASE)
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Offset:
    """A length of time in the sense of RFC 5545 §3.3.6: days are nominal (the same wall time on another day), hours and minutes are exact.

    Attributes:
        days: whole days, a week being seven.
        exact: hours and minutes.
    """

    days: int = 0
    exact: timedelta = timedelta(0)

    def before(self, wall: datetime, zone: str) -> datetime:
        """The instant (aware, UTC) so long before a wall time (naive) in a zone: first the days on the wall calendar, then the hours in real time."""
        return to_utc(wall - timedelta(days=self.days), zone) - self.exact

    def __str__(self) -> str:
        minutes = int(self.exact.total_seconds()) // 60
        parts = ((self.days, "d"), (minutes // 60, "h"), (minutes % 60, "m"))
        return "".join(f"{number}{unit}" for number, unit in parts if number) or "0h"


def parse_offset(text: str) -> Offset:
    """`1d`, `2h`, `1d12h`, `2 h`, `90min`, `1w`, `0`. Raises Refused for anything else and for more than a year."""
    written = text.strip()
    if written == "0":
        return Offset()
    parts = _PART.findall(written)
    if not parts or _PART.sub("", written).strip():
        raise Refused(phrase("“{text}” is not a length of time. Write it as in 2h, 1d or 1d12h.", text=text))
    lengths = [(unit.lower()[0], int(number) * _UNITS[unit.lower()[0]]) for number, unit in parts]
    if sum((length for _, length in lengths), timedelta(0)) > LONGEST:
        raise Refused(phrase("“{text}” is longer than a year. Write a shorter time, as in 2h, 1d or 1d12h.", text=text))
    days = sum(length.days for unit, length in lengths if unit in "wd")
    return Offset(days, sum((length for unit, length in lengths if unit in "hm"), timedelta(0)))


def parse_length(text: str) -> timedelta:
    """The same as plain time, a day being 24 hours. Raises Refused."""
    offset = parse_offset(text)
    return timedelta(days=offset.days) + offset.exact


def parse_wall(text: str) -> datetime:
    """A wall time (naive): `2026-12-06 18:00`, also with a T or with seconds. Raises Refused for anything else."""
    problem = Refused(phrase("“{text}” is not a date and time. Write it as in 2026-12-06 18:00.", text=text))
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(:\d{2})?", text.strip()):
        raise problem
    day, clock = text.strip().replace("T", " ").split()
    try:
        return datetime.fromisoformat(f"{day} {clock}" if clock[2] == ":" else f"{day} 0{clock}")
    except ValueError as error:
        raise problem from error
