"""A table of records: it holds their local numbers (pk) in the order shown, and fetches the records, some together, when they are first seen.

    model = RecordModel(
        (Column(_("Name"), lambda member: member.name), Column(_("Joined"), joined_text, right=True)),
        fetch=lambda numbers: members.by_pk(store, numbers),
    )
    model.sort_wanted.connect(...)      # the page asks the store for the numbers in another order, then:
    model.show(members.pks(store))      # all numbers anew; keep the selection with view.keep_selection()
    model.forget([pk])                  # these were edited: fetched anew, narrow dataChanged

Nothing here sorts or filters: the store does (QSortFilterProxyModel takes 4 s for what it answers in 20 ms, figures.md).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

R = TypeVar("R")
TOGETHER = 32
KEPT = 4_096
"""So many records are kept; then the first ones are forgotten."""
RECORD_ROLE = int(Qt.ItemDataRole.UserRole)
"""The record itself."""
NUMBER_ROLE = RECORD_ROLE + 1
"""Its pk."""
SORT_ROLE = RECORD_ROLE + 2
"""A native value to sort by."""
Index = QModelIndex | QPersistentModelIndex


def _nothing(record: Any) -> Any:
    return None


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column.

    Attributes:
        title: as the reader sees it.
        text: what a record shows here.
        value: the native value behind the text; the text where it gives None.
        tip: what the tooltip says.
        right: for numbers.
    """

    title: str
    text: Callable[[R], str]
    value: Callable[[R], Any] = _nothing
    tip: Callable[[R], str | None] = _nothing
    right: bool = False


class RecordModel(QAbstractTableModel, Generic[R]):
    """The model.

    Args:
        fetch: the records with these numbers, in their order; one that is gone in the meantime is left out.
    Attributes:
        together: so many records are fetched at once, from the first one on that is missing: the view says how many rows have room.
    Signals:
        sort_wanted: (column, descending).
    """

    sort_wanted = Signal(int, bool)

    def __init__(self, columns: Sequence[Column[R]], fetch: Callable[[Sequence[int]], Sequence[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._fetch = fetch
        self._numbers: Sequence[int] = ()
        self._kept: dict[int, R | None] = {}
        self.together = TOGETHER

    @property
    def numbers(self) -> Sequence[int]:
        """The pks in the order shown."""
        return self._numbers

    def show(self, numbers: Sequence[int]) -> None:
        """Show these, in this order; nothing happens where that is what is shown."""
        if numbers is self._numbers or numbers == self._numbers:
            return
        self.beginResetModel()
        self._numbers = numbers
        self._kept.clear()
        self.endResetModel()

    def forget(self, numbers: Iterable[int]) -> None:
        """These records were edited."""
        for number in numbers:
            row = self.row_of(number)
            if row is not None:
                self._kept.pop(row, None)
                self._tell(row, row)

    def forget_all(self) -> None:
        """Any of them may have been edited."""
        self._kept.clear()
        self._tell(0, len(self._numbers) - 1)

    def row_of(self, number: int) -> int | None:
        """Where a record is shown; None where it is not."""
        try:
            return self._numbers.index(number)
        except ValueError:
            return None

    def record(self, row: int) -> R | None:
        """The record in a row; None where it is gone from the store since the list was made."""
        if row not in self._kept:
            self._fetch_from(row)
        return self._kept[row]

    def text(self, row: int, column: int) -> str:
        """What a cell shows, for whoever paints it; empty for a record that is gone."""
        record = self.record(row)
        return "" if record is None else self._columns[column].text(record)

    def right(self, column: int) -> bool:
        """Whether a column stands at the end of its room."""
        return self._columns[column].right

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """How many."""
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """How many columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """What a cell shows; RECORD_ROLE, NUMBER_ROLE, SORT_ROLE."""
        if not index.isValid():
            return None
        if role == NUMBER_ROLE:
            return self._numbers[index.row()]
        if role not in _ANSWERED:
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignTrailing if column.right else Qt.AlignmentFlag.AlignLeading
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        record = self.record(index.row())
        if record is None:
            return None
        match role:
            case Qt.ItemDataRole.ToolTipRole:
                return column.tip(record)
            case int(value) if value == RECORD_ROLE:
                return record
            case int(value) if value == SORT_ROLE:
                native = column.value(record)
                return column.text(record) if native is None else native
            case _:
                return column.text(record)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignTrailing if self._columns[section].right else Qt.AlignmentFlag.AlignLeading
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """The header was pressed: the page gets the numbers in that order from the store."""
        if 0 <= column < len(self._columns):
            self.sort_wanted.emit(column, order is Qt.SortOrder.DescendingOrder)

    def _fetch_from(self, first: int) -> None:
        """Fetch the record of a row, and those below it that are missing, too."""
        last = min(first + self.together, len(self._numbers))
        rows = range(first, next((row for row in range(first + 1, last) if row in self._kept), max(last, first + 1)))
        numbers = [self._numbers[row] for row in rows]
        found: Sequence[R | None] = self._fetch(numbers)
        if len(found) != len(numbers):  # somebody is gone meanwhile: who?
            found = [next(iter(self._fetch([number])), None) for number in numbers]
        for row in list(islice(self._kept, max(len(self._kept) + len(rows) - KEPT, 0))):
            del self._kept[row]
        self._kept.update(zip(rows, found, strict=True))

    def _tell(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))


_ANSWERED = frozenset(
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.TextAlignmentRole,
        RECORD_ROLE,
        SORT_ROLE,
    )
)
