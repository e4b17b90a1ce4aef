"""Repeating, in wall time: moved forward it gives what the full walk gives, and no rule can make it run long."""

import time as stopwatch
import tracemalloc
from datetime import date, datetime, timedelta
from itertools import takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.community.errors import Refused
from desktop.community.recurrence import ends, occurrences, recurrence


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def days(text: str, start: str, first: str, last: str, zone: str = "") -> list[str]:
    found = occurrences(wall(start), recurrence(text), wall(first), wall(last), zone)
    return [f"{moment:%Y-%m-%d}" for moment in found]


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 7))}"]
    some = {
        "WKST": st.sampled_from(["MO", "SU", "TH"]),
        "BYMONTH": st.sampled_from(["2", "1,6,12", "3,10"]),
        "BYMONTHDAY": st.sampled_from(["31", "29", "-1", "1,15", "-31"]),
        "BYDAY": st.sampled_from(["MO", "TU,TH", "SA,SU"] + (["1FR", "-1SU", "5MO"] if frequency in ("YEARLY", "MONTHLY") else [])),
        "BYHOUR": st.sampled_from(["9", "9,18"]),
        "BYSETPOS": st.sampled_from(["1", "-1", "2"]),
    }
    if frequency == "YEARLY":
        some |= {"BYYEARDAY": st.sampled_from(["1", "366", "-1,100"]), "BYWEEKNO": st.sampled_from(["1", "20,53", "-1"])}
    for name in draw(st.sets(st.sampled_from(sorted(some)), max_size=3)):
        parts.append(f"{name}={draw(some[name])}")
    end = draw(st.sampled_from(["", "COUNT", "UNTIL"]))
    if end == "COUNT":
        parts.append(f"COUNT={draw(st.integers(1, 60))}")
    elif end == "UNTIL":
        parts.append(f"UNTIL={draw(st.datetimes(wall('2020-01-01'), wall('2034-01-01'))):%Y%m%dT%H%M%S}")
    return ";".join(parts)


@settings(max_examples=60)  # the full walk that it is compared with takes its time
@given(
    text=rules(),
    start=st.datetimes(wall("2019-01-01"), wall("2026-12-31")).map(lambda moment: moment.replace(second=0, microsecond=0)),
    after=st.datetimes(wall("2018-01-01"), wall("2031-01-01")).map(lambda moment: moment.replace(microsecond=0)),
    length=st.one_of(st.integers(0, 200), st.integers(0, 1500)),  # short windows share their walks
)
def test_given_any_rule_when_moved_forward_then_it_gives_what_the_full_walk_gives(text: str, start: datetime, after: datetime, length: int) -> None:
    before = after + timedelta(days=length)
    try:
        repeats = recurrence(text)
    except Refused:
        return
    parts = dict(part.split("=") for part in text.split(";"))
    count = int(parts.pop("COUNT", 0))
    parts.setdefault("WKST", "MO")
    walk = rrulestr(";".join(f"{name}={value}" for name, value in parts.items()), dtstart=start)
    # No rule of these gives more than two a day, so a rule with a count of 60 and a date at all has it within 4 * 7 * 60 years; ours ends in 2034.
    naive = list(takewhile(lambda moment: moment < wall("2036-01-01"), walk))
    whole = [start, *(moment for moment in naive if moment != start)]
    if count:
        whole = whole[:count]
    assert occurrences(start, repeats, after, before) == [moment for moment in whole if after <= moment < before]


def test_given_the_31st_of_each_month_when_expanded_then_short_months_are_left_out() -> None:
    assert days("FREQ=MONTHLY", "2026-01-31T18:00", "2026-01-01", "2026-09-01") == [
        "2026-01-31",
        "2026-03-31",
        "2026-05-31",
        "2026-07-31",
        "2026-08-31",
    ]


def test_given_the_29th_of_february_when_expanded_decades_later_then_only_leap_years_have_it() -> None:
    assert days("FREQ=YEARLY", "2024-02-29T10:00", "2090-01-01", "2109-01-01") == ["2092-02-29", "2096-02-29", "2104-02-29", "2108-02-29"]


def test_given_an_until_in_utc_when_expanded_then_it_is_read_in_the_zone_of_the_event() -> None:
    text = "FREQ=DAILY;UNTIL=20260703T170000Z"  # 18:00 in Lisbon in summer
    assert days(text, "2026-07-01T18:00", "2026-01-01", "2027-01-01", "Europe/Lisbon") == ["2026-07-01", "2026-07-02", "2026-07-03"]
    assert days(text, "2026-07-01T18:01", "2026-01-01", "2027-01-01", "Europe/Lisbon") == ["2026-07-01", "2026-07-02"]


def test_given_an_until_that_is_a_day_when_expanded_then_that_day_is_among_them() -> None:
    assert days("FREQ=WEEKLY;UNTIL=20260115", "2026-01-01T20:00", "2026-01-01", "2027-01-01") == ["2026-01-01", "2026-01-08", "2026-01-15"]


