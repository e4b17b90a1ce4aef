"""A repeat rule as a person edits it."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.community.errors import Refused
from desktop.community.recurrence import occurrences, recurrence
from desktop.community.repeat_rule import Parts, Pattern, shifted

START = datetime(2026, 11, 24, 18, 30)  # noqa: DTZ001  a Tuesday, the fourth and last of its month
IMPORTED = "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1;INTERVAL=2;WKST=SU;UNTIL=20271231T235959Z;X-NOTE=KEEP"


@pytest.mark.parametrize("pattern", [one for one in Pattern if one not in (Pattern.NEVER, Pattern.OTHER)])
def test_given_a_pattern_when_it_is_written_then_it_is_read_back_and_gives_its_start(pattern: Pattern) -> None:
    rule = str(Parts().as_pattern(pattern, START))
    assert Parts.of(rule).pattern(START) is pattern
    assert occurrences(START, recurrence(rule), START, START.replace(year=2029))[0] == START


def test_given_an_imported_rule_when_only_its_end_is_edited_then_all_else_stays() -> None:
    parts = Parts.of(IMPORTED)
    assert parts.pattern(START) is Pattern.OTHER
    assert str(parts) == IMPORTED
    assert str(parts.times(5)) == "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1;INTERVAL=2;WKST=SU;X-NOTE=KEEP;COUNT=5"
    assert str(parts.every(3)) == IMPORTED.replace("INTERVAL=2", "INTERVAL=3")


@given(st.integers(-6, 6), st.sets(st.integers(0, 6), min_size=1))
def test_given_a_weekly_series_when_its_start_moves_by_days_then_all_dates_move_as_far(days: int, weekdays: set[int]) -> None:
    old = date(2026, 11, 24)
    new = date.fromordinal(old.toordinal() + days)
    rule = str(Parts.of("FREQ=WEEKLY").on(tuple({old.weekday(), *weekdays})))
    begin, end = datetime(2026, 11, 1), datetime(2027, 3, 1)  # noqa: DTZ001  wall times
    before = occurrences(old, recurrence(rule), begin, end)
    after = occurrences(new, recurrence(shifted(rule, old, new)), begin, end.replace(month=4))
    assert [day.toordinal() + days for day in before] == [day.toordinal() for day in after][: len(before)]


def test_given_a_rule_that_names_its_days_when_the_start_moves_to_another_then_it_is_refused() -> None:
    with pytest.raises(Refused):
        shifted(IMPORTED, START, START.replace(day=25))
    assert shifted(IMPORTED, START, START.replace(hour=20)) == IMPORTED


def test_given_an_end_in_utc_when_the_start_moves_to_later_in_the_day_then_no_date_is_lost() -> None:
    assert shifted("FREQ=DAILY;UNTIL=20261201T183000Z", START, START.replace(hour=20)) == "FREQ=DAILY;UNTIL=20261201T203000Z"
