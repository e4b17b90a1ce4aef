from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.community.calendar import Window, dates, first_of_each
from desktop.community.events import Event, EventStatus

HOME = "Europe/Lisbon"
YEAR = Window(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def series(rule: str = "FREQ=WEEKLY", zone: str = "Europe/Berlin") -> Event:
    return Event("Choir", wall("2026-03-17T19:00"), wall("2026-03-17T21:00"), zone, "Hall", rrule=rule, id="series")


def moved(instead: str, start: str, status: EventStatus = EventStatus.CONFIRMED) -> Event:
    begins, ends = wall(start), wall(start) + timedelta(hours=1)
    row_id = f"moved-{instead}"
    return Event("Moved", begins, ends, "Europe/Berlin", status=status, series_id="series", recurrence_id=wall(instead), id=row_id)


def starts(event: Event, *changed: Event, window: Window = YEAR) -> list[str]:
    return [f"{one.start_at:%m-%d %H:%M}" for one in dates(event, changed, window, HOME)]


def test_the_wall_time_stays_when_summer_time_begins() -> None:
    assert starts(series("FREQ=WEEKLY;COUNT=3")) == ["03-17 18:00", "03-24 18:00", "03-31 17:00"]


def test_a_single_event_has_one_date_without_a_name() -> None:
    (one,) = dates(replace(series(""), rrule=""), [], YEAR, HOME)
    assert (one.recurrence_id, one.event_id, one.series_id, one.title, one.place, one.cancelled) == ("", "series", "series", "Choir", "Hall", False)
    assert (one.start, one.end) == (wall("2026-03-17T19:00"), wall("2026-03-17T21:00"))


def test_a_changed_date_stands_in_the_place_of_its_own_even_where_it_is_moved_far_away() -> None:
    found = dates(series("FREQ=WEEKLY;COUNT=3"), [moved("2026-03-24T19:00", "2026-11-01T10:00")], YEAR, HOME)
    assert [(one.recurrence_id, one.event_id, one.title) for one in found] == [
        ("20260317T190000", "series", "Choir"),
        ("20260331T190000", "series", "Choir"),
        ("20260324T190000", "moved-2026-03-24T19:00", "Moved"),
    ]
    assert {one.series_id for one in found} == {"series"}


def test_a_changed_date_that_is_moved_out_of_the_window_leaves_no_date_in_it() -> None:
    assert starts(series("FREQ=WEEKLY;COUNT=2"), moved("2026-03-24T19:00", "2027-03-01T10:00")) == ["03-17 18:00"]


def test_a_cancelled_date_or_series_comes_out_as_cancelled() -> None:
    changed = moved("2026-03-24T19:00", "2026-03-24T19:00", EventStatus.CANCELLED)
    assert [one.cancelled for one in dates(series("FREQ=WEEKLY;COUNT=3"), [changed], YEAR, HOME)] == [False, True, False]
    cancelled = replace(series("FREQ=WEEKLY;COUNT=2"), status=EventStatus.CANCELLED)
    assert [one.cancelled for one in dates(cancelled, [moved("2026-03-24T19:00", "2026-03-25T19:00")], YEAR, HOME)] == [True, True]


def test_left_out_and_further_dates_count() -> None:
    event = replace(series("FREQ=WEEKLY;COUNT=3"), exdates=(wall("2026-03-24T19:00"),), rdates=(wall("2026-04-01T19:00"),))
    assert starts(event) == ["03-17 18:00", "03-31 17:00", "04-01 17:00"]


def test_whole_days_and_floating_times_are_those_of_the_community() -> None:
    (trip,) = dates(Event("Trip", date(2026, 7, 1), date(2026, 7, 3), id="trip"), [], YEAR, HOME)
    assert (trip.start_at, trip.end_at) == (datetime(2026, 6, 30, 23, tzinfo=UTC), datetime(2026, 7, 2, 23, tzinfo=UTC))
    assert starts(Event("Float", wall("2026-07-01T10:00"), wall("2026-07-01T11:00"))) == ["07-01 09:00"]


def test_an_event_is_in_a_window_that_it_reaches_into_or_begins_in() -> None:
    night = Event("Night", wall("2026-07-01T22:00"), wall("2026-07-02T04:00"), "UTC", id="night")
    moment = Event("Bell", wall("2026-07-01T22:00"), wall("2026-07-01T22:00"), "UTC", id="bell")

    def inside(event: Event, start: str, end: str) -> bool:
        return bool(dates(event, [], Window(wall(start).replace(tzinfo=UTC), wall(end).replace(tzinfo=UTC)), HOME))

    assert inside(night, "2026-07-02T00:00", "2026-07-02T01:00")
    assert not inside(night, "2026-07-02T04:00", "2026-07-02T05:00")
    assert not inside(night, "2026-07-01T21:00", "2026-07-01T22:00")
    assert inside(moment, "2026-07-01T22:00", "2026-07-01T23:00")
    assert not inside(moment, "2026-07-01T21:00", "2026-07-01T22:00")


@given(
    days=st.integers(0, 500),
    length=st.integers(0, 60),
    rule=st.sampled_from(["FREQ=WEEKLY", "FREQ=DAILY;INTERVAL=3", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=YEARLY", "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=5"]),
    zone=st.sampled_from(["Europe/Berlin", "Pacific/Apia", "America/St_Johns", "Australia/Lord_Howe"]),
)
def test_a_window_shows_what_a_wider_one_shows_of_it(days: int, length: int, rule: str, zone: str) -> None:
    event = replace(series(rule, zone), end=wall("2026-03-19T07:00"))
    changed = [moved("2026-03-24T19:00", "2026-06-01T10:00")]
    start = datetime(2026, 1, 1, 13, tzinfo=UTC) + timedelta(days=days)
    narrow = Window(start, start + timedelta(days=length))
    wide = Window(datetime(2025, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
    expected = [
        one for one in dates(event, changed, wide, HOME) if one.start_at < narrow.end and (one.end_at > narrow.start or one.start_at >= narrow.start)
    ]
    assert dates(event, changed, narrow, HOME) == expected


KINDS = st.builds(
    lambda number, start, hours, rule, zone, left_out: Event(
        f"Event {number}",
        start if zone != "all day" else start.date(),
        start + timedelta(hours=hours) if zone != "all day" else start.date() + timedelta(days=1 + hours // 24),
        zone.removesuffix("all day"),
        rrule=rule,
        exdates=tuple((start if zone != "all day" else start.date()) + timedelta(weeks=week) for week in left_out) if rule else (),
        id=f"{number:03}",
    ),
    number=st.integers(0, 999),
    start=st.datetimes(wall("2026-01-01"), wall("2027-06-01")).map(lambda moment: moment.replace(minute=0, second=0, microsecond=0)),
    hours=st.sampled_from([0, 2, 30, 24 * 40]),
    rule=st.sampled_from(
        ["", "FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,WE", "FREQ=MONTHLY;BYDAY=-1SU", "FREQ=DAILY;BYHOUR=1,2;COUNT=50", "FREQ=YEARLY"]
    ),
    zone=st.sampled_from(["", "all day", HOME, "America/Sao_Paulo", "Pacific/Auckland"]),
    left_out=st.sets(st.integers(1, 20), max_size=3),
)


@given(
    found=st.lists(KINDS, max_size=8, unique_by=lambda event: event.id),
    changed=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 90), st.integers(-500, 500)), max_size=4),
    first=st.datetimes(wall("2027-02-01"), wall("2027-11-01")).map(lambda moment: moment.replace(tzinfo=UTC, microsecond=0)),
    spans=st.sampled_from([[1] * 42, [1] * 7, [183]]),  # both changes of the clocks of a year are among them
    most=st.integers(0, 5),
)
def test_given_spans_of_time_when_only_the_first_of_each_are_asked_for_then_they_are_the_first_of_all(
    found: list[Event], changed: list[tuple[int, int, int]], first: datetime, spans: list[int], most: int
) -> None:
    everything = [(event, _changes(event, [by for which, *by in changed if which == number])) for number, event in enumerate(found)]
    moments = [first + timedelta(days=day) for day in range(0, sum(spans) + 1, spans[0])]
    window = Window(moments[0], moments[-1])
    whole = sorted(
        (one for event, own in everything for one in dates(event, own, window, HOME)), key=lambda one: (one.start_at, one.event_id, one.recurrence_id)
    )
    wanted, begun = [one for one in whole if one.start_at < first], []
    for start, end in pairwise(moments):
        inside = [one for one in whole if start <= one.start_at < end]
        wanted += inside[:most]
        begun.append(len(inside))
    assert first_of_each(everything, moments, most, HOME) == (wanted, begun)


def _changes(event: Event, by: list[list[int]]) -> list[Event]:
    """Some dates of a series, each moved by hours."""
    window = Window(datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 12, 1, tzinfo=UTC))
    there = [one for one in dates(event, [], window, HOME) if one.recurrence_id]
    found = {}
    for which, hours in by:
        if which < len(there):
            one = there[which]
            start, end = one.start + timedelta(hours=hours), one.end + timedelta(hours=hours)
            found[one.recurrence_id] = replace(event, start=start, end=end, rrule="", exdates=(), recurrence_id=one.start, id=f"{event.id}-{which}")
    return list(found.values())
