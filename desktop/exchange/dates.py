"""Dates as people and programs write them in tables and cards: ISO, 10.12.1980, 12/10/1980, 10 Dec 1980, and birthdays without a year.

Whether 10/12 is in October or December is decided for a whole column from all its cells.
"""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import lru_cache

from desktop.community.fold import fold
from desktop.community.members import Birthday


class DateOrder(StrEnum):
    """What comes first in `10/12/1980`."""

    DAY = "day"
    MONTH = "month"


_MONTH_FIRST = frozenset({"US", "PH", "FM", "MH", "PW", "PR", "GU"})
"""Countries that write the month first (Unicode CLDR, short dates of en-US, en-PH and their like)."""
_TIME = r"(?:[T ,]+\d{1,2}[:.]\d{2}.*)?"
_ISO = re.compile(r"(?P<year>\d{4})(?P<mark>[-/.]?)(?P<month>\d{2})(?P=mark)(?P<day>\d{2})" + _TIME)
_YEARLESS = re.compile(r"(?:--|0000-?|1604-?)(?P<month>\d{2})-?(?P<day>\d{2})" + _TIME)  # 1604: Apple's year for none
_NUMBERS = re.compile(r"(?P<first>\d{1,2})(?P<mark>[-/.])\s?(?P<second>\d{1,2})(?:(?P=mark)\s?(?P<year>\d{4}|\d{2})?)?" + _TIME)
_NAMED_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})(?: de)? (?P<month>[a-z]+)(?:(?: de)? (?P<year>\d{4}))?")
_NAMED_MONTH_FIRST = re.compile(r"(?P<month>[a-z]+) (?P<day>\d{1,2})(?:st|nd|rd|th)?(?: (?P<year>\d{4}))?")
_NONE = frozenset({"0/0/00", "00/00/00", "0000-00-00", "00/00/0000", "0000-00-00 00:00:00", "00.00.0000", "0/0/0000"})
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janeiro januar jaenner enero ene janvier janv gennaio januari",
            "feb february fevereiro fev februar febrero fevrier fevr febbraio februari",
            "mar march marco maerz marz mrz marzo mars maart",
            "apr april abril abr avril avr aprile",
            "may maio mai mayo maggio mei",
            "jun june junho juni junio juin giugno",
            "jul july julho juli julio juillet juil luglio",
            "aug august agosto ago aout augustus",
            "sep sept september setembro set septiembre septembre settembre",
            "oct october outubro out oktober okt octubre octobre ottobre",
            "nov november novembro noviembre novembre",
            "dec december dezembro dez dezember diciembre dic decembre dicembre",
        ),
        start=1,
    )
    for name in names.split()
}


def is_none(text: str) -> bool:
    """Whether a program that writes a date into every cell wrote "none" here."""
    return text in _NONE


def is_date(text: str) -> bool:
    """Whether this can be read as a day, whatever comes first in it."""
    for order in DateOrder:
        try:
            birthday_of(text, order)
        except ValueError:
            continue
        return True
    return is_none(text)


def order_of(cells: Iterable[str]) -> DateOrder | None:
    """What comes first in the dates of a column, told by the days beyond 12; None where they leave it open."""
    first = second = 0
    for cell in cells:
        numbers = _NUMBERS.fullmatch(cell.strip())
        if numbers and numbers["mark"] != "." and max(map(int, numbers.group("first", "second"))) > 12 and is_date(cell):
            first += int(numbers["first"]) > 12
            second += int(numbers["second"]) > 12
    if first == second:
        return None
    return DateOrder.DAY if first > second else DateOrder.MONTH


def usual_order(country: str) -> DateOrder:
    """What comes first where a country (ISO 3166-1 alpha-2) writes dates with slashes."""
    return DateOrder.MONTH if country in _MONTH_FIRST else DateOrder.DAY


def depends_on_order(text: str) -> bool:
    """Whether this is a date that the order could matter for."""
    numbers = _NUMBERS.fullmatch(text.strip())
    return numbers is not None and numbers["mark"] != "."


def either_way(text: str) -> bool:
    """Whether this is another day where the month comes first."""
    if not depends_on_order(text):
        return False
    numbers = _NUMBERS.fullmatch(text.strip())
    first, second = (int(numbers["first"]), int(numbers["second"])) if numbers else (0, 0)
    return first != second and max(first, second) <= 12


@lru_cache(maxsize=50_000)
def day_of(text: str, order: DateOrder) -> date:
    """The date, without any time behind it. Raises ValueError."""
    found = birthday_of(text, order)
    if found.year is None:
        raise ValueError(text)
    return date(found.year, found.month, found.day)


@lru_cache(maxsize=50_000)
def birthday_of(text: str, order: DateOrder) -> Birthday:
    """The birthday, with its year where one is written. A year of two digits is of this century up to 29 (as in Excel). Raises ValueError."""
    written = text.strip()
    known = _YEARLESS.fullmatch(written)
    if known:
        return Birthday(int(known["month"]), int(known["day"]))
    known = _ISO.fullmatch(written)
    if known:
        return Birthday(int(known["month"]), int(known["day"]), int(known["year"]))
    known = _NUMBERS.fullmatch(written)
    if known:
        first, second = int(known["first"]), int(known["second"])
        day_first = order is DateOrder.DAY or known["mark"] == "."  # dots are written where the day comes first
        day, month = (first, second) if day_first else (second, first)
        return Birthday(month, day, _year(known["year"]))
    words = fold(written)
    known = _NAMED_DAY_FIRST.fullmatch(words) or _NAMED_MONTH_FIRST.fullmatch(words)
    month_named = _MONTHS.get(known["month"]) if known else None
    if known is None or month_named is None:
        raise ValueError(text)
    return Birthday(month_named, int(known["day"]), int(known["year"]) if known["year"] else None)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    year = int(text)
    if len(text) == 4:
        return year if year not in (0, 1604) else None
    return year + (2000 if year < 30 else 1900)
