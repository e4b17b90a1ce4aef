"""Calendars as Google, Outlook, Exchange and Apple export them, quirk by quirk."""

# ruff: noqa: DTZ001  # wall times

from datetime import UTC, date, datetime, time
from pathlib import Path

import icalendar
import pytest

from desktop.community.calendar import Window, dates
from desktop.community.events import Event, EventStatus
from desktop.community.zones import to_utc
from desktop.exchange.calendar_read import Calendar, ImportedEvent, read_calendar

FILES = Path(__file__).parents[2] / "files" / "calendars"
LISBON = "Europe/Lisbon"
ALL_TIME = Window(datetime(2020, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC))


def sample(name: str, home: str = LISBON) -> Calendar:
    return read_calendar(FILES / f"{name}.ics", home)


def titled(calendar: Calendar, title: str) -> Event:
    (found,) = (one.event for one in calendar.events if one.event.title == title)
    return found


def read(tmp_path: Path, *lines: str, home: str = LISBON, head: str = "", prodid: str = "-//Test//EN") -> Calendar:
    """A VCALENDAR with these lines in it."""
    path = tmp_path / "some.ics"
    text = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{prodid}", *head.splitlines(), *lines, "END:VCALENDAR", ""])
    path.write_bytes(text.replace("\n", "\r\n").encode())
    return read_calendar(path, home)


def vevent(*lines: str, uid: str = "1", title: str = "Choir") -> str:
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", *lines, "END:VEVENT"])


def one(tmp_path: Path, *lines: str, home: str = LISBON, head: str = "") -> Event:
    calendar = read(tmp_path, vevent(*lines), home=home, head=head)
    assert not calendar.bad
    (found,) = calendar.events
    return found.event


def starts(calendar: Calendar, home: str = LISBON) -> list[datetime]:
    """The instants of all dates of the first series, without the cancelled."""
    root, *changed = (one.event for one in calendar.events)
    return [one.start_at for one in dates(root, changed, ALL_TIME, home) if not one.cancelled]


def remarks(calendar: Calendar) -> str:
    return "\n".join(map(str, calendar.remarks))


# Google


def test_google_a_single_event_in_utc_is_kept_at_its_wall_time() -> None:
    dinner = titled(sample("google", home="America/New_York"), "Summer dinner, all welcome")
    assert (dinner.start, dinner.end, dinner.zone) == (datetime(2026, 7, 5, 18), datetime(2026, 7, 5, 20, 30), LISBON)


def test_google_texts_come_without_escapes_folds_and_html() -> None:
    dinner = titled(sample("google"), "Summer dinner, all welcome")
    assert dinner.place == "Parque José Gomes Ferreira, Av. do Brasil, 1700 Lisboa"
    assert dinner.description == ("Bring a plate to share.\n\n- Música: João\n- Map (https://example.org/map?a=1,2)\nTables & chairs are there.")
    assert dinner.url == "https://meet.example.org/abc-defg-hij"


def test_google_a_series_has_its_left_out_dates_and_its_changed_date() -> None:
    calendar = sample("google")
    choir = titled(calendar, "Choir")
    assert (choir.start, choir.zone, choir.rrule) == (datetime(2026, 1, 6, 19), LISBON, "FREQ=WEEKLY;UNTIL=20260630T225959Z;BYDAY=TU")
    assert choir.exdates == (datetime(2026, 2, 17, 19), datetime(2026, 4, 7, 19))
    moved = next(one for one in calendar.events if one.series_uid)
    assert moved.series_uid == choir.uid == moved.event.uid
    assert (moved.event.recurrence_id, moved.event.start) == (datetime(2026, 3, 10, 19), datetime(2026, 3, 11, 20))
    found = dates(choir, [moved.event], ALL_TIME, LISBON)
    assert len(found) == 26 - 2
    assert found[-1].start == datetime(2026, 6, 30, 19), "UNTIL in UTC is the last evening of June in Lisbon"


def test_google_whole_days_end_before_their_dtend() -> None:
    weekend = titled(sample("google"), "Weekend in the hills")
    assert (weekend.start, weekend.end, weekend.zone, weekend.status) == (date(2026, 12, 5), date(2026, 12, 7), "", EventStatus.TENTATIVE)


