"""Where the dates of a week stand; whatever overlaps."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from desktop.community.events import Occurrence
from desktop.community.zones import to_utc
from desktop.ui.pages.calendar.shown import Shown, shown
from desktop.ui.pages.calendar.week_layout import (
    DAY_MINUTES,
    SHORTEST,
    USUAL_TOP,
    Place,
    blocks,
    day_row,
    in_day_row,
    parts,
    sensible_top,
    side_by_side,
)

MONDAY = date(2026, 11, 23)
LISBON = ZoneInfo("Europe/Lisbon")
SPANS = st.lists(st.tuples(st.integers(0, 47), st.integers(1, 12)).map(lambda one: (one[0] * 30, min((one[0] + one[1]) * 30, 1440))), max_size=24)


def wall(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute)  # noqa: DTZ001  wall time


def event(start: datetime, end: datetime, zone: str = "Europe/Lisbon") -> Shown:
    at, until = (to_utc(moment, zone) for moment in (start, end))
    return shown(Occurrence("e", "e", "", "Choir", start, end, zone, at.astimezone(UTC), until.astimezone(UTC), "", False), LISBON)


def box(span: tuple[int, int], place: Place) -> tuple[int, int, float, float]:
    return span[0], span[1], place.lane / place.lanes, (place.lane + place.wide) / place.lanes


def overlap(one: tuple[int, int, float, float], other: tuple[int, int, float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] - 1e-9 and other[2] < one[3] - 1e-9


@given(SPANS, st.integers(2, 6))
def test_given_any_spans_when_they_are_placed_then_no_two_boxes_overlap_and_each_is_seen_or_counted(spans: list[tuple[int, int]], most: int) -> None:
    places, crowds = side_by_side(spans, most)
    boxes = [box(span, place) for span, place in zip(spans, places, strict=True) if place is not None]
    boxes += [box((crowd.start, crowd.end), crowd.place) for crowd in crowds]
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    assert sum(crowd.count for crowd in crowds) == places.count(None)
    assert all(place.lane >= 0 and place.lane + place.wide <= place.lanes <= most for place in places if place is not None)


@given(SPANS)
def test_given_any_spans_when_there_is_room_then_all_are_seen_and_those_that_stand_alone_take_the_whole_day(spans: list[tuple[int, int]]) -> None:
    places, crowds = side_by_side(spans, len(spans) + 1)
    assert not crowds
    for number, (span, place) in enumerate(zip(spans, places, strict=True)):
        assert place is not None
        others = [other for at, other in enumerate(spans) if at != number]
        if not any(span[0] < other[1] and other[0] < span[1] for other in others):
            assert place.wide == place.lanes


@given(st.datetimes(datetime(2026, 11, 20), datetime(2026, 12, 2)), st.integers(0, 4000))  # noqa: DTZ001  wall time
def test_given_any_span_when_it_is_cut_at_midnight_then_its_parts_are_inside_their_days_and_make_the_whole(start: datetime, minutes: int) -> None:
    start = start.replace(second=0, microsecond=0)
    end = start + timedelta(minutes=minutes)
    found = list(parts(start, end, MONDAY))
    assert all(part.start >= 0 and part.start + SHORTEST <= part.end <= DAY_MINUTES for part in found)
    assert [part.day for part in found] == sorted({part.day for part in found})
    for one, following in pairwise(found):
        assert one.goes_on
        assert (one.end, following.start, following.begun_before) == (DAY_MINUTES, 0, True)


def test_given_three_that_overlap_and_one_alone_when_they_are_placed_then_the_free_lanes_are_used() -> None:
    places, crowds = side_by_side([(600, 720), (600, 660), (660, 720), (800, 860)], 4)
    assert places == [Place(0, 1, 2), Place(1, 1, 2), Place(1, 1, 2), Place(0, 1, 1)]
    assert not crowds


def test_given_more_than_have_room_when_they_are_placed_then_the_last_lane_says_how_many() -> None:
    places, crowds = side_by_side([(600, 660)] * 5, 3)
    assert [place is None for place in places] == [False, False, True, True, True]
    assert (crowds[0].count, crowds[0].place) == (3, Place(2, 1, 3))


def test_given_a_night_when_it_is_cut_then_both_days_have_a_part() -> None:
    found, _crowds = blocks([event(wall(27, 22), wall(28, 3))], MONDAY, 4)
    assert [(one.day, one.start, one.end, one.begun_before, one.goes_on) for one in found] == [
        (4, 22 * 60, DAY_MINUTES, False, True),
        (5, 0, 3 * 60, True, False),
    ]


def test_given_an_evening_until_midnight_when_it_is_cut_then_it_stays_on_its_day() -> None:
    found, _crowds = blocks([event(wall(27, 22), wall(28, 0))], MONDAY, 4)
    assert [(one.day, one.end, one.goes_on) for one in found] == [(4, DAY_MINUTES, False)]


def test_given_a_whole_day_and_longer_when_it_is_shown_then_it_stands_above_the_hours() -> None:
    assert in_day_row(event(wall(27, 22), wall(28, 22)))
    assert not in_day_row(event(wall(27, 22), wall(28, 21)))


def test_given_the_days_on_which_the_clock_changes_when_dates_are_shown_then_they_stand_at_the_time_of_the_wall() -> None:
    spring, _crowds = blocks([event(wall(29, 0, 30, 3), wall(29, 3, 0, 3))], date(2026, 3, 23), 4)
    assert [(one.day, one.start, one.end) for one in spring] == [(6, 30, 180)]
    elsewhere = event(wall(29, 9, 0, 3), wall(29, 10, 0, 3), "America/Sao_Paulo")
    assert blocks([elsewhere], date(2026, 3, 23), 4)[0][0].start == 13 * 60
    back = event(datetime(2026, 10, 25, 0, 30), datetime(2026, 10, 25, 1, 30), "UTC")  # noqa: DTZ001  wall time: 1:30 of summer, then 1:30 again
    autumn, _crowds = blocks([back], date(2026, 10, 19), 4)
    assert [(one.day, one.start, one.end) for one in autumn] == [(6, 90, 120)]


def test_given_whole_days_when_there_is_one_lane_too_few_then_it_is_made_and_when_there_are_two_they_are_counted() -> None:
    def whole(day: int, days: int) -> Shown:
        first = MONDAY + timedelta(days=day)
        return Shown(event(wall(23, 9), wall(23, 10)).occurrence, first, first + timedelta(days=days - 1), None, None)

    three = [whole(0, 3), whole(1, 2), whole(2, 1)]
    row = day_row(three, {}, MONDAY, 2)
    assert (len(row.pieces), row.lanes, sum(row.lost)) == (3, 3, 0)
    assert (row.free_lane(4, 5), row.free_lane(1, 2)) == (0, 2)
    full = day_row([*three, whole(2, 1)], {MONDAY: 4}, MONDAY, 2)
    assert (len(full.pieces), full.lanes, list(full.lost)) == (2, 3, [4, 0, 2, 0, 0, 0, 0])


def test_given_a_week_when_it_is_first_shown_then_its_hours_begin_where_something_is() -> None:
    evening = blocks([event(wall(25, 18, 30), wall(25, 21))], MONDAY, 4)[0]
    early = blocks([event(wall(25, 6), wall(25, 7))], MONDAY, 4)[0]
    assert sensible_top([], 480) == USUAL_TOP
    assert sensible_top(evening, 16 * 60) == USUAL_TOP
    assert sensible_top(evening, 480) == 21 * 60 + 30 - 480
    assert sensible_top(early, 480) == 5 * 60 + 30
    assert sensible_top([*early, *evening], 480) == 5 * 60 + 30
