"""Calendars out: what another program reads in them, and that nothing is lost on the way back."""

# ruff: noqa: DTZ001  # wall times

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from dateutil.tz import tzical
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.community.calendar import Window, dates
from desktop.community.events import Event, EventStatus
from desktop.community.zones import to_utc, zone
from desktop.exchange.calendar_read import read_calendar
from desktop.exchange.calendar_timezone import timezone
from desktop.exchange.calendar_write import write_calendar

LISBON = "Europe/Lisbon"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CHOIR = Event(
    title="Choir",
    start=datetime(2026, 3, 3, 19),
    end=datetime(2026, 3, 3, 21),
    zone=LISBON,
    rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=10",
    exdates=(datetime(2026, 3, 17, 19), datetime(2026, 4, 7, 19)),
    rdates=(datetime(2026, 3, 5, 19),),
    uid="choir@example.org",
    id="0198",
)


def written(tmp_path: Path, *events: Event) -> bytes:
    path = tmp_path / "out.ics"
    write_calendar(path, events, LISBON, "Alvalade, verde", NOW)
    return path.read_bytes()


def lines(tmp_path: Path, *events: Event) -> list[str]:
    """The lines of what is written, unfolded."""
    return re.sub(r"\r\n[ \t]", "", written(tmp_path, *events).decode()).split("\r\n")


def back(tmp_path: Path, events: Sequence[Event]) -> list[tuple[Event, str]]:
    written(tmp_path, *events)
    calendar = read_calendar(tmp_path / "out.ics", LISBON)
    assert not calendar.bad
    assert not calendar.remarks
    return [(one.event, one.series_uid) for one in calendar.events]


def test_the_head_says_what_it_is(tmp_path: Path) -> None:
    found = lines(tmp_path, CHOIR)
    for line in ("VERSION:2.0", "METHOD:PUBLISH", "X-WR-CALNAME:Alvalade\\, verde", "X-WR-TIMEZONE:Europe/Lisbon", "TZID:Europe/Lisbon"):
        assert line in found
    assert found[0] == "BEGIN:VCALENDAR"
    assert found[-2:] == ["END:VCALENDAR", ""]


def test_a_series_has_its_rule_its_dates_and_the_changed_ones(tmp_path: Path) -> None:
    later = datetime(2026, 3, 10, 20)
    moved = Event("Choir, later", later, later + timedelta(hours=2), LISBON, recurrence_id=datetime(2026, 3, 10, 19), series_id="0198")
    off = replace(moved, recurrence_id=datetime(2026, 3, 24, 19), status=EventStatus.CANCELLED)
    found = lines(tmp_path, CHOIR, moved, off)
    for line in (
        "DTSTART;TZID=Europe/Lisbon:20260303T190000",
        "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=10",
        "EXDATE;TZID=Europe/Lisbon:20260317T190000",
        "EXDATE;TZID=Europe/Lisbon:20260407T190000",
        "RDATE;TZID=Europe/Lisbon:20260305T190000",
        "RECURRENCE-ID;TZID=Europe/Lisbon:20260310T190000",
        "RECURRENCE-ID;TZID=Europe/Lisbon:20260324T190000",
        "STATUS:CANCELLED",
        "DTSTAMP:20261123T120000Z",
    ):
        assert line in found
    assert found.count("UID:choir@example.org") == 3


