"""The times of an event in a calendar file (RFC 5545 §3.3.4–3.3.9, §3.8.2): read, and put on the wall clock that Belfry keeps them by."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from icalendar import vDuration

from desktop.community.errors import Refused
from desktop.community.recurrence import MAX_DATES, Wall
from desktop.community.zones import to_utc, to_wall
from desktop.exchange.calendar_lines import Component, Line
from desktop.exchange.calendar_zones import CalendarZones, between, to_zone
from resources.translations import phrase

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""A date beyond is a slip of the pen or of a program."""
UTC_ZONE = "UTC"

_UNTIL = re.compile(r"UNTIL=([^;]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as a file gives it.

    Attributes:
        wall: a wall time in `zone`, or a date.
        zone: IANA name; empty for dates and floating times.
        written: what the file says, digit by digit, where it was converted from a zone that nobody knows; else as `wall`.
        tzid: what the file calls the zone; empty for dates, floating times and UTC.
    """

    wall: Wall
    zone: str
    written: Wall
    tzid: str


@dataclass(frozen=True, slots=True)
class Span:
    """When an event is.

    Attributes:
        start, end, zone: as in Event.
        first: the start as the file gives it.
        all_day: it was made of whole days, because the file says so in a property of Microsoft's, beside times at midnight.
    """

    start: Wall
    end: Wall
    zone: str
    first: Moment
    made_all_day: bool = False


class CalendarTimes:
    """Reads the times of one file.

    Args:
        home: the community's zone.
        keep_utc: times in UTC stay there, also those of single events.
    """

    def __init__(self, zones: CalendarZones, home: str, *, keep_utc: bool) -> None:
        self._zones = zones
        self._home = home
        self._keep_utc = keep_utc

    def span(self, part: Component, series: Span | None) -> Span:
        """When an event is. `series` is that of the series of which it is a changed date. Raises Refused where that can't be told."""
        line = part.get("DTSTART")
        if line is None:
            raise Refused(phrase("It has no start (DTSTART)."))
        first = self._moment(line, line.value)
        zone = first.zone
        repeats = bool(part.text("RRULE") or part.get("RDATE"))
        if zone == UTC_ZONE and not first.tzid and not repeats and not self._keep_utc:
            # Google writes single events in UTC: what counts for people is the wall time where the calendar is at home.
            zone = series.zone if series is not None and series.zone else self._zones.own
        start = between(first.wall, first.zone, zone) if isinstance(first.wall, datetime) else first.wall
        end = self._end(part, first, start, zone)
        if _says_all_day(part) and isinstance(start, datetime) and isinstance(end, datetime) and start.time() == end.time() == time():
            days = max(1, (end - start).days)
            return Span(start.date(), start.date() + timedelta(days=days), "", Moment(start, zone, first.written, first.tzid), True)
        return Span(start, end, zone, first)

    def in_series(self, line: Line, series: Span) -> list[Wall]:
        """The dates of an EXDATE, RDATE or RECURRENCE-ID, as starts of the series: on its wall clock, or dates where it takes whole days.

        An EXDATE that is a date stays one: it leaves out the whole day.
        """
        texts = [text for text in line.value.split(",") if text.strip()]
        if len(texts) > MAX_DATES:
            raise Refused(phrase("This repeats with more than {most} extra or left-out dates, which Belfry does not keep.", most=MAX_DATES))
        return [self._in_series(self._moment(line, text.partition("/")[0]), series) for text in texts]

    def periods(self, line: Line, series: Span) -> Iterator[tuple[Wall, timedelta]]:
        """The dates of an RDATE that have a length of their own (§3.3.9)."""
        for text in line.value.split(","):
            start, slash, end = text.partition("/")
            if not slash:
                continue
            first = self._moment(line, start)
            if end.strip().upper().lstrip("+-").startswith("P"):
                length = _duration(end)
            else:
                last = self._moment(line, end)
                length = _instant(last, self._home) - _instant(first, self._home)
            yield self._in_series(first, series), max(length, timedelta(0))

    def rule(self, text: str, series: Span) -> str:
        """The text of an RRULE; its UNTIL stays as it is, but where it has no meaning for whole days or lies where no calendar goes."""
        rule = "".join(text.split())
        found = _UNTIL.search(rule)
        until = found[1] if found else ""
        if not re.match(r"\d{8}", until):
            return rule
        if int(until[:4]) > LAST_YEAR:
            return ";".join(part for part in rule.split(";") if not part.upper().startswith("UNTIL="))
        if int(until[:4]) < FIRST_YEAR:
            raise _no_date(until)
        if series.made_all_day and until.upper().endswith("Z"):
            last = to_wall(_parsed(until).replace(tzinfo=UTC), series.first.zone or self._home)
            return _UNTIL.sub(f"UNTIL={last:%Y%m%d}", rule)
        return rule

    def _in_series(self, moment: Moment, series: Span) -> Wall:
        if not isinstance(moment.wall, datetime):
            return moment.wall
        if not isinstance(series.start, datetime) and not series.made_all_day:
            return moment.wall.date()
        clock = (series.first.zone if series.made_all_day else series.zone) or self._home
        if moment.tzid and moment.tzid == series.first.tzid and isinstance(moment.written, datetime):
            wall = moment.written + _shift(series.first)  # as the start was shifted, whatever summer time does on that day
        else:
            wall = between(moment.wall, moment.zone or clock, clock)
        return wall.date() if series.made_all_day else wall

    def _end(self, part: Component, first: Moment, start: Wall, zone: str) -> Wall:
        line, lasts = part.get("DTEND"), part.text("DURATION")
        if not isinstance(start, datetime):
            if line is not None and line.value.strip():
                last = self._moment(line, line.value).wall
                end = last.date() if isinstance(last, datetime) else last
            else:
                end = start + (timedelta(days=_duration(lasts).days) if lasts else timedelta(days=1))
            if end < start:
                raise _backwards()
            return max(end, start + timedelta(days=1))
        if line is not None and line.value.strip():
            last_moment = self._moment(line, line.value)
            if not isinstance(last_moment.wall, datetime):
                last_moment = Moment(datetime.combine(last_moment.wall, time()), first.zone, last_moment.wall, "")
            real = _instant(last_moment, self._home) - _instant(first, self._home)
            wall = last_moment.wall
            assert isinstance(wall, datetime)
            end_wall = between(wall, last_moment.zone, zone) if last_moment.zone and zone else wall
            if real < timedelta(0) and end_wall < start:
                raise _backwards()
            return end_wall if end_wall >= start else start + max(real, timedelta(0))  # the clock was put back in between
        length = _duration(lasts) if lasts else timedelta(0)
        if length < timedelta(0):
            raise _backwards()
        whole = start + timedelta(days=length.days)
        exact = timedelta(seconds=length.seconds)
        if not zone or not exact:
            return whole + exact
        return max(start, to_wall(to_utc(whole, zone) + exact, zone))

    def _moment(self, line: Line, text: str) -> Moment:
        """One time of a property. Raises Refused."""
        written = text.strip().upper()
        parsed = _parsed(text)
        if "T" not in written:
            return Moment(parsed.date(), "", parsed.date(), "")
        if written.endswith("Z"):
            return Moment(parsed, UTC_ZONE, parsed, "")
        tzid = line.params.get("TZID", "").strip()
        if not tzid:
            return Moment(parsed, "", parsed, "")
        clocks = self._zones.clocks(tzid)
        return Moment(to_zone(parsed, clocks), clocks.zone, parsed, tzid)


def _says_all_day(part: Component) -> bool:
    return any(part.text(f"X-MICROSOFT-{name}ALLDAYEVENT").upper() == "TRUE" for name in ("CDO-", "MSNCALENDAR-"))


def _parsed(text: str) -> datetime:
    """A date or time without its zone; a date is its midnight. Raises Refused."""
    try:
        parsed = datetime.fromisoformat(text.strip().upper().removesuffix("Z")).replace(tzinfo=None, microsecond=0, fold=0)
    except ValueError as error:
        raise _no_date(text) from error
    if not FIRST_YEAR <= parsed.year <= LAST_YEAR:
        raise _no_date(text)
    return parsed


def _duration(text: str) -> timedelta:
    try:
        length: timedelta = vDuration.from_ical(text.strip().upper()[:40])  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError) as error:
        raise Refused(phrase("“{text}” is not a length of time.", text=text.strip()[:40])) from error
    if length > timedelta(days=36600):
        raise Refused(phrase("“{text}” is not a length of time.", text=text.strip()[:40]))
    return length


def _instant(moment: Moment, home: str) -> datetime:
    wall = moment.wall if isinstance(moment.wall, datetime) else datetime.combine(moment.wall, time())
    return to_utc(wall, moment.zone or home)


def _shift(first: Moment) -> timedelta:
    if isinstance(first.wall, datetime) and isinstance(first.written, datetime):
        return first.wall - first.written
    return timedelta(0)


def _backwards() -> Refused:
    return Refused(phrase("It ends before it starts."))


def _no_date(text: str) -> Refused:
    return Refused(phrase("“{text}” is not a date that Belfry can keep.", text=text.strip()[:40]))