def test_an_alarm_in_an_event_changes_nothing_of_it() -> None:
    assert "Not the title" not in {one.event.title for one in sample("google").events}


# Outlook


def test_outlook_zones_of_windows_become_those_of_iana() -> None:
    calendar = sample("outlook")
    gym = titled(calendar, "Turnen für alle")
    assert (gym.zone, gym.start, gym.place) == ("Europe/Berlin", datetime(2026, 1, 5, 19), "Turnhalle; Eingang Süd")
    assert gym.exdates == (datetime(2026, 2, 16, 19), datetime(2026, 4, 6, 19)), "a list in one line"
    assert gym.description == "Bitte pünktlich.\n\nTreffpunkt: Turnhalle"
    assert not calendar.remarks


def test_outlook_a_windows_zone_is_that_of_the_community_where_it_has_the_same_hours() -> None:
    assert titled(sample("outlook", home="Europe/Vienna"), "Turnen für alle").zone == "Europe/Vienna"


def test_outlook_a_recurrence_id_in_utc_is_found_on_the_wall_clock_of_the_series() -> None:
    moved = titled(sample("outlook"), "Turnen für alle (verlegt)")
    assert (moved.recurrence_id, moved.start) == (datetime(2026, 3, 2, 19), datetime(2026, 3, 3, 20))


def test_outlook_midnight_times_that_are_called_all_day_are_whole_days() -> None:
    fest = titled(sample("outlook"), "Maifest")
    assert (fest.start, fest.end, fest.zone) == (date(2026, 5, 1), date(2026, 5, 2), "")
    assert fest.description == "Kommt alle!\n\nMit Musik.", "from the HTML, where there is no other"


def test_a_series_that_outlook_calls_all_day_has_dates_all_through(tmp_path: Path) -> None:
    zone = ";TZID=W. Europe Standard Time:"
    calendar = read(
        tmp_path,
        vevent(
            f"DTSTART{zone}20260501T000000",
            f"DTEND{zone}20260502T000000",
            "RRULE:FREQ=DAILY;UNTIL=20260504T220000Z",
            f"EXDATE{zone}20260502T000000",
            "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
        ),
        vevent("RECURRENCE-ID:20260502T220000Z", "STATUS:CANCELLED"),
    )
    event, gone = (one.event for one in calendar.events)
    assert (event.start, event.exdates, event.rrule) == (date(2026, 5, 1), (date(2026, 5, 2),), "FREQ=DAILY;UNTIL=20260505")
    assert (gone.start, gone.recurrence_id, gone.status) == (date(2026, 5, 3), date(2026, 5, 3), EventStatus.CANCELLED)
    assert [one.start for one in dates(event, [gone], ALL_TIME, LISBON) if not one.cancelled] == [date(2026, 5, day) for day in (1, 4, 5)]


# Exchange: names that only the file explains


def test_exchange_a_zone_that_the_file_explains_is_the_community_s_where_its_rules_are_the_same() -> None:
    calendar = sample("exchange", home="Europe/Vienna")
    assert {titled(calendar, title).zone for title in ("Vorstand", "Ausflug")} == {"Europe/Vienna"}
    assert "Customized" not in remarks(calendar)


def test_exchange_such_a_zone_is_another_with_the_same_rules_and_it_is_said() -> None:
    calendar = sample("exchange")
    board, trip = titled(calendar, "Vorstand"), titled(calendar, "Ausflug")
    assert to_utc(datetime(2026, 7, 13, 19, 30), board.zone) == datetime(2026, 7, 13, 17, 30, tzinfo=UTC)
    assert to_utc(datetime(2027, 1, 13, 19, 30), board.zone) == datetime(2027, 1, 13, 18, 30, tzinfo=UTC)
    assert trip.zone == "Europe/Berlin", "the name speaks of Berlin"
    assert f"“Customized Time Zone” has the same hours as {board.zone}" in remarks(calendar)


