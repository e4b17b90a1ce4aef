"""Time zones of a calendar file: from the names that programs write to IANA's, or from the rules that the file gives where no name is known."""

import bisect
import functools
import zoneinfo
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from icalendar import vUTCOffset
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from desktop.community.errors import Refused
from desktop.community.recurrence import occurrences, recurrence
from desktop.community.zones import is_zone, to_utc, to_wall, zone
from desktop.exchange.calendar_lines import Component
from desktop.exchange.calendar_text import one_line
from resources.translations import Phrase, phrase

MOST_ZONES = 30
"""How many zones of its own one file may explain."""

_FIRST_YEAR = 1970
_YEARS = 3
_MOST_OBSERVANCES = 100
_MOST_ONSETS = 300
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Rules:
    """The offsets of a VTIMEZONE (RFC 5545 §3.6.5).

    Attributes:
        onsets: when an offset begins, in order: the instant (aware, UTC), the offset before it and the one from it on.
    """

    onsets: tuple[tuple[datetime, timedelta, timedelta], ...]

    def offset(self, instant: datetime) -> timedelta:
        """What the clocks are ahead of UTC at an instant (aware)."""
        position = bisect.bisect_right(self.onsets, instant, key=lambda onset: onset[0])
        return self.onsets[position - 1][2] if position else self.onsets[0][1]

    def utc(self, wall: datetime) -> datetime:
        """The instant (aware, UTC) at which the clocks first show a wall time (naive)."""
        near = [self.offset(wall.replace(tzinfo=UTC) + timedelta(days=days)) for days in (-1, 1)]
        for offset in near:
            instant = wall.replace(tzinfo=UTC) - offset
            if self.offset(instant) == offset:
                return instant
        return wall.replace(tzinfo=UTC) - near[0]


@dataclass(frozen=True, slots=True)
class Clocks:
    """What a TZID stands for.

    Attributes:
        zone: the IANA name under which its times are kept.
        rules: given where no zone is like it: its times are first converted by them.
        remark: what to tell about it.
    """

    zone: str
    rules: Rules | None = None
    remark: Phrase | None = None


class ZoneFinder:
    """Finds what the zones stand for that a file explains itself; what it has found it keeps for the whole file.

    Args:
        home: the community's zone.
        years: the middle and the latest year of the events; a zone has to fit around the first.
    """

    def __init__(self, home: str, years: tuple[int, int]) -> None:
        self.home = home
        self._middle, self._latest = years
        self._found: dict[tuple[str, ...], Clocks] = {}

    def find(self, tzid: str, part: Component | None, own: str) -> Clocks:
        """What a TZID stands for whose name is unknown: the zone that is like the rules of the VTIMEZONE `part`, if there is one.

        `own` is the zone that the calendar says is its own. Raises Refused where the file explains more zones than any calendar has.
        """
        rules = (one.properties.items() for one in (part.parts if part is not None else ()))
        key = (tzid, own, *(f"{name}:{line.value}" for properties in rules for name, lines in properties for line in lines))
        if key not in self._found:
            if len(self._found) >= MOST_ZONES:
                raise Refused(phrase("The time zone “{name}” is not known, nor are {most} others in this calendar.", most=MOST_ZONES, name=tzid[:80]))
            self._found[key] = self._look_up(tzid, part, own)
        return self._found[key]

    def _look_up(self, tzid: str, part: Component | None, own: str) -> Clocks:
        rules = _rules(part, self._latest) if part is not None else None
        if part is None or rules is None:
            remark = phrase("The time zone “{name}” is not known; its times were taken as those of {zone}.", name=tzid[:80], zone=self.home)
            return Clocks(self.home, remark=remark)
        same = _alike(rules, self._middle, [self.home, own, part.text("X-LIC-LOCATION")], tzid)
        if same == self.home:
            return Clocks(same)
        if same:
            remark = phrase("The time zone “{name}” has the same hours as {zone}, and was taken for it.", name=tzid[:80], zone=same)
            return Clocks(same, remark=remark)
        remark = phrase(
            "The time zone “{name}” is like none that is known; its times were converted to those of {zone}. Look over the events that repeat.",
            name=tzid[:80],
            zone=self.home,
        )
        return Clocks(self.home, rules, remark)


class CalendarZones:
    """The zones of one VCALENDAR.

    Args:
        explained: its VTIMEZONEs.
        told: the zone that it says is its own (X-WR-TIMEZONE), as it is written; empty without.

    Attributes:
        own: that zone by its IANA name; the community's where it is unknown.
    """

    def __init__(self, finder: ZoneFinder, explained: Sequence[Component], told: str) -> None:
        self._finder = finder
        self._explained = {one_line(part.text("TZID")).strip('"'): part for part in reversed(explained)}
        self._met: dict[str, Clocks] = {}
        self.own = named(told, finder.home) or finder.home

    @property
    def remarks(self) -> list[Phrase]:
        """What to tell about the zones that were met."""
        return [clocks.remark for clocks in self._met.values() if clocks.remark is not None]

    def clocks(self, tzid: str) -> Clocks:
        """What a TZID stands for: a zone by its name, by its rules, or the community's own. Raises Refused as `ZoneFinder.find`."""
        if tzid not in self._met:
            name = one_line(tzid).strip('"')
            by_name = named(name, self._finder.home)
            self._met[tzid] = Clocks(by_name) if by_name else self._finder.find(name, self._explained.get(name), self.own)
        return self._met[tzid]


