from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.community.events import Event, Occurrence, recurrence_moment, recurrence_text


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


@given(st.one_of(st.datetimes(min_value=wall("1000-01-01")).map(lambda moment: moment.replace(microsecond=0)), st.dates(min_value=date(1000, 1, 1))))
def test_a_date_of_a_series_is_what_its_text_says(moment: datetime | date) -> None:
    assert recurrence_moment(recurrence_text(moment)) == moment
    assert type(recurrence_moment(recurrence_text(moment))) is type(moment)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-12-06", "20261206T1800", "20261206T180000Z", "20261306", "20261206T250000", "2026120६", "T", "20261206 180000"]
)
def test_a_text_that_is_no_date_of_a_series_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  of whatever kind: the text is no date
        recurrence_moment(text)


def test_an_event_lasts_from_start_to_end_in_wall_time() -> None:
    assert Event("Night", wall("2026-03-28T22:00"), wall("2026-03-29T06:00"), "Europe/Lisbon").length == timedelta(hours=8)
    assert Event("Trip", date(2026, 5, 1), date(2026, 5, 3)).length == timedelta(days=2)


def test_an_event_takes_whole_days_or_times_and_ends_after_it_starts() -> None:
    assert Event("Trip", date(2026, 5, 1), date(2026, 5, 2)).all_day
    assert not Event("Talk", wall("2026-05-01T10:00"), wall("2026-05-01T10:00")).all_day
    for start, end in (
        (date(2026, 5, 1), wall("2026-05-02T10:00")),
        (wall("2026-05-02T10:00"), date(2026, 5, 3)),
        (wall("2026-05-02T10:00"), wall("2026-05-02T09:59")),
        (date(2026, 5, 2), date(2026, 5, 1)),
        (datetime(2026, 5, 2, tzinfo=UTC), datetime(2026, 5, 3, tzinfo=UTC)),
    ):
        with pytest.raises(ValueError, match=r"event|wall|dates"):
            Event("No", start, end)


def test_an_event_repeats_by_a_rule_or_by_further_dates() -> None:
    single = Event("Talk", wall("2026-05-01T10:00"), wall("2026-05-01T11:00"))
    assert not single.repeats
    assert Event("Talk", single.start, single.end, rrule="FREQ=DAILY").repeats
    assert Event("Talk", single.start, single.end, rdates=(wall("2026-05-08T10:00"),)).repeats


def test_the_instant_of_an_occurrence_is_utc() -> None:
    start = wall("2026-05-01T10:00")
    with pytest.raises(ValueError, match="UTC"):
        Occurrence("e", "e", "", "Talk", start, start, "", start, start)
