"""The pages of the window one on top of the other, each made when it is first opened."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.ui.kit import Kit
from desktop.ui.navigation import PageName
from desktop.ui.news import News
from desktop.ui.pages.page import Entry, Page
from desktop.ui.reading_order import reached


class PageStack(QStackedWidget):
    """Makes, shows and informs the pages.

    Signals:
        shown: the name of the page that is shown now.
        changed: another page is shown, or the foot of the page is another one.
    """

    shown = Signal(str)
    changed = Signal()

    def __init__(self, kit: Kit, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._kit = kit
        self._entries = {entry.name: entry for entry in entries}
        self._pages: dict[PageName, Page] = {}
        self.currentChanged.connect(lambda _number: self.changed.emit())

    def open(self, name: PageName, record: str = "") -> None:
        """Show a page, and a record on it."""
        now = self.page
        if now is not None and now.entry.name is not name and not now.leave():
            return
        page = self._pages.get(name)
        if page is None:
            entry = self._entries[name]
            page = self._pages[name] = entry.build(self._kit, entry)
            self.put(page)
        self.setCurrentWidget(page)
        if record:
            page.show_record(record)
        if now is not page:
            page.arrive()
            self._not_lost(page)
        self.shown.emit(name.value)

    def choose(self, name: PageName) -> None:
        """The person wants this page: from wherever they are on it, too, to where it begins."""
        shown = self.page
        if shown is not None and shown is self._pages.get(name):
            shown.to_beginning()
        self.open(name)

    def put(self, page: Page) -> None:
        """Lay a page over the others, not shown yet."""
        self.addWidget(page)
        page.foot_changed.connect(self.changed)
        self._kit.theme.dress(page)  # now, and not before: what is moved into a window with its clothes on is dressed again

    def _not_lost(self, page: Page) -> None:
        """An empty page has no list to work in: the focus is on the first thing that can be done there."""
        focus: QWidget | None = self.window().focusWidget()  # the stubs do not know that it may be None; it is kept for a window that is not in front
        if self.isVisible() and (focus is None or not focus.isVisible() or not page.isAncestorOf(focus)):
            first = next(reached(page), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        shown = self.currentWidget()
        return shown if isinstance(shown, Page) else None

    def foot(self) -> QWidget | None:
        """The foot of the page that is shown."""
        return None if self.page is None else self.page.foot()

    def built(self, name: PageName) -> Page | None:
        """A page, if it was opened before."""
        return self._pages.get(name)

    def hear(self, news: News) -> None:
        """Tell every page that is there, also one that was put over the others."""
        for page in (self.widget(number) for number in range(self.count())):
            if isinstance(page, Page):
                page.hear(news)

    def awake(self) -> None:
        """The computer has slept: what happened meanwhile is looked at."""
        for page in self._pages.values():
            page.awake()

    def leave(self) -> bool:
        """The window is about to close: whether every page has kept what is typed."""
        kept = [page.leave() for page in self._pages.values()]
        return all(kept)

    @property
    def unkept(self) -> bool:
        """Whether something that was typed is on a page only, because it could not be kept."""
        return any(page.unkept for page in self._pages.values())
