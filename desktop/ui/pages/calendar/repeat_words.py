"""A repeat rule in words: “Every 2 weeks on Tuesday and Thursday, until 6 Dec 2027”. Any rule that can be kept has words."""

import re
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QLocale

from desktop.community.events import Event
from desktop.community.recurrence import Wall
from desktop.community.repeat_rule import DAYS, Parts, Pattern
from desktop.ui.pages.calendar.words import qdate
from resources.translations import _, ngettext

_KNOWN = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "UNTIL", "COUNT", "WKST"}
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


def event_repeats(event: Event, locale: QLocale) -> str:
    """How an event repeats, with its extra and left-out dates."""
    words = rule_words(event.rrule, event.start, locale)
    if event.rdates:
        extra = ngettext("{n} extra date", "{n} extra dates", len(event.rdates)).format(n=len(event.rdates))
        words = _("{rule}, and {extra}").format(rule=words, extra=extra) if event.rrule else extra
    if event.exdates:
        words = ngettext("{rule}, but {n} date left out", "{rule}, but {n} dates left out", len(event.exdates)).format(
            rule=words, n=len(event.exdates)
        )
    return words


def rule_words(rule: str, start: Wall, locale: QLocale) -> str:
    """The rule as people say it; one that no words are known for is told by its own text."""
    parts = Parts.of(rule)
    if not parts.items:
        return _("Does not repeat")
    words = _base(parts, start, locale)
    if parts.until is not None:
        return _("{rule}, until {day}").format(rule=words, day=locale.toString(qdate(parts.until), "d MMM yyyy"))
    if parts.count is not None:
        return ngettext("{rule}, {n} time", "{rule}, {n} times", parts.count).format(rule=words, n=parts.count)
    return words


def pattern_words(pattern: Pattern, start: Wall, locale: QLocale) -> str:
    """How the editor's choice is called for this start."""
    match pattern:
        case Pattern.NEVER:
            return _("Does not repeat")
        case Pattern.WEEKLY:
            return _("Every week")
        case _:
            return rule_words(str(Parts().as_pattern(pattern, start)), start, locale)


def _base(parts: Parts, start: Wall, locale: QLocale) -> str:
    unknown = any(name not in _KNOWN and not name.startswith("X-") for name, _value in parts.items)
    return ("" if unknown else _known(parts, start, locale)) or _("By a rule of its own ({rule})").format(rule=str(parts.for_good().put(WKST="")))


def _known(parts: Parts, start: Wall, locale: QLocale) -> str:
    n, days, dates, months = parts.interval, _days(parts, locale), _month_days(parts), _months(parts, locale)
    match parts.get("FREQ"):
        case "DAILY" if not (days or dates or months):
            return ngettext("Every day", "Every {n} days", n).format(n=n)
        case "DAILY" | "WEEKLY" if days and not dates and not months and (n == 1 or parts.get("FREQ") == "WEEKLY"):
            return ngettext("Every week on {days}", "Every {n} weeks on {days}", n).format(n=n, days=_joined(days, locale))
        case "WEEKLY" if not (days or dates or months):
            day = locale.dayName(start.isoweekday())
            return ngettext("Every week on {days}", "Every {n} weeks on {days}", n).format(n=n, days=day)
        case "MONTHLY" if not months and not (days and dates):
            return ngettext("Every month on {days}", "Every {n} months on {days}", n).format(
                n=n, days=_joined(days or dates or [_month_day(start.day)], locale)
            )
        case "YEARLY" if not (days or dates or months):
            return ngettext("Every year on {day}", "Every {n} years on {day}", n).format(n=n, day=locale.toString(qdate(start), "d MMMM"))
        case "YEARLY" if months and not (days and dates):
            which = _joined(days or dates or [_month_day(start.day)], locale)
            return ngettext("Every year in {months} on {days}", "Every {n} years in {months} on {days}", n).format(
                n=n, months=_joined(months, locale), days=which
            )
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


def until_day(parts: Parts, start: date) -> QDate:
    """The last day for the editor: the rule's, or half a year on."""
    return qdate(parts.until) if parts.until is not None else qdate(start).addMonths(6)
