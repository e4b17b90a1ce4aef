"""When an announcement goes out, in one plain sentence: “Every Sunday at 18:00, Lisbon time; next: 6 Dec”."""

import re
from datetime import datetime, timedelta

from PySide6.QtCore import QDate, QLocale, QTime

from desktop.actions.announcement_edits import next_date
from desktop.community.announcements import Announcement
from desktop.community.durations import Offset
from desktop.community.recurrence import Recurrence
from desktop.community.schedules import At, BeforeEvent, Now, Schedule, due
from desktop.community.zones import to_utc
from desktop.ui.dates import Dates
from resources.translations import _, ngettext

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST = -1


def sentence(schedule: Schedule, dates: Dates, now: datetime, event: str = "") -> str:
    """When it goes out. `event`: the title of the event, for a reminder."""
    match schedule:
        case Now():
            return _("At once")
        case At(repeats=None):
            moment = due(schedule)
            return _("{when}, {zone}, {away}").format(when=_full_day(schedule, dates), zone=zone_words(schedule.zone), away=dates.away(moment))
        case At(repeats=repeats):
            how = _("{rule} at {time}, {zone}").format(
                rule=rule_words(repeats, schedule.wall, dates.locale) if repeats else "",
                time=_wall_time(schedule.wall, dates.locale),
                zone=zone_words(schedule.zone),
            )
            upcoming = next_date(schedule, now)
            if upcoming is None:
                return _("{how}; no date is left").format(how=how)
            return _("{how}; next: {day}").format(how=how, day=dates.day(to_utc(upcoming, schedule.zone).astimezone(dates.zone).date()))
        case BeforeEvent(offset):
            return _("{length} before each date of “{event}”").format(length=length_words(offset), event=event or _("an event"))


def of(announcement: Announcement, dates: Dates, now: datetime, event: str = "") -> str:
    """The same for an announcement that may have been made for “now” long ago."""
    if isinstance(announcement.schedule, Now) and announcement.made_at:
        return _("At once, {when}").format(when=dates.moment(announcement.made_at))
    return sentence(announcement.schedule, dates, now, event)


def zone_words(zone: str) -> str:
    """`Lisbon time` for Europe/Lisbon."""
    return _("{city} time").format(city=zone.rpartition("/")[2].replace("_", " "))


def length_words(offset: Offset) -> str:
    """`2 days`, `1 week`, `3 hours`, `1 day 12 hours`."""
    parts = []
    weeks, days = (offset.days // 7, 0) if offset.days and offset.days % 7 == 0 else (0, offset.days)
    minutes = int(offset.exact / timedelta(minutes=1))
    hours, minutes = divmod(minutes, 60)
    if weeks:
        parts.append(ngettext("{n} week", "{n} weeks", weeks).format(n=weeks))
    if days:
        parts.append(ngettext("{n} day", "{n} days", days).format(n=days))
    if hours:
        parts.append(ngettext("{n} hour", "{n} hours", hours).format(n=hours))
    if minutes:
        parts.append(ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes))
    return " ".join(parts) or _("right")


def rule_words(repeats: Recurrence, start: datetime, locale: QLocale) -> str:
    """The rule as people say it; its own text where it says more than that."""
    parts = dict(part.split("=", 1) for part in repeats.rule.upper().split(";") if "=" in part)
    step = int(parts.pop("INTERVAL", "1"))
    frequency, by_day, by_month_day = parts.pop("FREQ", ""), parts.pop("BYDAY", ""), parts.pop("BYMONTHDAY", "")
    until, count = parts.pop("UNTIL", ""), parts.pop("COUNT", "")
    parts.pop("WKST", None)
    words = "" if parts else _base(frequency, step, by_day, by_month_day, start, locale)
    if not words:
        return _("Again and again ({rule})").format(rule=repeats.rule)
    if re.fullmatch(r"\d{8}.*", until):
        day = datetime.strptime(until[:8], "%Y%m%d")  # noqa: DTZ007  a day
        return _("{rule}, until {day},").format(rule=words, day=locale.toString(_qdate(day), "d MMM yyyy"))
    if count:
        return _("{rule}, {times},").format(rule=words, times=ngettext("{n} time", "{n} times", int(count)).format(n=count))
    return words


def _base(frequency: str, step: int, by_day: str, by_month_day: str, start: datetime, locale: QLocale) -> str:
    names = [locale.dayName(DAYS.index(day) + 1) for day in by_day.split(",") if day in DAYS]
    match frequency:
        case "DAILY" if not by_day and not by_month_day:
            return ngettext("Every day", "Every {n} days", step).format(n=step)
        case "WEEKLY" if not by_month_day and len(names) == len(by_day.split(",") if by_day else []):
            days = locale.createSeparatedList(names or [locale.dayName(start.isoweekday())])
            return ngettext("Every {days}", "Every {n} weeks on {days}", step).format(n=step, days=days)
        case "MONTHLY" if by_day:
            found = re.fullmatch(r"(-?\d)(MO|TU|WE|TH|FR|SA|SU)", by_day)
            if found is None or by_month_day:
                return ""
            return _nth(int(found[1]), locale.dayName(DAYS.index(found[2]) + 1), step)
        case "MONTHLY" if not by_month_day or by_month_day == str(start.day):
            return ngettext("On day {day} of every month", "On day {day} of every {n} months", step).format(n=step, day=start.day)
        case "YEARLY" if not by_day and not by_month_day:
            day = locale.toString(_qdate(start), "d MMMM")
            return ngettext("Every year on {day}", "Every {n} years on {day}", step).format(n=step, day=day)
    return ""


def _nth(which: int, day: str, step: int) -> str:
    match which:
        case 1:
            return ngettext("On the first {day} of every month", "On the first {day} of every {n} months", step).format(n=step, day=day)
        case 2:
            return ngettext("On the second {day} of every month", "On the second {day} of every {n} months", step).format(n=step, day=day)
        case 3:
            return ngettext("On the third {day} of every month", "On the third {day} of every {n} months", step).format(n=step, day=day)
        case 4:
            return ngettext("On the fourth {day} of every month", "On the fourth {day} of every {n} months", step).format(n=step, day=day)
        case _ if which == _LAST:
            return ngettext("On the last {day} of every month", "On the last {day} of every {n} months", step).format(n=step, day=day)
    return ""


def _full_day(schedule: At, dates: Dates) -> str:
    day = schedule.wall.date()
    return _("{day} at {time}").format(
        day=dates.locale.toString(_qdate(schedule.wall), "dddd d MMMM") if day.year == dates.today().year else dates.date(day),
        time=_wall_time(schedule.wall, dates.locale),
    )


def _wall_time(wall: datetime, locale: QLocale) -> str:
    return locale.toString(QTime(wall.hour, wall.minute), QLocale.FormatType.ShortFormat)


def _qdate(day: datetime) -> QDate:
    return QDate(day.year, day.month, day.day)