def test_exchange_what_is_like_no_zone_is_converted_and_it_is_said() -> None:
    calendar = sample("exchange")
    island = titled(calendar, "Inselfest")
    assert (island.start, island.end, island.zone) == (datetime(2026, 7, 15, 1), datetime(2026, 7, 15, 3), LISBON)
    assert "“Insel” is like none that is known; its times were converted to those of Europe/Lisbon" in remarks(calendar)


def test_exchange_left_out_and_called_off_dates_in_utc_are_found_on_both_sides_of_a_clock_change() -> None:
    calendar = sample("exchange")
    series, gone = (one.event for one in calendar.events if one.event.title == "Probe")
    assert series.exdates == (datetime(2026, 3, 18, 18), datetime(2026, 4, 1, 18))
    assert (gone.status, gone.recurrence_id, gone.start, gone.end) == (
        EventStatus.CANCELLED,
        datetime(2026, 3, 11, 18),
        datetime(2026, 3, 11, 18),
        datetime(2026, 3, 11, 19, 30),
    )
    found = [one for one in dates(series, [gone], ALL_TIME, LISBON) if not one.cancelled]
    assert len(found) == 10 - 3


def test_a_series_in_a_zone_like_none_keeps_its_left_out_dates(tmp_path: Path) -> None:
    zone = """BEGIN:VTIMEZONE
TZID:Insel
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0217
TZOFFSETTO:+0217
END:STANDARD
END:VTIMEZONE"""
    body = vevent("DTSTART;TZID=Insel:20260301T121700", "RRULE:FREQ=WEEKLY;COUNT=8", "EXDATE;TZID=Insel:20260308T121700,20260412T121700")
    calendar = read(tmp_path, body, head=zone)
    event = calendar.events[0].event
    assert (event.start, event.zone) == (datetime(2026, 3, 1, 10), LISBON)
    assert event.exdates == (datetime(2026, 3, 8, 10), datetime(2026, 4, 12, 10))
    assert len(starts(calendar)) == 6


def test_a_zone_that_nobody_explains_is_the_community_s_and_it_is_said(tmp_path: Path) -> None:
    calendar = read(tmp_path, vevent("DTSTART;TZID=Nowhere:20260301T120000"))
    assert calendar.events[0].event.zone == LISBON
    assert "The time zone “Nowhere” is not known" in remarks(calendar)


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ('"Europe/Berlin"', "Europe/Berlin"),
        ("/mozilla.org/20070129_1/Europe/Berlin", "Europe/Berlin"),
        ("/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("Eastern Standard Time", "America/New_York"),
        ("GMT Standard Time", LISBON),
        ("tzone://Microsoft/Utc", "UTC"),
    ],
)
def test_names_of_zones(tmp_path: Path, written: str, zone: str) -> None:
    assert one(tmp_path, f"DTSTART;TZID={written}:20260301T120000").zone == zone


# Apple


def test_apple_an_empty_address_is_none_and_a_place_is_one_line() -> None:
    club = titled(sample("apple"), "Clube de leitura 📚")
    assert (club.url, club.place) == ("", "Biblioteca, Rua da Escola 1, Lisboa")
    assert (club.start, club.zone) == (datetime(2026, 12, 6, 18), LISBON)


def test_apple_a_floating_time_stays_one_and_a_duration_gives_the_end() -> None:
    fireworks = titled(sample("apple"), "Fogo de artifício")
    assert (fireworks.start, fireworks.end, fireworks.zone) == (datetime(2026, 1, 1), datetime(2026, 1, 1, 0, 45), "")


def test_apple_a_yearly_day_has_its_address() -> None:
    day = titled(sample("apple"), "Liberdade")
    assert (day.start, day.end, day.rrule, day.url) == (date(2026, 4, 25), date(2026, 4, 26), "FREQ=YEARLY", "https://example.org/25")


def test_tasks_are_left_out_and_it_is_said() -> None:
    assert remarks(sample("apple")) == "1 task or journal entry was left out."


