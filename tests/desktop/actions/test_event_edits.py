"""Editing events: all dates of a series, or one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.actions import event_edits
from desktop.community.errors import Refused
from desktop.community.events import Event, EventStatus, recurrence_text
from desktop.store import database, events, undo
from desktop.store.database import Store
from helpers.clock import MovedClock

START = datetime(2026, 11, 24, 18, 30)  # noqa: DTZ001  wall time
NEXT = START + timedelta(days=7)
CHOIR = Event("Choir", START, START + timedelta(hours=2), "Europe/Lisbon", place="Hall", rrule="FREQ=WEEKLY;BYDAY=TU")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = database.create(
        tmp_path / "c.belfry", clock=MovedClock(), device="0190a6de-0000-7000-8000-000000000001", settings={"zone": "Europe/Lisbon"}
    )
    yield made
    made.close()


def test_given_a_date_changed_on_its_own_when_the_series_gets_another_place_and_time_then_only_what_differs_stays(store: Store) -> None:
    series_id = event_edits.add(store, CHOIR)
    one = event_edits.date_of(store, series_id, recurrence_text(NEXT))
    event_edits.change_date(store, replace(one, title="Choir in the park"))
    event_edits.change(store, event_edits.moved_to(replace(events.get(store, series_id), place="Church"), START.replace(hour=20)))
    changed = events.changed_dates(store, series_id)[0]
    assert (changed.title, changed.place, changed.start, changed.recurrence_id) == (
        "Choir in the park",
        "Church",
        NEXT.replace(hour=20),
        NEXT.replace(hour=20),
    )


def test_given_a_cancelled_date_when_it_takes_place_after_all_then_nothing_is_left_of_it(store: Store) -> None:
    series_id = event_edits.add(store, CHOIR)
    event_edits.cancel_date(store, series_id, recurrence_text(NEXT))
    assert event_edits.date_of(store, series_id, recurrence_text(NEXT)).status is EventStatus.CANCELLED
    event_edits.restore_date(store, series_id, recurrence_text(NEXT))
    assert events.changed_dates(store, series_id) == []


def test_given_a_deleted_date_when_it_is_undone_then_it_is_a_date_again(store: Store) -> None:
    series_id = event_edits.add(store, CHOIR)
    event_edits.remove_date(store, series_id, recurrence_text(NEXT))
    assert not event_edits.is_date(store, series_id, recurrence_text(NEXT))
    undo.undo(store)
    assert event_edits.is_date(store, series_id, recurrence_text(NEXT))


def test_given_an_event_without_a_title_when_it_is_added_then_it_is_refused(store: Store) -> None:
    with pytest.raises(Refused):
        event_edits.add(store, replace(CHOIR, title="  "))
