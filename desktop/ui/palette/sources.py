"""What the palette finds: each source answers with a few things for the words that were typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QIcon, QKeySequence

from desktop.community.fold import fold, words
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
    """

    title: str
    detail: str
    icon: str | QIcon
    do: Callable[[], object]


Source = Callable[[str], Sequence[Found]]
"""Takes what was typed; empty at the beginning."""


def actions(listed: Callable[[], Sequence[QAction]]) -> Source:
    """The actions whose words begin with the words typed, in any order."""

    def find(typed: str) -> Sequence[Found]:
        wanted = words(typed)
        found = [action for action in listed() if action.text() and _matches(wanted, action.text())]
        return [Found(action.text().rstrip("…").rstrip(), _key(action), action.icon(), action.trigger) for action in found[: MOST * 2]]

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
            _record(navigation, page, one, kind, icon)
            for page, look, kind, icon in kinds
            if navigation.reaches(page)
            for one in look(store, typed, MOST)
        ]

    return find


def _record(navigation: Navigation, page: PageName, one: tuple[str, str], kind: str, icon: str) -> Found:
    record, title = one
    return Found(title, kind, icon, lambda: navigation.go(page, record))


def _matches(wanted: Sequence[str], text: str) -> bool:
    there = words(text)
    return all(any(word.startswith(part) for word in there) for part in wanted)


def _key(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
