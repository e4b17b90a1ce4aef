"""“Today”: what needs me? What waits, what happened meanwhile, what goes out next, what is on."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.actions import celebrations, today
from desktop.actions.celebrations import People
from desktop.actions.today import Group, Today
from desktop.community.deliveries import State
from desktop.store import connections
from desktop.ui.absence import TICK
from desktop.ui.dates import Form, written
from desktop.ui.kit import Kit
from desktop.ui.navigation import PageName
from desktop.ui.news import EVERYTHING, LOCAL, News
from desktop.ui.operations import UNDO_KEY, Aside, Tell
from desktop.ui.pages.page import Entry, Page
from desktop.ui.pages.today import words
from desktop.ui.pages.today.agenda import Going, NextEvents, count_words
from desktop.ui.pages.today.away_box import AwayBox
from desktop.ui.pages.today.columns import Columns
from desktop.ui.pages.today.people import Days, Newcomers
from desktop.ui.pages.today.waits_list import WaitsList
from desktop.ui.pages.today.words import Deed
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.label import ElidedLabel
from desktop.ui.widgets.lines import Column
from resources.translations import _

WIDEST = 2000  # pixels at 100 %


class TodayPage(Page):
    """The page “Today”."""

    def __init__(self, kit: Kit, entry: Entry) -> None:
        super().__init__(kit, entry)
        self.absence = kit.absence
        self.shown: Today | None = None
        self.people: People | None = None
        self._people_of: date | None = None
        self._by_hand = 0
        self._day = ElidedLabel("", "quiet")
        self.head.addWidget(self._day, 1)
        self.primary.hide()
        self.away = AwayBox(kit.theme, kit.icons, kit.dates)
        self.waits = WaitsList(kit.theme, kit.icons, kit.dates)
        self.going = Going(kit.theme, kit.icons, kit.dates, partial(kit.navigation.go, PageName.ANNOUNCEMENTS))
        self.events = NextEvents(kit.theme, kit.dates, partial(kit.navigation.go, PageName.CALENDAR))
        self.newcomers = Newcomers(kit.theme, kit.icons, kit.photos, kit.dates)
        self.days = Days(kit.theme, kit.photos, kit.dates)
        self._views = QStackedWidget()
        self.body.addWidget(self._views, 1)
        self._build()
        self._connect()
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self.look)
        self.refresh(EVERYTHING)
        self._asked = True

    def refresh(self, news: News) -> None:
        """Ask how everything is now."""
        if news.touches("delivery", "announcement", "event", "occurrence", "channel", "connection", "health", "setting"):
            self._ask()
        if news.touches("member", "contact_point", "setting") or self._people_of != self.kit.dates.today():
            self._people_of = self.kit.dates.today()
            self.kit.reader.ask("today/people", celebrations.look, self._show_people)

    def do(self, command: str) -> None:
        """A command of the entry."""
        match command:
            case "walk":
                self._walk()
            case "seen":
                self._dismiss()

    def can(self, command: str) -> bool:
        """What can be done now."""
        return self._by_hand > 0 if command == "walk" else not self.away.isHidden()

    def arrive(self) -> None:
        """The first thing that waits, or the next that goes out."""
        if not self.waits.take_focus() and self.going.rows:
            self.going.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """The person looks at it, perhaps after a while."""
        super().showEvent(event)
        since = self.absence.since, self.absence.until
        self.absence.look()
        # What was asked when the page was made is still to come; it is good where nobody was away before.
        if not self._asked or self.shown is not None or since != (self.absence.since, self.absence.until):
            self.look()
        self._asked = False
        self._timer.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as there is room for."""
        super().resizeEvent(event)
        self._columns.arrange(self.width())

    def _build(self) -> None:
        kit, px = self.kit, self.kit.theme.px
        column = Column(kit.theme, widest=WIDEST)
        column.box.addWidget(self.away)
        people = QWidget()
        box = QVBoxLayout(people)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(2))
        box.addWidget(self.newcomers)
        box.addWidget(self.days)
        self._columns = Columns(kit.theme, self.waits, self.going, self.events, people)
        column.box.addWidget(self._columns)
        column.box.addStretch()
        go = kit.navigation.go
        self._first_steps = (
            button(_("Connect a group …"), partial(go, PageName.CHANNELS), kind="primary"),
            button(_("Open the calendar"), partial(go, PageName.CALENDAR)),
        )
        self._write = button(_("Write an announcement"), partial(go, PageName.ANNOUNCEMENTS), kind="primary")
        self._empty = Empty(kit.theme, kit.icons, self.entry.icon, "", "", [*self._first_steps, self._write])
        for view in (column, self._empty, QWidget()):
            self._views.addWidget(view)
        self._views.setCurrentIndex(2)  # until it is known, nothing is said, least of all that nothing waits
        kit.navigation.narrowed.connect(self._narrow)
        self._narrow()

    def _narrow(self) -> None:
        """Lead to the pages that the person has."""
        reaches = self.kit.navigation.reaches
        channels = reaches(PageName.CHANNELS)
        self.waits.lead(channels)
        self.events.lead(reaches(PageName.CALENDAR))
        for step in self._first_steps:
            step.setVisible(channels)
        self._write.setVisible(not channels)
        organizer = _("What you have to post or decide stands here, with what goes out next and what is on. It begins with a group to write to.")
        poster = _("What you have to post or decide stands here, with what goes out next and what is on.")
        self._empty.say(_("Nothing waits for you"), organizer if channels else poster)

    def _connect(self) -> None:
        go = self.kit.navigation.go
        self.waits.chosen.connect(self._settle)
        self.waits.mend.connect(self._mend)
        self.going.opened.connect(partial(go, PageName.ANNOUNCEMENTS))
        self.going.stopped.connect(partial(self._settle, Deed.LEAVE))
        self.events.opened.connect(partial(go, PageName.CALENDAR))
        self.newcomers.opened.connect(partial(go, PageName.MEMBERS))
        self.newcomers.write.connect(self.kit.opener.open)
        self.newcomers.welcomed.connect(lambda row_id: self.kit.operations.run(lambda store: celebrations.welcome(store, row_id)))
        self.days.opened.connect(partial(go, PageName.MEMBERS))
        self.away.opened.connect(partial(go, PageName.ANNOUNCEMENTS))
        self.away.needs.connect(self.waits.take_focus)
        self.away.dismissed.connect(self._dismiss)

    def _show(self, now: Today) -> None:
        self.shown = now
        day = self.kit.dates.today()
        self._day.setText(written(day, Form.LONG_YEAR, self.kit.dates.locale))
        self._by_hand = now.by_hand
        self.primary.setText(count_words(now.by_hand))
        self.primary.setVisible(now.by_hand > 1)
        self.away.show_fates(now.away)
        self.waits.show_waits(now.waits, now.paused, now.waiting)
        self.going.show_groups(now.ahead)
        self.events.show_events(now.events)
        self._columns.show_for(waiting=bool(now.waits or now.paused))
        self._show_view()

    def _show_people(self, people: People) -> None:
        self.people = people
        self.newcomers.show_newcomers(people.newcomers, people.new)
        self.days.show_days(people.days)
        self._columns.show_for(anybody=bool(people.newcomers or people.days))
        self._show_view()

    def _show_view(self) -> None:
        """The sections, or the first step where there is nothing in any of them."""
        now, people = self.shown, self.people
        if now is None or people is None:
            return
        anything = now.waits or now.paused or now.away or now.ahead or now.events
        self._views.setCurrentIndex(0 if anything or people.newcomers or people.days else 1)

    def _ask(self) -> None:
        since, until = self.absence.since, self.absence.until
        self.kit.reader.ask("today/look", lambda store: today.look(store, since, until), self._show)

    def awake(self) -> None:
        """While you were away: looked at now, not at the next tick."""
        self.look()

    def look(self) -> None:
        """The time has gone on, or the person has come back: see what is so now."""
        if self.isVisible() and not self.window().isMinimized():
            self.absence.look()
            self.absence.tell()
            self.refresh(News(LOCAL - {"setting"}))

    def _dismiss(self) -> None:
        self.absence.dismiss()
        self._ask()

    def _settle(self, deed: Deed, group: Group) -> None:
        match deed:
            case Deed.POST:
                self._walk(group.ids[0])
            case Deed.SHOW:
                self.kit.navigation.go(PageName.ANNOUNCEMENTS, group.announcement_id)
            case Deed.SEND:
                back = partial(self._undo, lambda store: today.unsend(store, [group]))
                self.kit.operations.run(lambda store: today.send(store, group.ids), partial(self._say, deed, group, back), tell=Tell.NOTHING)
            case Deed.LEAVE:
                again = partial(self._undo, lambda store: today.put_back(store, group.ids))
                can = group.state in (State.QUEUED, State.MISSED, State.WAITING)
                self.kit.operations.run(
                    lambda store: today.leave(store, group.ids), partial(self._say, deed, group, again if can else None), tell=Tell.NOTHING
                )
            case Deed.WENT:
                self.kit.operations.run(lambda store: today.went_out(store, group.ids), partial(self._say, deed, group, None), tell=Tell.NOTHING)

    def _say(self, deed: Deed, group: Group, back: partial[None] | None, moved: Sequence[str]) -> None:
        if moved:
            self.kit.operations.put_aside(Aside(words.done(deed, group), back))
        else:
            self.kit.notices.say(_("That was settled elsewhere just now."), key=UNDO_KEY)

    def _undo(self, action: object) -> None:
        assert callable(action)
        self.kit.operations.run(action, tell=Tell.NOTHING)

    def _walk(self, delivery_id: str = "") -> None:
        from desktop.ui.byhand.entry import open_runner  # late: most visits post nothing

        open_runner(self.kit, self, delivery_id)

    def _mend(self, connection_id: str) -> None:
        found = next((channel.id for channel in connections.channels(self.kit.store) if channel.connection_id == connection_id), "")
        self.kit.navigation.go(PageName.CHANNELS, found)
