"""Moments as people say them: “today 18:00”, “Sunday 18:00”, “6 Dec”, “in 3 h”; in full, with the zone, for the tooltip. In the reader's language."""

from datetime import date, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QLocale, QTime

from desktop.community.ports import Clock
from resources.translations import _, mark, ngettext

_WEEK = 7


class Form(Enum):
    """The ways in which a day is written, the same everywhere; each is a pattern of QLocale that a language may set in its own order."""

    SHORT = mark("d MMM")
    SHORT_YEAR = mark("d MMM yyyy")
    WEEKDAY = mark("ddd d MMM")
    WEEKDAY_YEAR = mark("ddd d MMM yyyy")
    LONG = mark("dddd d MMMM")
    LONG_YEAR = mark("dddd d MMMM yyyy")
    OF_YEAR = mark("d MMMM")


def written(day: date, form: Form, locale: QLocale) -> str:
    """A day, or that of a wall time, in this form: `6 Dec`, `Sun 6 Dec 2026`, `Sunday 6 December`."""
    return locale.toString(QDate(day.year, day.month, day.day), _(form.value))


class Dates:
    """Speaks of moments in the community's zone.

    Args:
        zone: IANA name.
    """

    def __init__(self, clock: Clock, zone: str, locale: QLocale) -> None:
        self._clock = clock
        self.zone = ZoneInfo(zone or "UTC")
        self.locale = locale

    def now(self) -> datetime:
        """This moment in the community's zone."""
        return self._clock.now().astimezone(self.zone)

    def today(self) -> date:
        """The community's day."""
        return self.now().date()

    def time(self, moment: datetime) -> str:
        """`18:00`, as the reader writes times."""
        local = moment.astimezone(self.zone)
        return self.locale.toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)

    def day(self, day: date) -> str:
        """`today`, `tomorrow`, `Sunday` within a week, `6 Dec` within a year, `6 Dec 2028`."""
        away = (day - self.today()).days
        match away:
            case 0:
                return _("today")
            case 1:
                return _("tomorrow")
            case -1:
                return _("yesterday")
            case _ if 1 < away < _WEEK:
                return self.locale.dayName(day.isoweekday(), QLocale.FormatType.LongFormat)
            case _ if day.year == self.today().year or 0 < away < 300:
                return written(day, Form.SHORT, self.locale)
            case _:
                return written(day, Form.SHORT_YEAR, self.locale)

    def moment(self, moment: datetime) -> str:
        """`Sunday 18:00`, `6 Dec 18:00`."""
        return _("{day} {time}").format(day=self.day(moment.astimezone(self.zone).date()), time=self.time(moment))

    def full(self, moment: datetime) -> str:
        """`Sunday 6 December 2026 18:00 (Europe/Lisbon)`, for the tooltip."""
        local = moment.astimezone(self.zone)
        day = written(local.date(), Form.LONG_YEAR, self.locale)
        return _("{day} {time} ({zone})").format(day=day, time=self.time(moment), zone=self.zone.key)

    def short(self, day: date) -> str:
        """`Sun 6 Dec`, with the year where it is another."""
        return written(day, Form.WEEKDAY if day.year == self.today().year else Form.WEEKDAY_YEAR, self.locale)

    def long(self, day: date) -> str:
        """`Sunday 6 December`, with the year where it is another."""
        return written(day, Form.LONG if day.year == self.today().year else Form.LONG_YEAR, self.locale)

    def date(self, day: date) -> str:
        """`6 Dec 2026`."""
        return written(day, Form.SHORT_YEAR, self.locale)

    def day_of_year(self, month: int, day: int) -> str:
        """`10 December`, for a birthday without a year."""
        return written(date(2000, month, day), Form.OF_YEAR, self.locale)

    def away(self, moment: datetime) -> str:
        """How far from now: `in 3 h`, `in 2 days`, `5 min ago`, `now`."""
        gap = moment - self._clock.now()
        size, past = abs(gap), gap < timedelta(0)
        minutes, hours = round(size / timedelta(minutes=1)), round(size / timedelta(hours=1))
        days = abs((moment.astimezone(self.zone).date() - self.today()).days)  # tomorrow evening is in 1 day, whatever the hour is now
        if minutes == 0:
            return _("now")
        if minutes < 60:
            return (_("{n} min ago") if past else _("in {n} min")).format(n=minutes)
        if hours < 24:
            return (_("{n} h ago") if past else _("in {n} h")).format(n=hours)
        return (ngettext("{n} day ago", "{n} days ago", days) if past else ngettext("in {n} day", "in {n} days", days)).format(n=days)
