"""Calendars that are broken, hostile, or written in unusual ways."""

# ruff: noqa: DTZ001  # wall times

import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desktop.community.errors import Refused
from desktop.exchange.calendar_read import Calendar, read_calendar

ROOT = Path(__file__).parents[3]
FILES = Path(__file__).parents[2] / "files" / "calendars"
LISBON = "Europe/Lisbon"
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n"
END = "END:VCALENDAR\r\n"


def event(number: int, *lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{number}", f"SUMMARY:Event {number}", "DTSTART:20260301T180000", *lines, "END:VEVENT", ""])


def read(tmp_path: Path, content: str | bytes) -> Calendar:
    path = tmp_path / "some.ics"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_calendar(path, LISBON)


def refusal(tmp_path: Path, content: str | bytes) -> str:
    with pytest.raises(Refused) as refused:
        read(tmp_path, content)
    return str(refused.value)


# Broken off


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (HEAD + event(1), "some.ics breaks off in line 8: END:VCALENDAR is missing there. Export it again; nothing was imported."),
        (HEAD + event(1) + "BEGIN:VEVENT\r\nUID:2\r\nSUMM", "some.ics breaks off in line 11: END:VEVENT is missing there."),
        (HEAD + event(1) + "BEGIN:VEVENT\r\nUID:2\r\nATTACH:AAAA\r\n BBBB", "some.ics breaks off in line 12: END:VEVENT is missing there."),
        (HEAD + "BEGIN:VEVENT\r\nUID:2\r\n" + event(1) + END, "some.ics breaks off in line 6: END:VEVENT is missing there."),
        (HEAD + "BEGIN:VEVENT\r\nUID:2\r\n" + END, "some.ics breaks off in line 6: END:VEVENT is missing there."),
        (HEAD + event(1) + "END:VCALEN", "some.ics breaks off in line 9: END:VCALENDAR is missing there."),
    ],
)
def test_a_file_that_breaks_off_is_refused_whole_and_the_line_is_named(tmp_path: Path, content: str, sentence: str) -> None:
    assert refusal(tmp_path, content).startswith(sentence)


@pytest.mark.parametrize("name", ["google", "outlook", "exchange", "apple"])
def test_every_sample_cut_anywhere_before_its_last_line_is_refused(tmp_path: Path, name: str) -> None:
    whole = (FILES / f"{name}.ics").read_bytes()
    for cut in range(1, len(whole) - 3, 97):
        refusal(tmp_path, whole[:cut])


# No calendar


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "some.ics is empty."),
        (b"\r\n \r\n", "some.ics is empty."),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "some.ics is not a text file."),
        (b"PK\x03\x04somewhere", "This is a ZIP archive. Unpack it first"),
        (b"<!DOCTYPE html><html>Log in</html>", "some.ics is a web page, not a calendar."),
        (b"BEGIN:VCARD\r\nFN:Ana\r\nEND:VCARD\r\n", "some.ics holds vCards, not a calendar."),
        (b"Name,Email\r\nAna,ana@example.org\r\n", "some.ics is not a calendar: it does not begin with BEGIN:VCALENDAR."),
    ],
)
def test_what_is_no_calendar_is_refused_with_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    assert refusal(tmp_path, content).startswith(sentence)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no file"):
        read_calendar(tmp_path / "none.ics", LISBON)


# Written in unusual ways


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_every_kind_of_line_end_with_and_without_a_mark(tmp_path: Path, end: str, mark: bytes) -> None:
    content = HEAD + event(1, "DESCRIPTION:João\r\n  and Ana") + END
    (found,) = read(tmp_path, mark + content.replace("\r\n", end).encode()).events
    assert found.event.description == "João and Ana"


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    content = HEAD + event(1, "LOCATION:Café São João", "DESCRIPTION:Três é demais, à mesa não há lugar") + END
    assert read(tmp_path, content.encode(encoding)).events[0].event.place == "Café São João"


