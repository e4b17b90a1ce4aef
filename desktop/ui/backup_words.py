"""Backups as people say them."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QLocale

from desktop.store.backups import Backup, Kind
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


def listed(backups: Sequence[Backup], dates: Dates) -> list[str]:
    """Two lines for each: when and how it was made, what it holds. No two are the same: what only their folders tell apart, says its folder."""
    names = [_two_lines(one, one.path.name, dates) for one in backups]
    same = Counter(names)
    return [name if same[name] == 1 else _two_lines(one, str(one.path), dates) for name, one in zip(names, backups, strict=True)]


def _two_lines(backup: Backup, file: str, dates: Dates) -> str:
    local = backup.at.astimezone(dates.zone)
    size = dates.locale.formattedDataSize(backup.bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
    first = _("{date} {time} · {kind}").format(date=dates.date(local.date()), time=dates.time(backup.at), kind=_kind(backup.kind))
    return first + "\n" + _("{file} · {size} · {holds}").format(file=file, size=size, holds=held(backup))


def _kind(kind: Kind) -> str:
    match kind:
        case Kind.COPY:
            return _("made by hand")
        case Kind.BEFORE_UPDATE:
            return _("kept before an update of Belfry")
        case Kind.BEFORE_RESTORE:
            return _("kept when another backup was put back")
