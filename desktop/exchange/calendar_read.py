"""Calendars in: an iCalendar file (RFC 5545) as Google, Outlook, Exchange and Apple export it, read into events.

How its lines, zones, times and texts are read is in the modules beside this one, and what becomes of a series' changed dates in `calendar_series`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from desktop.community.errors import Refused
from desktop.community.events import Event, EventStatus, recurrence_text
from desktop.community.recurrence import Wall, recurrence
from desktop.exchange.calendar_lines import Component, read_components
from desktop.exchange.calendar_series import Change, split
from desktop.exchange.calendar_text import LONGEST_TEXT, description, one_line, plain
from desktop.exchange.calendar_times import FIRST_YEAR, LAST_YEAR, CalendarTimes, Span
from desktop.exchange.calendar_zones import CalendarZones, ZoneFinder
from desktop.exchange.tables import BadRow
from resources.translations import Phrase, _, phrase, phrases

BELFRY = "-//Belfry//"
"""What PRODID begins with in files that Belfry has written."""
MOST_LISTED = 200_000
"""Extra and left-out dates in one file."""

MOST_REMARKS = 50

_LONGEST_LINE = 1000
_NOT_READ = {"VTODO", "VJOURNAL"}
_STATUSES = frozenset(status.value for status in EventStatus)
_NO_ADDRESS = re.compile(r"\s|(?:javascript|data|file|vbscript|message):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ImportedEvent:
    """An event as a file has it.

    Attributes:
        event: without ids.
        series_uid: for one changed date of a series, the UID of the series; else empty.
    """

    event: Event
    series_uid: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a file holds.

    Attributes:
        events: each series before its changed dates.
        bad: events that can't be kept, and why; `cells` is the title.
        remarks: what was changed on the way.
    """

    events: tuple[ImportedEvent, ...]
    bad: tuple[BadRow, ...] = ()
    remarks: tuple[Phrase, ...] = ()