@pytest.mark.parametrize("name", ["google", "outlook", "apple"])  # that of Exchange icalendar can't read
def test_icalendar_finds_the_same_instants_in_the_samples(name: str) -> None:
    parts = icalendar.Calendar.from_ical((FILES / f"{name}.ics").read_bytes()).walk("VEVENT")
    found = [(str(part["UID"]), part.decoded("DTSTART")) for part in parts if str(part.get("X-MICROSOFT-CDO-ALLDAYEVENT")) != "TRUE"]
    theirs = {(uid, start.astimezone(UTC) if getattr(start, "tzinfo", None) else start) for uid, start in found}
    assert {(found.event.uid, _instant(found)) for found in sample(name).events if found.event.title != "Maifest"} == theirs


def _instant(found: ImportedEvent) -> datetime | date:
    event = found.event
    return to_utc(event.start, event.zone) if event.zone and isinstance(event.start, datetime) else event.start


# Times


@pytest.mark.parametrize(
    ("lines", "start", "end"),
    [
        (["DTSTART;VALUE=DATE:20261206"], date(2026, 12, 6), date(2026, 12, 7)),
        (["DTSTART:20261206"], date(2026, 12, 6), date(2026, 12, 7)),
        (["DTSTART;VALUE=DATE:20261206", "DTEND;VALUE=DATE:20261206"], date(2026, 12, 6), date(2026, 12, 7)),
        (["DTSTART;VALUE=DATE:20261206", "DURATION:P3D"], date(2026, 12, 6), date(2026, 12, 9)),
        (["DTSTART;VALUE=DATE:20261206", "DURATION:P1W"], date(2026, 12, 6), date(2026, 12, 13)),
        (["DTSTART:20261206T180000"], datetime(2026, 12, 6, 18), datetime(2026, 12, 6, 18)),
        (["DTSTART:20261206T180000", "DURATION:P1DT2H30M"], datetime(2026, 12, 6, 18), datetime(2026, 12, 7, 20, 30)),
        (["DTSTART:20261206T180000", "DTEND:20261206T180000"], datetime(2026, 12, 6, 18), datetime(2026, 12, 6, 18)),
        (["DTSTART;TZID=Europe/Lisbon:20260329T003000", "DURATION:PT1H"], datetime(2026, 3, 29, 0, 30), datetime(2026, 3, 29, 2, 30)),
        (["DTSTART;TZID=Europe/Lisbon:20261206T180000", "DTEND;TZID=Asia/Tokyo:20261207T05"], datetime(2026, 12, 6, 18), datetime(2026, 12, 6, 20)),
        (["DTSTART;TZID=Europe/Lisbon:20261206T180000", "DTEND:20261206T200000Z"], datetime(2026, 12, 6, 18), datetime(2026, 12, 6, 20)),
        (["DTSTART:20261025T004500Z", "DTEND:20261025T010500Z"], datetime(2026, 10, 25, 1, 45), datetime(2026, 10, 25, 2, 5)),
    ],
)
def test_ends(tmp_path: Path, lines: list[str], start: datetime | date, end: datetime | date) -> None:
    event = one(tmp_path, *lines)
    assert (event.start, event.end) == (start, end)


def test_a_single_event_in_utc_without_a_zone_of_the_calendar_is_kept_in_the_community_s(tmp_path: Path) -> None:
    event = one(tmp_path, "DTSTART:20260701T170000Z", "DTEND:20260701T180000Z")
    assert (event.start, event.zone) == (datetime(2026, 7, 1, 18), LISBON)


def test_a_series_in_utc_stays_there_since_its_wall_time_moves_with_the_clock_change(tmp_path: Path) -> None:
    event = one(tmp_path, "DTSTART:20260301T170000Z", "RRULE:FREQ=WEEKLY;COUNT=6")
    assert (event.start, event.zone) == (datetime(2026, 3, 1, 17), "UTC")


def test_extra_dates_with_and_without_a_length_of_their_own(tmp_path: Path) -> None:
    calendar = read(
        tmp_path,
        vevent(
            "DTSTART;TZID=Europe/Lisbon:20260301T180000",
            "DTEND;TZID=Europe/Lisbon:20260301T190000",
            "RDATE;TZID=Europe/Lisbon:20260303T180000,20260305T180000",
            "RDATE;TZID=Europe/Lisbon;VALUE=PERIOD:20260307T180000/PT3H,20260309T180000/20260309T190000",
            "RDATE;VALUE=DATE:20260311",
        ),
    )
    root, long = (one.event for one in calendar.events)
    assert root.rdates == tuple(datetime(2026, 3, day, 18) for day in (3, 5, 7, 9, 11))
    assert (long.recurrence_id, long.start, long.end) == (datetime(2026, 3, 7, 18), datetime(2026, 3, 7, 18), datetime(2026, 3, 7, 21))