def test_lines_are_folded_to_75_octets_and_never_in_a_letter(tmp_path: Path) -> None:
    for line in written(tmp_path, replace(CHOIR, description="Três corações 📚, à mesa; " * 20)).split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_without_a_uid_it_is_made_from_the_id(tmp_path: Path) -> None:
    assert "UID:0198@belfry" in lines(tmp_path, replace(CHOIR, uid=""))


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (Event("a", date(2026, 5, 1), date(2026, 5, 3), id="1"), ["DTSTART;VALUE=DATE:20260501", "DTEND;VALUE=DATE:20260503"]),
        (Event("a", datetime(2026, 5, 1, 9), datetime(2026, 5, 1, 10), id="1"), ["DTSTART:20260501T090000", "DTEND:20260501T100000"]),
        (Event("a", datetime(2026, 5, 1, 9), datetime(2026, 5, 1, 10), "UTC", id="1"), ["DTSTART:20260501T090000Z"]),
        (replace(CHOIR, rrule="FREQ=DAILY;UNTIL=20260701T190000"), ["RRULE:FREQ=DAILY;UNTIL=20260701T180000Z"]),
        (replace(CHOIR, rrule="FREQ=DAILY;UNTIL=20260701"), ["RRULE:FREQ=DAILY;UNTIL=20260701T225959Z"]),
        (replace(CHOIR, rrule="FREQ=DAILY;UNTIL=20260701T180000Z"), ["RRULE:FREQ=DAILY;UNTIL=20260701T180000Z"]),
        (Event("a", date(2026, 5, 1), date(2026, 5, 2), rrule="FREQ=DAILY;UNTIL=20260701T180000Z", id="1"), ["RRULE:FREQ=DAILY;UNTIL=20260701"]),
        (replace(CHOIR, exdates=(date(2026, 3, 10),)), ["EXDATE;TZID=Europe/Lisbon:20260310T190000"]),
        (
            replace(CHOIR, title="a;b, c\\d\ne", url="https://example.org/?a=1;2,3"),
            ["SUMMARY:a\\;b\\, c\\\\d\\ne", "URL:https://example.org/?a=1;2,3"],
        ),
        (replace(CHOIR, title="x\r\nATTACH:y", rrule="FREQ=DAILY\r\nX-BAD:1"), ["SUMMARY:x\\nATTACH:y", "RRULE:FREQ=DAILYX-BAD:1"]),
    ],
)
def test_each_value_in_the_form_that_rfc_5545_asks_for(tmp_path: Path, event: Event, expected: list[str]) -> None:
    found = lines(tmp_path, event)
    for line in expected:
        assert line in found


def test_a_calendar_without_events_is_one_all_the_same(tmp_path: Path) -> None:
    assert back(tmp_path, []) == []


def test_a_calendar_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "out.ics"
    path.write_text("old")
    with pytest.raises(ValueError, match="surrogates"):
        write_calendar(path, [replace(CHOIR, title="\ud800")], LISBON, "x", NOW)
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["out.ics"]


# Independent readers


ZONES = [
    *("Europe/Lisbon", "Europe/Dublin", "America/New_York", "America/Sao_Paulo"),
    *("Asia/Tokyo", "Asia/Jerusalem", "Australia/Lord_Howe", "Africa/Casablanca"),
]


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("first_year", [2004, 2026])
def test_dateutil_reads_the_same_offsets_out_of_the_zone(name: str, first_year: int) -> None:
    text = timezone(name, first_year, 2026).to_ical().decode().replace(f"X-LIC-LOCATION:{name}\r\n", "")  # which dateutil refuses
    rules = tzical(io.StringIO(text)).get(name)
    for hours in range(0, 24 * (365 * (2031 - first_year) - 10), 7):
        wall = datetime(first_year, 1, 1, 3) + timedelta(hours=hours)
        expected = wall.replace(tzinfo=zone(name)).utcoffset()
        other_fold = wall.replace(tzinfo=zone(name), fold=1).utcoffset()
        if expected == other_fold:  # in the hour of a change, each library has a mind of its own
            assert wall.replace(tzinfo=rules).utcoffset() == expected, wall


def test_a_zone_with_a_rule_of_today_is_given_by_it_for_good() -> None:
    text = timezone("Europe/Lisbon", 2026, 2026).to_ical().decode()
    assert "DTSTART:20250330T010000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n" in text
    assert "RDATE" not in text


