"""Month, week or agenda: three chips, or one box where there is no room for them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QToolButton, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.chip import chip
from desktop.ui.widgets.combo import Combo, name_box
from resources.translations import _


class ViewChoice(QWidget):
    """Asks how to look at the calendar.

    Attributes:
        chips, box: the two ways to ask.
    Signals:
        picked: the number of a view, by a person.
    """

    picked = Signal(int)

    def __init__(self, theme: Theme, names: Sequence[str]) -> None:
        super().__init__()
        self._gap = theme.px(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._gap)
        self._group = QButtonGroup(self)
        self.chips: list[QToolButton] = []
        for number, name in enumerate(names):
            made = chip(name)
            self._group.addButton(made, number)
            self.chips.append(made)
            row.addWidget(made)
        self.box = Combo()
        name_box(self.box, _("View of the calendar"))
        self.box.addItems(list(names))
        self.box.hide()
        row.addWidget(self.box)
        self._group.idClicked.connect(self.picked)
        self.box.activated.connect(self.picked)

    @property
    def unfolded(self) -> int:
        """How much room the chips need."""
        return sum(one.sizeHint().width() for one in self.chips) + self._gap * (len(self.chips) - 1)

    @property
    def least(self) -> int:
        """How much room the box needs."""
        return self.box.sizeHint().width()

    def select(self, number: int) -> None:
        """Show which one it is."""
        self.chips[number].setChecked(True)
        self.box.setCurrentIndex(number)

    def fold(self, folded: bool) -> None:
        """Ask by the box, or by the chips; the focus stays here where it was."""
        if folded is not self.box.isHidden():
            return
        focus = QApplication.focusWidget()
        focused = focus is not None and self.isAncestorOf(focus)
        self.box.setHidden(not folded)
        for one in self.chips:
            one.setHidden(folded)
        if focused:
            (self.box if folded else self.chips[self.box.currentIndex()]).setFocus()
