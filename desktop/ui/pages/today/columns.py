"""The sections of “Today” beside each other, in as many columns as there is room for and as there is to show."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.ui.theme import Theme

TWO, THREE = 86, 158  # units of the grid from which there are so many columns
_LAST = 4  # the row that takes what height is left
_SHARES = (6, 5, 5)

Place = tuple[int, int, int, int]
"""Row, column, how many rows, how many columns."""


class Columns(QWidget):
    """What waits, then what goes out, then the rest. Where nothing waits, that is one line above the others, which share the whole width.

    The sections stay children of this widget wherever they stand: to be given another parent would hide them for a moment, and lose the focus.
    """

    def __init__(self, theme: Theme, waits: QWidget, going: QWidget, events: QWidget, people: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._sections = (waits, going, events, people)
        self._waiting = self._anybody = False
        self._width = 0
        self._arranged: tuple[Place, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(4))
        self._grid.setVerticalSpacing(theme.px(2))
        self._grid.setRowStretch(_LAST, 1)
        self.arrange(0)

    def show_for(self, *, waiting: bool | None = None, anybody: bool | None = None) -> None:
        """Whether anything waits, and whether there is anybody to think of; None: as before."""
        self._waiting = self._waiting if waiting is None else waiting
        self._anybody = self._anybody if anybody is None else anybody
        self.arrange(self._width)

    def arrange(self, width: int) -> None:
        """Arrange them for a page of this width."""
        self._width = width
        px = self._theme.px
        room = 3 if width >= px(THREE) else 2 if width >= px(TWO) else 1
        wanted: tuple[Place, ...]
        match room, self._waiting:
            case 1, _:
                wanted = ((0, 0, 1, 1), (1, 0, 1, 1), (2, 0, 1, 1), (3, 0, 1, 1))
            case 2, True:
                wanted = ((0, 0, 5, 1), (0, 1, 1, 1), (1, 1, 1, 1), (2, 1, 3, 1))
            case _, True:
                wanted = ((0, 0, 5, 1), (0, 1, 5, 1), (0, 2, 1, 1), (1, 2, 4, 1))
            case 3, False if self._anybody:
                wanted = ((0, 0, 1, 3), (1, 0, 4, 1), (1, 1, 4, 1), (1, 2, 4, 1))
            case _:
                wanted = ((0, 0, 1, 2), (1, 0, 4, 1), (1, 1, 1, 1), (2, 1, 3, 1))
        if wanted == self._arranged:
            return
        self._arranged = wanted
        for section, place in zip(self._sections, wanted, strict=True):
            self._grid.removeWidget(section)
            self._grid.addWidget(section, *place, Qt.AlignmentFlag.AlignTop)
        used = max(column + columns for _row, column, _rows, columns in wanted)
        for column, share in enumerate(_SHARES):
            self._grid.setColumnStretch(column, share if column < used else 0)
