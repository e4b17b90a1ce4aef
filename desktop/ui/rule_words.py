"""A repeat rule in words, for events and announcements alike: “Every Sunday at 18:00, until 6 Dec 2027”. Any rule that can be kept has words."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QLocale

from desktop.community.recurrence import Wall
from desktop.community.repeat_rule import DAYS, Parts
from desktop.ui.dates import Form, written
from resources.translations import _, ngettext

_KNOWN = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "UNTIL", "COUNT", "WKST"}
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


def rule_words(rule: str, start: Wall, locale: QLocale, *, at: str = "") -> str:
    """The rule as people say it; one that no words are known for is told by its own text.

    Args:
        rule: the value of an RRULE; may be empty.
        start: the first date; what the rule does not say, it takes from there.
        at: the time of day in the reader's writing, where it is to be said.
    """
    parts = Parts.of(rule)
    if not parts.items:
        return _("Does not repeat")
    words = _base(parts, start, locale)
    if at:
        words = _("{rule} at {time}").format(rule=words, time=at)
    if parts.until is not None:
        return _("{rule}, until {day}").format(rule=words, day=written(parts.until, Form.SHORT_YEAR, locale))
    if parts.count is not None:
        return ngettext("{rule}, {n} time", "{rule}, {n} times", parts.count).format(rule=words, n=parts.count)
    return words


def zone_words(zone: str) -> str:
    """`Lisbon time` for the IANA zone Europe/Lisbon."""
    return _("{city} time").format(city=zone.rpartition("/")[2].replace("_", " "))


def _base(parts: Parts, start: Wall, locale: QLocale) -> str:
    unknown = any(name not in _KNOWN and not name.startswith("X-") for name, _value in parts.items)
    return ("" if unknown else _known(parts, start, locale)) or _("Again and again ({rule})").format(rule=str(parts.for_good().put(WKST="")))


def _known(parts: Parts, start: Wall, locale: QLocale) -> str:
    n, days, dates, months = parts.interval, _days(parts, locale), _month_days(parts), _months(parts, locale)
    which = _joined(days or dates or [_month_day(start.day)], locale)
    match parts.get("FREQ"):
        case "DAILY" if not (days or dates or months):
            return ngettext("Every day", "Every {n} days", n).format(n=n)
        case "DAILY" | "WEEKLY" if days and not dates and not months and (n == 1 or parts.get("FREQ") == "WEEKLY"):
            return ngettext("Every {days}", "Every {n} weeks on {days}", n).format(n=n, days=_joined(days, locale))
        case "WEEKLY" if not (days or dates or months):
            return ngettext("Every {days}", "Every {n} weeks on {days}", n).format(n=n, days=locale.dayName(start.isoweekday()))
        case "MONTHLY" if not months and not (days and dates):
            return ngettext("On {days} of every month", "On {days} of every {n} months", n).format(n=n, days=which)
        case "YEARLY" if not (days or dates or months):
            day = written(start, Form.OF_YEAR, locale)
            return ngettext("Every year on {day}", "Every {n} years on {day}", n).format(n=n, day=day)
        case "YEARLY" if months and not (days and dates):
            words = ngettext("Every year in {months} on {days}", "Every {n} years in {months} on {days}", n)
            return words.format(n=n, months=_joined(months, locale), days=which)
    return ""


def _days(parts: Parts, locale: QLocale) -> list[str]:
    found = [_DAY.fullmatch(text) for text in parts.get("BYDAY").split(",") if text]
    if any(one is None for one in found):
        return []
    counted = parts.get("FREQ") in ("MONTHLY", "YEARLY")
    return [_nth(int(one[1] or 0) if counted else 0, locale.dayName(DAYS.index(one[2]) + 1)) for one in found if one]


def _nth(which: int, day: str) -> str:
    match which:
        case 0:
            return day
        case 1:
            return _("the first {day}").format(day=day)
        case 2:
            return _("the second {day}").format(day=day)
        case 3:
            return _("the third {day}").format(day=day)
        case 4:
            return _("the fourth {day}").format(day=day)
        case 5:
            return _("the fifth {day}").format(day=day)
        case -1:
            return _("the last {day}").format(day=day)
        case _ if which < 0:
            return _("the {n}th {day} from the end").format(n=-which, day=day)
    return _("the {n}th {day}").format(n=which, day=day)


def _month_days(parts: Parts) -> list[str]:
    return [_month_day(int(text)) for text in parts.get("BYMONTHDAY").split(",") if text]


def _month_day(day: int) -> str:
    if day == -1:
        return _("the last day")
    return _("day {n}").format(n=day) if day > 0 else _("the {n}th day from the end").format(n=-day)


def _months(parts: Parts, locale: QLocale) -> list[str]:
    return [locale.monthName(int(text)) for text in parts.get("BYMONTH").split(",") if text]


def _joined(words: Sequence[str], locale: QLocale) -> str:
    return locale.createSeparatedList(list(words))
