"""A list of rows with a moment, a title, a line below it and a state; headings between them. For the timeline and the drafts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.theme import Text, Theme

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
_GAP, _MARGIN, _SHARE = 2, 3, 0.4  # units of the grid; the share of the width that a state may take at most


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        key: what it stands for; empty for a heading.
        day, time: when, above each other at the leading side.
        title: is asked for when the row is first seen.
        detail: below the title.
        word, tone: the state, and its colour's name.
        tip: for the pointer.
    """

    key: str
    title: Callable[[], str]
    day: str = ""
    time: str = ""
    detail: str = ""
    word: str = ""
    tone: str = "quiet"
    tip: str = ""

    @property
    def heading(self) -> bool:
        """Whether it only parts others."""
        return not self.key


class RowsModel(QAbstractListModel):
    """The rows.

    Attributes:
        shown: counts how often other rows were shown.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Row] = ()
        self.shown = 0

    def show(self, rows: Sequence[Row]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = rows
        self.shown += 1
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """How many."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The row; for a screen reader, all of it in one sentence."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(part for part in (row.day, row.time, row.title(), row.detail, row.word) if part)
            case Qt.ItemDataRole.ToolTipRole:
                return row.tip or None
            case int(value) if value == ROW_ROLE:
                return row
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings can't be chosen."""
        if not index.isValid() or self.rows[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled


class RowPainter(QStyledItemDelegate):
    """Draws a row."""

    def __init__(self, theme: Theme, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._measured: tuple[tuple[int, int], int] = ((-1, 0), 0)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines, or a heading."""
        row = index.data(ROW_ROLE)
        line = QFontMetrics(self._theme.font()).height()
        return QSize(0, self._theme.px(2) + line + (self._theme.px(1) if row.heading else QFontMetrics(self._theme.font(Text.SMALL)).height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The parts, from the leading side."""
        theme, row, box = self._theme, index.data(ROW_ROLE), option.rect
        state, direction = option.state, option.direction
        px = theme.px
        painter.save()
        if row.heading:
            inner = box.adjusted(px(_MARGIN), 0, -px(_MARGIN), -px(0.5))
            self._write(painter, direction, box, inner, row.title(), theme.font(Text.SMALL, bold=True), "text_quiet", Qt.AlignmentFlag.AlignBottom)
            small = theme.font(Text.SMALL)
            count = QFontMetrics(small).horizontalAdvance(row.word) + 1
            end = inner.adjusted(inner.width() - count, 0, 0, 0)
            self._write(painter, direction, box, end, row.word, small, "text_quiet", Qt.AlignmentFlag.AlignBottom)
            painter.restore()
            return
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.colour("hover"))
        body, small = theme.font(), theme.font(Text.SMALL)
        line, low = QFontMetrics(body).height(), QFontMetrics(small).height()
        top = box.top() + (box.height() - line - low) // 2
        left, right = box.left() + px(_MARGIN), box.right() - px(_MARGIN)
        lead = self._lead(index.model())

        def write(where: QRect, text: str, font: QFont, colour: str) -> None:
            self._write(painter, direction, box, where, text, font, colour, Qt.AlignmentFlag.AlignVCenter)

        write(QRect(left, top, lead, line), row.day, body, "text")
        write(QRect(left, top + line, lead, low), row.time, small, "text_quiet")
        word = min(QFontMetrics(body).horizontalAdvance(row.word) + 1, round((right - left) * _SHARE)) if row.word else 0
        start = left + lead
        width = right - start - (word + px(2) if word else 0)
        write(QRect(start, top, width, line), row.title(), theme.font(bold=True), "text")
        write(QRect(start, top + line, width, low), row.detail, small, "text_quiet")
        if word:
            colour = "text_quiet" if row.tone == "quiet" else row.tone
            write(QRect(right - word, top, word, line + low), row.word, body, colour)
        painter.setPen(theme.colour("line"))
        painter.drawLine(box.left() + px(_MARGIN), box.bottom(), box.right() - px(_MARGIN), box.bottom())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.colour("accent_text"))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.restore()

    def _lead(self, model: object) -> int:
        """The width of the column for the time, as wide as the widest of the list needs, with the space behind it."""
        if not isinstance(model, RowsModel):
            return 0
        body, small = QFontMetrics(self._theme.font()), QFontMetrics(self._theme.font(Text.SMALL))
        key = (model.shown, body.height())
        if self._measured[0] != key:
            days, times = {row.day for row in model.rows}, {row.time for row in model.rows}
            widest = max((*map(body.horizontalAdvance, days), *map(small.horizontalAdvance, times)), default=0)
            self._measured = (key, widest + self._theme.px(_GAP) if widest else 0)
        return self._measured[1]

    def _write(
        self,
        painter: QPainter,
        direction: Qt.LayoutDirection,
        whole: QRect,
        where: QRect,
        text: str,
        font: QFont,
        colour: str,
        align: Qt.AlignmentFlag,
    ) -> None:
        if not text:
            return
        painter.setFont(font)
        painter.setPen(self._theme.colour(colour))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
        place = QStyle.visualRect(direction, whole, where)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each text as it is read itself; where it stands is the layout's
        side = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft)
        painter.drawText(place, int(side | align | Qt.AlignmentFlag.AlignAbsolute), shown)


class RowsView(QListView):
    """The list.

    Signals:
        chosen: the key of the row that is selected now; empty for none.
        opened: Enter or a double click: the key.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.rows = RowsModel()
        self.setModel(self.rows)
        self.setItemDelegate(RowPainter(theme, self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().selectionChanged.connect(lambda: self.chosen.emit(self.key))
        self.doubleClicked.connect(lambda _index: self.opened.emit(self.key))
        theme.changed.connect(self._measure)

    @property
    def key(self) -> str:
        """Of the selected row."""
        selected = self.selectionModel().selectedIndexes()
        return str(selected[0].data(ROW_ROLE).key) if selected else ""

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these; selection and place stay."""
        key, place, had = self.key, self.verticalScrollBar().value(), self.selectionModel().hasSelection()
        blocked = self.selectionModel().blockSignals(True)
        self.rows.show(rows)
        found = self.select(key, scroll=False) if had else False
        self.selectionModel().blockSignals(blocked)
        self.verticalScrollBar().setValue(place)
        if had and not found:
            self.chosen.emit("")

    def select(self, key: str, *, scroll: bool = True) -> bool:
        """Select the row with this key; False where there is none."""
        for number, row in enumerate(self.rows.rows):
            if key and row.key == key:
                index = self.rows.index(number, 0)
                self.setCurrentIndex(index)
                if scroll:
                    self.scrollTo(index)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.key:
            self.opened.emit(self.key)
            return
        super().keyPressEvent(event)

    def _measure(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
