"""An iCalendar file as bytes in, components out (RFC 5545 §3.1, §3.4, §3.6): lines unfolded, what no event needs dropped on the way.

The file is read piece by piece, so that a picture of 20 MB in it costs time but no memory. What the properties mean is not known here.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from icalendar.parser import Contentline

from desktop.community.errors import Refused
from desktop.exchange.files import Encoding, reading, recognise
from resources.translations import phrase

MOST_EVENTS = 20_000
MOST_LINES = 500_000
"""Properties of the kinds that are read. With the others here: what one file may hold, so that none can fill the memory or stop the program."""
MOST_TEXT = 32_000_000
MOST_FOLDS = 2_000_000
"""Lines as they are in the file, with all that is passed over."""
LONGEST_VALUE = 1_000_000
"""Characters of one property; what is beyond is left out."""

_MOST_LEVELS = 8
_PIECE = 1 << 18
_NAME = re.compile(r"[A-Za-z0-9-]{1,80}")
_LISTS = {"EXDATE", "RDATE"}
_OBSERVANCE = {"DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO"}
_READ = {  # what is read of which component; of others only that they are there
    "VCALENDAR": {"PRODID", "X-WR-TIMEZONE"},
    "VTIMEZONE": {"TZID", "X-LIC-LOCATION"},
    "STANDARD": _OBSERVANCE,
    "DAYLIGHT": _OBSERVANCE,
    "VEVENT": {
        *("UID", "SEQUENCE", "SUMMARY", "DESCRIPTION", "X-ALT-DESC", "LOCATION", "URL", "STATUS", "X-GOOGLE-CONFERENCE"),
        *("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
        *("X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT"),
    },
}
_WANTED = {"BEGIN", "END"}.union(*_READ.values())
_TIMES = {"DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID"}
_TZID = re.compile(r';\s*TZID\s*=\s*([^";]*)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A property as it is written.

    Attributes:
        number: of its first line in the file, from 1.
        params: by their names in capitals, without quotes.
        value: unfolded; its escapes are still in it.
    """

    number: int
    params: Mapping[str, str]
    value: str


@dataclass(slots=True)
class Component:
    """A VCALENDAR, VEVENT, VTIMEZONE … with what is read of it.

    Attributes:
        line: of its BEGIN, from 1.
        properties: the first of each name; of EXDATE and RDATE all.
        parts: the components in it.
    """

    name: str
    line: int
    properties: dict[str, list[Line]] = field(default_factory=dict)
    parts: list["Component"] = field(default_factory=list)

    def get(self, name: str) -> Line | None:
        """The first property of that name."""
        found = self.properties.get(name)
        return found[0] if found else None

    def text(self, name: str) -> str:
        """The value of the first property of that name, without space around it; empty where there is none."""
        found = self.get(name)
        return found.value.strip() if found else ""


def read_components(path: Path) -> list[Component]:
    """The VCALENDARs of a file.

    Raises Refused for a file that is empty, no calendar, broken off or larger than any community's calendar; nothing of it is to be used then.
    """
    with reading(path):
        with path.open("rb") as file:
            head = file.read(512).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        if re.match(rb"<!doctype html|<html|<\?xml", head):
            raise Refused(
                phrase(
                    "{file} is a web page, not a calendar. Perhaps the address asks to log in first. Export the calendar as .ics and import that.",
                    file=path.name,
                )
            )
        encoding = recognise(path)
        builder = _Builder(path.name)
        with _opened(path, encoding) as text:
            for number, line in _unfolded(text, encoding):
                builder.take(number, line)
        return builder.finish()


def _opened(path: Path, encoding: Encoding) -> TextIO:
    """The file as text, each byte one character where it is not UTF-16: programs fold lines in the middle of a letter of two bytes."""
    return path.open(encoding=encoding.name if encoding.name.startswith("utf-16") else "latin-1", errors="replace")


def _unfolded(file: TextIO, encoding: Encoding) -> Iterator[tuple[int, str]]:
    """Each line with its number, the folded ones put together again (§3.1); what no component needs is left out."""
    number = begun = 0
    kept: list[str] = []
    size = 0
    at_start = True
    while piece := file.readline(_PIECE):
        if at_start:
            number += 1
            if number > MOST_FOLDS:
                raise _too_much(Path(file.name).name)
            if piece == "\n":
                continue
            if piece[0] in " \t" and begun:
                piece = piece[1:]
            else:
                if kept:
                    yield begun, _decoded("".join(kept), encoding)
                begun, kept, size = number, [], 0
                if number == 1:
                    piece = piece.removeprefix("\xef\xbb\xbf").removeprefix("\ufeff")
                if not _wanted(piece):
                    size = LONGEST_VALUE
        at_start = piece.endswith("\n")
        if size < LONGEST_VALUE:
            piece = piece.rstrip("\n")
            kept.append(piece)
            size += len(piece)
    if kept:
        yield begun, _decoded("".join(kept), encoding)
    yield number, ""


