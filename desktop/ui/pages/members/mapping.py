"""What each column of a table becomes, with an example from it: a row for each column, and in it a box to choose something else."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.actions import member_columns
from desktop.actions.member_columns import ColumnUse
from desktop.ui.theme import Theme
from desktop.ui.widgets.combo import Combo, name_box
from desktop.ui.widgets.label import ElidedLabel, label
from desktop.ui.widgets.lines import line
from resources.translations import _

_AT_ONCE = 4  # rows between two looks at the window: an address book has fifty columns
_LETTERS = 12  # that the box has room for at least


class Mapping(QWidget):
    """The rows.

    Signals:
        chosen: (the header, what it is to become, as in `--map`).
    """

    chosen = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # rows are scrolled, not pressed together
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(2))
        self._grid.setVerticalSpacing(theme.px(0.5))
        for column, share in enumerate((3, 4, 3)):
            self._grid.setColumnStretch(column, share)
        self._left: list[tuple[int, ColumnUse]] = []
        self._building = QTimer(self, singleShot=True, interval=0)
        self._building.timeout.connect(self._build)
        self.choices: dict[str, FieldChoice] = {}

    @property
    def complete(self) -> bool:
        """Whether all rows are there."""
        return bool(self.choices) and not self._left

    def show_columns(self, columns: Sequence[ColumnUse]) -> None:
        """Show these; called once."""
        for column, title in enumerate((_("Column"), _("Becomes"), _("For example"))):
            self._grid.addWidget(label(title, "quiet small"), 0, column)
        self._grid.addWidget(line(), 1, 0, 1, 3)
        self._left = list(enumerate(columns, start=2))
        self._build()

    def _build(self) -> None:
        now, self._left = self._left[:_AT_ONCE], self._left[_AT_ONCE:]
        for row, use in now:
            choice = FieldChoice(use.header, use.field, partial(self.chosen.emit, use.header))
            self.choices[use.header] = choice
            head = ElidedLabel(use.header, "strong")
            head.setBuddy(choice)
            self._grid.addWidget(head, row, 0)
            self._grid.addWidget(choice, row, 1)
            self._grid.addWidget(ElidedLabel(use.sample.replace("\n", " "), "quiet"), row, 2)
        if self._left:
            self._building.start()


class FieldChoice(Combo):
    """What one column becomes. It holds what is chosen alone until somebody goes to it.

    A field with a label of its own (`phone:work`) stays as it was found until something else is chosen.
    """

    def __init__(self, header: str, field: str | None, keep: Callable[[str], object]) -> None:
        super().__init__()
        self._header, self._found = header, field
        self._filled = False
        name_box(self, _("What the column {column} becomes").format(column=header))
        self.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LETTERS)
        value, words = self._now()
        self.addItem(words, value)
        self.setToolTip(words)
        self.currentTextChanged.connect(self.setToolTip)
        self.activated.connect(lambda _row: keep(self.currentData()))

    def fill(self) -> None:
        """Offer everything; what is chosen stays."""
        if self._filled:
            return
        self._filled = True
        now, own, nothing = self._now(), self._own(), self._nothing()
        offered = [(value, str(text)) for value, text in member_columns.choices()]
        if now not in (own, nothing, *offered):
            offered.insert(0, now)
        self.clear()
        for value, words in (own, nothing, *offered):
            self.addItem(words, value)
        self.insertSeparator(2)
        self.setCurrentIndex(max(self.findData(now[0]), 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Somebody is here."""
        self.fill()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is typed is looked for in all of them."""
        self.fill()
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the rows; it changes none of them on its way."""
        event.ignore()

    def showPopup(self) -> None:
        """Open the list."""
        self.fill()
        super().showPopup()

    def _own(self) -> tuple[str, str]:
        return f"{member_columns.KEEP_AS_FIELD}:{self._header}", _("A field called {name}").format(name=self._header)

    def _nothing(self) -> tuple[str, str]:
        return member_columns.IGNORE, _("Nothing: leave it out")

    def _now(self) -> tuple[str, str]:
        """What it was found to be: (as in `--map`, in words)."""
        words = {value: str(text) for value, text in member_columns.choices()}
        if self._found in words:
            return self._found, words[self._found]
        match (self._found or "").partition(":"):
            case (member_columns.IGNORE, _colon, _detail):
                return self._nothing()
            case (plain, _colon, detail) if plain in words:
                return f"{plain}:{detail}", _("{field} ({label})").format(field=words[plain], label=detail)
        return self._own()
