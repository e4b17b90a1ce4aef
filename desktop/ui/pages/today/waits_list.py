"""What waits for the person, one below the other. Rows stay while what they show stays, so that focus and reading are not disturbed."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.actions.today import Group, Paused
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.numbers import digits
from desktop.ui.pages.today.wait_row import PausedRow, WaitRow
from desktop.ui.theme import Theme
from desktop.ui.widgets.label import label
from desktop.ui.widgets.lines import SectionHeader, line
from resources.translations import _, ngettext


class WaitsList(QWidget):
    """The section.

    Signals:
        chosen: (Deed, Group): what is to be done with what.
        mend: the id of a connection.
    """

    chosen = Signal(object, object)
    mend = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, dates: Dates) -> None:
        super().__init__()
        self._theme, self._icons, self._dates = theme, icons, dates
        self.rows: dict[str, WaitRow] = {}
        self._order: list[QWidget] = []
        self.paused: dict[Paused, PausedRow] = {}
        self._leads = True
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.header = SectionHeader(theme, _("Waits for you"))
        box.addWidget(self.header)
        self._line = line()
        box.addWidget(self._line)
        self._box = QVBoxLayout()
        self._box.setSpacing(0)
        box.addLayout(self._box)
        self.nothing = QWidget()
        row = QHBoxLayout(self.nothing)
        row.setContentsMargins(0, theme.px(1), 0, 0)
        row.setSpacing(theme.px(1.5))
        self._picture = QLabel()
        row.addWidget(self._picture)
        row.addWidget(label(_("Nothing waits for you."), "quiet"), 1)
        box.addWidget(self.nothing)
        self.more = label("", "quiet", wrap=True)
        box.addWidget(self.more)
        box.addStretch()
        theme.changed.connect(self._draw)
        self._draw()

    def show_waits(self, groups: Sequence[Group], paused: Sequence[Paused], waiting: int) -> None:
        """Show these. `waiting`: how many deliveries wait in all."""
        order: list[QWidget] = []
        lost = self._lost_focus({group.key for group in groups})
        for gone in [key for key in self.paused if key not in paused]:
            _drop(self.paused.pop(gone))
        for one in paused:
            if one not in self.paused:
                made = self.paused[one] = PausedRow(self._theme, self._icons, one)
                made.mend.connect(lambda one=one: self.mend.emit(one.connection_id))
                made.lead(self._leads)
            order.append(self.paused[one])
        wanted = {group.key: group for group in groups}
        for key in [key for key in self.rows if key not in wanted]:
            _drop(self.rows.pop(key))
        for key, group in wanted.items():
            row = self.rows.get(key)
            if row is None:
                row = self.rows[key] = WaitRow(self._theme, self._icons, self._dates, group)
                row.chosen.connect(lambda deed, row=row: self.chosen.emit(deed, row.group))
            else:
                row.show_group(group)
            order.append(row)
        self._arrange(order)
        self.header.set_count(digits(waiting) if waiting else "")
        self.nothing.setVisible(not order)
        self.header.setVisible(bool(order))
        self._line.setVisible(bool(order))
        more = waiting - sum(len(group.ids) for group in groups)
        self.more.setText(ngettext("{n} more waits, below these.", "{n} more wait, below these.", more).format(n=more))
        self.more.setVisible(more > 0)
        if lost is not None:
            self.take_focus(lost)

    def lead(self, there: bool) -> None:
        """Whether a connection can be mended by this person."""
        self._leads = there
        for row in self.paused.values():
            row.lead(there)

    def take_focus(self, number: int = 0) -> bool:
        """Put the focus on the first button of a row. Gives whether there is one."""
        rows = self._order
        if not rows:
            return False
        row = rows[min(number, len(rows) - 1)]
        first = next(iter(row.deeds.values())) if isinstance(row, WaitRow) else row.button if isinstance(row, PausedRow) else None
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        return first is not None

    def _lost_focus(self, kept: set[str]) -> int | None:
        """The number of the row that has the focus and is about to go."""
        focused = QApplication.focusWidget()
        for number, (key, row) in enumerate(self.rows.items(), start=len(self.paused)):
            if focused is not None and row.isAncestorOf(focused) and key not in kept:
                return number
        return None

    def _arrange(self, order: Sequence[QWidget]) -> None:
        if self._order == list(order):
            return
        self._order = list(order)
        focused = QApplication.focusWidget()
        out_of_sight = self.isVisible() and (focused is None or not self.isAncestorOf(focused))
        if out_of_sight:
            self.hide()  # until all is there: each row that is shown lays out the whole page
        while (item := self._box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and not isinstance(widget, WaitRow | PausedRow):
                _drop(widget)
        for number, row in enumerate(order):
            if number:
                self._box.addWidget(line())
            self._box.addWidget(row)
            row.show()
        # The tab order follows what is seen.
        for before, after in pairwise(order):
            QWidget.setTabOrder(_last(before), _first(after))
        if out_of_sight:
            self.show()

    def _draw(self) -> None:
        side = self._theme.px(2.5)
        self._picture.setPixmap(self._icons.icon("circle-check", "good").pixmap(QSize(side, side), self.devicePixelRatioF()))


def _first(row: QWidget) -> QWidget:
    return next(iter(row.deeds.values())) if isinstance(row, WaitRow) else row.button if isinstance(row, PausedRow) else row


def _last(row: QWidget) -> QWidget:
    return list(row.deeds.values())[-1] if isinstance(row, WaitRow) else _first(row)


def _drop(widget: QWidget) -> None:
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()