def _wanted(line: str) -> bool:
    """Whether a line begins a property that some component needs. The first line of a file that is none passes, to be told what it is."""
    name = _NAME.match(line)
    return name is None or name.end() == len(line.rstrip("\n")) or name.group().upper() in _WANTED


def _decoded(line: str, encoding: Encoding) -> str:
    if line.isascii() or encoding.name.startswith("utf-16"):
        return line
    octets = line.encode("latin-1")
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return octets.decode(encoding.name, "replace" if encoding.errors == "strict" else encoding.errors)


class _Builder:
    """Puts lines together to components."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._calendars: list[Component] = []
        self._open: list[Component] = []
        self._events = self._lines = self._text = self._last = 0

    def take(self, number: int, line: str) -> None:
        self._last = number
        if not line.strip():
            return
        header, value = _split(line)
        name = header.partition(";")[0].strip().upper()
        if not self._open and not self._calendars and (name, value.strip().upper()) != ("BEGIN", "VCALENDAR"):
            raise self._no_calendar(line)
        match name:
            case "BEGIN":
                self._begin(number, value.strip().upper())
            case "END":
                self._end(number, value.strip().upper())
            case _ if self._open:
                self._property(number, name, header, value)

    def finish(self) -> list[Component]:
        if self._open:
            raise self._broken_off(self._last, self._open[-1].name)
        if not self._calendars:
            raise self._no_calendar("")
        return self._calendars

    def _begin(self, number: int, name: str) -> None:
        inner = self._open[-1].name if self._open else ""
        if inner in ("VEVENT", "VTIMEZONE") and name in ("VEVENT", "VTIMEZONE", "VCALENDAR"):
            raise self._broken_off(number, inner)
        if len(self._open) >= _MOST_LEVELS:
            raise Refused(phrase("{file} is no calendar that can be read: in line {line} it is nested too deep.", file=self._file, line=number))
        part = Component(name, number)
        if not self._open:
            self._calendars.append(part)
        elif inner in ("VCALENDAR", "VTIMEZONE"):  # what is in an event (its alarms) is not read
            self._open[-1].parts.append(part)
            self._count(1, 0)
        self._open.append(part)
        self._events += name == "VEVENT"
        if self._events > MOST_EVENTS:
            raise Refused(
                phrase(
                    "{file} holds more than {most} events. Export it in parts, for example year by year, and import these.",
                    file=self._file,
                    most=MOST_EVENTS,
                )
            )

    def _end(self, number: int, name: str) -> None:
        if self._open and self._open[-1].name == name:
            self._open.pop()
        elif self._open:
            raise self._broken_off(number, self._open[-1].name)

    def _property(self, number: int, name: str, header: str, value: str) -> None:
        part = self._open[-1]
        self._count(1, 0)
        if name not in _READ.get(part.name, ()) or (name in part.properties and name not in _LISTS):
            return
        self._count(0, len(value))
        part.properties.setdefault(name, []).append(Line(number, _params(header), value))

    def _count(self, lines: int, text: int) -> None:
        self._lines += lines
        self._text += text
        if self._lines > MOST_LINES or self._text > MOST_TEXT:
            raise _too_much(self._file)

    def _broken_off(self, line: int, name: str) -> Refused:
        return Refused(
            phrase(
                "{file} breaks off in line {line}: END:{part} is missing there. Export it again; nothing was imported.",
                file=self._file,
                line=line,
                part=name[:40],
            )
        )

    def _no_calendar(self, line: str) -> Refused:
        if line.strip().upper().startswith("BEGIN:VCARD"):
            return Refused(
                phrase("{file} holds vCards, not a calendar. Import it among the members, under a name that ends in .vcf.", file=self._file)
            )
        return Refused(
            phrase(
                "{file} is not a calendar: it does not begin with BEGIN:VCALENDAR. Export the calendar as iCalendar (.ics) and import that.",
                file=self._file,
            )
        )


def _too_much(file: str) -> Refused:
    return Refused(phrase("{file} holds more than a calendar of a community can. Export it in parts, and import these.", file=file))


def _split(line: str) -> tuple[str, str]:
    """Name and parameters, and the value."""
    name = _NAME.match(line)
    if name is not None and line[name.end() : name.end() + 1] == ":":
        return name.group(), line[name.end() + 1 :]
    if name is not None and name.group().upper() in _TIMES:  # Outlook: TZID=(UTC+01:00) Amsterdam, Berlin:20261206T180000
        header, _, value = line.rpartition(":")
        return header, value
    colon = Contentline(line[:2000]).value_separator_index()  # type: ignore[no-untyped-call]
    return (line[:colon], line[colon + 1 :]) if colon > 0 else (line[:80], "")


@functools.lru_cache(maxsize=4096)
def _params(header: str) -> Mapping[str, str]:
    """The parameters of a property; none where they can't be read."""
    if ";" not in header:
        return {}
    try:
        params = Contentline(_TZID.sub(r';TZID="\1"', header) + ":").raw_parts()[1]  # type: ignore[no-untyped-call]
    except ValueError:
        return {}
    return {str(name).upper(): ",".join(value) if isinstance(value, list) else str(value) for name, value in params.items()}
