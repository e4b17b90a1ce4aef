"""What falls due while Belfry is not running, or the computer sleeps: said before the person quits, and before the lid is closed."""

from datetime import timedelta

from desktop.actions import today
from desktop.actions.today import Group
from desktop.store import sending
from desktop.store import today as reading
from desktop.store.database import Store
from desktop.ui.dates import Dates
from resources.translations import _, ngettext

_LINES = 5
_MOST = 500


def sends_here(store: Store) -> bool:
    """Whether this computer sends from this file; where another one does, nothing is lost by quitting here."""
    return sending.named(store).computer in ("", store.device)


def falls_due(store: Store, within: timedelta = today.AHEAD) -> list[Group]:
    """What is to go out within the next days, or this time, and would not, in order."""
    if not sends_here(store):
        return []
    return today.grouped(reading.queued_before(store, store.clock.now() + within, _MOST))


def detail(groups: list[Group], dates: Dates) -> str:
    """A line for each, and what can be done about it."""
    lines = [
        _("{when}: {text} → {places}").format(
            when=dates.moment(group.due_at),
            text=group.text,
            places=ngettext("{n} group", "{n} groups", len(group.places)).format(n=len(group.places)),
        )
        for group in groups[:_LINES]
    ]
    more = len(groups) - _LINES
    if more > 0:
        lines.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
    return "\n".join((*lines, "", _("What is late then goes out late, or waits for you, as you have set it.")))