@functools.lru_cache(maxsize=4096)
def named(tzid: str, home: str) -> str:
    """The IANA name that a TZID means; empty where that can't be told from the name.

    Names of Windows are those of CLDR. They stand for several zones: where that of the community has the same hours, it is meant.
    """
    name = tzid.strip().strip('"')
    if name.upper() in ("UTC", "Z", "GMT", "TZONE://MICROSOFT/UTC"):
        return "UTC"
    windows = WINDOWS_TO_OLSON.get(name)
    if windows is not None and is_zone(windows):
        return home if _hours(home) == _hours(windows) else windows
    parts = name.split("/")
    for first in range(len(parts)):  # /mozilla.org/20070129_1/Europe/Berlin
        rest = "/".join(parts[first:])
        if rest and (first == 0 or "/" in rest) and is_zone(rest):
            return rest
    return ""


@functools.cache
def _hours(name: str) -> tuple[timedelta | None, ...]:
    """The offsets of a zone in 2015–2030, by the week: zones that have the same are taken for the same."""
    rules = zone(name)
    first = datetime(2015, 1, 1, 12, tzinfo=UTC)
    return tuple((first + timedelta(weeks=weeks)).astimezone(rules).utcoffset() for weeks in range(52 * 16))


def _rules(part: Component, year: int) -> Rules | None:
    """The offsets that a VTIMEZONE gives until some years after `year`; None where it can't be read."""
    onsets: set[tuple[datetime, timedelta, timedelta]] = set()
    before = datetime(year + _YEARS + 1, 1, 1)  # noqa: DTZ001  # wall time, as the rules
    try:
        for observance in islice(part.parts, _MOST_OBSERVANCES):
            start = datetime.fromisoformat(observance.text("DTSTART"))
            old, new = _offset(observance, "TZOFFSETFROM"), _offset(observance, "TZOFFSETTO")
            extra = tuple(datetime.fromisoformat(text) for line in observance.properties.get("RDATE", ()) for text in line.value.split(","))
            repeats = recurrence(observance.text("RRULE"), extra)
            after = datetime(_FIRST_YEAR, 1, 1)  # noqa: DTZ001
            walls = {start, *occurrences(start, repeats, after, before, limit=_MOST_ONSETS)}
            onsets |= {((wall - old).replace(tzinfo=UTC), old, new) for wall in walls if isinstance(wall, datetime)}
    except (Refused, ValueError, OverflowError):
        return None
    return Rules(tuple(sorted(onsets))) if onsets else None


def _offset(observance: Component, name: str) -> timedelta:
    offset: timedelta = vUTCOffset.from_ical(observance.text(name))  # type: ignore[no-untyped-call]
    return offset


def _alike(rules: Rules, year: int, preferred: Sequence[str], tzid: str) -> str:
    """The zone that has the same offsets in the years around `year`: one of the preferred, one that the name speaks of, a common one; else empty."""
    first, last = (datetime(one, 1, 1, tzinfo=UTC) for one in (year - _YEARS, year + _YEARS))
    moments = [moment for at, _, _ in rules.onsets if first <= at < last for moment in (at - _MINUTE, at)]
    moments += [first + timedelta(days=days) for days in range(0, (last - first).days, 28)]
    for name in dict.fromkeys((*preferred, *_common(tzid))):
        if is_zone(name) and all(moment.astimezone(zone(name)).utcoffset() == rules.offset(moment) for moment in moments):
            return name
    return ""


def _common(tzid: str) -> Iterator[str]:
    """Zones to be tried: those whose city the name of a zone has in it, those of Windows, then all."""
    common = dict.fromkeys(WINDOWS_TO_OLSON.values())
    yield from (name for name in common if name.rpartition("/")[2].replace("_", " ") in tzid)
    yield from (name for name in common if not name.startswith("Etc/"))
    yield from (name for name in sorted(zoneinfo.available_timezones()) if "/" in name)


def to_zone(wall: datetime, clocks: Clocks) -> datetime:
    """A wall time that a file has under a TZID, as the wall time in the zone that stands for it."""
    return wall if clocks.rules is None else to_wall(clocks.rules.utc(wall), clocks.zone)


def between(wall: datetime, zone_name: str, other: str) -> datetime:
    """The wall time in another zone at the same instant."""
    if zone_name == other:
        return wall
    return to_wall(wall.replace(tzinfo=UTC) if zone_name == "UTC" else to_utc(wall, zone_name), other)
