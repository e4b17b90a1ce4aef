"""Calendars out: an iCalendar file (RFC 5545) that Google, Outlook, Apple and Belfry itself take in."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from icalendar import Calendar, Component, vDDDLists, vDDDTypes, vText
from icalendar import Event as VEvent
from icalendar.prop import vInline

from desktop.community.events import Event, EventStatus
from desktop.community.recurrence import Wall, occurrences, recurrence
from desktop.community.zones import to_utc
from desktop.exchange.calendar_read import BELFRY
from desktop.exchange.calendar_timezone import timezone
from desktop.exchange.files import replacing

_UTC = "UTC"
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_UNTIL = re.compile(r"UNTIL=(\d{8})(T\d{6})?(Z?)", re.IGNORECASE)


def write_calendar(path: Path, events: Sequence[Event], home_zone: str, name: str, now: datetime) -> None:
    """Write events to an `.ics` file, which takes the place of `path` once it is whole.

    Args:
        events: series and their changed dates, in any order.
        home_zone: the community's zone, for floating times and whole days in other programs.
        name: of the calendar.
        now: aware, UTC.

    Raises Trouble where it can't be written.
    """
    calendar = Calendar()
    calendar.add("PRODID", f"{BELFRY}Belfry//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", vText(_text(name)))
    calendar.add("X-WR-TIMEZONE", home_zone)
    years = [event.start.year for event in events]
    for zone in sorted({zone for event in events for zone in (event.zone,) if zone not in ("", _UTC)}):
        calendar.add_component(timezone(zone, min(years), now.year))
    series = {event.id: event for event in events if not event.series_id}
    with replacing(path) as fresh, fresh.open("wb") as file:
        head = calendar.to_ical()
        end = b"END:VCALENDAR\r\n"
        file.write(head.removesuffix(end))
        for event in events:
            file.write(_component(event, series, now).to_ical())
        file.write(end)


def uid(event: Event) -> str:
    """The UID by which other programs know an event: its own, or one made from its id."""
    return event.uid or f"{event.id}@belfry"


def _component(event: Event, series: Mapping[str, Event], now: datetime) -> Component:
    root = series.get(event.series_id, event)
    made = VEvent()
    made.add("UID", _text(uid(root)))
    made.add("DTSTAMP", now.astimezone(UTC).replace(microsecond=0))
    made.add("DTSTART", _moment(event.start, event.zone))
    made.add("DTEND", _moment(event.end, event.zone))
    if event.recurrence_id is not None and (root is not event or event.uid):
        made.add("RECURRENCE-ID", _moment(event.recurrence_id, root.zone))
    if event.rrule:
        made.add("RRULE", vInline(_rule(event)))
    for property_name, days in (("RDATE", _starts(event, event.rdates)), ("EXDATE", _left_out(event))):
        for day in sorted(set(days)):
            made.add(property_name, _listed(day, event.zone))
    made.add("SUMMARY", _text(event.title))
    for property_name, text in (("LOCATION", event.place), ("DESCRIPTION", event.description)):
        if text:
            made.add(property_name, _text(text))
    if event.url:
        made.add("URL", vInline("".join(_text(event.url).split())))
    made.add("STATUS", event.status.value.upper())
    made.add("TRANSP", "TRANSPARENT" if event.all_day or event.status is EventStatus.CANCELLED else "OPAQUE")
    return made


def _moment(wall: Wall, zone: str) -> vDDDTypes:
    """A DATE, a floating time, a time in UTC or one with a TZID (§3.3.5)."""
    value = vDDDTypes(wall.replace(tzinfo=UTC) if zone == _UTC and isinstance(wall, datetime) else wall)
    if zone and zone != _UTC:
        value.params["TZID"] = zone
    return value


def _listed(wall: Wall, zone: str) -> vDDDLists:
    """One date of an EXDATE or RDATE; each has a line of its own, as Google writes them, which every program reads."""
    value = vDDDLists([wall.replace(tzinfo=UTC) if zone == _UTC and isinstance(wall, datetime) else wall])
    if not isinstance(wall, datetime):
        value.params["VALUE"] = "DATE"
    elif zone and zone != _UTC:
        value.params["TZID"] = zone
    return value


def _starts(event: Event, days: Iterable[Wall]) -> Iterator[Wall]:
    """Days in the form of the start: a DATE-TIME or a DATE, as RFC 5545 asks of RDATE and EXDATE."""
    for day in days:
        if isinstance(event.start, datetime):
            yield day if isinstance(day, datetime) else datetime.combine(day, event.start.time())
        else:
            yield day.date() if isinstance(day, datetime) else day


def _left_out(event: Event) -> Iterator[Wall]:
    """The left-out dates; one that leaves out a whole day of a series with times stands for each of its times on that day."""
    for day in event.exdates:
        if isinstance(event.start, datetime) and not isinstance(day, datetime):
            midnight = datetime.combine(day, time())
            whole = recurrence(event.rrule, tuple(_starts(event, event.rdates)))
            yield from occurrences(event.start, whole, midnight, midnight + timedelta(days=1), event.zone)
        else:
            yield from _starts(event, [day])


def _rule(event: Event) -> str:
    """The RRULE, its UNTIL in the form that §3.3.10 asks for: a date for whole days, else in UTC, but without a zone a wall time."""
    rule = "".join(event.rrule.split()).removeprefix("RRULE:")
    found = _UNTIL.search(rule)
    if found is None:
        return rule
    day, clock, utc = found[1], found[2], found[3]
    if event.all_day:
        return _UNTIL.sub(f"UNTIL={day}", rule)
    if utc:
        return rule
    last = datetime.fromisoformat(day + (clock or "T235959"))
    until = f"{to_utc(last, event.zone):%Y%m%dT%H%M%SZ}" if event.zone else f"{last:%Y%m%dT%H%M%S}"
    return _UNTIL.sub(f"UNTIL={until}", rule)


def _text(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