# There and back


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff<>"), min_size=1, max_size=60).map(
    lambda text: " ".join(text.split()) or "x"
)
DAYS = st.dates(date(1971, 1, 1), date(2099, 12, 31))
WALLS = st.datetimes(datetime(1971, 1, 1), datetime(2099, 12, 31)).map(lambda moment: moment.replace(microsecond=0))
RULES = st.sampled_from(["FREQ=WEEKLY;BYDAY=TU,TH", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=30", "FREQ=YEARLY", "FREQ=DAILY;INTERVAL=3;WKST=SU"])


@st.composite
def calendars(draw: st.DrawFn) -> list[Event]:
    """Events as the store has them: each with a UID, series before their changed dates."""
    made: list[Event] = []
    for number in range(draw(st.integers(1, 4))):
        all_day = draw(st.booleans())
        moments = DAYS if all_day else WALLS
        start = draw(moments)
        length = timedelta(days=draw(st.integers(1, 5))) if all_day else timedelta(minutes=draw(st.integers(0, 3000)))
        event = Event(
            title=draw(TEXT),
            start=start,
            end=start + length,
            zone="" if all_day else draw(st.sampled_from(["", "UTC", "Etc/UTC", "Europe/Lisbon", "America/New_York", "Asia/Kolkata"])),
            place=draw(st.just("") | TEXT),
            description=draw(st.just("") | st.lists(TEXT, min_size=1, max_size=4).map("\n".join)),
            url=draw(st.sampled_from(["", "https://example.org/a?b=c,d;e"])),
            status=draw(st.sampled_from(EventStatus)),
            uid=f"{number}@example.org",
            id=str(number),
        )
        if draw(st.booleans()):
            extra = [day for day in draw(st.lists(moments, unique=True, max_size=3)) if day != start]
            rule = draw(RULES | (st.just("") if extra else RULES))
            left_out = draw(st.lists(moments, unique=True, max_size=3))
            event = replace(event, rrule=rule, rdates=tuple(sorted(extra)), exdates=tuple(sorted(left_out)))
        made.append(event)
        if event.repeats:
            for day in draw(st.lists(moments, unique=True, max_size=2)):
                changed = replace(event, title=draw(TEXT), rrule="", rdates=(), exdates=(), id=f"{number}-{day}", series_id=event.id)
                made.append(replace(changed, recurrence_id=day, start=day, end=day + length))
    return made


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(calendars())
def test_what_is_written_is_read_again_without_loss(tmp_path: Path, events: list[Event]) -> None:
    found = {(event.uid, str(event.recurrence_id)): (event, series) for event, series in back(tmp_path, events)}
    assert len(found) == len(events)
    for event in events:
        expected = replace(event, id="", series_id="")
        assert found[event.uid, str(event.recurrence_id)] == (expected, event.uid if event.series_id else "")


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(calendars())
def test_icalendar_reads_the_same_instants(tmp_path: Path, events: list[Event]) -> None:
    parts = icalendar.Calendar.from_ical(written(tmp_path, *events)).walk("VEVENT")
    assert len(parts) == len(events)
    for part, event in zip(parts, events, strict=True):
        for name, moment in (("DTSTART", event.start), ("DTEND", event.end)):
            theirs = part.decoded(name)
            if isinstance(theirs, datetime) and isinstance(moment, datetime) and event.zone:
                assert theirs.replace(tzinfo=None) == moment
                jumped = theirs.astimezone(UTC).astimezone(theirs.tzinfo).replace(tzinfo=None) != moment  # over by the clock change
                assert jumped or theirs.astimezone(UTC) == to_utc(moment, event.zone)
            else:
                assert theirs == moment
        assert str(part["SUMMARY"]) == event.title
        assert part.get("DESCRIPTION", "") == event.description


def test_the_dates_after_the_way_back_are_those_before(tmp_path: Path) -> None:
    evening = datetime(2026, 3, 11, 18)
    moved = Event("Choir", evening, evening + timedelta(hours=2), LISBON, recurrence_id=datetime(2026, 3, 10, 19), series_id="0198", id="2")
    window = Window(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    before = dates(CHOIR, [moved], window, LISBON)
    (root, _), (change, _) = back(tmp_path, [CHOIR, moved])
    after = dates(replace(root, id="0198"), [replace(change, id="2")], window, LISBON)
    assert before == after
    assert len(before) == 10 + 1 - 2
