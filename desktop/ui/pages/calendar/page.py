"""“Calendar”: what happens when? A month, a week or an agenda, and the inspector beside it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.community.calendar import Window
from desktop.community.events import Event
from desktop.community.recurrence import Wall
from desktop.store import calendar_reads, events, occurrences
from desktop.ui.kit import Kit
from desktop.ui.later import Later
from desktop.ui.news import EVERYTHING, News
from desktop.ui.pages.calendar.files import Files, calendars_in
from desktop.ui.pages.calendar.inspector import EventInspector
from desktop.ui.pages.calendar.moving import Moves
from desktop.ui.pages.calendar.shown import ONE_DAY, Shown, shown
from desktop.ui.pages.calendar.view_choice import ViewChoice
from desktop.ui.pages.calendar.views import Agenda, Month, View, Week
from desktop.ui.pages.page import Entry, Page
from desktop.ui.theme import LARGE
from desktop.ui.widgets.buttons import button, icon_button
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.inspector import NARROWEST, Beside
from desktop.ui.widgets.label import label
from resources.translations import _

_VIEW = "calendar/view"


class CalendarPage(Page):
    """The page “Calendar”.

    Attributes:
        views: the ways to look at it, by name.
        view: the one that is shown.
        grid, week, agenda: what shows the month, the week and the list.
    """

    def __init__(self, kit: Kit, entry: Entry) -> None:
        super().__init__(kit, entry)
        self.setAcceptDrops(True)
        self.files = Files(kit, self)
        month, week, agenda = Month(kit), Week(kit), Agenda(kit, self._nothing())
        self.grid, self.week, self.agenda, self.model = month.grid, week.grid, agenda.list, agenda.model
        self.views: Mapping[str, View] = {view.name: view for view in (month, week, agenda)}
        self.view: View = month
        self._one: EventInspector | None = None
        self.moves = Moves(kit, lambda: self.view.widget.setFocus())
        self._midnight = QTimer(self, interval=60_000)
        self._midnight.timeout.connect(self._time_passed)
        self._midnight.start()
        self._today = kit.dates.today()
        self._build()
        self._connect()
        kept = kit.state.text(_VIEW)
        self._show_view(kept if kept in self.views else month.name)
        Later(self, lambda: self.one, lambda: self.one.repeats.more)

    @property
    def one(self) -> EventInspector:
        """The inspector; made now if this is the first time that it is needed."""
        if self._one is None:
            self._one = made = EventInspector(self.kit)
            made.closed.connect(self._close)
            made.added.connect(self._added)
            made.draft_moved.connect(self._mark)
            self._side.addWidget(made)
        return self._one

    def refresh(self, news: News) -> None:
        """Show the dates and the inspector as they are now."""
        if news.touches("event") or (news is EVERYTHING):
            self._read()
            if self._one is not None and not self._one.show_again() and self._one.isVisibleTo(self):
                self._close()
        elif news.touches("announcement") and self._one is not None and self._one.series_id:
            self._one.show_again()

    def do(self, command: str) -> None:
        """A command of the entry."""
        match command:
            case "add":
                self._begin(self.view.usual())
            case "today":
                self._go_to(self.kit.dates.today())
            case "back":
                self._turn(-1)
            case "on":
                self._turn(1)
            case "month" | "week" | "agenda":
                self._show_view(command)
            case "import":
                self.files.choose_import()
            case "export":
                self.files.export()
            case "cancel":
                self.one.call_off()
            case "delete":
                self.one.delete()

    def can(self, command: str) -> bool:
        """Cancelling and deleting need an event that is open."""
        return command not in ("cancel", "delete") or bool(self._one and self._one.series_id)

    def arrive(self) -> None:
        """The calendar has the focus."""
        self.view.widget.setFocus()

    def show_record(self, record: str) -> None:
        """Show the next date of an event, or the date that was changed on its own; the last one where none is ahead."""
        found = calendar_reads.series_of(self.kit.store, record)
        if found is None:
            return
        series_id, occurrence = found
        day = self._next_day(series_id, occurrence)
        if day is not None:
            occurrence = day[1]
            self._go_to(day[0])
        if self.one.show_date(series_id, occurrence):
            self._open()

    def leave(self) -> bool:
        """Keep what is typed in the inspector."""
        if self._one is not None:
            self._one.take_focus_out()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the inspector."""
        if event.key() == Qt.Key.Key_Escape and self._side.isVisible():
            self._close()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As there is room in the head."""
        super().resizeEvent(event)
        self._fit_head()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Calendar files can be dropped here."""
        if calendars_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import them."""
        found = calendars_in(event.mimeData())
        if found:
            event.acceptProposedAction()
            self.files.import_all(found)

    def _build(self) -> None:
        px = self.kit.theme.px
        self._build_head()
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        bar_row = QHBoxLayout()
        aside = px(3 if self.kit.theme.scale < LARGE else 1)
        bar_row.setContentsMargins(aside, 0, aside, 0)
        bar_row.addWidget(self.moves.bar)
        box.addLayout(bar_row)
        self.hint = QWidget()
        first = QBoxLayout(QBoxLayout.Direction.LeftToRight if self.kit.theme.scale < LARGE else QBoxLayout.Direction.TopToBottom, self.hint)
        first.setContentsMargins(px(3), 0, px(3), px(1))
        self._hint = label("", "quiet", wrap=True)
        first.addWidget(self._hint, 1)
        first.addWidget(button(_("Import a calendar …"), lambda: self.do("import"), kind="link"), 0, Qt.AlignmentFlag.AlignLeading)
        box.addWidget(self.hint)
        self.stack = QStackedWidget()
        for view in self.views.values():
            self.stack.addWidget(view.whole)
        box.addWidget(self.stack, 1)
        self._side = QStackedWidget()  # holds the inspector once it is made
        self._side.setMinimumWidth(round(NARROWEST * self.kit.theme.scale))
        self.beside = Beside(self.kit.theme, whole, self._side, narrow=700)
        self.body.addWidget(self.beside, 1)

    def _build_head(self) -> None:
        kit = self.kit
        back, on = (
            ("chevron-right", "chevron-left") if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else ("chevron-left", "chevron-right")
        )
        self.back = icon_button(kit.theme, kit.icons, back, self.view.before, lambda: self._turn(-1))
        self.forward = icon_button(kit.theme, kit.icons, on, self.view.after, lambda: self._turn(1))
        self.period = label("", "strong")
        self.today = button(_("Today"), lambda: self._go_to(self.kit.dates.today()), kind="link")
        for widget in (self.back, self.period, self.forward, self.today):
            self.head.addWidget(widget)
        self.head.addStretch()
        self.choice = ViewChoice(kit.theme, (_("Month"), _("Week"), _("Agenda")))
        self.head.addWidget(self.choice)

    def _fit_head(self) -> None:
        """Below the title the head takes one row, and the choice of a view no more than is left in it."""
        gap = self.kit.theme.px(1)
        room = self.width() - 2 * self.kit.theme.px(3)
        self.period.setText(self.view.period())
        time = sum(part.sizeHint().width() + gap for part in (self.back, self.period, self.forward, self.today))
        whole = time + self.title.sizeHint().width() + self.primary.sizeHint().width() + 2 * gap
        self.choice.fold(min(time, whole) + self.choice.unfolded > room)
        if time + self.choice.least > room:
            self.period.setText(self.view.brief_period())

    def _nothing(self) -> QWidget:
        """What stands in the place of an empty agenda."""
        nothing = _("Make an event, bring in a calendar, or look at other months.")
        steps = [button(_("New event"), lambda: self.do("add")), button(_("Import a calendar …"), lambda: self.do("import"))]
        return Empty(self.kit.theme, self.kit.icons, "calendar-days", _("Nothing is planned"), nothing, steps)

    def _connect(self) -> None:
        self.choice.picked.connect(lambda number: self._show_view(list(self.views)[number]))
        self.grid.make.connect(self._make_days)
        self.grid.moved.connect(lambda one, days: self.moves.move(one, timedelta(days=days)))
        self.week.make.connect(self._make)
        self.week.moved.connect(self.moves.move)
        self.week.stretched.connect(self.moves.stretch)
        for grid in (self.grid, self.week):
            grid.turned.connect(self._turn)
            grid.more.connect(self._more)
            grid.day_moved.connect(self._day_moved)
        for shows in (self.grid, self.week, self.agenda):
            shows.opened.connect(self._opened)
            shows.closed.connect(self._close)
        self.week.edit.connect(self._edit)
        self.agenda.entered_on.connect(self._edit)

    def _show_view(self, name: str) -> None:
        number, view, day = list(self.views).index(name), self.views[name], self.view.day
        if view is not self.view:
            self.view = view
            view.go_to(day)
        self.choice.select(number)
        self.stack.setCurrentIndex(number)
        self.kit.state.keep(_VIEW, view.name)
        for arrow, words in ((self.back, view.before), (self.forward, view.after)):
            arrow.setToolTip(words)
            arrow.setAccessibleName(words)
        self._read()

    def _read(self) -> None:
        """Show the time that is wanted."""
        self._hint.setText(
            _("Click a day to make the first event, or drop a calendar file here.")
            if self.view.name == "month"
            else _("Click or drag over a time to make the first event, or drop a calendar file here.")
        )
        self.hint.setVisible(self.view.name != "agenda" and not events.any_there(self.kit.store))
        self.view.read()
        self._fit_head()
        self._mark()

    def _turn(self, by: int) -> None:
        self.view.turn(by)
        self._read()

    def _go_to(self, day: date) -> None:
        self.view.go_to(day)
        self._read()

    def _day_moved(self, day: date) -> None:
        if not self.view.is_seen(day):
            self.view.follow(day)
            self._read()

    def _more(self, day: date) -> None:
        self.view.go_to(day)
        self._show_view("agenda")

    def _opened(self, one: Shown) -> None:
        if self.one.show_date(*one.key):
            self._open()

    def _edit(self, one: Shown) -> None:
        self._opened(one)
        self.one.title.setFocus()

    def _open(self) -> None:
        self.beside.show_inspector(True)
        self._mark()

    def _make_days(self, first: date, last: date) -> None:
        """On one day what is usual there, over several days whole days."""
        self._begin(self.view.usual() if first == last else Event("", first, last + ONE_DAY))

    def _make(self, start: Wall, end: Wall) -> None:
        self._begin(Event("", start, end, self.kit.dates.zone.key if isinstance(start, datetime) else ""))

    def _begin(self, made: Event) -> None:
        self.beside.show_inspector(True)
        self.one.begin_new(made)
        self._mark()

    def _added(self, event_id: str) -> None:
        self.one.show_date(event_id, "")
        self._open()
        self.one.place.setFocus()

    def _mark(self) -> None:
        """Show in the calendar what is open."""
        one = self._one
        self.view.mark(one.key if one is not None else None, one.draft if one is not None else None)

    def _close(self) -> None:
        self.one.take_focus_out()
        self.one.forget()
        self.beside.show_inspector(False)
        self.view.unmark()
        self._mark()
        self.view.widget.setFocus()

    def _next_day(self, series_id: str, occurrence: str) -> tuple[date, str] | None:
        now = self.kit.dates.now()
        around = Window((now - occurrences.BACK).astimezone(UTC), (now + occurrences.AHEAD).astimezone(UTC))
        found = occurrences.of_event(self.kit.store, series_id, around)
        if occurrence:
            found = [one for one in found if one.recurrence_id == occurrence]
        if not found:
            event = events.get(self.kit.store, series_id)
            return None if event.repeats else (_day(event.start), "")
        one = next((one for one in found if one.end_at >= now), found[-1])
        return shown(one, self.kit.dates.zone).first, one.recurrence_id

    def _time_passed(self) -> None:
        self.week.viewport().update()  # the line at now
        today = self.kit.dates.today()
        if today != self._today:
            self._today = today
            self.grid.update()
            self._read()


def _day(moment: Wall) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