def test_a_line_that_is_folded_in_the_middle_of_a_letter(tmp_path: Path) -> None:
    text = (HEAD + event(1, "LOCATION:Cafés") + END).encode()
    assert read(tmp_path, text.replace("é".encode(), b"\xc3\r\n \xa9")).events[0].event.place == "Cafés"


def test_names_in_small_letters_tabs_and_empty_lines(tmp_path: Path) -> None:
    body = "begin:vevent\r\nuid:1\r\nsummary;language=pt:Jan\r\n\ttar\r\ndtstart;value=date:20260301\r\nend:vevent\r\n"
    (found,) = read(tmp_path, f"begin:vcalendar\r\n\r\n{body}end:vcalendar").events
    assert (found.event.title, found.event.start) == ("Jantar", date(2026, 3, 1))


def test_lines_without_meaning_are_passed_over(tmp_path: Path) -> None:
    (found,) = read(tmp_path, HEAD + "nonsense\r\n" + event(1, "no colon at all", "X-A;=:;", ";;:", "DTEND:20260301T190000") + END).events
    assert found.event.end == datetime(2026, 3, 1, 19)


# One bad event among others


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("RRULE:FREQ=SECONDLY;COUNT=1000000000", "This repeats by the hour or faster"),
        ("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "This repeats on a day that no year has"),
        ("RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7;BYMINUTE=0,10,20,30", "This repeats more than 24 times a day"),
        ("RRULE:every tuesday", "is not a rule for repeating"),
        ("RRULE:FREQ=DAILY\r\nEXDATE:" + ",".join(["20260301T180000"] * 10_001), "This repeats with more than 10000 extra or left-out dates"),
        ("RRULE:FREQ=DAILY;UNTIL=00010101T000000Z", "is not a date that Belfry can keep"),
        ("DTEND:20260228T180000", "It ends before it starts."),
        ("DTEND:soon", "“soon” is not a date that Belfry can keep."),
        ("DTEND:99990101T000000", "“99990101T000000” is not a date that Belfry can keep."),
        ("DURATION:long", "“long” is not a length of time."),
        ("DURATION:P99999999D", "is not a length of time."),
        ("DURATION:-PT1H", "It ends before it starts."),
    ],
)
def test_an_event_that_cannot_be_kept_is_listed_with_its_line_title_and_reason_and_the_others_go_in(tmp_path: Path, lines: str, reason: str) -> None:
    calendar = read(tmp_path, HEAD + event(1) + event(2, lines) + event(3) + END)
    assert [one.event.title for one in calendar.events] == ["Event 1", "Event 3"]
    (bad,) = calendar.bad
    assert (bad.line, bad.cells) == (9, ("Event 2",))
    assert reason in str(bad.reason)


def test_an_event_without_start_is_listed(tmp_path: Path) -> None:
    calendar = read(tmp_path, HEAD + "BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n" + END)
    assert [str(bad.reason) for bad in calendar.bad] == ["It has no start (DTSTART)."]


# Hostile (figure X5: no file takes more than 5 s and 300 MB; the limit of time here leaves room for a slow machine)

