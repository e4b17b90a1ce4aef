"""The month in a low window or in large text: what scrolls around it, with the names of the days always in sight."""

from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea

from desktop.ui.pages.calendar.month_grid import MonthGrid


class Scrolled(QScrollArea):
    """Keeps the day that the keyboard or a drag is on in sight."""

    def __init__(self, grid: MonthGrid) -> None:
        super().__init__()
        self._grid = grid
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(grid)
        self.verticalScrollBar().valueChanged.connect(grid.scroll_to)
        self.verticalScrollBar().rangeChanged.connect(lambda: self._bring(grid.day))
        grid.reached.connect(self._bring)

    def minimumSizeHint(self) -> QSize:
        """A line and a half: it scrolls."""
        return QSize(self._grid.minimumWidth(), self.fontMetrics().height() * 3 // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The day stays in sight."""
        super().resizeEvent(event)
        self._bring(self._grid.day)

    def _bring(self, day: date) -> None:
        place = (day - self._grid.first).days
        if not 0 <= place < self._grid.weeks * 7:
            return
        box, names, bar = self._grid.painter.day_box(place), self._grid.painter.names, self.verticalScrollBar()
        if box.top() - names < bar.value():
            bar.setValue(box.top() - names)
        elif box.bottom() >= bar.value() + self.viewport().height():
            bar.setValue(box.bottom() + 1 - self.viewport().height())
