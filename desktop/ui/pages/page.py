"""What a page is: a title, one primary button, content, commands for menu and palette, and a refresh from news.

A page lives in `desktop/ui/pages/<name>/` and is named once, in `desktop/ui/pages/__init__.py`, by an `Entry` that can be read without building it.

    class MembersPage(Page):
        def __init__(self, kit: Kit, entry: Entry) -> None:
            super().__init__(kit, entry)
            self.body.addWidget(...)            # the content, below the header
            self.refresh(EVERYTHING)

        def refresh(self, news: News) -> None:  # only what the news touches; called now if the page is seen, else when it is shown
            if news.touches("member", "member_tag"):
                ...

        def do(self, command: str) -> None:     # a command of the entry: from the menu, the palette, a key or a button of the page
            match command:
                case "add": ...

Everything that changes something goes through `kit.operations`; the answer comes back as news, to this page like to the others.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui import roles
from desktop.ui.kit import Kit
from desktop.ui.navigation import PageName
from desktop.ui.news import News
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.head import Head
from desktop.ui.widgets.label import ElidedLabel
from resources.translations import _


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a person can do on a page.

    Attributes:
        name: for `Page.do`.
        label: message id, made with `mark("Add a member")`; a verb first, `…` at the end where something is asked before.
        icon: of resources/icons; may be empty.
        shortcut: portable, such as `Ctrl+I` or `Del`; works while the page is shown. Ctrl+N is the primary command's by itself.
    """

    name: str
    label: str
    icon: str = ""
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A page before it is built.

    Attributes:
        title: message id, made with `mark("Members")`.
        icon: of resources/icons.
        build: makes the page when it is first opened; imports its module then, not before.
        commands: the first one is the primary: the button in the header, and Ctrl+N. May be empty.
    """

    name: PageName
    title: str
    icon: str
    build: Callable[[Kit, "Entry"], "Page"]
    commands: tuple[Command, ...] = ()


class Page(QWidget):
    """Base of all pages.

    Attributes:
        kit: its tools.
        head: the row beside the title, or below it where there is no room, for a search field or a switch of views; then the primary button.
        body: below the header, without margins; lists go to the edges, text takes `kit.theme.px(3)` of margin.
    Signals:
        foot_changed: `foot` gives another widget now.
    """

    foot_changed = Signal()

    def __init__(self, kit: Kit, entry: Entry) -> None:
        super().__init__()
        self.kit = kit
        self.entry = entry
        self._waiting: News | None = None
        self.setAccessibleName(_(entry.title))
        px = kit.theme.px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(px(3), px(2), px(3), px(1.5))
        self.title = ElidedLabel(_(entry.title), "title")
        roles.heading(self.title)
        head = Head(self.title, px(1))
        self.head = head.row
        top.addWidget(head)
        if entry.commands:
            self.primary = button(_(entry.commands[0].label), self._primary, kind="primary")
            key = QKeySequence(QKeySequence.StandardKey.New).toString(QKeySequence.SequenceFormat.NativeText)
            self.primary.setToolTip(f"{_(entry.commands[0].label)} ({key})")
            head.end_with(self.primary)
        outer.addLayout(top)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        outer.addLayout(self.body, 1)

    def refresh(self, news: News) -> None:
        """Show what is so now, as far as the news touches it; keep selection, scroll position and what is being typed."""

    def do(self, command: str) -> None:
        """Do one of the entry's commands."""

    def can(self, command: str) -> bool:
        """Whether a command can be done now; the menu shows it grey otherwise."""
        return True

    def search(self) -> None:
        """Ctrl+F: put the focus where this page is searched."""

    def arrive(self) -> None:
        """The person came here by the keyboard or at the start: put the focus where work begins (a list)."""

    def to_beginning(self) -> None:
        """The person has chosen this page while it is shown: go to where it begins. What is typed is kept."""

    def show_record(self, record: str) -> None:
        """Select the record with this id and open it, whatever filters are set."""

    def awake(self) -> None:
        """The computer has slept and is awake again."""

    def foot(self) -> QWidget | None:
        """The buttons at the foot, which no toast may cover; `foot_changed` is emitted when it is another one."""
        return None

    def leave(self) -> bool:
        """The person goes to another page or closes the window. Keep what is typed; False where that can't be."""
        return True

    @property
    def unkept(self) -> bool:
        """Whether something is typed here that `leave` could not keep: it goes with the window."""
        return False

    def hear(self, news: News) -> None:
        """News for this page: refreshes now where it can be seen, else when it is shown."""
        if self.isVisible():
            self.refresh(news)
        else:
            self._waiting = news if self._waiting is None else self._waiting | news

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the page was not seen."""
        super().showEvent(event)
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self.refresh(waiting)

    def _primary(self) -> None:
        self.do(self.entry.commands[0].name)
