"""Help: what the page that is shown is for, its commands with their keys, and the keys that work everywhere."""

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.ui.dialogs.sheet import Sheet
from desktop.ui.navigation import Navigation, PageName
from desktop.ui.pages.page import Entry
from desktop.ui.theme import Theme
from desktop.ui.widgets.label import label
from desktop.ui.widgets.lines import Column, SectionHeader, line
from resources.translations import _, mark

PURPOSES = {
    PageName.TODAY: mark("What needs you, what happened while you were away, and what goes out next. Everything can be done right here."),
    PageName.MEMBERS: mark("The people and organizations of the community. Search as you type; click somebody to see and edit everything in place."),
    PageName.CALENDAR: mark("What happens when. Click a day or drag over days to make an event; drag an event to move it."),
    PageName.ANNOUNCEMENTS: mark("What goes out, where and when. Write once; on the right you see what each group will see."),
    PageName.CHANNELS: mark("The groups that announcements go to: by a bot, or posted by hand where no machine may post."),
    PageName.SETTINGS: mark("How the community and this computer are set up. Each setting is kept as soon as it is changed."),
}
EVERYWHERE = (
    ("Ctrl+1 … Ctrl+{n}", mark("Go to a page")),
    ("Ctrl+K", mark("Find a member, an event, an announcement or an action")),
    ("Ctrl+N", mark("Make what the page is about")),
    ("Ctrl+F", mark("Search the page")),
    ("Ctrl+Z", mark("Take back the last change, also an import")),
    ("Esc", mark("Close what is open, or put back what was typed")),
    ("F1", mark("This help")),
)


ONLY_POST = {
    "Ctrl+K": mark("Find an announcement or an action"),
    "Ctrl+Z": mark("Take back the last change"),
}
"""What some of these keys do for who only posts."""


class HelpDialog(Sheet):
    """Help with one page."""

    def __init__(self, theme: Theme, entry: Entry, navigation: Navigation, parent: QWidget) -> None:
        super().__init__(
            theme, _("Help with “{page}”").format(page=_(entry.title)), _(PURPOSES[entry.name]), _("Close"), self.accept, parent, size=(64, 60)
        )
        self.cancel.hide()
        column = Column(theme, margin=0)
        commands = [(_key(command.shortcut), _(command.label)) for command in entry.commands if command.shortcut]
        if commands:
            self._list(theme, column, _("On this page"), commands)
        places = sum(navigation.reaches(name) for name in PageName)
        own = ONLY_POST if navigation.only_post else {}
        self._list(theme, column, _("Everywhere"), [(keys.format(n=places), _(own.get(keys, what))) for keys, what in EVERYWHERE])
        column.box.addStretch()
        self.box.addWidget(column, 1)

    def _list(self, theme: Theme, column: Column, title: str, rows: Sequence[tuple[str, str]]) -> None:
        column.box.addWidget(SectionHeader(theme, title))
        column.box.addWidget(line())
        for keys, what in rows:
            column.box.addWidget(label(_("{what}: {keys}").format(what=what.removesuffix("…").rstrip(), keys=keys), wrap=True))


def _key(portable: str) -> str:
    return QKeySequence(portable).toString(QKeySequence.SequenceFormat.NativeText)