def test_given_a_start_that_the_rule_would_not_give_when_counted_then_it_is_the_first_of_them() -> None:
    assert days("FREQ=WEEKLY;BYDAY=TU;COUNT=3", "2026-11-23T20:00", "2026-01-01", "2027-01-01") == ["2026-11-23", "2026-11-24", "2026-12-01"]
    assert days("FREQ=WEEKLY;BYDAY=TU;COUNT=1", "2026-11-23T20:00", "2026-01-01", "2027-01-01") == ["2026-11-23"]


def test_given_extra_and_left_out_dates_when_expanded_then_both_are_kept_to() -> None:
    repeats = recurrence("FREQ=DAILY;COUNT=4", (wall("2026-02-01T12:00"),), (wall("2026-01-02T18:00"), date(2026, 1, 4)))
    found = occurrences(wall("2026-01-01T18:00"), repeats, wall("2026-01-01"), wall("2027-01-01"))
    assert found == [wall("2026-01-01T18:00"), wall("2026-01-03T18:00"), wall("2026-02-01T12:00")]


def test_given_an_all_day_event_when_expanded_then_days_come_out() -> None:
    found = occurrences(date(2026, 1, 31), recurrence("FREQ=MONTHLY;BYMONTHDAY=-1"), wall("2026-02-01"), wall("2026-04-01"))
    assert found == [date(2026, 2, 28), date(2026, 3, 31)]
    assert not any(isinstance(day, datetime) for day in found)


def test_given_a_single_date_when_expanded_then_it_is_there_only_inside_the_window() -> None:
    assert occurrences(wall("2026-01-01T18:00"), None, wall("2026-01-01"), wall("2026-01-02")) == [wall("2026-01-01T18:00")]
    assert occurrences(wall("2026-01-01T18:00"), None, wall("2026-01-02"), wall("2026-01-03")) == []


def test_given_more_dates_than_the_limit_when_expanded_then_the_earliest_are_given() -> None:
    found = occurrences(wall("2026-01-01T18:00"), recurrence("FREQ=DAILY"), wall("2026-01-01"), wall("2027-01-01"), limit=3)
    assert [moment.day for moment in found] == [1, 2, 3]


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=5",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=FORTNIGHTLY",
        "nonsense",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;UNTIL=never",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=YEARLY;BYEASTER=1",
        "COUNT=3",
    ],
)
def test_given_a_rule_that_cannot_be_kept_when_read_then_a_sentence_says_so(text: str) -> None:
    with pytest.raises(Refused) as refused:
        recurrence(text)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("text", ["FREQ=WEEKLY;BYDAY=TU,TH;WKST=SU", "freq=monthly;byday=-1FR;bysetpos=-1", "FREQ=DAILY;X-THING=1"])
def test_given_a_rule_when_kept_then_its_text_is_what_came_in(text: str) -> None:
    assert recurrence(f"RRULE:{text}").rule == text
    assert recurrence(text).rule == text


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;COUNT=999999999999",
        "FREQ=DAILY;BYMONTH=1;BYYEARDAY=366",
        "FREQ=DAILY;BYMONTH=1;BYYEARDAY=366;COUNT=9",
        "FREQ=WEEKLY;BYMONTH=1;BYMONTHDAY=1;BYYEARDAY=2;COUNT=7",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=MONTHLY;BYYEARDAY=366;BYMONTHDAY=1",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;COUNT=999999",
    ],
)
def test_given_a_bomb_when_expanded_over_five_years_then_it_takes_little_time_and_room(text: str) -> None:
    tracemalloc.start()
    began = stopwatch.process_time()
    occurrences(wall("0023-03-01T18:00"), recurrence(text), wall("2026-01-01"), wall("2031-01-01"))
    ends(wall("1970-03-01T18:00"), recurrence(text))
    took, (_, peak) = stopwatch.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 5  # the promise for a whole file with a bomb (figure X5); without the bound each runs for minutes
    assert peak < 100_000_000


def test_given_a_repetition_when_asked_for_its_end_then_the_last_date_or_none_is_given() -> None:
    start = wall("2026-01-01T18:00")
    assert ends(start, None) == start
    assert ends(start, recurrence("FREQ=WEEKLY")) is None
    assert ends(start, recurrence("FREQ=WEEKLY;COUNT=3")) == wall("2026-01-15T18:00")
    assert ends(start, recurrence("FREQ=WEEKLY;UNTIL=20260201", (wall("2026-03-01T18:00"),))) == wall("2026-03-01T18:00")


def test_given_a_repetition_of_nothing_when_it_is_walked_then_it_happens_once() -> None:
    start = wall("2026-03-01T12:17")
    assert occurrences(start, recurrence(""), wall("2026-01-01"), wall("2026-12-31")) == [start]
    assert occurrences(start, recurrence(""), wall("2026-04-01"), wall("2026-12-31")) == []
