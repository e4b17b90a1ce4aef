"""The three lists of the page (timeline, drafts, log) with the panel beside them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.actions import announcement_edits, deliveries
from desktop.actions.deliveries import Answer
from desktop.community.announcements import Announcement
from desktop.community.deliveries import Delivery
from desktop.community.errors import Refused
from desktop.store import announcement_lists, announcements, connections
from desktop.store.announcement_lists import Going
from desktop.ui.kit import Kit
from desktop.ui.navigation import PageName
from desktop.ui.operations import Aside, Tell
from desktop.ui.pages.announcements import timeline
from desktop.ui.pages.announcements.details import Details
from desktop.ui.pages.announcements.event_choices import title_of
from desktop.ui.pages.announcements.log import LogView
from desktop.ui.pages.announcements.overview import Overview
from desktop.ui.pages.announcements.rows import Row, RowsView
from desktop.ui.pages.announcements.state_words import meaning
from desktop.ui.pages.announcements.summaries import summary
from desktop.ui.pages.announcements.timeline_bar import TimelineBar
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.inspector import WIDEST, Beside
from desktop.ui.widgets.lines import line
from resources.translations import _

TIMELINE, DRAFTS, LOG = range(3)
_TAB = "announcements/list"
_WIDE = 1100  # pixels at 100 %: below, there is the list alone


class Lists(QWidget):
    """Lists, and what is selected in them.

    Attributes:
        tabs: the switch between the lists; the page puts it into its head.
        going: the rows of the timeline by their keys, also those that the filter leaves out.
        drafts_by_id: the drafts.
    Signals:
        edit: the id of an announcement to be written on.
        write: a new one is wanted.
        wanted: (what, id): see `Details.wanted`; what is to be done with an announcement.
    """

    edit = Signal(str)
    write = Signal()
    wanted = Signal(str, str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.going: dict[str, Going] = {}
        self.drafts_by_id: dict[str, Announcement] = {}
        self._open = False
        self._log: LogView | None = None
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Lists"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)  # where there is no room, the title and the words of the tabs give way
        for words in (_("Timeline"), _("Drafts"), _("Log")):
            self.tabs.addTab(words)
        self.timeline = RowsView(kit.theme, _("Timeline of what goes out"))
        self.bar = TimelineBar(kit.theme)
        self.drafts = RowsView(kit.theme, _("Drafts"))
        self.overview = Overview(kit.theme, kit.dates)
        self.details = Details(kit.theme, kit.icons, kit.dates, kit.store)
        self._lists = QStackedWidget()
        for view in (self._weeks(), self.drafts):
            both = QStackedWidget()
            both.addWidget(view)
            self._lists.addWidget(both)
        self._lists.addWidget(QWidget())  # for the log
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(line())
        self.beside = Beside(kit.theme, self._lists, self.details)
        box.addWidget(self.beside, 1)
        self._connect()
        kept = kit.state.text(_TAB, "0")
        self.tabs.setCurrentIndex(int(kept) if kept in "012" else TIMELINE)
        self._lists.setCurrentIndex(self.tabs.currentIndex())

    @property
    def log(self) -> LogView:
        """The log; made now if this is the first time that it is needed."""
        if self._log is None:
            self._log = LogView(self._kit.theme, self._kit.icons, self._kit.dates, self._kit.store)
            put(self._lists, LOG, self._log)
            self._log.chosen.connect(lambda _id: self._show_details())
        return self._log

    @property
    def selected(self) -> str:
        """The id of the selected announcement; empty for none."""
        match self.tabs.currentIndex():
            case 0:
                going = self.going.get(self.timeline.key)
                return going.announcement_id if going and going.text else ""
            case 1:
                return self.drafts.key
            case _:
                chosen = self.log.selected
                return deliveries.find(self._kit.store, chosen).announcement_id if chosen else ""

    def refresh(self) -> None:
        """Read everything anew; selection and places stay."""
        self.fill()
        self._show_details()

    def fill(self) -> None:
        """Read the lists anew."""
        kit = self._kit
        found = timeline.look(kit.store, kit.dates)
        names = {channel.id: channel.name for channel in connections.channels(kit.store)}
        self.going = {timeline.key_of(one): one for one in found}
        self.bar.offer(names)
        self._show_timeline()
        self.overview.show_weeks(found, names)
        drafts = announcement_lists.drafts(kit.store)
        self.drafts_by_id = {one.id: one for one in drafts}
        self.drafts.show_rows([self._draft_row(one) for one in drafts])
        if self.tabs.currentIndex() == LOG:
            self.log.refresh()
        self._show_empty(TIMELINE, bool(found), self._empty_timeline)
        self._show_empty(DRAFTS, bool(drafts), self._empty_drafts)
        self.tabs.setTabText(DRAFTS, _("Drafts ({n})").format(n=len(drafts)) if drafts else _("Drafts"))

    def arrive(self) -> None:
        """The focus goes to the list."""
        match self.tabs.currentIndex():
            case 0:
                self.timeline.setFocus()
            case 1:
                self.drafts.setFocus()
            case _:
                self.log.table.setFocus()

    def leave(self) -> None:
        """Remember which list was shown."""
        self._kit.state.keep(_TAB, str(self.tabs.currentIndex()))

    def show_announcement(self, announcement_id: str) -> bool:
        """Where it stands: in the timeline its next date, else its last delivery in the log. False where it has neither."""
        key = next((key for key, one in self.going.items() if one.announcement_id == announcement_id), "")
        if key:
            self.tabs.setCurrentIndex(TIMELINE)
            self._select(key)
            return True
        found = deliveries.of_announcement(self._kit.store, announcement_id)
        if found:
            self.show_delivery(found[-1].delivery.id)
        return bool(found)

    def show_delivery(self, delivery_id: str) -> None:
        """Select a delivery in the log."""
        self.tabs.setCurrentIndex(LOG)
        self.log.select(delivery_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The overview where there is room for it."""
        super().resizeEvent(event)
        self._room_for_overview()

    # The lists

    def _weeks(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        listed = QWidget()
        box = QVBoxLayout(listed)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.bar)
        box.addWidget(line())
        box.addWidget(self.timeline, 1)
        row.addWidget(listed, 3)
        row.addWidget(self.overview, 2)
        return made

    def _show_timeline(self) -> None:
        wanted = self.bar.channel
        found = [one for one in self.going.values() if not wanted or any(row_id == wanted for row_id, _state in one.places)]
        self.timeline.show_rows(timeline.rows(self._kit.store, self._kit.dates, found))
        self.bar.say(timeline.count_words(found, self._kit.dates))

    def _select(self, key: str) -> None:
        """Select a row of the timeline, also one that the filter leaves out."""
        if not self.timeline.select(key):
            self.bar.show_all()
            self.timeline.select(key)

    def _draft_row(self, one: Announcement) -> Row:
        made = _("begun {away}").format(away=self._kit.dates.away(one.made_at)) if one.made_at else ""
        return Row(one.id, partial(summary, one.text), detail=self._places(one) or _("No channel chosen yet"), word=made)

    def _places(self, one: Announcement) -> str:
        names = {channel.id: channel.name for channel in connections.channels(self._kit.store)}
        return ", ".join(names[row_id] for row_id in one.channels if row_id in names)

    def _tab_chosen(self, number: int) -> None:
        self._lists.setCurrentIndex(number)
        if number == LOG:
            self.log.refresh()
        self._show_details()

    # The panel

    def _show_details(self) -> None:
        try:
            shown = self._fill_details()
        except Refused:  # gone in the meantime
            shown = False
        self.beside.show_inspector(shown)
        self._open = shown
        self._room_for_overview()

    def _fill_details(self) -> bool:
        store = self._kit.store
        match self.tabs.currentIndex():
            case 0 if (going := self.going.get(self.timeline.key)) is not None:
                found = announcements.get(store, going.announcement_id)
                here = [
                    one
                    for one in deliveries.of_announcement(store, going.announcement_id)
                    if one.delivery.occurrence == going.occurrence and one.delivery.due_at == going.due_at
                ]
                self.details.show_announcement(found, going.occurrence, here, title_of(store, found.event_id))
            case 1 if (draft := self.drafts_by_id.get(self.drafts.key)) is not None:
                self.details.show_draft(draft, self._places(draft), title_of(store, draft.event_id))
            case 2 if self.log.selected:
                delivery = deliveries.find(store, self.log.selected)
                here = [one for one in deliveries.of_announcement(store, delivery.announcement_id) if one.delivery.id == delivery.id]
                self.details.show_delivery(here[0])
            case _:
                return False
        return True

    def _room_for_overview(self) -> None:
        needed = _WIDE + (WIDEST if self._open else 0)
        self.overview.setVisible(self.width() >= needed * self._kit.theme.scale)

    def _close_details(self) -> None:
        for view in (self.timeline, self.drafts, *([self._log.table] if self._log is not None else [])):
            view.clearSelection()
        self.arrive()

    # Parts

    def _connect(self) -> None:
        run = self._kit.operations.run
        self.tabs.currentChanged.connect(self._tab_chosen)
        self.bar.changed.connect(self._show_timeline)
        self.timeline.chosen.connect(lambda _key: self._show_details())
        self.timeline.opened.connect(lambda _key: self.edit.emit(self.selected) if self.selected else None)
        self.overview.wanted.connect(self._select)
        self.drafts.chosen.connect(lambda _key: self._show_details())
        self.drafts.opened.connect(self.edit.emit)
        self.details.wanted.connect(lambda what, row_id: self._close_details() if what == "close" else self.wanted.emit(what, row_id))
        self.details.left_out.connect(lambda row_id, occurrence: run(lambda store: announcement_edits.leave_out(store, row_id, occurrence)))
        self.details.answered.connect(self._answered)
        self.details.link.connect(self._kit.opener.open)

    def _answered(self, delivery_id: str, answer: Answer) -> None:
        def settled(moved: Delivery) -> None:
            self._kit.operations.put_aside(Aside(meaning(moved.state)), tell=Tell.NOTHING)  # what became of it is seen where it was said

        self._kit.operations.run(lambda store: deliveries.settle(store, delivery_id, answer), settled)

    def _show_empty(self, number: int, there: bool, empty: Callable[[], QWidget]) -> None:
        both = self._lists.widget(number)
        assert isinstance(both, QStackedWidget)
        if not there and both.count() == 1:
            both.addWidget(empty())
        both.setCurrentIndex(0 if there else 1)

    def _empty_timeline(self) -> QWidget:
        navigation = self._kit.navigation
        connect = button(_("Connect a group"), lambda: navigation.go(PageName.CHANNELS))
        navigation.narrowed.connect(lambda: connect.setVisible(navigation.reaches(PageName.CHANNELS)))
        if not navigation.reaches(PageName.CHANNELS):
            connect.hide()  # what has no parent yet would be shown as a window
        return Empty(
            self._kit.theme,
            self._kit.icons,
            "megaphone",
            _("Nothing is planned"),
            _("Write once, and it goes out to all your groups at the right time: now, on Sunday at six, or a day before each meeting."),
            [button(_("New announcement"), self.write.emit, kind="primary"), connect],
        )

    def _empty_drafts(self) -> QWidget:
        return Empty(
            self._kit.theme,
            self._kit.icons,
            "notebook-pen",
            _("No drafts"),
            _("What you begin to write is kept here by itself until it goes out."),
            [button(_("New announcement"), self.write.emit)],
        )


def put(stack: QStackedWidget, number: int, widget: QWidget) -> None:
    """Put a widget in the place that was kept for it."""
    kept, shown = stack.widget(number), stack.currentIndex()
    assert kept is not None
    stack.removeWidget(kept)
    kept.deleteLater()
    stack.insertWidget(number, widget)
    stack.setCurrentIndex(shown)
