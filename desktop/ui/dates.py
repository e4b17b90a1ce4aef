"""Moments as people say them: “today 18:00”, “Sunday 18:00”, “6 Dec”, “in 3 h”; in full, with the zone, for the tooltip. In the reader's language."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QLocale, QTime

from desktop.community.ports import Clock
from resources.translations import _, ngettext

_WEEK = 7


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
                return self.locale.toString(_qdate(day), "d MMM")
            case _:
                return self.locale.toString(_qdate(day), "d MMM yyyy")

    def moment(self, moment: datetime) -> str:
        """`Sunday 18:00`, `6 Dec 18:00`."""
        return _("{day} {time}").format(day=self.day(moment.astimezone(self.zone).date()), time=self.time(moment))

    def full(self, moment: datetime) -> str:
        """`Sunday, 6 December 2026 18:00 (Europe/Lisbon)`, for the tooltip."""
        local = moment.astimezone(self.zone)
        day = self.locale.toString(_qdate(local.date()), QLocale.FormatType.LongFormat)
        return _("{day} {time} ({zone})").format(day=day, time=self.time(moment), zone=self.zone.key)

    def date(self, day: date) -> str:
        """`6 Dec 2026`."""
        return self.locale.toString(_qdate(day), "d MMM yyyy")

    def day_of_year(self, month: int, day: int) -> str:
        """`10 December`, for a birthday without a year."""
        return self.locale.toString(QDate(2000, month, day), "d MMMM")

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


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
