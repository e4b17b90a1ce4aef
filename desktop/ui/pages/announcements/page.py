"""“Announcements”: what goes out, where and when?"""

import math
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.actions import announcement_edits, deliveries
from desktop.actions.announcement_edits import TakenBack
from desktop.actions.deliveries import Answer
from desktop.actions.rehearsals import Rehearsed
from desktop.community.announcements import Announcement, AnnouncementStatus
from desktop.community.errors import BelfryError, Refused
from desktop.community.events import Event
from desktop.community.schedules import Now
from desktop.store import announcement_lists, announcements, connections, events, undo
from desktop.store.announcement_lists import Going
from desktop.ui.kit import Kit
from desktop.ui.navigation import PageName
from desktop.ui.news import EVERYTHING, News
from desktop.ui.notices import Offer, Tone
from desktop.ui.operations import UNDO_KEY, Tell
from desktop.ui.pages.announcements import timeline
from desktop.ui.pages.announcements.composer import Composer, FirstSend
from desktop.ui.pages.announcements.details import Details
from desktop.ui.pages.announcements.event_choices import title_of
from desktop.ui.pages.announcements.log import LogView
from desktop.ui.pages.announcements.overview import Overview
from desktop.ui.pages.announcements.rows import Row, RowsView
from desktop.ui.pages.announcements.schedule_words import of
from desktop.ui.pages.announcements.sheet import Sheet
from desktop.ui.pages.announcements.summaries import summary
from desktop.ui.pages.page import Entry, Page
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.inspector import WIDEST, Beside
from desktop.ui.widgets.lines import line
from resources.translations import _, ngettext

TIMELINE, DRAFTS, LOG = range(3)
_TAB = "announcements/list"
_WIDE = 1100  # pixels at 100 %: below, there is the list alone
_AGAIN = 60_000  # milliseconds after which “today” and “in 3 h” may be others


