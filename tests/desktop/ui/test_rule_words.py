"""Repeat rules in words."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from desktop.community.repeat_rule import DAYS
from desktop.ui.rule_words import rule_words, zone_words

BRITISH = QLocale("en_GB")
SUNDAY = datetime(2026, 12, 6, 18, 0)  # noqa: DTZ001  wall time


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("", "Does not repeat"),
        ("FREQ=DAILY", "Every day"),
        ("FREQ=DAILY;INTERVAL=3", "Every 3 days"),
        ("FREQ=WEEKLY", "Every Sunday"),
        ("FREQ=WEEKLY;BYDAY=TU,TH", "Every Tuesday and Thursday"),
        ("FREQ=DAILY;BYDAY=MO,TU", "Every Monday and Tuesday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=MO", "Every 2 weeks on Sunday"),
        ("FREQ=MONTHLY", "On day 6 of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=6,-1", "On day 6 and the last day of every month"),
        ("FREQ=MONTHLY;BYDAY=1SU", "On the first Sunday of every month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR", "On the last Friday of every 2 months"),
        ("FREQ=YEARLY", "Every year on 6 December"),
        ("FREQ=YEARLY;BYMONTH=5,6;BYDAY=2SA", "Every year in May and June on the second Saturday"),
        ("FREQ=WEEKLY;BYDAY=SU;COUNT=5", "Every Sunday, 5 times"),
        ("FREQ=WEEKLY;BYDAY=SU;UNTIL=20270606T235959Z", "Every Sunday, until 6 Jun 2027"),
        ("FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU", "Again and again (FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU)"),
    ],
)
def test_given_a_rule_when_it_is_said_then_it_is_what_a_person_would_say(rule: str, words: str) -> None:
    assert rule_words(rule, SUNDAY, BRITISH) == words


def test_given_a_time_when_it_is_said_too_then_it_stands_before_the_end() -> None:
    assert rule_words("FREQ=WEEKLY;COUNT=5", SUNDAY, BRITISH, at="18:00") == "Every Sunday at 18:00, 5 times"
    assert rule_words("FREQ=MONTHLY;BYDAY=1SU;UNTIL=20270606", SUNDAY, BRITISH, at="18:00") == (
        "On the first Sunday of every month at 18:00, until 6 Jun 2027"
    )


def test_given_a_zone_when_it_is_said_then_it_is_its_city() -> None:
    assert zone_words("America/Sao_Paulo") == "Sao Paulo time"


@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 99),
    st.lists(st.tuples(st.integers(-5, 5), st.sampled_from(DAYS)), max_size=3),
    st.lists(st.integers(-31, 31).filter(bool), max_size=3),
    st.lists(st.integers(1, 12), max_size=3),
)
def test_given_any_rule_when_it_is_said_then_there_are_words_without_gaps(
    frequency: str, interval: int, days: list[tuple[int, str]], dates: list[int], months: list[int]
) -> None:
    rule = f"FREQ={frequency};INTERVAL={interval}"
    for name, values in (
        ("BYDAY", [f"{n or ''}{day}" if frequency in ("MONTHLY", "YEARLY") else day for n, day in days]),
        ("BYMONTHDAY", [str(day) for day in dates]),
        ("BYMONTH", [str(month) for month in months]),
    ):
        rule += f";{name}={','.join(values)}" if values else ""
    words = rule_words(rule, SUNDAY, BRITISH)
    assert words
    assert "{" not in words
    assert "  " not in words
