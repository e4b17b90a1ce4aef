"""“Announcements”: what goes out, where and when?"""

import math
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions import announcement_edits
from desktop.actions.announcement_edits import TakenBack, Written
from desktop.actions.rehearsals import Rehearsed
from desktop.community.announcements import Announcement, AnnouncementStatus
from desktop.community.errors import BelfryError, Refused
from desktop.community.schedules import Now
from desktop.store import announcement_lists, announcements, events, undo
from desktop.ui.kit import Kit
from desktop.ui.later import Later
from desktop.ui.news import EVERYTHING, News
from desktop.ui.notices import Offer, Tone
from desktop.ui.operations import UNDO_KEY, Tell
from desktop.ui.pages.announcements.composer import Composer
from desktop.ui.pages.announcements.event_choices import title_of
from desktop.ui.pages.announcements.lists import DRAFTS, LOG, TIMELINE, Lists, put
from desktop.ui.pages.announcements.log import LogView
from desktop.ui.pages.announcements.schedule_words import of
from desktop.ui.pages.announcements.sheet import FirstSend, Sheet
from desktop.ui.pages.page import Entry, Page
from desktop.ui.widgets.buttons import button
from resources.translations import _, ngettext

__all__ = ["DRAFTS", "LOG", "TIMELINE", "AnnouncementsPage"]
_AGAIN = 60_000  # milliseconds after which “today” and “in 3 h” may be others


class AnnouncementsPage(Page):
    """The lists; or the composer in their place; or the sheet in its place.

    Attributes:
        lists: the lists, with what is selected in them; `timeline`, `drafts`, `overview`, `details`, `tabs` are its parts.
    """

    def __init__(self, kit: Kit, entry: Entry) -> None:
        super().__init__(kit, entry)
        self._stale = False
        self.lists = Lists(kit)
        self.tabs, self.timeline, self.drafts = self.lists.tabs, self.lists.timeline, self.lists.drafts
        self.overview, self.details = self.lists.overview, self.lists.details
        self.back = button(_("Back to the list"), self._leave_composer)
        self.head.addWidget(self.tabs)
        self.head.addStretch()
        self.head.addWidget(self.back)
        self._composer: Composer | None = None
        self._sheet: Sheet | None = None
        self.stack = QStackedWidget()
        for widget in (self.lists, QWidget(), QWidget()):  # the other two are made when they are first needed
            self.stack.addWidget(widget)
        self.body.addWidget(self.stack, 1)
        self.lists.edit.connect(self._edit)
        self.lists.write.connect(self.compose)
        self.lists.wanted.connect(self._wanted)
        self._clock = QTimer(self, interval=_AGAIN)
        self._clock.timeout.connect(self._time_passed)
        self._clock.start()
        self._show_side(0)
        self.refresh(EVERYTHING)
        Later(self, lambda: self.composer)

    @property
    def log(self) -> LogView:
        """The log."""
        return self.lists.log

    @property
    def composer(self) -> Composer:
        """The composer; made now if this is the first time that it is needed."""
        if self._composer is None:
            self._composer = made = Composer(self.kit)
            put(self.stack, 1, made)
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
            put(self.stack, 2, self._sheet)
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
        selected = self._selected
        match command:
            case "add":
                self.compose()
            case "edit" if selected:
                self._edit(selected)
            case "duplicate" if selected:
                self._wanted("duplicate", selected)
            case "take_back" if selected:
                self._wanted("throw_away" if selected in self.lists.drafts_by_id else "take_back", selected)
            case "timeline" | "drafts" | "log":
                self._show_side(0)
                self.tabs.setCurrentIndex(("timeline", "drafts", "log").index(command))
                self.arrive()

    def can(self, command: str) -> bool:
        """Those that need a selected one need one."""
        return command not in ("edit", "duplicate", "take_back") or bool(self._selected)

    def arrive(self) -> None:
        """The focus goes to the list, or to what is being written."""
        if self.stack.currentIndex() == 1:
            self.composer.arrive()
            return
        self.lists.arrive()

    def show_record(self, record: str) -> None:
        """An announcement (a draft is opened to be written on), a delivery in the log, or an event, to announce it."""
        store = self.kit.store
        try:
            found = announcements.get(store, record)
        except Refused:
            if announcement_lists.number_of(store, record) is not None:
                self._show_delivery(record)
            elif _is_event(self.kit, record):
                self.compose(record)
            return
        if found.status is AnnouncementStatus.DRAFT:
            self._edit(record)
        else:
            self._show_announcement(record)

    def to_beginning(self) -> None:
        """From the composer or the sheet back to the lists; what is written is kept as a draft."""
        if self.stack.currentIndex() != 0:
            self._leave_composer()

    def foot(self) -> QWidget | None:
        """That of the composer or of the sheet."""
        return (None, self._composer and self._composer.foot, self._sheet and self._sheet.foot)[self.stack.currentIndex()]

    def leave(self) -> bool:
        """What is written is kept as a draft, and a sheet is answered with “not yet”; which list was shown is remembered."""
        if self.stack.currentIndex() == 2:
            self._show_side(1)
        self.lists.leave()
        if self._composer is not None:
            self._composer.keep()
        return True

    @property
    def unkept(self) -> bool:
        """A draft that the file did not take."""
        return self._composer is not None and self._composer.is_draft and self._composer.changed

    def compose(self, event_id: str = "") -> None:
        """Open an empty composer; about an event where one is given."""
        self.composer.keep()
        self.composer.start_new(event_id)
        self._show_side(1)
        self.composer.arrive()

    # Lists

    @property
    def _selected(self) -> str:
        """The id of the announcement that commands are about."""
        return self.lists.selected if self.stack.currentIndex() == 0 else ""

    def _catch_up(self) -> None:
        """The lists are read anew when they are seen: not at every draft that is kept while somebody writes."""
        self._stale = False
        self.lists.refresh()

    def _time_passed(self) -> None:
        if self.isVisible() and self.stack.currentIndex() == 0:
            self.lists.fill()
        if self._composer is not None:
            self._composer.when.refresh()

    def _show_announcement(self, announcement_id: str) -> None:
        """Where it stands; an announcement that stands nowhere is opened."""
        self._show_side(0)
        if not self.lists.show_announcement(announcement_id):
            self._edit(announcement_id)

    def _show_delivery(self, delivery_id: str) -> None:
        self._show_side(0)
        self.lists.show_delivery(delivery_id)

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
        self.foot_changed.emit()
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
        self.sheet.ask(asked, partial(self._sure, asked.written))
        self._show_side(2)
        self.sheet.back.setFocus()

    def _sure(self, written: Written) -> None:
        self._show_side(1)
        self.composer.publish(sure=self.composer.holds(written))

    def _not_sure(self) -> None:
        self._show_side(1)
        self.composer.arrive()

    def _published(self, made: Announcement, changing: bool) -> None:
        self._show_side(0)
        self.arrive()
        self._tell(self._words(made, changing), (made.id,))
        Later(self, partial(self._show_published, made.id))  # the panel takes as long as all the rest

    def _show_published(self, announcement_id: str) -> None:
        if self.stack.currentIndex() == 0:
            self._show_announcement(announcement_id)
            self.arrive()

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


def _is_event(kit: Kit, record: str) -> bool:
    try:
        events.get(kit.store, record)
    except Refused:
        return False
    return True
