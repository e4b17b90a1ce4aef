"""A field for a number that one can turn up and down."""

from PySide6.QtWidgets import QSpinBox

from desktop.ui.theme import Theme
from desktop.ui.widgets.combo import hold_still


def number_box(theme: Theme, name: str, lowest: int, highest: int) -> QSpinBox:
    """A box of whole numbers. Of the style sheet's padding Qt counts only the width: the text is moved in here."""
    made = QSpinBox()
    made.setRange(lowest, highest)
    made.setAccessibleName(name)
    hold_still(made)
    made.lineEdit().setTextMargins(theme.px(1), 0, theme.px(1), 0)
    return made
