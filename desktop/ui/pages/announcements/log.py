"""The log: every delivery, newest first, by what became of it."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QStyleOptionViewItem, QToolButton, QVBoxLayout, QWidget

from desktop.store import announcement_lists
from desktop.store.announcement_lists import Logged
from desktop.store.database import Store
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.models.records import RECORD_ROLE, Column, RecordModel
from desktop.ui.numbers import digits
from desktop.ui.pages.announcements import state_words
from desktop.ui.pages.announcements.state_words import FILTERS, Filter
from desktop.ui.pages.announcements.summaries import summary
from desktop.ui.theme import Theme
from desktop.ui.widgets.cells import Cell, Index
from desktop.ui.widgets.chip import chip
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.lines import line
from desktop.ui.widgets.table import Table
from resources.translations import _

_SHARES = ((0.5, 17), (5, 22), (0.5, 13), (2, 18))


class StateCell(Cell):
    """Gives the word for the state its colour."""

    def fill(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, index: Index) -> None:
        """Draw the word."""
        record = index.data(RECORD_ROLE)
        if isinstance(record, Logged):
            tone = state_words.TONES[record.state]
            self.write(painter, option, box, state_words.word(record.state), ink="text_quiet" if tone == "quiet" else tone)


class FirstCell(Cell):
    """Begins below the page's title."""

    def fill(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, index: Index) -> None:
        """Draw the text."""
        edge = self._theme.px(2)
        left = option.direction is Qt.LayoutDirection.LeftToRight
        super().fill(painter, option, box.adjusted(edge, 0, 0, 0) if left else box.adjusted(0, 0, -edge, 0), index)


class LogView(QWidget):
    """The list with its filters.

    Signals:
        chosen: the id of the delivery that is selected; empty for none.
        opened: Enter or a double click on one: its id.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, dates: Dates, store: Store) -> None:
        super().__init__()
        self._store, self._dates = store, dates
        self._filter = Filter.ALL
        self._margin = theme.px(3)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        holder = QWidget()
        self._flow = flow = FlowLayout(theme.px(0.75), parent=holder)
        self._counts: dict[Filter, int] = {}
        chips = QVBoxLayout()
        chips.setContentsMargins(theme.px(3), theme.px(1), theme.px(3), theme.px(1))
        chips.addWidget(holder)
        self._group = QButtonGroup(self)
        self.chips: dict[Filter, QToolButton] = {}
        for kind, (words, _states) in FILTERS.items():
            made = chip(_(words), on=kind is self._filter)
            made.clicked.connect(lambda _on=False, kind=kind: self.show_filter(kind))
            self._group.addButton(made)
            flow.addWidget(made)
            self.chips[kind] = made
        box.addLayout(chips)
        box.addWidget(line())
        self.model = RecordModel[Logged](
            (
                Column(_("When"), lambda one: dates.moment(one.due_at), lambda one: one.due_at, lambda one: dates.full(one.due_at)),
                Column(_("Announcement"), lambda one: summary(one.text), tip=lambda one: one.text),
                Column(_("State"), lambda one: state_words.word(one.state), tip=lambda one: str(one.reason or state_words.meaning(one.state))),
                Column(_("Where"), lambda one: one.channel or "–", tip=lambda one: one.channel),
            ),
            lambda numbers: announcement_lists.logged(store, numbers),
        )
        self.table = Table(theme, self.model, _("Log of everything that went out or is to go out"))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        for column, cell in enumerate(
            (FirstCell(theme, self.table), Cell(theme, self.table), StateCell(theme, self.table), Cell(theme, self.table, ink="text_quiet"))
        ):
            self.table.setItemDelegateForColumn(column, cell)
        head = self.table.horizontalHeader()
        head.setSectionsClickable(False)
        head.setSortIndicatorShown(False)
        self.table.share_width(_SHARES)
        self.table.chosen.connect(lambda: self.chosen.emit(self.selected))
        self.table.opened.connect(lambda _number: self.opened.emit(self.selected))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            Empty(theme, icons, "history", _("Nothing here"), _("Whatever goes out, is missed or is taken back stands here, and stays."))
        )
        box.addWidget(self._stack, 1)

    @property
    def selected(self) -> str:
        """The id of the selected delivery."""
        numbers = self.table.selected_numbers()
        row = self.model.row_of(numbers[0]) if numbers else None
        record = self.model.record(row) if row is not None else None
        return record.id if record else ""

    def refresh(self) -> None:
        """Read it anew; the selection stays."""
        kept = self.table.selected_numbers()
        place = self.table.verticalScrollBar().value()
        self.model.show(announcement_lists.log_numbers(self._store, FILTERS[self._filter][1], self._dates.now()))
        self._stack.setCurrentIndex(0 if self.model.numbers else 1)
        counts = announcement_lists.counts(self._store)
        for kind, (_words, states) in FILTERS.items():
            self._counts[kind] = sum(counts.get(state, 0) for state in states)
        self._say_counts()
        if kept:
            self.table.select_numbers(kept, scroll=False)
            self.table.verticalScrollBar().setValue(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The chips have the room that they have."""
        super().resizeEvent(event)
        self._say_counts()

    def show_filter(self, kind: Filter) -> None:
        """Show only these."""
        self._filter = kind
        self.chips[kind].setChecked(True)
        self.refresh()

    def select(self, delivery_id: str) -> bool:
        """Select a delivery, whatever the filter."""
        number = announcement_lists.number_of(self._store, delivery_id)
        if number is None:
            return False
        if self.model.row_of(number) is None:
            self.show_filter(Filter.ALL)
        self.table.select_numbers([number])
        return True

    def _say_counts(self) -> None:
        """Each chip with its count; where that takes more than one row, only those that tell of work."""
        for kind, count in self._counts.items():
            self.chips[kind].setText(f"{_(FILTERS[kind][0])}  {digits(count)}")
        if self._flow.sizeHint().width() <= self.width() - 2 * self._margin:
            return
        for kind in self._counts.keys() - {Filter.WAITS}:
            self.chips[kind].setText(_(FILTERS[kind][0]))