def read_calendar(path: Path, home_zone: str) -> Calendar:
    """The events of an `.ics` file.

    Args:
        home_zone: the community's zone, for times whose zone nobody knows.

    Raises Refused for a file that is no calendar, is broken off or too large: nothing of it is to be used then. Trouble where it can't be read.
    """
    calendars = read_components(path)
    reading = _Reading(home_zone, _years(calendars))
    for calendar in calendars:
        reading.take(calendar)
    reading.finish()
    return Calendar(tuple(reading.events), tuple(sorted(reading.bad, key=lambda row: row.line)), tuple(reading.all_remarks()))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A VEVENT and how the times of its VCALENDAR are read."""

    part: Component
    times: CalendarTimes

    @property
    def sequence(self) -> int:
        text = self.part.text("SEQUENCE")[:9]
        return int(text) if text.isascii() and text.isdigit() else 0


@dataclass(slots=True)
class _Series:
    """An event that happens once or more often, with what its changed dates need."""

    event: Event
    span: Span
    changes: list[Change]


class _Reading:
    """What has been read of a file so far: first all entries, since a changed date may stand before its series or in another VCALENDAR."""

    def __init__(self, home: str, years: tuple[int, int]) -> None:
        self.events: list[ImportedEvent] = []
        self.bad: list[BadRow] = []
        self._home = home
        self._finder = ZoneFinder(home, years)
        self._zones: list[CalendarZones] = []
        self._roots: dict[str, _Entry] = {}
        self._changed: dict[tuple[str, str], _Entry] = {}
        self._remarks: list[Phrase] = []
        self._not_read = self._twice = self._listed = 0

    def take(self, calendar: Component) -> None:
        """Take up the entries of one VCALENDAR."""
        parts = calendar.parts if calendar.name == "VCALENDAR" else [calendar]
        explained = [part for part in parts if part.name == "VTIMEZONE"]
        zones = CalendarZones(self._finder, explained, one_line(calendar.text("X-WR-TIMEZONE")))
        times = CalendarTimes(zones, self._home, keep_utc=calendar.text("PRODID").startswith(BELFRY))
        self._zones.append(zones)
        self._not_read += sum(part.name in _NOT_READ for part in parts)
        for part in parts:
            if part.name == "VEVENT":
                self._listed += sum(line.value.count(",") + 1 for name in ("RDATE", "EXDATE") for line in part.properties.get(name, ()))
                self._sort_in(_Entry(part, times))
        if self._listed > MOST_LISTED:
            raise Refused(phrase("This calendar lists more than {most} extra and left-out dates. No community's has so many.", most=MOST_LISTED))

    def finish(self) -> None:
        """Make events of the entries."""
        series = {uid: made for uid, entry in self._roots.items() if (made := self._root(uid, entry)) is not None}
        lone: list[ImportedEvent] = []
        for (uid, _written), entry in self._changed.items():
            root = series.get(uid)
            change = self._change(uid, entry, root)
            if change is None:
                continue
            if root is not None:
                root.changes.append(change)
            else:
                lone.append(ImportedEvent(change.event, uid))
                self._tell_not_followed([change.event] if change.later_too else [])
        for one in series.values():
            parts = split(one.event, one.changes)
            for event, changed in parts.series:
                self.events.append(ImportedEvent(event))
                self.events += [ImportedEvent(date_of, event.uid) for date_of in changed]
            self._tell_not_followed(parts.not_followed)
        self.events += lone

    def all_remarks(self) -> Iterator[Phrase]:
        """What was changed on the way, each once."""
        told = [remark for zones in self._zones for remark in zones.remarks] + self._remarks
        each = list({remark.to_json(): remark for remark in told}.values())
        yield from each[:MOST_REMARKS]
        if len(each) > MOST_REMARKS:
            yield phrases("{n} more remark like these is not shown.", "{n} more remarks like these are not shown.", n=len(each) - MOST_REMARKS)
        if self._twice:
            yield phrases(
                "{n} event is in the file more than once; its newest version was taken.",
                "{n} events are in the file more than once; their newest versions were taken.",
                n=self._twice,
            )
        if self._not_read:
            yield phrases("{n} task or journal entry was left out.", "{n} tasks and journal entries were left out.", n=self._not_read)

    def _sort_in(self, entry: _Entry) -> None:
        part, uid = entry.part, _uid(entry.part)
        written = part.text("RECURRENCE-ID")
        if written:
            known = self._changed.get((uid, written))
            if known is None or known.sequence <= entry.sequence:
                self._changed[uid, written] = entry
            self._twice += known is not None
            return
        known = self._roots.get(uid)
        if known is not None and _is_another(known, entry):  # a program that gives all its events one UID
            uid = f"{uid}-{part.text('DTSTART')}"
            known = self._roots.get(uid)
        if known is None or known.sequence <= entry.sequence:
            self._roots[uid] = entry
        self._twice += known is not None

    def _root(self, uid: str, entry: _Entry) -> _Series | None:
        part, times = entry.part, entry.times
        try:
            span = times.span(part, None)
            event = replace(self._event(part, span), uid=uid, rrule=times.rule(part.text("RRULE"), span))
            extra = [day for line in part.properties.get("RDATE", ()) for day in times.in_series(line, span)]
            left_out = [day for line in part.properties.get("EXDATE", ()) for day in times.in_series(line, span)]
            if event.rrule or extra:
                rdates = tuple(dict.fromkeys(day for day in _with_time(extra, span.start) if day != span.start))
                event = replace(event, rdates=rdates, exdates=tuple(dict.fromkeys(left_out)))
                recurrence(event.rrule, event.rdates, event.exdates)
            lengths = [period for line in part.properties.get("RDATE", ()) for period in times.periods(line, span)]
        except Refused as refused:
            self._refuse(part, refused)
            return None
        once = replace(event, rrule="", rdates=(), exdates=())
        changes = [
            Change(replace(once, start=day, end=day + length, recurrence_id=day), False)
            for day, length in lengths
            if length != event.length and (uid, recurrence_text(day)) not in self._changed
        ]
        return _Series(event, span, changes)

    def _change(self, uid: str, entry: _Entry, series: _Series | None) -> Change | None:
        part, times = entry.part, entry.times
        line = part.get("RECURRENCE-ID")
        assert line is not None
        try:
            cancelled = part.text("STATUS").upper() == "CANCELLED"
            if part.get("DTSTART") is None and cancelled and series is not None:  # Exchange: only the date is named
                day = _with_time(times.in_series(line, series.span)[:1], series.event.start)[0]
                span = replace(series.span, start=day, end=day + series.event.length)
            else:
                if part.get("DTSTART") is None and cancelled:
                    part = Component(part.name, part.line, {**part.properties, "DTSTART": [line]})
                span = times.span(part, series.span if series is not None else None)
                whole = series.span if series is not None else span
                day = _with_time(times.in_series(line, whole)[:1], whole.start)[0]
            event = replace(self._event(part, span), uid=uid, recurrence_id=day)
        except Refused as refused:
            self._refuse(part, refused)
            return None
        if series is not None and not part.text("SUMMARY"):
            event = replace(event, title=series.event.title)
        return Change(event, line.params.get("RANGE", "").upper() == "THISANDFUTURE")

    def _event(self, part: Component, span: Span) -> Event:
        text, cut = description(part.text("DESCRIPTION"), part.text("X-ALT-DESC"))
        title = _title(part) or _("Untitled event")
        if cut:
            remark = phrase("The description of “{title}” is very long; its first {n} characters were kept.", title=title, n=LONGEST_TEXT)
            self._remarks.append(remark)
        status = part.text("STATUS").lower()
        return Event(
            title=title,
            start=span.start,
            end=span.end,
            zone=span.zone,
            place=", ".join(filter(None, (" ".join(line.split()) for line in plain(part.text("LOCATION")).split("\n"))))[:_LONGEST_LINE],
            description=text,
            url=_url(part),
            status=EventStatus(status) if status in _STATUSES else EventStatus.CONFIRMED,
        )

    def _refuse(self, part: Component, refused: Refused) -> None:
        self.bad.append(BadRow(part.line, refused.phrase, (_title(part),)))

    def _tell_not_followed(self, changes: Iterable[Event]) -> None:
        for event in changes:
            self._remarks.append(
                phrase(
                    "“{title}” changes on {day} and on all later dates, in a way that could not be taken over: only that date was changed.",
                    title=event.title,
                    day=_day(event.recurrence_id or event.start).isoformat(),
                )
            )


def _years(calendars: Sequence[Component]) -> tuple[int, int]:
    """The middle one of the years in which events begin, and the latest."""
    texts = (part.text("DTSTART")[:4] for calendar in calendars for part in (calendar, *calendar.parts) if part.name == "VEVENT")
    years = sorted(int(text) for text in texts if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR)
    return (years[len(years) // 2], years[-1]) if years else (FIRST_YEAR, FIRST_YEAR)


def _uid(part: Component) -> str:
    """The UID; where there is none, one that is the same whenever this event is read."""
    uid = one_line(part.text("UID"))[:_LONGEST_LINE]
    return uid or str(uuid5(NAMESPACE_URL, "\n".join(part.text(name) for name in ("SUMMARY", "DTSTART", "RRULE", "LOCATION"))))


def _is_another(known: _Entry, entry: _Entry) -> bool:
    """Whether two entries with one UID are two events, and not two versions of one."""
    repeats = any(one.part.text("RRULE") or one.part.get("RDATE") for one in (known, entry))
    return not repeats and known.sequence == entry.sequence and known.part.text("DTSTART") != entry.part.text("DTSTART")


def _title(part: Component) -> str:
    return one_line(part.text("SUMMARY"))[:_LONGEST_LINE]


def _url(part: Component) -> str:
    for name in ("URL", "X-GOOGLE-CONFERENCE"):
        url = plain(part.text(name))
        if url and not _NO_ADDRESS.search(url):
            return url[:_LONGEST_LINE]
    return ""


def _with_time(days: Iterable[Wall], start: Wall) -> list[Wall]:
    """Starts of a series: a date takes the time of the series where that has one."""
    return [datetime.combine(day, start.time()) if isinstance(start, datetime) and not isinstance(day, datetime) else day for day in days]


def _day(day: Wall) -> date:
    return day.date() if isinstance(day, datetime) else day
