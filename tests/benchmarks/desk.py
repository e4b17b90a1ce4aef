"""What a benchmark of the window works with in its child: a window that nobody sees over a real community, and a bare table to measure it against."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.window import SIZE
from PySide6.QtCore import QAbstractTableModel, QEvent, QEventLoop, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from desktop.ui.navigation import PageName
from desktop.ui.pages.page import Page
from helpers.window import Desktop

_LONGEST = 300.0  # seconds that anything may take
_COLUMNS = 4
Index = QModelIndex | QPersistentModelIndex


class Painted(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look on."""
        if event.type() is QEvent.Type.Paint:
            self.times += 1
        return False


@dataclass
class Desk:
    """The window and what is around it."""

    app: QApplication
    desktop: Desktop

    def page(self, name: PageName) -> Page:
        """A page, shown and at rest."""
        window = self.desktop.window or self.desktop.open_window()
        window.resize(*SIZE)
        window.show()
        window.pages.open(name)
        self.rest()
        page = window.pages.page
        assert page is not None
        return page

    def until(self, done: Callable[[], bool]) -> None:
        """Live on until something is so."""
        deadline = time.monotonic() + _LONGEST
        while not done():
            if time.monotonic() > deadline:
                raise TimeoutError
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def rest(self, milliseconds: int = 50) -> None:
        """Live on until nothing is asked of the file any more and all is painted."""
        while True:
            loop = QEventLoop()
            QTimer.singleShot(milliseconds, loop.quit)
            loop.exec()
            if not (self.desktop.kit.reader.busy or self.desktop.kit.operations.busy):
                return


class _Numbers(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.numbers: Sequence[int] = ()

    def show(self, numbers: Sequence[int]) -> None:
        self.beginResetModel()
        self.numbers = numbers
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.numbers)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else _COLUMNS

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        return str(self.numbers[index.row()]) if role == Qt.ItemDataRole.DisplayRole else None


class BareTable:
    """A QTableView of numbers in a window of its own."""

    def __init__(self) -> None:
        self.model = _Numbers()
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.resize(*SIZE)
        self.view.show()

    def show_numbers(self, numbers: Sequence[int]) -> None:
        """Show these and repaint."""
        self.model.show(numbers)
        self.view.viewport().repaint()
