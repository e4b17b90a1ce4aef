"""The words of the page “Calendar”: days, times and dates of events, as the reader writes them."""

from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale, QTime

from desktop.community.events import Event
from desktop.ui.dates import Dates, Form, written
from desktop.ui.pages.calendar.shown import Shown
from desktop.ui.rule_words import zone_words
from resources.translations import _


def qdate(day: date) -> QDate:
    """For Qt; the day of a moment."""
    return QDate(day.year, day.month, day.day)


def pydate(day: QDate) -> date:
    """From Qt."""
    return date(day.year(), day.month(), day.day())


def clock(moment: datetime, locale: QLocale) -> str:
    """`18:00` of a wall time."""
    return locale.toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)


def month_name(month: date, locale: QLocale) -> str:
    """`November 2026`."""
    return _("{month} {year}").format(month=locale.standaloneMonthName(month.month), year=month.year)


def week_name(first: date, last: date, locale: QLocale) -> str:
    """`23–29 Nov 2026`, `30 Nov – 6 Dec 2026`, `28 Dec 2026 – 3 Jan 2027`."""
    end = written(last, Form.SHORT_YEAR, locale)
    if first.month == last.month:
        return _("{first}–{last}").format(first=first.day, last=end)
    return _("{first} – {last}").format(first=written(first, Form.SHORT if first.year == last.year else Form.SHORT_YEAR, locale), last=end)


def span(one: Shown, dates: Dates) -> str:
    """`18:30–21:00`, `All day`, `All day, until Sun 6 Dec`, `22:00, until Sun 6 Dec 04:00`."""
    if one.at is None or one.until is None:
        return _("All day") if one.first == one.last else _("All day, until {day}").format(day=dates.short(one.last))
    if one.first == one.last:
        return _("{start}–{end}").format(start=clock(one.at, dates.locale), end=clock(one.until, dates.locale))
    return _("{start}, until {day} {end}").format(start=clock(one.at, dates.locale), day=dates.short(one.last), end=clock(one.until, dates.locale))


def described(one: Shown, dates: Dates) -> str:
    """A date in one line, for the tooltip and for those who listen: `18:30–21:00 Greenhouse evening, Estufa`."""
    occurrence = one.occurrence
    line = _("{time} {title}").format(time=span(one, dates), title=occurrence.title)
    if occurrence.place:
        line = _("{event}, {place}").format(event=line, place=occurrence.place)
    return _("{event} (cancelled)").format(event=line) if occurrence.cancelled else line


def other_zone(event: Event, dates: Dates) -> str:
    """`São Paulo time` where an event keeps another zone than the community's; else empty."""
    if not event.zone or event.zone == dates.zone.key:
        return ""
    return zone_words(event.zone)
