"""When an announcement goes out, in one plain sentence: “Every Sunday at 18:00, Lisbon time; next: 6 Dec”."""

from datetime import datetime, timedelta

from PySide6.QtCore import QLocale, QTime

from desktop.actions.announcement_edits import next_date
from desktop.community.announcements import Announcement
from desktop.community.durations import Offset
from desktop.community.recurrence import Recurrence
from desktop.community.schedules import At, BeforeEvent, Now, Schedule, due
from desktop.community.zones import to_utc
from desktop.ui.dates import Dates
from desktop.ui.rule_words import rule_words, zone_words
from resources.translations import _, ngettext


def sentence(schedule: Schedule, dates: Dates, now: datetime, event: str = "") -> str:
    """When it goes out. `event`: the title of the event, for a reminder."""
    match schedule:
        case Now():
            return _("At once")
        case At(repeats=Recurrence() as repeats):
            rule = rule_words(repeats.rule, schedule.wall, dates.locale, at=_wall_time(schedule.wall, dates.locale))
            how = _("{rule}, {zone}").format(rule=rule, zone=zone_words(schedule.zone))
            upcoming = next_date(schedule, now)
            if upcoming is None:
                return _("{how}; no date is left").format(how=how)
            return _("{how}; next: {day}").format(how=how, day=dates.day(to_utc(upcoming, schedule.zone).astimezone(dates.zone).date()))
        case At():
            moment = due(schedule)
            return _("{when}, {zone}, {away}").format(when=_full_day(schedule, dates), zone=zone_words(schedule.zone), away=dates.away(moment))
        case BeforeEvent(offset):
            return _("{length} before each date of “{event}”").format(length=length_words(offset), event=event or _("an event"))


def of(announcement: Announcement, dates: Dates, now: datetime, event: str = "") -> str:
    """The same for an announcement that may have been made for “now” long ago."""
    if isinstance(announcement.schedule, Now) and announcement.made_at:
        return _("At once, {when}").format(when=dates.moment(announcement.made_at))
    return sentence(announcement.schedule, dates, now, event)


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


def _full_day(schedule: At, dates: Dates) -> str:
    day = schedule.wall.date()
    return _("{day} at {time}").format(
        day=dates.long(day),
        time=_wall_time(schedule.wall, dates.locale),
    )


def _wall_time(wall: datetime, locale: QLocale) -> str:
    return locale.toString(QTime(wall.hour, wall.minute), QLocale.FormatType.ShortFormat)
