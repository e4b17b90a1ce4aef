"""Far months are worked out when they are asked for; they show what is shown of a month that was worked out ahead."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from desktop.community.calendar import Window
from desktop.community.events import Event, EventStatus
from desktop.community.zones import to_utc
from desktop.store import calendar_reads, events, occurrences
from desktop.store.database import Store
from desktop.store.journal import operation
from helpers.clock import MovedClock
from resources.translations import phrase

ZONE = "Europe/Lisbon"


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.fixture
def busy(store: Store, clock: MovedClock) -> Store:
    """A community with series of all kinds over the changes of the clocks, with dates left out, moved and cancelled."""
    year = clock.now().year
    with operation(store, phrase("Added the events")) as op:
        for number, (zone, rule) in enumerate(
            (zone, rule)
            for zone in (ZONE, "America/Sao_Paulo", "")
            for rule in ("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=SU,TU", "FREQ=MONTHLY;BYDAY=-1SU", "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU")
        ):
            start = wall(f"{year - 1}-01-04T01:30") + timedelta(hours=number)
            left_out = tuple(start + timedelta(weeks=week) for week in (60, 64, 70))
            series = events.add(op, Event(f"Series {number}", start, start + timedelta(hours=2), zone, rrule=rule, exdates=left_out))
            for week, status in ((61, EventStatus.CONFIRMED), (65, EventStatus.CANCELLED)):
                instead = start + timedelta(weeks=week)
                moved = instead + timedelta(days=week % 4, hours=3)
                events.add(op, Event("Moved", moved, moved + timedelta(hours=1), zone, status=status, series_id=series, recurrence_id=instead))
        events.add(op, Event("Camp", date(year + 1, 3, 20), date(year + 1, 4, 2)))
        events.add(op, Event("Once", wall(f"{year + 1}-03-28T01:30"), wall(f"{year + 1}-03-28T02:30"), ZONE))
    occurrences.refresh(store)
    return store


@pytest.mark.parametrize("month", range(1, 13))
def test_given_a_month_when_it_is_worked_out_as_a_far_one_then_it_shows_what_was_worked_out_ahead(busy: Store, clock: MovedClock, month: int) -> None:
    first = date(clock.now().year + 1, month, 1)
    midnights = [to_utc(datetime.combine(first + timedelta(days=day), datetime.min.time()), ZONE) for day in range(43)]
    assert occurrences.covers(busy, Window(midnights[0], midnights[-1]))
    ahead = calendar_reads.month(busy, midnights, 3)
    assert calendar_reads.far(busy, midnights, 3) == ahead
    assert len(ahead[0]) > 42
    assert any(ahead[1])


@pytest.mark.parametrize("most", [1, 50, 190, 5000])
def test_given_half_a_year_when_its_first_dates_are_asked_for_then_far_and_near_give_the_same(busy: Store, clock: MovedClock, most: int) -> None:
    start = datetime(clock.now().year + 1, 3, 25, 12, tzinfo=UTC)
    window = Window(start, start + timedelta(days=183))
    whole = occurrences.between(busy, window)
    near = calendar_reads.first(busy, window, most)
    assert near == whole[:most]
    assert near[0].start_at < start
    with busy.write() as conn:  # as though no year had been worked out ahead
        conn.execute("DELETE FROM setting WHERE key = 'occurrences_from'")
    assert calendar_reads.first(busy, window, most) == near


def test_given_far_years_when_the_events_change_then_the_months_do_too(busy: Store, clock: MovedClock) -> None:
    start = datetime(clock.now().year + 30, 6, 1, tzinfo=UTC)
    days = [start + timedelta(days=day) for day in range(31)]
    before, counted = calendar_reads.far(busy, days, 100)
    assert not any(counted)
    assert all(a <= b for a, b in pairwise(one.start_at for one in before))
    with operation(busy, phrase("Removed a series")) as op:
        op.delete("event", before[0].series_id)
    after, _ = calendar_reads.far(busy, days, 100)
    assert after == [one for one in before if one.series_id != before[0].series_id] != []
