"""How an event repeats, in words: its rule, its extra and left-out dates; and what the editor calls its choices."""

from datetime import date

from PySide6.QtCore import QLocale

from desktop.community.events import Event
from desktop.community.recurrence import Wall
from desktop.community.repeat_rule import Parts, Pattern
from desktop.ui.pages.calendar.words import pydate, qdate
from desktop.ui.rule_words import rule_words
from resources.translations import _, ngettext


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


def pattern_words(pattern: Pattern, start: Wall, locale: QLocale) -> str:
    """How the editor's choice is called for this start."""
    match pattern:
        case Pattern.NEVER:
            return _("Does not repeat")
        case Pattern.WEEKLY:
            return _("Every week")
        case _:
            return rule_words(str(Parts().as_pattern(pattern, start)), start, locale)


def until_day(parts: Parts, start: date) -> date:
    """The last day for the editor: the rule's, or half a year on."""
    return parts.until if parts.until is not None else pydate(qdate(start).addMonths(6))