class AnnouncementsPage(Page):
    """Three lists (timeline, drafts, log) with a panel beside them; or the composer in their place; or the sheet in its place."""

    def __init__(self, kit: Kit, entry: Entry) -> None:
        super().__init__(kit, entry)
        self._going: dict[str, Going] = {}
        self._beside = self._stale = False
        self._drafts: dict[str, Announcement] = {}
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Lists"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for words in (_("Timeline"), _("Drafts"), _("Log")):
            self.tabs.addTab(words)
        self.back = button(_("Back to the list"), self._leave_composer)
        self.head.addWidget(self.tabs)
        self.head.addStretch()
        self.head.addWidget(self.back)
        self.timeline = RowsView(kit.theme, _("Timeline of what goes out"))
        self.drafts = RowsView(kit.theme, _("Drafts"))
        self._log: LogView | None = None
        self.details = Details(kit.theme, kit.icons, kit.dates, kit.store)
        self._lists = QStackedWidget()
        self.overview = Overview(kit.theme, kit.dates)
        self._weeks = QWidget()
        weeks = QHBoxLayout(self._weeks)
        weeks.setContentsMargins(0, 0, 0, 0)
        weeks.setSpacing(0)
        weeks.addWidget(self.timeline, 3)
        weeks.addWidget(self.overview, 2)
        for view in (self._weeks, self.drafts):
            both = QStackedWidget()
            both.addWidget(view)
            self._lists.addWidget(both)
        self._lists.addWidget(QWidget())  # for the log
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(line())
        self.beside = Beside(kit.theme, self._lists, self.details)
        box.addWidget(self.beside, 1)
        self._composer: Composer | None = None
        self._sheet: Sheet | None = None
        self.stack = QStackedWidget()
        for widget in (holder, QWidget(), QWidget()):  # the other two are made when they are first needed
            self.stack.addWidget(widget)
        self.body.addWidget(self.stack, 1)
        self._connect()
        self._clock = QTimer(self, interval=_AGAIN)
        self._clock.timeout.connect(self._time_passed)
        self._clock.start()
        kept = kit.state.text(_TAB, "0")
        self.tabs.setCurrentIndex(int(kept) if kept in "012" else TIMELINE)
        self._lists.setCurrentIndex(self.tabs.currentIndex())
        self._show_side(0)
        self.refresh(EVERYTHING)

    @property
    def log(self) -> LogView:
        """The log; made now if this is the first time that it is needed."""
        if self._log is None:
            self._log = LogView(self.kit.theme, self.kit.icons, self.kit.dates, self.kit.store)
            _put(self._lists, LOG, self._log)
            self._log.chosen.connect(lambda _id: self._show_details())
        return self._log

    @property
    def composer(self) -> Composer:
        """The composer; made now if this is the first time that it is needed."""
        if self._composer is None:
            self._composer = made = Composer(self.kit)
            _put(self.stack, 1, made)
            made.left.connect(self._leave_composer)
            made.asked.connect(self._asked)
            made.published.connect(self._published)
            made.tried.connect(self._tried)
            made.renamed.connect(lambda _title: self._show_side(self.stack.currentIndex()))
        return self._composer

    @property
    def sheet(self) -> Sheet:
        """The sheet before something goes out; made now if this is the first time that it is needed."""
        if self._sheet is None:
            self._sheet = Sheet(self.kit.theme)
            _put(self.stack, 2, self._sheet)
            self._sheet.left.connect(self._not_sure)
        return self._sheet

    # The page

    def refresh(self, news: News) -> None:
        """Lists and panel, as far as the news touches them."""
        if news.touches("delivery", "announcement", "announcement_channel", "channel", "event", "setting"):
            self._stale = True
            if self.stack.currentIndex() == 0:
                self._catch_up()
        if self._composer is not None:
            self._composer.refresh(news)

    def do(self, command: str) -> None:
        """The commands of the entry."""
        selected = self._selected_announcement()
        match command:
            case "add":
                self.compose()
            case "edit" if selected:
                self._edit(selected)
            case "duplicate" if selected:
                self._wanted("duplicate", selected)
            case "take_back" if selected:
                self._wanted("throw_away" if selected in self._drafts else "take_back", selected)
            case "timeline" | "drafts" | "log":
                self._show_side(0)
                self.tabs.setCurrentIndex(("timeline", "drafts", "log").index(command))
                self.arrive()

    def can(self, command: str) -> bool:
        """Those that need a selected one need one."""
        return command not in ("edit", "duplicate", "take_back") or bool(self._selected_announcement())

    def arrive(self) -> None:
        """The focus goes to the list, or to what is being written."""
        if self.stack.currentIndex() == 1:
            self.composer.arrive()
            return
        match self.tabs.currentIndex():
            case 0:
                self.timeline.setFocus()
            case 1:
                self.drafts.setFocus()
            case _:
                self.log.table.setFocus()

    def show_record(self, record: str) -> None:
        """An announcement (a draft is opened to be written on), a delivery in the log, or an event, to announce it."""
        store = self.kit.store
        try:
            found = announcements.get(store, record)
        except Refused:
            if announcement_lists.number_of(store, record) is not None:
                self._show_delivery(record)
            elif record in {one.id for one in _events(self.kit, record)}:
                self.compose(record)
            return
        if found.status is AnnouncementStatus.DRAFT:
            self._edit(record)
        else:
            self._show_announcement(record)

    def leave(self) -> bool:
        """What is written is kept as a draft; which list was shown is remembered."""
        self.kit.state.keep(_TAB, str(self.tabs.currentIndex()))
        if self._composer is not None:
            self._composer.keep()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The overview where there is room for it."""
        super().resizeEvent(event)
        self._room_for_overview()

    def compose(self, event_id: str = "") -> None:
        """Open an empty composer; about an event where one is given."""
        self.composer.keep()
        self.composer.start_new(event_id)
        self._show_side(1)
        self.composer.arrive()

    # Lists

    def _catch_up(self) -> None:
        """The lists are read anew when they are seen: not at every draft that is kept while somebody writes."""
        self._stale = False
        self._fill()
        self._show_details()

    def _fill(self) -> None:
        kit = self.kit
        found = timeline.look(kit.store, kit.dates)
        self._going = {timeline.key_of(one): one for one in found}
        self.timeline.show_rows(timeline.rows(kit.store, kit.dates, found))
        self.overview.show_weeks(found, {channel.id: channel.name for channel in connections.channels(kit.store)})
        drafts = announcement_lists.drafts(kit.store)
        self._drafts = {one.id: one for one in drafts}
        self.drafts.show_rows([self._draft_row(one) for one in drafts])
        if self.tabs.currentIndex() == LOG:
            self.log.refresh()
        for number, there in ((TIMELINE, bool(found)), (DRAFTS, bool(drafts))):
            both = self._lists.widget(number)
            assert isinstance(both, QStackedWidget)
            if not there and both.count() == 1:
                both.addWidget(self._empty_timeline() if number == TIMELINE else self._empty_drafts())
            both.setCurrentIndex(0 if there else 1)
        self.tabs.setTabText(DRAFTS, _("Drafts ({n})").format(n=len(drafts)) if drafts else _("Drafts"))

    def _draft_row(self, one: Announcement) -> Row:
        made = _("begun {away}").format(away=self.kit.dates.away(one.made_at)) if one.made_at else ""
        return Row(one.id, partial(summary, one.text), detail=self._places(one) or _("No channel chosen yet"), word=made)

    def _places(self, one: Announcement) -> str:
        names = {channel.id: channel.name for channel in connections.channels(self.kit.store)}
        return ", ".join(names[row_id] for row_id in one.channels if row_id in names)

    def _time_passed(self) -> None:
        if self.isVisible() and self.stack.currentIndex() == 0:
            self._fill()
        if self._composer is not None:
            self._composer.when.refresh()

    def _tab_chosen(self, number: int) -> None:
        self._lists.setCurrentIndex(number)
        if number == LOG:
            self.log.refresh()
        self._show_details()

    def _selected_announcement(self) -> str:
        if self.stack.currentIndex() != 0:
            return ""
        match self.tabs.currentIndex():
            case 0:
                going = self._going.get(self.timeline.key)
                return going.announcement_id if going and going.text else ""
            case 1:
                return self.drafts.key
            case _:
                chosen = self.log.selected
                return deliveries.find(self.kit.store, chosen).announcement_id if chosen else ""

    # The panel

    def _show_details(self) -> None:
        store = self.kit.store
        shown = False
        try:
            match self.tabs.currentIndex():
                case 0 if (going := self._going.get(self.timeline.key)) is not None:
                    found = announcements.get(store, going.announcement_id)
                    here = [
                        one
                        for one in deliveries.of_announcement(store, going.announcement_id)
                        if one.delivery.occurrence == going.occurrence and one.delivery.due_at == going.due_at
                    ]
                    self.details.show_announcement(found, going.occurrence, here, title_of(store, found.event_id))
                    shown = True
                case 1 if (draft := self._drafts.get(self.drafts.key)) is not None:
                    self.details.show_draft(draft, self._places(draft), title_of(store, draft.event_id))
                    shown = True
                case 2 if self.log.selected:
                    delivery = deliveries.find(store, self.log.selected)
                    here = [one for one in deliveries.of_announcement(store, delivery.announcement_id) if one.delivery.id == delivery.id]
                    self.details.show_delivery(here[0])
                    shown = True
        except Refused:  # gone in the meantime
            shown = False
        self.beside.show_inspector(shown)
        self._room_for_overview(beside=shown)

    def _room_for_overview(self, *, beside: bool | None = None) -> None:
        if beside is not None:
            self._beside = beside
        needed = _WIDE + (WIDEST if self._beside else 0)
        self.overview.setVisible(self.width() >= needed * self.kit.theme.scale)

    def _show_announcement(self, announcement_id: str) -> None:
        """Where it stands: in the timeline its next date, else its last delivery in the log."""
        self._show_side(0)
        key = next((key for key, one in self._going.items() if one.announcement_id == announcement_id), "")
        if key:
            self.tabs.setCurrentIndex(TIMELINE)
            self.timeline.select(key)
            return
        found = deliveries.of_announcement(self.kit.store, announcement_id)
        if found:
            self._show_delivery(found[-1].delivery.id)
        else:
            self._edit(announcement_id)

    def _show_delivery(self, delivery_id: str) -> None:
        self._show_side(0)
        self.tabs.setCurrentIndex(LOG)
        self.log.select(delivery_id)

    def _wanted(self, what: str, row_id: str) -> None:
        run = self.kit.operations.run
        match what:
            case "edit":
                self._edit(row_id)
            case "duplicate":
                run(lambda store: announcement_edits.duplicate(store, row_id), lambda made: self._edit(made.id))
            case "take_back":
                run(lambda store: announcement_edits.take_back(store, row_id))
            case "go_on":
                run(lambda store: announcement_edits.go_on(store, row_id))
            case "throw_away":
                run(lambda store: announcement_edits.throw_away(store, row_id))
            case "announcement":
                self._show_announcement(row_id)
            case "delivery":
                self._show_delivery(row_id)
            case "close":
                for view in (self.timeline, self.drafts, *([self._log.table] if self._log is not None else [])):
                    view.clearSelection()
                self.arrive()

    def _answered(self, delivery_id: str, answer: Answer) -> None:
        self.kit.operations.run(lambda store: deliveries.settle(store, delivery_id, answer))

    # Composing

    def _edit(self, announcement_id: str) -> None:
        if self.composer.announcement.id == announcement_id and self.composer.changed:
            self._show_side(1)  # what was typed and not yet saved is there still
            self.composer.arrive()
            return
        self.composer.keep()
        try:
            found = announcements.get(self.kit.store, announcement_id)
            if not announcement_edits.changeable(self.kit.store, found):
                self._wanted("duplicate", announcement_id)
                return
            self.composer.open(announcement_id)
        except BelfryError as error:
            self.kit.notices.problem(str(error))
            return
        self._show_side(1)
        self.composer.arrive()

    def _show_side(self, number: int) -> None:
        """0: the lists; 1: the composer; 2: the sheet."""
        self.stack.setCurrentIndex(number)
        self.tabs.setVisible(number == 0)
        self.primary.setVisible(number == 0)
        self.back.setVisible(number == 1)
        if number == 0 and self._stale:
            self._catch_up()
        self.title.setText(_(self.entry.title) if number == 0 else self.composer.title if number == 1 else _("Before it goes out"))

    def _leave_composer(self) -> None:
        composer = self.composer
        composer.keep()
        if composer.changed and not composer.is_draft:
            self.kit.notices.say(_("Your changes are not saved yet."), Offer(_("Go on with them"), partial(self._show_side, 1)), tone=Tone.WARN)
        self._show_side(0)
        self.arrive()

    def _asked(self, asked: FirstSend) -> None:
        files = [one.name for one in asked.written.files]
        self.sheet.ask(asked.channels, asked.ways, asked.been, asked.written.announcement.text, files, asked.when, (asked.verb, self._sure))
        self._show_side(2)
        self.sheet.back.setFocus()

    def _sure(self) -> None:
        self._show_side(1)
        self.composer.publish(sure=True)

    def _not_sure(self) -> None:
        self._show_side(1)
        self.composer.arrive()

    def _published(self, made: Announcement, changing: bool) -> None:
        self._show_side(0)
        self._show_announcement(made.id)
        self.arrive()
        self._tell(self._words(made, changing), (made.id,))

    def _words(self, made: Announcement, changing: bool) -> str:
        if changing:
            return _("Changed. {when}").format(when=of(made, self.kit.dates, self.kit.program.clock.now(), title_of(self.kit.store, made.event_id)))
        if isinstance(made.schedule, Now):
            return self._goes_out(made.id, len(made.channels))
        return _("Scheduled. {when}").format(when=of(made, self.kit.dates, self.kit.program.clock.now(), title_of(self.kit.store, made.event_id)))

    def _goes_out(self, announcement_id: str, places: int) -> str:
        leaves = announcement_edits.leaves_at(self.kit.store, announcement_id)
        seconds = math.ceil((leaves - self.kit.program.clock.now()).total_seconds()) if leaves else 0
        if seconds <= 0:
            return ngettext("Goes out to {n} group now.", "Goes out to {n} groups now.", places).format(n=places)
        return ngettext("Goes out to {n} group in {seconds} s.", "Goes out to {n} groups in {seconds} s.", places).format(n=places, seconds=seconds)

    def _tried(self, tried: Rehearsed) -> None:
        self._tell(
            ngettext("{n} message goes to {name}, and to nobody else.", "{n} messages go to {name}, and to nobody else.", tried.places).format(
                n=tried.places, name=tried.name
            ),
            tried.announcements,
        )

    def _tell(self, text: str, ids: tuple[str, ...]) -> None:
        """Say it, with Undo."""
        done = undo.last_done(self.kit.store)
        offer = Offer(_("Undo"), partial(self._take_back, done.id, ids)) if done else None
        self.kit.notices.say(text, offer, key=UNDO_KEY)

    def _take_back(self, operation_id: str, ids: tuple[str, ...]) -> None:
        self.kit.operations.start(
            "", lambda store, _progress: announcement_edits.undo_publishing(store, operation_id, ids), self._taken_back, tell=Tell.NOTHING
        )

    def _taken_back(self, what: TakenBack) -> None:
        if what.out:
            sentence = ngettext(
                "{n} message had gone out already and stays there. Nothing more of it goes out.",
                "{n} messages had gone out already and stay there. Nothing more of it goes out.",
                len(what.out),
            )
            self.kit.notices.problem(sentence.format(n=len(what.out)), key=UNDO_KEY)
            return
        self.kit.notices.say(_("Taken back: nothing of it went out."), Offer(_("Redo"), self.kit.operations.redo), key=UNDO_KEY)

    # Parts

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._tab_chosen)
        self.timeline.chosen.connect(lambda _key: self._show_details())
        self.overview.wanted.connect(self.timeline.select)
        self.timeline.opened.connect(lambda _key: self.do("edit"))
        self.drafts.chosen.connect(lambda _key: self._show_details())
        self.drafts.opened.connect(self._edit)
        self.details.wanted.connect(self._wanted)
        self.details.left_out.connect(
            lambda row_id, occurrence: self.kit.operations.run(lambda store: announcement_edits.leave_out(store, row_id, occurrence))
        )
        self.details.answered.connect(self._answered)
        self.details.link.connect(self.kit.opener.open)

    def _empty_timeline(self) -> QWidget:
        navigation = self.kit.navigation
        connect = button(_("Connect a group"), lambda: navigation.go(PageName.CHANNELS))
        navigation.narrowed.connect(lambda: connect.setVisible(navigation.reaches(PageName.CHANNELS)))
        connect.setVisible(navigation.reaches(PageName.CHANNELS))
        return Empty(
            self.kit.theme,
            self.kit.icons,
            self.entry.icon,
            _("Nothing is planned"),
            _("Write once, and it goes out to all your groups at the right time: now, on Sunday at six, or a day before each meeting."),
            [button(_("New announcement"), self.compose, kind="primary"), connect],
        )

    def _empty_drafts(self) -> QWidget:
        return Empty(
            self.kit.theme,
            self.kit.icons,
            "notebook-pen",
            _("No drafts"),
            _("What you begin to write is kept here by itself until it goes out."),
            [button(_("New announcement"), self.compose)],
        )


def _events(kit: Kit, record: str) -> list[Event]:
    try:
        return [events.get(kit.store, record)]
    except Refused:
        return []


def _put(stack: QStackedWidget, number: int, widget: QWidget) -> None:
    """Put a widget in the place that was kept for it."""
    kept, shown = stack.widget(number), stack.currentIndex()
    assert kept is not None
    stack.removeWidget(kept)
    kept.deleteLater()
    stack.insertWidget(number, widget)
    stack.setCurrentIndex(shown)
