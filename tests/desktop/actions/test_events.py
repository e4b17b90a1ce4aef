"""The calendar in and out: what is there already, and changed dates that find their series."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.actions.events import export_calendar, import_calendar
from desktop.community.calendar import Window
from desktop.community.errors import Refused
from desktop.store import events, occurrences, undo
from desktop.store.database import Store

SERIES = (
    "BEGIN:VEVENT\r\nUID:choir@google.com\r\nDTSTART;TZID=Europe/Lisbon:20261130T183000\r\nDTEND;TZID=Europe/Lisbon:20261130T203000\r\n"
    "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=4\r\nSUMMARY:Rehearsal\r\nEND:VEVENT\r\n"
)
MOVED = (
    "BEGIN:VEVENT\r\nUID:choir@google.com\r\nRECURRENCE-ID;TZID=Europe/Lisbon:20261207T183000\r\nDTSTART;TZID=Europe/Lisbon:20261208T190000\r\n"
    "DTEND;TZID=Europe/Lisbon:20261208T210000\r\nSUMMARY:Rehearsal (Tuesday!)\r\nEND:VEVENT\r\n"
)
DECEMBER = Window(datetime(2026, 11, 29, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))


def calendar(tmp_path: Path, *parts: str) -> Path:
    path = tmp_path / "calendar.ics"
    path.write_text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(parts) + "END:VCALENDAR\r\n", encoding="utf-8", newline="")
    return path


def dates(store: Store) -> list[tuple[str, str]]:
    return [(f"{one.start:%m-%d %H:%M}", one.title) for one in occurrences.between(store, DECEMBER)]


WITH_MOVED = [("11-30 18:30", "Rehearsal"), ("12-08 19:00", "Rehearsal (Tuesday!)"), ("12-14 18:30", "Rehearsal"), ("12-21 18:30", "Rehearsal")]


@pytest.mark.parametrize("parts", [(SERIES, MOVED), (MOVED, SERIES)], ids=["series first", "changed date first"])
def test_given_a_series_with_a_changed_date_then_that_date_is_moved(choir: Store, tmp_path: Path, parts: tuple[str, str]) -> None:
    report = import_calendar(choir, calendar(tmp_path, *parts))

    assert (report.added, report.bad) == (2, ())
    assert dates(choir) == WITH_MOVED


def test_given_a_series_is_there_when_a_later_export_has_a_changed_date_then_it_finds_its_series(choir: Store, tmp_path: Path) -> None:
    import_calendar(choir, calendar(tmp_path, SERIES))

    report = import_calendar(choir, calendar(tmp_path, SERIES, MOVED))

    assert (report.added, report.there) == (1, 1)
    assert dates(choir) == WITH_MOVED
    undo.undo(choir)
    assert ("12-07 18:30", "Rehearsal") in dates(choir)


def test_given_an_export_when_it_is_imported_again_then_all_is_there_already(choir: Store, tmp_path: Path) -> None:
    import_calendar(choir, calendar(tmp_path, SERIES, MOVED))

    assert export_calendar(choir, tmp_path / "out.ics") == events.count(choir) == 1
    assert import_calendar(choir, tmp_path / "out.ics").added == 0
    with pytest.raises(Refused):
        export_calendar(choir, tmp_path / "out.csv")
