"""What the palette finds: each source answers with a few things for the words that were typed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QIcon, QKeySequence

from desktop.community.fold import fold
from desktop.community.matching import Match, match_of
from desktop.store import finding
from desktop.store.database import Store
from desktop.ui.navigation import Navigation, PageName
from resources.translations import _

MOST = 6


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found.

    Attributes:
        detail: stands behind it, quietly: what it is, or its shortcut.
        icon: of resources/icons by name, or one that is there.
        do: what choosing it does.
        match: how well it answers to what was typed.
    """

    title: str
    detail: str
    icon: str | QIcon
    do: Callable[[], object]
    match: Match


Source = Callable[[str], Sequence[Found]]
"""Takes what was typed; empty at the beginning."""


def actions(listed: Callable[[], Sequence[QAction]]) -> Source:
    """The actions whose words begin with the words typed, in any order."""

    def find(typed: str) -> Sequence[Found]:
        found = [_action(action, typed) for action in listed() if action.text()]
        return best([one for one in found if one.match is not Match.ELSEWHERE])[: MOST * 2]

    return find


def records(store: Store, navigation: Navigation) -> Source:
    """Members, events and announcements with the words typed, of the pages that the person has; nothing before something is typed."""

    def find(typed: str) -> Sequence[Found]:
        if not fold(typed):
            return []
        kinds = (
            (PageName.MEMBERS, finding.members, _("Member"), "user"),
            (PageName.CALENDAR, finding.events, _("Event"), "calendar"),
            (PageName.ANNOUNCEMENTS, finding.announcements, _("Announcement"), "megaphone"),
        )
        return [
            _record(navigation, page, one, kind, icon, typed)
            for page, look, kind, icon in kinds
            if navigation.reaches(page)
            for one in look(store, typed, MOST)
        ]

    return find


def best(found: Iterable[Found]) -> list[Found]:
    """What answers best first; what answers equally well in the order in which it was found."""
    return sorted(found, key=lambda one: one.match)


def _action(action: QAction, typed: str) -> Found:
    title = action.text().rstrip("…").rstrip()
    return Found(title, _key(action), action.icon(), action.trigger, match_of(typed, title))


def _record(navigation: Navigation, page: PageName, one: tuple[str, str], kind: str, icon: str, typed: str) -> Found:
    record, title = one
    return Found(title, kind, icon, lambda: navigation.go(page, record), match_of(typed, title))


def _key(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
