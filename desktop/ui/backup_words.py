"""Backups as people say them."""

from desktop.store.backups import Backup
from desktop.ui.dates import Dates
from resources.translations import _, ngettext


def held(backup: Backup) -> str:
    """`120 members, 14 events, 9 announcements`."""
    members = ngettext("{n} member", "{n} members", backup.members).format(n=backup.members)
    events = ngettext("{n} event", "{n} events", backup.events).format(n=backup.events)
    announcements = ngettext("{n} announcement", "{n} announcements", backup.announcements).format(n=backup.announcements)
    return _("{members}, {events}, {announcements}").format(members=members, events=events, announcements=announcements)


def when(backup: Backup, dates: Dates) -> str:
    """`yesterday 18:00`, with a capital."""
    text = dates.moment(backup.at)
    return text[:1].upper() + text[1:]
