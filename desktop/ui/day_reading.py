"""Days as people type them: `6 Dec`, `Sunday 6 December 2026`, `6/12`, `2026-12-06`, `tomorrow`. How they are written is in `dates`."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QLocale

from desktop.community.fold import fold, words
from resources.translations import _

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})\.?(?:[-/. ](\d{4}|\d{2}))?")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_SHORTEST = 3  # letters that a month is known by
_CENTURY = 2000


def day_from(text: str, locale: QLocale, today: date, near: date) -> date | None:
    """The day that is meant; None where it is none. Without a year it is the one that comes nearest to `near`."""
    typed = text.strip().rstrip(".,")
    said = {fold(_("today")): 0, fold(_("tomorrow")): 1, fold(_("yesterday")): -1}.get(fold(typed))
    if said is not None:
        return today + timedelta(days=said)
    if found := _ISO.fullmatch(typed):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(typed):
        first, second = int(found[1]), int(found[2])
        day, month = (second, first) if _month_first(locale) else (first, second)
        return _with_year(found[3], month, day, near)
    return _named(_ORDINAL.sub("", typed), locale, near)


def _named(typed: str, locale: QLocale, near: date) -> date | None:
    """One name of a month and one day, perhaps a year; the name of a weekday and short words such as “de” say nothing more."""
    numbers = [word for word in words(typed) if word.isdigit()]
    names = [word for word in words(typed) if not word.isdigit()]
    found = {month for name in names for month in _months(name, locale)}
    if len(found) != 1 or not 1 <= len(numbers) <= 2 or len(numbers[0]) > 2:
        return None
    known = {*_weekdays(locale), "de", "of", "the"}
    if not all(_months(name, locale) or any(word.startswith(name) for word in known) for name in names):
        return None
    return _with_year(numbers[1] if len(numbers) == 2 else None, found.pop(), int(numbers[0]), near)


def _months(name: str, locale: QLocale) -> Sequence[int]:
    if len(name) < _SHORTEST:
        return ()
    forms = (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat)
    return [
        month
        for month in range(1, 13)
        if any(fold(named(month, form)).startswith(name) for named in (locale.monthName, locale.standaloneMonthName) for form in forms)
    ]


def _weekdays(locale: QLocale) -> set[str]:
    return {word for day in range(1, 8) for word in words(locale.dayName(day, QLocale.FormatType.LongFormat))}


def _month_first(locale: QLocale) -> bool:
    return locale.dateFormat(QLocale.FormatType.ShortFormat).lstrip("'").startswith("M")


def _with_year(year: str | None, month: int, day: int, near: date) -> date | None:
    if year is not None:
        return _day(int(year) if len(year) > 2 else _CENTURY + int(year), month, day)
    found = [one for one in (_day(near.year + by, month, day) for by in (-1, 0, 1)) if one is not None]
    return min(found, key=lambda one: abs(one - near), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