DAILY_CHANGE = (
    "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nRRULE:FREQ=DAILY;BYHOUR=1,2,3\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:STANDARD\r\n"
)
BIG = 20_000_000
BOMBS: dict[str, Callable[[], str]] = {
    "a picture in one line": lambda: event(1, "ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "A" * BIG),
    "a picture in folded lines": lambda: event(1, "ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "\r\n ".join(["A" * 74] * (BIG // 74))),
    "a long description": lambda: event(1, "DESCRIPTION:" + "<b>A" * (BIG // 4)),
    "tags that never close": lambda: "".join(event(number, "DESCRIPTION:<p>" + "<a " * 33_000) for number in range(50)),
    "dates in one line": lambda: event(1, "RRULE:FREQ=DAILY", "EXDATE:" + "20260101T190000Z," * (BIG // 17)),
    "dates in many lines": lambda: event(1, "RRULE:FREQ=DAILY", *["EXDATE:20260101T190000Z"] * 600_000),
    "nesting": lambda: "BEGIN:A\r\n" * 1_000_000,
    "empty lines": lambda: "\r\n" * 5_000_000,
    "folds of nothing": lambda: "SUMMARY:x\r\n" + " \r\n" * 3_000_000,
    "a parameter without end": lambda: event(1, 'LOCATION;X="' + "a" * BIG),
    "many parameters": lambda: event(1, "EXDATE;" + "X=1;" * (BIG // 4) + ":20260101T190000"),
    "too many events": lambda: "".join(event(number) for number in range(20_001)),
    "rules that go on": lambda: "".join(event(number, f"RRULE:FREQ=DAILY;COUNT={10**11 + number}") for number in range(1, 500)),
    "a zone by the day": lambda: (
        f"BEGIN:VTIMEZONE\r\nTZID:bomb\r\n{DAILY_CHANGE * 5_000}END:VTIMEZONE\r\n" + event(1).replace("ART:", "ART;TZID=bomb:")
    ),
}


CHILD = """
import sys, time
from pathlib import Path
from desktop.community.errors import Refused
from desktop.exchange.calendar_read import read_calendar
for name in sys.argv[1:]:
    begun = time.process_time()
    try:
        read_calendar(Path(name), "Europe/Lisbon")
    except Refused as refused:
        assert str(refused)
    # Not ru_maxrss: that keeps the size of the process that started this one.
    peak = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(time.process_time() - begun, int(peak) // 1024, name, sep="\\t")
"""


def test_hostile_files_cost_little_time_and_memory(tmp_path: Path) -> None:
    files = []
    for name, content in BOMBS.items():
        files.append(tmp_path / f"{name}.ics")
        files[-1].write_text(HEAD + content() + END, newline="")
    done = subprocess.run([sys.executable, "-c", CHILD, *map(str, files)], capture_output=True, text=True, check=True, cwd=ROOT)
    costs = [line.split("\t") for line in done.stdout.splitlines()]
    assert len(costs) == len(BOMBS)
    for seconds, megabytes, name in costs:
        assert float(seconds) < 10, f"{name} took {seconds} s"
        assert int(megabytes) < 300, f"{megabytes} MB after {name}"


LINES = st.one_of(
    st.sampled_from(
        [
            *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "BEGIN:STANDARD", "END:STANDARD", "END:VCALENDAR", "BEGIN:VCALENDAR"),
            *("UID:1", "SUMMARY:x", "DTSTART:20260301T180000Z", "DTSTART;VALUE=DATE:20260301", "DTSTART;TZID=Odd:20260301T000000", "DTEND:20260401"),
            *("RRULE:FREQ=DAILY;COUNT=3", "RDATE;VALUE=PERIOD:20260301T180000Z/PT1H", "EXDATE:20260302T180000Z,20260303", "DURATION:PT1H"),
            *("RECURRENCE-ID:20260302T180000Z", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260302T180000", "STATUS:CANCELLED"),
            *("SEQUENCE:7", "TZID:Odd", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0217", "X-WR-TIMEZONE:Europe/Berlin", " folded", "DESCRIPTION:<p>a"),
            *("X-MICROSOFT-CDO-ALLDAYEVENT:TRUE", "URL:x", "METHOD:PUBLISH"),
        ]
    ),
    st.text(max_size=40),
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINES, max_size=40))
@example(["BEGIN:VEVENT", "DTSTART:19000101T000000", "DTEND:00010101T000000Z", "END:VEVENT", "END:VCALENDAR"])
def test_whatever_is_in_a_file_it_is_read_or_refused(tmp_path: Path, lines: list[str]) -> None:
    body = "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""])
    try:
        calendar = read(tmp_path, body.encode("utf-8", "surrogatepass"))
    except Refused:
        return
    for bad in calendar.bad:
        assert str(bad.reason)
    for remark in calendar.remarks:
        assert str(remark)