def test_an_until_beyond_all_calendars_is_no_end(tmp_path: Path) -> None:
    assert one(tmp_path, "DTSTART:20260301T180000", "RRULE:FREQ=DAILY;UNTIL=99991231T235959Z").rrule == "FREQ=DAILY"


# Series and their changed dates


SERIES = vevent(
    "DTSTART;TZID=Europe/Lisbon:20260301T180000", "DTEND;TZID=Europe/Lisbon:20260301T190000", "RRULE:FREQ=WEEKLY;COUNT=8;BYDAY=SU", uid="s"
)


def test_a_changed_date_may_stand_before_its_series_and_in_another_calendar_of_the_file(tmp_path: Path) -> None:
    change = vevent("RECURRENCE-ID;TZID=Europe/Lisbon:20260308T180000", "DTSTART;TZID=Europe/Lisbon:20260308T200000", uid="s", title="Later")
    calendar = read(tmp_path, change, "END:VCALENDAR", "BEGIN:VCALENDAR", "VERSION:2.0", SERIES)
    assert [(one.event.title, one.series_uid) for one in calendar.events] == [("Choir", ""), ("Later", "s")]
    assert datetime(2026, 3, 8, 20, tzinfo=UTC) in starts(calendar)
    assert len(starts(calendar)) == 8


def test_a_changed_date_without_its_series_is_kept_and_knows_to_which_it_belongs(tmp_path: Path) -> None:
    change = vevent("RECURRENCE-ID:20260308T180000Z", "DTSTART;TZID=Europe/Lisbon:20260308T200000", uid="s", title="Later")
    (found,) = read(tmp_path, change).events
    assert (found.series_uid, found.event.recurrence_id, found.event.uid) == ("s", datetime(2026, 3, 8, 18), "s")


@pytest.mark.parametrize("written", ["20260308T180000Z", "20260308T180000", "20260308"])
def test_a_changed_date_is_found_however_it_names_its_date(tmp_path: Path, written: str) -> None:
    calendar = read(tmp_path, SERIES, vevent(f"RECURRENCE-ID:{written}", "DTSTART:20260308T200000Z", uid="s", title="Later"))
    event = calendar.events[1].event
    assert (event.recurrence_id, event.start, event.zone) == (datetime(2026, 3, 8, 18), datetime(2026, 3, 8, 20), LISBON)


def test_a_change_to_all_later_dates_makes_a_second_series(tmp_path: Path) -> None:
    later = vevent(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Lisbon:20260322T180000",
        "DTSTART;TZID=Europe/Lisbon:20260322T200000",
        "DTEND;TZID=Europe/Lisbon:20260322T213000",
        uid="s",
        title="Late choir",
    )
    off = vevent("RECURRENCE-ID;TZID=Europe/Lisbon:20260405T180000", "STATUS:CANCELLED", uid="s")
    calendar = read(tmp_path, SERIES, later, off)
    first, second, gone = calendar.events
    early = [one.start for one in dates(first.event, [], ALL_TIME, LISBON)]
    assert early == [datetime(2026, 3, day, 18) for day in (1, 8, 15)]
    late = [(one.start, one.end, one.cancelled) for one in dates(second.event, [gone.event], ALL_TIME, LISBON)]
    assert [start for start, _, cancelled in late if not cancelled] == [
        datetime(2026, 3, 22, 20),
        datetime(2026, 3, 29, 20),
        datetime(2026, 4, 12, 20),
        datetime(2026, 4, 19, 20),
    ]
    assert late[0][1] == datetime(2026, 3, 22, 21, 30)
    assert gone.series_uid == second.event.uid != first.event.uid
    assert not calendar.remarks


