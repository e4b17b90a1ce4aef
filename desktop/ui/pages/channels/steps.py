"""What the steps of connecting are drawn with: a number and what to do, a text with a button that copies it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.kit import Kit
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.label import ElidedLabel, label
from resources.translations import _


def numbered(theme: Theme, number: int, text: str, below: Sequence[QWidget]) -> QWidget:
    """One step: its number, what to do, and what to do it with."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, theme.px(1), 0, 0)
    row.setSpacing(theme.px(1.5))
    mark = label(str(number), "strong")
    mark.setFixedWidth(theme.px(2))
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(theme.px(0.75))
    column.addWidget(label(text, wrap=True))
    for widget in below:
        column.addWidget(widget)
    row.addLayout(column, 1)
    return holder


def copied_row(kit: Kit, text: str, name: str) -> QWidget:
    """A text that is to be pasted elsewhere."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(kit.theme.px(1))
    shown = ElidedLabel(text, "strong")
    row.addWidget(shown, 1)

    def copy() -> None:
        QGuiApplication.clipboard().setText(text)
        pressed.setText(_("Copied"))

    pressed = button(_("Copy"), copy, kind="link")
    pressed.setAccessibleName(name)
    row.addWidget(pressed)
    return holder
