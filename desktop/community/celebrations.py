"""Whom to think of in these days: newcomers not yet welcomed, birthdays, and the years since somebody joined. Pure rules over dates."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desktop.community.members import Birthday

NEW_FOR = timedelta(days=30)
"""So long after joining somebody is a newcomer."""
AHEAD = timedelta(days=7)
"""Birthdays and anniversaries are named from today on, up to the day before that is over."""
_LEAP_DAY = (2, 29)


class Occasion(StrEnum):
    """What there is to celebrate."""

    BIRTHDAY = "birthday"
    ANNIVERSARY = "anniversary"


@dataclass(frozen=True, slots=True)
class Celebration:
    """A birthday of a member, or another year since they joined.

    Attributes:
        on: the day on which it is kept.
        years: how old they become, or how many years they have been there; None where the year of birth is unknown.
        photo: SHA-256 of their picture; empty without.
    """

    occasion: Occasion
    on: date
    member_id: str
    name: str
    photo: str
    years: int | None


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who has joined and was not welcomed yet."""

    member_id: str
    name: str
    photo: str
    joined: date


def days_kept(first: date, length: timedelta = AHEAD) -> dict[str, date]:
    """The days of the year (`MM-DD`) that are kept within a stretch from `first` on, each with its date; across the new year, too.

    In a year without a 29 February, what falls on it is kept on the 28th: a wish may come a day early, but not late.
    """
    kept: dict[str, date] = {}
    for number in range(length.days):
        day = first + timedelta(days=number)
        kept[f"{day:%m-%d}"] = day
        if (day.month, day.day + 1) == _LEAP_DAY and not calendar.isleap(day.year):
            kept["02-29"] = day
    return kept


def turning(birthday: Birthday, on: date) -> int | None:
    """How old somebody becomes on the day of that year; None for an unknown year, or one that is still ahead."""
    return on.year - birthday.year if birthday.year is not None and birthday.year < on.year else None


def years_there(joined: date, on: date) -> int:
    """How many years somebody has been there on the day of that year; 0 or less: nothing to celebrate yet."""
    return on.year - joined.year


def newcomers_since(today: date) -> date:
    """Who joined on this day or later is a newcomer today."""
    return today - NEW_FOR