def test_a_change_to_all_dates_from_the_first_on_changes_the_series(tmp_path: Path) -> None:
    later = vevent(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Lisbon:20260301T180000", "DTSTART;TZID=Europe/Lisbon:20260301T190000", uid="s", title="Later"
    )
    (found,) = read(tmp_path, SERIES, later).events
    assert (found.event.title, found.event.start, found.event.rrule) == ("Later", datetime(2026, 3, 1, 19), "FREQ=WEEKLY;BYDAY=SU;COUNT=8")
    assert found.event.uid == "s"


def test_a_date_called_off_without_a_start_and_without_its_series(tmp_path: Path) -> None:
    (found,) = read(tmp_path, vevent("RECURRENCE-ID;TZID=Europe/Lisbon:20260308T180000", "STATUS:CANCELLED", uid="s")).events
    event = found.event
    assert (event.start, event.recurrence_id, event.status) == (datetime(2026, 3, 8, 18), datetime(2026, 3, 8, 18), EventStatus.CANCELLED)


def test_a_change_of_the_day_for_all_later_dates_is_taken_for_one_and_it_is_said(tmp_path: Path) -> None:
    later = vevent(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Lisbon:20260322T180000", "DTSTART;TZID=Europe/Lisbon:20260323T180000", uid="s", title="Mondays"
    )
    calendar = read(tmp_path, SERIES, later)
    assert len(calendar.events) == 2
    assert "“Mondays” changes on 2026-03-22 and on all later dates" in remarks(calendar)


# Versions and identities


def test_the_newest_version_of_an_event_is_taken(tmp_path: Path) -> None:
    new = vevent("DTSTART:20260302T180000", "SEQUENCE:2", title="New")
    old = vevent("DTSTART:20260301T180000", "SEQUENCE:1", title="Old")
    for order in ((new, old), (old, new)):
        calendar = read(tmp_path, *order)
        assert [one.event.title for one in calendar.events] == ["New"]
        assert "newest version" in remarks(calendar)


def test_events_that_share_a_uid_are_kept_apart_by_their_dates(tmp_path: Path) -> None:
    calendar = read(tmp_path, *(vevent(f"DTSTART:2026030{day}T180000", uid="same") for day in (1, 2, 3)))
    assert [one.event.start.day for one in calendar.events] == [1, 2, 3]
    assert len({one.event.uid for one in calendar.events}) == 3


def test_an_event_without_uid_gets_the_same_each_time(tmp_path: Path) -> None:
    body = "BEGIN:VEVENT\nSUMMARY:A\nDTSTART:20260301T180000\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:B\nDTSTART:20260301T180000\nEND:VEVENT"
    first, second = read(tmp_path, body), read(tmp_path, body)
    assert first == second
    assert len({one.event.uid for one in first.events}) == 2


# Texts


def test_escapes_and_html(tmp_path: Path) -> None:
    assert one(tmp_path, "DTSTART:20260301", r"DESCRIPTION:a\, b\; c\\n d\ne\Nf").description == "a, b; c\\n d\ne\nf"
    assert one(tmp_path, "DTSTART:20260301", "DESCRIPTION:1 < 2 and <you> & me &amp; all").description == "1 < 2 and <you> & me &amp; all"
    assert one(tmp_path, "DTSTART:20260301", "DESCRIPTION:One<br>two &lt\\;3<script>no()</script>").description == "One\ntwo <3"


def test_an_address_that_is_none_to_open_is_left_out(tmp_path: Path) -> None:
    assert one(tmp_path, "DTSTART:20260301", "URL:javascript:alert(1)").url == ""


def test_an_event_without_title_has_one_to_be_seen(tmp_path: Path) -> None:
    assert read(tmp_path, "BEGIN:VEVENT\nUID:1\nDTSTART:20260301\nEND:VEVENT").events[0].event.title == "Untitled event"


def test_times_at_noon_that_are_called_all_day_stay_times(tmp_path: Path) -> None:
    event = one(tmp_path, "DTSTART:20260301T120000", "DTEND:20260301T130000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE")
    assert isinstance(event.start, datetime)
    assert event.start.time() == time(12)
