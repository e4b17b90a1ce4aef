"""“Calendar”: what happens when? A month or an agenda, and the inspector beside it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from desktop.actions import event_edits
from desktop.community.calendar import Window
from desktop.community.events import Event, Occurrence
from desktop.community.zones import to_utc
from desktop.store import calendar_reads, events, occurrences
from desktop.store.database import Store
from desktop.ui.kit import Kit
from desktop.ui.news import EVERYTHING, News
from desktop.ui.pages.calendar.agenda import AgendaModel, AgendaView
from desktop.ui.pages.calendar.files import Files, calendars_in
from desktop.ui.pages.calendar.inspector import EventInspector
from desktop.ui.pages.calendar.month_grid import MonthGrid
from desktop.ui.pages.calendar.move_bar import MoveBar
from desktop.ui.pages.calendar.shown import ONE_DAY, WEEK, Shown, fewest, month_away, shown
from desktop.ui.pages.calendar.words import month_name, short_day
from desktop.ui.pages.page import Entry, Page
from desktop.ui.widgets.buttons import button, icon_button
from desktop.ui.widgets.chip import chip
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.inspector import Beside
from desktop.ui.widgets.label import label
from resources.translations import _

_VIEW = "calendar/view"
_MONTH_KEY, _AGENDA_KEY = "calendar/month", "calendar/agenda"
_AGENDA_LENGTH = timedelta(days=183)
_MOST_LISTED = 2_000
_USUAL_START, _USUAL_LENGTH = time(18), timedelta(hours=2)
_VIEWS = ("month", "agenda")


class CalendarPage(Page):
    """The page “Calendar”."""

    def __init__(self, kit: Kit, entry: Entry) -> None:
        super().__init__(kit, entry)
        self.setAcceptDrops(True)
        self.files = Files(kit, self)
        self.grid = MonthGrid(kit.theme, kit.dates)
        self.model = AgendaModel(kit.dates)
        self.agenda = AgendaView(kit.theme, kit.dates, self.model)
        self.one = EventInspector(kit)
        self.from_day = kit.dates.today()
        self._asked_to_move: tuple[Shown, int] | None = None
        self._midnight = QTimer(self, interval=60_000)
        self._midnight.timeout.connect(self._time_passed)
        self._midnight.start()
        self._today = kit.dates.today()
        self._build()
        self._connect()
        kept = kit.state.text(_VIEW)
        self._show_view(_VIEWS.index(kept) if kept in _VIEWS else 0)

    def refresh(self, news: News) -> None:
        """Show the dates and the inspector as they are now."""
        if news.touches("event") or (news is EVERYTHING):
            self._read()
            if not self.one.show_again() and self.one.isVisibleTo(self):
                self._close()
        elif news.touches("announcement") and self.one.series_id:
            self.one.show_again()

    def do(self, command: str) -> None:
        """A command of the entry."""
        match command:
            case "add":
                self._make(*self.grid.days)
            case "today":
                self._go_to(self.kit.dates.today())
            case "back":
                self._turn(-1)
            case "on":
                self._turn(1)
            case "month":
                self._show_view(0)
            case "agenda":
                self._show_view(1)
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
        return command not in ("cancel", "delete") or bool(self.one.series_id)

    def arrive(self) -> None:
        """The calendar has the focus."""
        self._view.setFocus()

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
        self.one.take_focus_out()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the inspector."""
        if event.key() == Qt.Key.Key_Escape and self.one.isVisible():
            self._close()
            return
        super().keyPressEvent(event)

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
        kit, px = self.kit, self.kit.theme.px
        back, on = (
            ("chevron-right", "chevron-left") if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else ("chevron-left", "chevron-right")
        )
        self.back = icon_button(kit.theme, kit.icons, back, _("The month before"), lambda: self._turn(-1))
        self.forward = icon_button(kit.theme, kit.icons, on, _("The next month"), lambda: self._turn(1))
        self.period = label("", "strong")
        self.today = button(_("Today"), lambda: self._go_to(self.kit.dates.today()), kind="link")
        for widget in (self.back, self.period, self.forward, self.today):
            self.head.addWidget(widget)
        self.head.addStretch()
        self._views = QButtonGroup(self)
        self.view_chips: list[QToolButton] = []
        for number, words in enumerate((_("Month"), _("Agenda"))):
            made = chip(words)
            self._views.addButton(made, number)
            self.view_chips.append(made)
            self.head.addWidget(made)
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.bar = MoveBar(kit.theme)
        bar_row = QHBoxLayout()
        bar_row.setContentsMargins(px(3), 0, px(3), 0)
        bar_row.addWidget(self.bar)
        box.addLayout(bar_row)
        self.hint = QWidget()
        first = QHBoxLayout(self.hint)
        first.setContentsMargins(px(3), 0, px(3), px(1))
        first.addWidget(label(_("Click a day to make the first event, or drop a calendar file here."), "quiet", wrap=True), 1)
        first.addWidget(button(_("Import a calendar …"), lambda: self.do("import"), kind="link"))
        box.addWidget(self.hint)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.grid)
        self.listed = QStackedWidget()
        self.listed.addWidget(self.agenda)
        nothing = _("Make an event, bring in a calendar, or look at other months.")
        self.listed.addWidget(
            Empty(
                kit.theme,
                kit.icons,
                "calendar-days",
                _("Nothing is planned"),
                nothing,
                [button(_("New event"), lambda: self.do("add")), button(_("Import a calendar …"), lambda: self.do("import"))],
            )
        )
        self.stack.addWidget(self.listed)
        box.addWidget(self.stack, 1)
        self.beside = Beside(kit.theme, whole, self.one)
        self.body.addWidget(self.beside, 1)

    def _connect(self) -> None:
        self._views.idClicked.connect(self._show_view)
        self.grid.opened.connect(self._opened)
        self.grid.make.connect(self._make)
        self.grid.moved.connect(self._moved)
        self.grid.turned.connect(self._turn)
        self.grid.more.connect(self._more)
        self.grid.day_moved.connect(self._day_moved)
        self.grid.closed.connect(self._close)
        self.agenda.opened.connect(self._opened)
        self.agenda.entered_on.connect(self._edit)
        self.agenda.closed.connect(self._close)
        self.one.closed.connect(self._close)
        self.one.added.connect(self._added)
        self.one.draft_moved.connect(self._mark)
        self.bar.one.connect(lambda: self._answer("one"))
        self.bar.every.connect(lambda: self._answer("every"))
        self.bar.neither.connect(lambda: self._answer(""))

    @property
    def _view(self) -> QWidget:
        return self.grid if self.stack.currentIndex() == 0 else self.agenda

    def _show_view(self, number: int) -> None:
        self.view_chips[number].setChecked(True)
        self.stack.setCurrentIndex(number)
        self.kit.state.keep(_VIEW, _VIEWS[number])
        if number == 1:
            today = self.kit.dates.today()
            self.from_day = today if self.grid.month == today.replace(day=1) else self.grid.month
        self._read()

    def _read(self) -> None:
        """Show the month or the agenda that is wanted."""
        self.hint.setVisible(not events.any_there(self.kit.store) and self.stack.currentIndex() == 0)
        if self.stack.currentIndex() == 1:
            self._read_agenda()
            return
        grid = self.grid
        self.period.setText(month_name(grid.month, self.kit.dates.locale))
        window = self._window(grid.first, grid.last)
        month, room = grid.month, grid.painter.lanes()
        if occurrences.covers(self.kit.store, window):
            days = [grid.first + timedelta(days=number) for number in range(grid.weeks * WEEK + 1)]
            found, more = calendar_reads.month(self.kit.store, [self._midnight_of(day) for day in days], room)
            grid.show_month(month, self._shown(found), {day: n for day, n in zip(days, more, strict=False) if n})
            return
        grid.show_month(month, ())
        zone = self.kit.dates.zone
        self.kit.reader.ask(
            _MONTH_KEY,
            lambda store: fewest([shown(one, zone) for one in calendar_reads.far(store, window)], room),
            lambda found: self._fill(month, found),
        )

    def _fill(self, month: date, found: tuple[Sequence[Shown], Mapping[date, int]]) -> None:
        if self.grid.month == month:
            self.grid.show_month(month, *found)
            self._mark()

    def _read_agenda(self) -> None:
        start = self.from_day
        self.period.setText(_("From {day}").format(day=short_day(start, self.kit.dates)))
        window = self._window(start, start + _AGENDA_LENGTH)
        self.kit.reader.ask(_AGENDA_KEY, lambda store: _between(store, window)[:_MOST_LISTED], self._list)

    def _list(self, found: Sequence[Occurrence]) -> None:
        place = self.agenda.verticalScrollBar().value()
        listed = [one for one in self._shown(found) if one.last >= self.from_day]
        same = bool(self.model.listed) and bool(listed) and self.model.listed[0].first == listed[0].first
        self.model.show(listed)
        self.listed.setCurrentIndex(0 if listed else 1)
        self._mark()
        if same:
            self.agenda.verticalScrollBar().setValue(place)

    def _shown(self, found: Sequence[Occurrence]) -> list[Shown]:
        return [shown(one, self.kit.dates.zone) for one in found]

    def _window(self, first: date, last: date) -> Window:
        return Window(self._midnight_of(first), self._midnight_of(last + ONE_DAY))

    def _midnight_of(self, day: date) -> datetime:
        return to_utc(datetime.combine(day, time()), self.kit.dates.zone.key).astimezone(UTC)

    def _turn(self, months: int) -> None:
        if self.stack.currentIndex() == 1:
            self.from_day = month_away(self.from_day, months)
            self.grid.month = self.from_day
            self._read()
            return
        month = month_away(self.grid.month, months)
        if month != self.grid.month:
            day = month if month.month != self.kit.dates.today().month or month.year != self.kit.dates.today().year else self.kit.dates.today()
            self._go_to(day)

    def _go_to(self, day: date) -> None:
        self.grid.go_to(day)
        self.grid.month = day.replace(day=1)
        self.from_day = day
        self._read()
        self._mark()

    def _day_moved(self, day: date) -> None:
        if not self.grid.first <= day <= self.grid.last or day.month != self.grid.month.month:
            self.grid.month = day.replace(day=1)
            self._read()

    def _more(self, day: date) -> None:
        self.grid.month = day.replace(day=1)
        self._show_view(1)
        self.from_day = day
        self._read()

    def _opened(self, one: Shown) -> None:
        if self.one.show_date(*one.key):
            self._open()

    def _edit(self, one: Shown) -> None:
        self._opened(one)
        self.one.title.setFocus()

    def _open(self) -> None:
        self.beside.show_inspector(True)
        self._mark()

    def _make(self, first: date, last: date) -> None:
        """A new event: on one day an evening, over several days whole days."""
        if first == last:
            start = datetime.combine(first, _USUAL_START)
            made = Event("", start, start + _USUAL_LENGTH, self.kit.dates.zone.key)
        else:
            made = Event("", first, last + ONE_DAY)
        self.beside.show_inspector(True)
        self.one.begin_new(made)
        self._mark()

    def _added(self, event_id: str) -> None:
        self.one.show_date(event_id, "")
        self._open()
        self.one.place.setFocus()

    def _mark(self) -> None:
        """Show in the calendar what is open."""
        draft = self.one.draft
        days = None
        if draft is not None:
            end = draft.end if isinstance(draft.end, datetime) else draft.end - ONE_DAY
            days = (_day(draft.start), _day(end))
        self.grid.show_chosen(self.one.key, days)
        self.agenda.choose(self.one.key)

    def _close(self) -> None:
        self.one.take_focus_out()
        self.one.forget()
        self.beside.show_inspector(False)
        self.grid.go_to(self.grid.day)
        self._mark()
        self._view.setFocus()

    def _moved(self, one: Shown, days: int) -> None:
        """An event was dragged to another day; for a date of a series it is asked which."""
        series_id, occurrence = one.key
        if not occurrence:
            event = events.get(self.kit.store, series_id)
            moved = event_edits.on_day(event, _day(event.start) + timedelta(days=days))
            self.kit.operations.run(lambda store: event_edits.change(store, moved))
            return
        self._asked_to_move = (one, days)
        to = short_day(one.first + timedelta(days=days), self.kit.dates)
        self.bar.ask(_("Move “{title}” to {day}: only this date, or all dates as far?").format(title=one.occurrence.title, day=to))

    def _answer(self, answer: str) -> None:
        asked, self._asked_to_move = self._asked_to_move, None
        self.bar.hide()
        self.grid.setFocus()
        if asked is None or not answer:
            return
        one, days = asked
        series_id, occurrence = one.key
        by = timedelta(days=days)
        if answer == "one":
            moment = event_edits.date_of(self.kit.store, series_id, occurrence)
            moved = event_edits.on_day(moment, _day(moment.start) + by)
            self.kit.operations.run(lambda store: event_edits.change_date(store, moved))
        else:
            series = events.get(self.kit.store, series_id)
            all_moved = event_edits.on_day(series, _day(series.start) + by)
            self.kit.operations.run(lambda store: event_edits.change(store, all_moved))

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
        today = self.kit.dates.today()
        if today != self._today:
            self._today = today
            self.grid.update()
            self._read()


def _between(store: Store, window: Window) -> list[Occurrence]:
    return occurrences.between(store, window) if occurrences.covers(store, window) else calendar_reads.far(store, window)


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
