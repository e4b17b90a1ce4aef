"""The window: rail, pages, strip, menus. Navigation and nothing else; what happens on a page is the page's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QVBoxLayout, QWidget

from desktop.ui import sender_line
from desktop.ui.bridge import Bridge
from desktop.ui.commands import Commands
from desktop.ui.dialogs.help import HelpDialog
from desktop.ui.kit import Kit
from desktop.ui.logo import LogoMark
from desktop.ui.navigation import PageName
from desktop.ui.news import EVERYTHING, News
from desktop.ui.page_stack import PageStack
from desktop.ui.pages.page import Entry
from desktop.ui.reading_order import next_in
from desktop.ui.widgets.banner import Banners
from desktop.ui.widgets.buttons import entered
from desktop.ui.widgets.lines import line
from desktop.ui.widgets.rail import Rail
from desktop.ui.widgets.strip import Strip
from desktop.ui.widgets.toasts import Toasts
from resources.translations import _

if TYPE_CHECKING:
    from desktop.ui.palette.panel import Palette

SMALLEST = (720, 480)
USUAL = (1180, 760)
WORDS_FROM = 1060  # pixels of width at 100 %: the rail has words
_GEOMETRY, _PAGE = "window/geometry", "window/page"


@dataclass(frozen=True, slots=True)
class Outside:
    """What menus call that is not the window's business.

    Attributes:
        open_community: another file is wanted (asks for it).
        quit: the program is to end.
    """

    open_community: Callable[[], object]
    quit: Callable[[], object]


class MainWindow(QMainWindow):
    """The main window of one community.

    Args:
        entries: the pages, in the order of the rail.
        closing: called when the person closes the window; False keeps it open (or hides it into the tray itself).
    Signals:
        seen: whether the window can be seen, when that changes.
    """

    seen = Signal(bool)

    def __init__(self, kit: Kit, bridge: Bridge, entries: Sequence[Entry], outside: Outside, closing: Callable[[], bool] = lambda: True) -> None:
        super().__init__()
        self._kit = kit
        self._closing = closing
        self._bridge = bridge
        self._palette_panel: Palette | None = None
        self.setMinimumSize(*SMALLEST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # until a page takes it, the focus is on nothing in particular
        self.pages = PageStack(kit, entries)
        self.commands = Commands(kit.icons, self.pages, entries)
        self._menus(outside, entries)
        self._build(entries)
        self.pages.shown.connect(self._shown)
        self.pages.changed.connect(self._name)
        kit.navigation.wanted.connect(lambda page, record: self.pages.open(PageName(page), record))
        kit.operations.news.connect(self._hear)
        bridge.news.connect(self._hear)
        bridge.engine.connect(self._tell)
        self.seen.connect(bridge.watch)
        self.seen.connect(kit.absence.watch)
        self._name()
        self._tell()
        kit.navigation.narrowed.connect(self._narrow)
        kit.logo.changed.connect(self._draw_icon)
        self._draw_icon()
        self._narrow()
        self._restore(entries)

    @property
    def palette_panel(self) -> "Palette":
        """The command palette; made when it is first asked for."""
        if self._palette_panel is None:
            from desktop.ui.palette.panel import Palette  # late: the window is there sooner
            from desktop.ui.palette.sources import actions, records

            kit, over = self._kit, self.centralWidget()
            assert over is not None
            sources = [records(kit.store, kit.navigation), actions(self.commands.every)]
            self._palette_panel = Palette(kit.theme, kit.icons, sources, over)
            kit.theme.dress(self._palette_panel)
            self._narrow()
        return self._palette_panel

    def bring_to_front(self) -> None:
        """Somebody wants to see the window."""
        self.setWindowState(self.windowState() & ~self.windowState().WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes as one reads."""
        return next_in(self, forth=next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as in a dialog."""
        if not entered(self, event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words in the rail where there is room."""
        super().resizeEvent(event)
        self.rail.widen(self.width() >= WORDS_FROM * self._kit.theme.scale)

    def showEvent(self, event: QShowEvent) -> None:
        """The window can be seen."""
        super().showEvent(event)
        if self.focusWidget() is None:
            self.setFocus()
        self.seen.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """The window can't be seen."""
        super().hideEvent(event)
        self.seen.emit(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is typed, and how the window stood."""
        if not self.pages.leave():
            event.ignore()
            return
        self.remember()
        event.setAccepted(self._closing())

    def remember(self) -> None:
        """Where the window stands and what it shows, for the next start."""
        self._kit.state.keep(_GEOMETRY, self.saveGeometry())
        page = self.pages.page
        if page is not None:
            self._kit.state.keep(_PAGE, page.entry.name.value)
        self._kit.state.flush()

    def _build(self, entries: Sequence[Entry]) -> None:
        kit = self._kit
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        self.rail = Rail(
            kit.theme, kit.icons, LogoMark(kit.theme, kit.logo, 3.5), [(entry.name.value, entry.icon, self._goes[entry.name]) for entry in entries]
        )
        self.rail.chosen.connect(lambda name: self.pages.choose(PageName(name)))
        row.addWidget(self.rail)
        beside, above = line(upright=True), line()
        row.addWidget(beside)
        content = QVBoxLayout()
        content.setSpacing(0)
        banners = Banners(kit.theme, kit.icons, kit.notices)
        content.addWidget(banners)
        content.addWidget(self.pages, 1)
        row.addLayout(content, 1)
        column.addLayout(row, 1)
        column.addWidget(above)
        self.strip = Strip(kit.theme, kit.icons)
        self.strip.pressed.connect(lambda: self.pages.open(PageName.TODAY))
        self.strip.stale.connect(self._tell)
        column.addWidget(self.strip)
        self.setCentralWidget(whole)
        self.toasts = Toasts(kit.theme, kit.icons, kit.notices, self.pages, self.pages.foot)
        self.pages.changed.connect(self.toasts.settle)
        self.pages.currentChanged.connect(lambda _number: self.toasts.leave_page())
        self.pages.shown.connect(banners.show_for)
        kit.theme.dress(self.menuBar(), self.rail, beside, banners, above, self.strip, self.toasts)

    def _menus(self, outside: Outside, entries: Sequence[Entry]) -> None:
        make, bar, key = self.commands.make, self.menuBar(), QKeySequence.StandardKey
        community = bar.addMenu(_("Community"))
        self._another = make(_("Open another community …"), outside.open_community, key.Open, "folder-open")
        community.addAction(self._another)
        community.addSeparator()
        community.addAction(make(_("Close the window"), self.close, key.Close))
        community.addAction(make(_("Quit Belfry"), outside.quit, "Ctrl+Q", "log-out"))
        edit = bar.addMenu(_("Edit"))
        self._undo = make(_("Undo"), self._kit.operations.undo, key.Undo, "undo-2")
        self._redo = make(_("Redo"), self._kit.operations.redo, key.Redo)
        edit.addActions([self._undo, self._redo])
        edit.addSeparator()
        edit.addAction(make(_("Find on this page"), self._find, key.Find, "search"))
        edit.addAction(make(_("Find anything …"), lambda: self.palette_panel.open(), "Ctrl+K", "search"))
        edit.aboutToShow.connect(self._name_undo)
        go = bar.addMenu(_("Go to"))
        self._goes = {entry.name: self._goer(go, entry) for entry in entries}
        self.commands.page_menus(bar)
        help_menu = bar.addMenu(_("Help"))
        help_menu.addAction(make(_("Help with this page"), self._help, key.HelpContents, "circle-help"))

    def _goer(self, menu: QMenu, entry: Entry) -> QAction:
        action = self.commands.make(_(entry.title), lambda: self.pages.choose(entry.name), icon=entry.icon)
        menu.addAction(action)
        return action

    def _narrow(self) -> None:
        """Offer what the person has, everywhere: all of it, or what is needed to post."""
        navigation = self._kit.navigation
        there = [name for name in self._goes if navigation.reaches(name)]
        for name, action in self._goes.items():
            action.setVisible(name in there)
            action.setShortcut(QKeySequence(f"Ctrl+{there.index(name) + 1}" if name in there else ""))
        self.rail.narrow([name.value for name in there])
        self.commands.narrow(navigation.reaches)
        self._another.setVisible(not navigation.only_post)
        everything = _("A member, an event, an announcement, or what you want to do")
        if self._palette_panel is not None:
            self._palette_panel.ask_for(_("An announcement, or what you want to do") if navigation.only_post else everything)
        page = self.pages.page
        if page is not None and page.entry.name not in there:
            self.pages.open(PageName.TODAY)

    def _restore(self, entries: Sequence[Entry]) -> None:
        kept = self._kit.state.state(_GEOMETRY)
        if kept is None or not self.restoreGeometry(kept):
            room = self.screen().availableSize()
            self.resize(min(USUAL[0], room.width()), min(USUAL[1], room.height()))
        wanted = self._kit.state.text(_PAGE)
        known = {entry.name.value: entry.name for entry in entries if self._kit.navigation.reaches(entry.name)}
        self.pages.open(known.get(wanted, entries[0].name))

    def _draw_icon(self) -> None:
        self.setWindowIcon(self._kit.logo.icon())

    def _shown(self, name: str) -> None:
        self.rail.select(name)
        self._name()

    def _name(self) -> None:
        community = self._kit.store.setting("name") or _("Community")
        page = self.pages.page
        self.rail.name_community(community)
        self.setWindowTitle(_("{page} · {community}").format(page=_(page.entry.title), community=community) if page else community)

    def _hear(self, news: News) -> None:
        self.pages.hear(news)
        if news.touches("delivery", "announcement", "event", "setting"):
            self._tell()
        if news.touches("setting"):
            self._name()
            self._kit.logo.look()
        if news is not EVERYTHING:
            self._kit.engine.wake()

    def _tell(self) -> None:
        sender_line.tell(self.strip, self._kit.store, self._kit.dates, self._bridge.halted)

    def _find(self) -> None:
        page = self.pages.page
        if page is not None:
            page.search()

    def _help(self) -> None:
        page = self.pages.page
        if page is not None:
            HelpDialog(self._kit.theme, page.entry, self._kit.navigation, self).open()

    def _name_undo(self) -> None:
        """The Edit menu says what would be undone."""
        done = self._kit.operations.last
        self._undo.setText(_("Undo: {what}").format(what=done) if done else _("Undo"))
