"""The view for a RecordModel: whole rows, no grid, quick at 100,000 rows (uniform heights, one range for all, nothing measured by content)."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from desktop.ui.models.records import RecordModel
from desktop.ui.theme import Theme

ROW = 5  # units of the grid


class Table(QTableView):
    """A list of records.

    Signals:
        chosen: the selection has changed; ask `selected_numbers` or `selected_count`.
        opened: Enter or a double click on a row: its pk.
    """

    chosen = Signal()
    opened = Signal(int)

    def __init__(self, theme: Theme, model: RecordModel, name: str) -> None:  # type: ignore[type-arg]  # any record
        super().__init__()
        self._theme = theme
        self.records = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setStretchLastSection(False)
        head.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        for header in (head, side):
            header.setSelectionModel(QItemSelectionModel(model, header))  # else each looks at all rows after each change of the selection
        self.selectionModel().selectionChanged.connect(lambda: self.chosen.emit())
        model.modelReset.connect(lambda: self.chosen.emit())
        self.doubleClicked.connect(lambda index: self.opened.emit(model.numbers[index.row()]))
        self._shares: Sequence[tuple[float, float]] = [(1, 10)] * model.columnCount()
        theme.changed.connect(self._measure)
        self._measure()

    def share_width(self, shares: Sequence[tuple[float, float]]) -> None:
        """How the columns share the width: (weight, least width in units of the grid) each. Where there is no room, the last ones are not shown."""
        self._shares = shares
        self._distribute()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._distribute()
        self._count_rows()

    def selectAll(self) -> None:
        """All rows as one range: Qt's own takes a second for 100,000."""
        last = self.records.rowCount() - 1
        if last >= 0:
            whole = QItemSelection(self.records.index(0, 0), self.records.index(last, self.records.columnCount() - 1))
            self.selectionModel().select(whole, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(part.height() for part in self._parts())

    def selected_numbers(self) -> list[int]:
        """The pks of the selected rows, from the top."""
        rows = sorted({row for part in self._parts() for row in range(part.top(), part.bottom() + 1)})
        numbers = self.records.numbers
        return [numbers[row] for row in rows]

    def select_numbers(self, numbers: Sequence[int], *, scroll: bool = True) -> None:
        """Select the rows of these records, as far as they are shown; the first becomes the current one."""
        rows = [row for number in numbers if (row := self.records.row_of(number)) is not None]
        selection = QItemSelection()
        width = self.records.columnCount() - 1
        for row in rows:
            selection.select(self.records.index(row, 0), self.records.index(row, width))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows:
            first = self.records.index(rows[0], 0)
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
            if scroll:
                self.scrollTo(first, QAbstractItemView.ScrollHint.PositionAtCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.records.numbers[self.currentIndex().row()])
            return
        super().keyPressEvent(event)

    def _distribute(self) -> None:
        width = self.viewport().width()
        shown = len(self._shares)
        while shown > 1 and sum(self._theme.px(least) for _, least in self._shares[:shown]) > width:
            shown -= 1
        left = width - sum(self._theme.px(least) for _, least in self._shares[:shown])
        weight = sum(share for share, _ in self._shares[:shown]) or 1
        for column, (share, least) in enumerate(self._shares):
            self.setColumnHidden(column, column >= shown)
            self.setColumnWidth(column, self._theme.px(least) + max(int(left * share / weight), 0))

    def _count_rows(self) -> None:
        """Of a new place of the list just what is seen is fetched; a row may be cut at the top and at the bottom."""
        self.records.together = self.viewport().height() // self.verticalHeader().defaultSectionSize() + 2

    def _parts(self) -> list[QItemSelectionRange]:
        return list(self.selectionModel().selection())  # type: ignore[call-overload, no-any-return]  # the stubs do not know that it is a list

    def _measure(self) -> None:
        self._distribute()
        self.verticalHeader().setDefaultSectionSize(max(self._theme.px(ROW), round(self.fontMetrics().height() * 1.8)))
        self._count_rows()
