"""A calendar into the community file and out of it again."""

# ruff: noqa: DTZ001  # wall times

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.actions.events import export_calendar, import_calendar
from desktop.community.calendar import Window
from desktop.community.errors import Refused
from desktop.community.events import Event, EventStatus
from desktop.exchange.calendar_read import read_calendar
from desktop.store import events, occurrences, undo
from desktop.store.database import Store
from desktop.store.journal import operation
from helpers.clock import MovedClock
from helpers.community import new_community
from resources.translations import phrase

FILES = Path(__file__).parents[2] / "files" / "calendars"
LISBON = "Europe/Lisbon"
YEAR = Window(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_community(tmp_path / "club.belfry", MovedClock(), name="Alvalade Verde")
    yield made
    made.close()


def all_of(store: Store) -> list[Event]:
    return list(events.every(store))


def choir(store: Store) -> str:
    """A series that was made here, with one date moved and one called off; gives its id."""
    start, end = datetime(2026, 3, 3, 19), datetime(2026, 3, 3, 21)
    with operation(store, phrase("Set up")) as op:
        root = events.add(op, Event("Choir", start, end, LISBON, rrule="FREQ=WEEKLY;COUNT=5"))
        moved = Event("Late choir", datetime(2026, 3, 10, 20), datetime(2026, 3, 10, 22), LISBON, series_id=root)
        events.add(op, replace(moved, recurrence_id=datetime(2026, 3, 10, 19)))
        events.add(op, replace(moved, recurrence_id=datetime(2026, 3, 17, 19), status=EventStatus.CANCELLED))
    return root


def test_a_calendar_of_google_goes_in_whole_and_its_dates_are_there(store: Store) -> None:
    report = import_calendar(store, FILES / "google.ics")
    assert (report.added, report.there, report.bad, report.remarks) == (4, 0, (), ())
    occurrences.refresh(store)
    choir_dates = [one for one in occurrences.between(store, YEAR) if one.title.startswith("Choir")]
    assert len(choir_dates) == 24
    assert [one.start for one in choir_dates if one.title == "Choir (at the church)"] == [datetime(2026, 3, 11, 20)]


@pytest.mark.parametrize("name", ["google", "outlook", "exchange", "apple"])
def test_imported_twice_nothing_is_there_twice(store: Store, name: str) -> None:
    first = import_calendar(store, FILES / f"{name}.ics")
    before = all_of(store)
    second = import_calendar(store, FILES / f"{name}.ics")
    assert (second.added, second.there) == (0, first.added)
    assert all_of(store) == before


def test_undo_takes_the_whole_import_back_and_redo_brings_it_again(store: Store) -> None:
    import_calendar(store, FILES / "google.ics")
    before = all_of(store)
    assert [str(done.name) for done in undo.history(store)] == ["Imported 4 events from google.ics"]
    undo.undo(store)
    assert all_of(store) == []
    undo.redo(store)
    assert all_of(store) == before


def test_what_was_exported_is_known_again_where_it_came_from(store: Store, tmp_path: Path) -> None:
    choir(store)
    import_calendar(store, FILES / "google.ics")
    before = all_of(store)
    assert export_calendar(store, tmp_path / "out.ics") == 4
    report = import_calendar(store, tmp_path / "out.ics")
    assert (report.added, report.there, report.bad, report.remarks) == (0, len(before), (), ())
    assert all_of(store) == before


def test_what_was_exported_is_the_same_in_another_community(store: Store, tmp_path: Path) -> None:
    choir(store)
    import_calendar(store, FILES / "apple.ics")
    export_calendar(store, tmp_path / "out.ics")
    other = new_community(tmp_path / "other.belfry", MovedClock())
    import_calendar(other, tmp_path / "out.ics")
    for one in (store, other):
        occurrences.refresh(one)
    found = [[(one.title, one.start, one.end, one.cancelled) for one in occurrences.between(each, YEAR)] for each in (store, other)]
    other.close()
    assert found[0] == found[1]
    assert len(found[0]) > 5


def test_a_changed_date_that_comes_alone_finds_its_series(store: Store, tmp_path: Path) -> None:
    root = choir(store)
    path = tmp_path / "change.ics"
    path.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:At the church\nSTATUS:CONFIRMED\n"
        f"UID:{root}@belfry\nRECURRENCE-ID:20260324T190000Z\nDTSTART:20260324T200000Z\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    assert import_calendar(store, path).added == 1
    assert "At the church" in {one.title for one in events.changed_dates(store, root)}


def test_a_file_that_breaks_off_leaves_the_community_as_it_was(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "half.ics"
    whole = (FILES / "google.ics").read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(Refused, match="breaks off in line"):
        import_calendar(store, path)
    assert all_of(store) == []


def test_a_bomb_among_the_events_is_listed_and_the_rest_goes_in(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "bomb.ics"
    bomb = "BEGIN:VEVENT\nUID:b\nSUMMARY:Bomb\nDTSTART:20260301T000000Z\nRRULE:FREQ=SECONDLY\nEND:VEVENT\n"
    path.write_text((FILES / "google.ics").read_text().replace("END:VCALENDAR", bomb + "END:VCALENDAR"))
    report = import_calendar(store, path)
    assert report.added == 4
    assert [row.cells for row in report.bad] == [("Bomb",)]
    assert not read_calendar(FILES / "google.ics", LISBON).bad
