"""When announcements go out: planning, catching up, lengths of time as people write them, lateness."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.community.durations import Offset, parse_length, parse_offset, parse_wall
from desktop.community.errors import Refused
from desktop.community.lateness import ASK, SKIP, TOLERANCE, UNTIL_START, Lateness, LateRule, parse_lateness
from desktop.community.recurrence import recurrence
from desktop.community.schedules import At, BeforeEvent, EventDate, Now, Wanted, default_lateness, due, overtaken, plan

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEEKLY = At(datetime.fromisoformat("2026-11-24T20:00"), "Europe/Lisbon", recurrence("FREQ=WEEKLY"))


def test_given_now_when_planned_at_any_time_then_it_is_once_and_was_due_when_made() -> None:
    for after in (NOON - DAY, NOON + DAY):
        assert plan(Now(), ASK, made_at=NOON, after=after, horizon=after + DAY) == [Wanted("", NOON, NOON + 2 * HOUR)]


def test_given_a_wall_time_when_planned_then_it_is_due_once() -> None:
    schedule = At(datetime.fromisoformat("2026-12-06T18:00"), "America/Sao_Paulo")
    [wanted] = plan(schedule, ASK, made_at=NOON, after=NOON, horizon=NOON + 30 * DAY)
    assert wanted == Wanted("", datetime(2026, 12, 6, 21, tzinfo=UTC), datetime(2026, 12, 6, 23, tzinfo=UTC))
    assert due(schedule) == wanted.due_at


@given(cut=st.integers(1, 40 * 24))
def test_given_a_repeating_announcement_when_planned_in_two_windows_then_nothing_is_double_or_left_out(cut: int) -> None:
    middle = NOON + cut * HOUR
    whole = plan(WEEKLY, ASK, made_at=NOON, after=NOON, horizon=NOON + 60 * DAY)
    parts = [
        *plan(WEEKLY, ASK, made_at=NOON, after=NOON, horizon=middle),
        *plan(WEEKLY, ASK, made_at=NOON, after=middle, horizon=NOON + 60 * DAY),
    ]
    assert parts == whole
    assert [one.occurrence for one in whole[:2]] == ["20261124T200000", "20261201T200000"]


def test_given_dates_that_had_passed_when_it_was_made_when_planned_then_only_those_that_could_still_go_out_are_wanted() -> None:
    daily = At(datetime.fromisoformat("2026-11-01T11:00"), "UTC", recurrence("FREQ=DAILY"))
    assert plan(daily, ASK, made_at=NOON, after=NOON - 30 * DAY, horizon=NOON + HOUR)[0].occurrence == "20261123T110000"
    assert plan(daily, SKIP, made_at=NOON, after=NOON - 30 * DAY, horizon=NOON + HOUR) == []


def test_given_an_event_tomorrow_when_a_reminder_a_day_before_is_planned_then_it_may_be_late_until_the_start() -> None:
    schedule = BeforeEvent(Offset(days=1))
    dates = [
        EventDate("20261124T100000", datetime.fromisoformat("2026-11-24T10:00"), "UTC"),
        EventDate("20261201", date(2026, 12, 1), "UTC", takes_place=False),
    ]
    first, second = plan(schedule, default_lateness(schedule), made_at=NOON, after=NOON - DAY, horizon=NOON + 30 * DAY, dates=dates)
    assert (first.due_at, first.late_until) == (NOON - 2 * HOUR, NOON + 22 * HOUR)
    assert (second.due_at, second.takes_place) == (datetime(2026, 11, 30, 9, tzinfo=UTC), False)


@given(st.lists(st.integers(-50, 50), min_size=1, unique=True))
def test_given_dates_that_fell_due_when_catching_up_then_only_the_latest_goes_out(hours: list[int]) -> None:
    moments = [NOON + each * HOUR for each in hours]
    fate = overtaken(moments, NOON)
    goes = [moment for moment, gone in zip(moments, fate, strict=True) if not gone and moment <= NOON]
    assert goes == ([max(moment for moment in moments if moment <= NOON)] if any(moment <= NOON for moment in moments) else [])
    assert not any(gone for moment, gone in zip(moments, fate, strict=True) if moment > NOON)


@pytest.mark.parametrize(
    ("text", "offset", "written"),
    [
        ("1d", Offset(1), "1d"),
        ("2h", Offset(exact=2 * HOUR), "2h"),
        ("2 h", Offset(exact=2 * HOUR), "2h"),
        ("1d12h", Offset(1, 12 * HOUR), "1d12h"),
        ("1 d 12 h", Offset(1, 12 * HOUR), "1d12h"),
        ("1w", Offset(7), "7d"),
        ("90min", Offset(exact=1.5 * HOUR), "1h30m"),
        ("45m", Offset(exact=0.75 * HOUR), "45m"),
        ("24h", Offset(exact=DAY), "24h"),
        ("0", Offset(), "0h"),
    ],
)
def test_given_a_length_of_time_when_read_then_it_is_what_was_meant_and_can_be_written_again(text: str, offset: Offset, written: str) -> None:
    assert parse_offset(text) == offset
    assert str(offset) == written
    assert parse_offset(written) == offset


@pytest.mark.parametrize("text", ["", "soon", "1", "-1d", "1x", "1d soon", "500d", "99999w", "1.5h"])
def test_given_what_is_no_length_of_time_when_read_then_a_sentence_says_so(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_length(text)
    assert str(refused.value).endswith(".")


def test_given_wall_times_when_read_then_they_are_naive() -> None:
    for text in ("2026-12-06 18:00", "2026-12-06T18:00", "2026-12-06 18:00:00"):
        assert parse_wall(text) == datetime.fromisoformat("2026-12-06T18:00")
    assert parse_wall("2026-12-06 9:05") == datetime.fromisoformat("2026-12-06T09:05")


@pytest.mark.parametrize("text", ["", "2026-12-06", "6.12.2026 18:00", "2026-13-06 18:00", "2026-12-06 25:00", "2026-12-06 18:00Z", "tomorrow"])
def test_given_what_is_no_wall_time_when_read_then_a_sentence_says_so(text: str) -> None:
    with pytest.raises(Refused, match="not a date and time"):
        parse_wall(text)


@pytest.mark.parametrize(
    ("text", "due_at", "start", "until", "asks"),
    [
        ("3h", NOON, None, NOON + 3 * HOUR, False),
        ("ask", NOON, None, NOON + 2 * HOUR, True),
        ("skip", NOON, None, NOON + TOLERANCE, False),
        ("until-start", NOON, NOON + DAY, NOON + DAY, False),
        ("3h", NOON, NOON + HOUR, NOON + HOUR, False),  # never after the start
        ("ask", NOON, NOON + HOUR, NOON + HOUR, True),
        ("until-start", NOON, NOON, NOON + TOLERANCE, False),  # due at the start itself
    ],
)
def test_given_a_rule_of_lateness_when_asked_then_it_says_how_long(
    text: str, due_at: datetime, start: datetime | None, until: datetime, asks: bool
) -> None:
    rule = parse_lateness(text)
    assert rule.late_until(due_at, start) == until
    assert rule.asks is asks
    assert str(rule) == text


def test_given_schedules_when_no_rule_of_lateness_was_chosen_then_reminders_go_until_the_start_and_others_ask() -> None:
    assert default_lateness(BeforeEvent(Offset(1))) == UNTIL_START
    assert default_lateness(Now()) == default_lateness(WEEKLY) == ASK
    assert Lateness(LateRule.WITHIN, DAY + HOUR).late_until(NOON) == NOON + DAY + HOUR
