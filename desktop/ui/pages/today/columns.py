"""The sections of “Today” beside each other, in as many columns as there is room for and as there is to show."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.theme import Theme

TWO, THREE = 86, 158  # units of the grid from which there are so many columns


class Columns(QWidget):
    """What waits, then what goes out, then the rest. Where nothing waits, that is one line above the others, which share the whole width."""

    def __init__(self, theme: Theme, waits: QWidget, going: QWidget, events: QWidget, people: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._sections = (waits, going, events, people)
        self._waiting = self._anybody = False
        self._width = 0
        self._arranged: tuple[tuple[QWidget, ...], ...] = ()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.px(2))
        self._above = QVBoxLayout()
        outer.addLayout(self._above)
        row = QHBoxLayout()
        row.setSpacing(theme.px(4))
        self._columns: list[tuple[QWidget, QVBoxLayout]] = []
        for number in range(3):
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.px(2))
            column.addStretch()
            self._columns.append((holder, column))
            row.addWidget(holder, 6 if number == 0 else 5)
        outer.addLayout(row)
        outer.addStretch()

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
        waits, going, events, people = self._sections
        match room, self._waiting:
            case 1, True:
                wanted: tuple[tuple[QWidget, ...], ...] = ((), (waits, going, events, people))
            case 2, True:
                wanted = ((), (waits,), (going, events, people))
            case _, True:
                wanted = ((), (waits,), (going,), (events, people))
            case 1, False:
                wanted = ((waits,), (going, events, people))
            case 3, False if self._anybody:
                wanted = ((waits,), (going,), (events,), (people,))
            case _:
                wanted = ((waits,), (going,), (events, people))
        if wanted == self._arranged:
            return
        self._arranged = wanted
        above, *columns = wanted
        for widget in above:
            self._above.addWidget(widget)
        for number, (holder, column) in enumerate(self._columns):
            holder.setVisible(number < len(columns))
            for place, widget in enumerate(columns[number] if number < len(columns) else ()):
                column.insertWidget(place, widget)
