"""Eight weeks by channels at a glance: how much goes where in which week. For wide windows; the list beside it says the same in words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QToolButton, QVBoxLayout, QWidget

from desktop.store.announcement_lists import Going
from desktop.ui.dates import Dates, Form, written
from desktop.ui.numbers import digits
from desktop.ui.pages.announcements.timeline import WEEKS, key_of, week_words
from desktop.ui.theme import Theme
from desktop.ui.widgets.label import ElidedLabel, label
from desktop.ui.widgets.lines import Column, line
from resources.translations import _, ngettext


class Overview(Column):
    """The grid.

    Signals:
        wanted: the key of the first row of the week and channel that was pressed.
    """

    wanted = Signal(str)

    def __init__(self, theme: Theme, dates: Dates) -> None:
        super().__init__(theme, widest=620, margin=3)
        self._theme, self._dates = theme, dates
        self._waiting: tuple[Sequence[Going], Mapping[str, str]] | None = None
        self._body = QWidget()
        self.box.addWidget(self._body)
        self.box.addStretch()
        self.setMinimumWidth(theme.px(64))

    def show_weeks(self, found: Sequence[Going], names: Mapping[str, str]) -> None:
        """Show these dates, when there is room to be seen; a channel that nothing goes to in these weeks is not listed."""
        if self.isVisible():
            self._draw(found, names)
        else:
            self._waiting = found, names

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what has come meanwhile."""
        super().showEvent(event)
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self._draw(*waiting)

    def _draw(self, found: Sequence[Going], names: Mapping[str, str]) -> None:
        today = self._dates.today()
        monday = today - timedelta(days=today.weekday())
        cells: dict[tuple[str, int], list[str]] = defaultdict(list)
        for one in found:
            week = (one.due_at.astimezone(self._dates.zone).date() - monday).days // 7
            if week < WEEKS:
                for channel_id, _state in one.places:
                    cells[channel_id, week].append(key_of(one))
        body = QWidget()
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, self._theme.px(2), 0, 0)
        rows.setSpacing(self._theme.px(1))
        rows.addWidget(label(_("The next 8 weeks"), "small strong quiet"))
        grid = QGridLayout()
        grid.setSpacing(self._theme.px(0.5))
        grid.setColumnStretch(0, 1)
        for week in range(WEEKS):
            first = monday + timedelta(weeks=week)
            head = label(written(first, Form.SHORT, self._dates.locale), "small quiet")
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            head.setMinimumWidth(self._theme.px(5))
            grid.addWidget(head, 0, week + 1)
        listed = [channel_id for channel_id in names if any((channel_id, week) in cells for week in range(WEEKS))]
        for row, channel_id in enumerate(listed):
            grid.addWidget(line(), 2 * row + 1, 0, 1, WEEKS + 1)
            grid.addWidget(ElidedLabel(names[channel_id]), 2 * row + 2, 0)
            for week in range(WEEKS):
                if keys := cells.get((channel_id, week)):
                    cell = self._cell(names[channel_id], monday + timedelta(weeks=week), keys)
                    grid.addWidget(cell, 2 * row + 2, week + 1, Qt.AlignmentFlag.AlignCenter)
        rows.addLayout(grid)
        self.box.replaceWidget(self._body, body)
        self._body.hide()
        self._body.deleteLater()
        self._body = body

    def _cell(self, name: str, first: date, keys: Sequence[str]) -> QToolButton:
        made = QToolButton()
        made.setText(digits(len(keys)))
        made.setProperty("kind", "chip")
        made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the keyboard has the list
        words = ngettext("{channel}, {week}: {n} message", "{channel}, {week}: {n} messages", len(keys))
        made.setToolTip(words.format(channel=name, week=week_words(first, self._dates), n=len(keys)))
        made.setAccessibleName(made.toolTip())
        made.clicked.connect(lambda: self.wanted.emit(keys[0]))
        return made
