"""A chip: a word that can be on or off, with a count."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from desktop.ui.numbers import digits


def chip(text: str, count: int | None = None, *, on: bool = False) -> QToolButton:
    """A chip for a filter; connect its `toggled`."""
    made = QToolButton()
    made.setProperty("kind", "chip")
    made.setCheckable(True)
    made.setChecked(on)
    words = text.replace("&", "&&")  # Qt takes a single one for a key
    made.setText(words if count is None else f"{words}  {digits(count)}")
    made.setAccessibleName(text)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
