"""Every command of the window as a menu's action: the window's own, and those of the pages, which their entries declare before they are built."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from desktop.ui.icons import Icons
from desktop.ui.navigation import PageName
from desktop.ui.page_stack import PageStack
from desktop.ui.pages.page import Entry
from resources.translations import _

Shortcut = QKeySequence.StandardKey | str


class Commands(QObject):
    """Makes actions, keeps them, and lets those of a page work on it."""

    def __init__(self, icons: Icons, stack: PageStack, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._icons = icons
        self._stack = stack
        self._entries = entries
        self._menus: dict[str, QMenu] = {}
        self.own: list[QAction] = []
        self.of_pages: dict[str, list[QAction]] = {
            entry.name.value: [self._of_page(entry, n) for n in range(len(entry.commands))] for entry in entries
        }
        stack.shown.connect(self._page_shown)

    def make(self, text: str, do: Callable[[], object], shortcut: Shortcut = "", icon: str = "") -> QAction:
        """An action of the window itself."""
        action = QAction(text, self)
        if icon:
            action.setIcon(self._icons.icon(icon, "text_quiet"))
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        action.triggered.connect(lambda: do())
        self.own.append(action)
        return action

    def every(self) -> list[QAction]:
        """All that can be done now, for the palette; of a page that was not opened yet all is offered."""
        self._see_what_can_be()
        page = self._stack.page
        here = self.of_pages[page.entry.name.value] if page is not None else []
        rest = [action for actions in self.of_pages.values() if actions is not here for action in actions]
        found = [action for action in (*here, *self.own, *rest) if action.isEnabled()]
        self._allow_all()
        return found

    def page_menus(self, bar: QMenuBar) -> None:
        """A menu for each page that has commands, named as the page."""
        for entry in self._entries:
            if entry.commands:
                menu = self._menus[entry.name.value] = bar.addMenu(_(entry.title))
                menu.addActions(self.of_pages[entry.name.value])
                self._watch(menu)

    def narrow(self, reaches: Callable[[PageName], bool]) -> None:
        """Offer the commands of these pages alone: a command that is not seen has no key either."""
        for entry in self._entries:
            there = reaches(entry.name)
            for action in self.of_pages[entry.name.value]:
                action.setVisible(there)
            if entry.commands:
                self._menus[entry.name.value].menuAction().setVisible(there)

    def _watch(self, menu: QMenu) -> None:
        menu.aboutToShow.connect(self._see_what_can_be)
        menu.aboutToHide.connect(self._allow_all)

    def _of_page(self, entry: Entry, number: int) -> QAction:
        command = entry.commands[number]
        action = QAction(_(command.label), self)
        if command.icon:
            action.setIcon(self._icons.icon(command.icon, "text_quiet"))
        action.triggered.connect(lambda: self._do(entry, command.name))
        return action

    def _do(self, entry: Entry, command: str) -> None:
        self._stack.open(entry.name)
        page = self._stack.page
        if page is not None and page.entry is entry and page.can(command):
            page.do(command)

    def _page_shown(self, name: str) -> None:
        """Shortcuts belong to the page that is shown; Ctrl+N to its primary command, too."""
        for entry in self._entries:
            for number, (command, action) in enumerate(zip(entry.commands, self.of_pages[entry.name.value], strict=True)):
                here = entry.name.value == name
                keys = [QKeySequence(QKeySequence.StandardKey.New)] if number == 0 else []
                if command.shortcut:
                    keys.append(QKeySequence(command.shortcut))
                action.setShortcuts(keys if here else [])

    def _see_what_can_be(self) -> None:
        for entry in self._entries:
            page = self._stack.built(entry.name)
            for command, action in zip(entry.commands, self.of_pages[entry.name.value], strict=True):
                action.setEnabled(page is None or page.can(command.name))

    def _allow_all(self) -> None:
        """A grey action has no key; whether it can be done is asked when it is pressed."""
        for actions in self.of_pages.values():
            for action in actions:
                action.setEnabled(True)
