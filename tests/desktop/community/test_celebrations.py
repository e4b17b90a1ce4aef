"""Which days are kept, and how old somebody becomes."""

from datetime import date, timedelta

import pytest

from desktop.community.celebrations import days_kept, turning, years_there
from desktop.community.members import Birthday


def test_a_week_begins_today_and_has_seven_days() -> None:
    kept = days_kept(date(2026, 11, 24))
    assert list(kept) == ["11-24", "11-25", "11-26", "11-27", "11-28", "11-29", "11-30"]


def test_a_week_over_the_new_year_is_kept_in_both_years() -> None:
    kept = days_kept(date(2026, 12, 29))
    assert kept["12-31"] == date(2026, 12, 31)
    assert kept["01-02"] == date(2027, 1, 2)


@pytest.mark.parametrize(("year", "day"), [(2027, date(2027, 2, 28)), (2028, date(2028, 2, 29))])
def test_given_a_leap_day_then_it_is_kept_on_the_28th_where_the_year_has_none(year: int, day: date) -> None:
    assert days_kept(date(year, 2, 25))["02-29"] == day


def test_given_only_the_1st_of_march_in_reach_then_a_leap_day_is_over() -> None:
    assert "02-29" not in days_kept(date(2027, 3, 1), timedelta(days=3))


def test_the_age_belongs_to_the_year_in_which_the_day_is_kept() -> None:
    assert turning(Birthday(1, 2, 1990), date(2027, 1, 2)) == 37
    assert turning(Birthday(1, 2), date(2027, 1, 2)) is None
    assert turning(Birthday(1, 2, 2027), date(2027, 1, 2)) is None  # today is the day of birth: nobody turns 0
    assert years_there(date(2026, 1, 2), date(2027, 1, 2)) == 1
