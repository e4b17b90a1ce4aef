"""The text of an RRULE of RFC 5545, taken apart; what no calendar of people needs, or what would never end, is refused."""

import calendar
import functools
import math
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY

from desktop.community.errors import Refused
from resources.translations import phrase

MAX_TIMES_A_DAY = 24
"""A community does nothing more often; a rule that would is an accident or a bomb."""

_FREQUENCIES = {"YEARLY": YEARLY, "MONTHLY": MONTHLY, "WEEKLY": WEEKLY, "DAILY": DAILY}
_TOO_OFTEN = ("HOURLY", "MINUTELY", "SECONDLY")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LISTS = {  # part of the rule: (the argument of dateutil, lowest, highest, whether it may count from the end)
    "BYMONTH": ("bymonth", 1, 12, False),
    "BYMONTHDAY": ("bymonthday", 1, 31, True),
    "BYYEARDAY": ("byyearday", 1, 366, True),
    "BYWEEKNO": ("byweekno", 1, 53, True),
    "BYHOUR": ("byhour", 0, 23, False),
    "BYMINUTE": ("byminute", 0, 59, False),
    "BYSECOND": ("bysecond", 0, 59, False),
    "BYSETPOS": ("bysetpos", 1, 366, True),
}
TIMES = ("byhour", "byminute", "bysecond")


Lists = tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule taken apart. `until` is a wall time (naive) or an instant (aware, UTC)."""

    frequency: int
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    week_start: int = 0
    weekdays: tuple[tuple[int, int], ...] = ()  # (0 for Monday …, which one of the period or 0)
    lists: Lists = ()


@functools.lru_cache(maxsize=1024)
def parsed(text: str) -> Rule:
    """Take a rule apart. Raises Refused as `recurrence.recurrence` says."""
    parts: dict[str, str] = {}
    for part in text.upper().split(";"):
        name, equals, value = part.strip().partition("=")
        if not part.strip():
            continue
        if not equals or not value or name in parts:
            raise _unreadable(text)
        parts[name] = value
    frequency = parts.pop("FREQ", "")
    if frequency in _TOO_OFTEN:
        raise Refused(phrase("This repeats by the hour or faster ({rule}). Belfry repeats by the day, week, month or year.", rule=text[:200]))
    if frequency not in _FREQUENCIES:
        raise _unreadable(text)
    rule = Rule(_FREQUENCIES[frequency])
    lists: dict[str, tuple[int, ...]] = {}
    try:
        for name, value in parts.items():
            match name:
                case "INTERVAL":
                    rule = replace(rule, interval=_number(value, 1, 10_000))
                case "COUNT":
                    rule = replace(rule, count=_number(value, 1, 10**12))
                case "UNTIL":
                    rule = replace(rule, until=_end(value))
                case "WKST":
                    rule = replace(rule, week_start=_WEEKDAYS.index(value))
                case "BYDAY":
                    rule = replace(rule, weekdays=tuple(_weekday(day, _FREQUENCIES[frequency]) for day in value.split(",")))
                case _ if name in _LISTS:
                    argument, lowest, highest, from_end = _LISTS[name]
                    lists[argument] = tuple(sorted({_signed(item, lowest, highest, from_end) for item in value.split(",")}))
                case _ if name.startswith("X-"):
                    pass
                case _:
                    raise ValueError(name)
    except ValueError as error:
        raise _unreadable(text) from error
    if math.prod(len(lists.get(part, (0,))) for part in TIMES) > MAX_TIMES_A_DAY:
        raise Refused(phrase("This repeats more than {most} times a day ({rule}), which Belfry does not do.", most=MAX_TIMES_A_DAY, rule=text[:200]))
    if not _possible(lists):
        raise Refused(phrase("This repeats on a day that no year has ({rule}).", rule=text[:200]))
    return replace(rule, lists=tuple(lists.items()))


def _unreadable(text: str) -> Refused:
    return Refused(phrase("“{rule}” is not a rule for repeating. One that is: FREQ=WEEKLY;BYDAY=TU.", rule=text[:200]))


def _number(text: str, lowest: int, highest: int) -> int:
    number = int(text)
    if not lowest <= number <= highest:
        raise ValueError(text)
    return number


def _signed(text: str, lowest: int, highest: int, from_end: bool) -> int:
    number = int(text)
    if not lowest <= (abs(number) if from_end else number) <= highest:
        raise ValueError(text)
    return number


def _weekday(text: str, frequency: int) -> tuple[int, int]:
    which = text[:-2]
    day = _WEEKDAYS.index(text[-2:])
    if not which or frequency not in (YEARLY, MONTHLY):
        return day, 0  # a number has no meaning by the week or day (§3.3.10); programs that write one mean the plain weekday
    return day, _signed(which, 1, 53, True)


def _end(text: str) -> datetime:
    """UNTIL: an instant, a wall time, or a day, which is meant to be among the days."""
    if "T" not in text:
        return datetime.combine(date.fromisoformat(text), time(23, 59, 59))
    return datetime.fromisoformat(text)


def _possible(lists: dict[str, tuple[int, ...]]) -> bool:
    """False where the rule asks for days that none of its months has, such as 30 February."""
    months, days = lists.get("bymonth"), lists.get("bymonthday")
    return months is None or days is None or any(abs(day) <= calendar.monthrange(2024, month)[1] for month in months for day in days)
