"""The question after a date of a series was dragged: only this one, or all of them? Asked above the calendar, without a dialog."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from desktop.ui.theme import LARGE, Theme
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.label import label
from resources.translations import _


class MoveBar(QFrame):
    """Asks.

    Signals:
        one, every, neither: the answers.
    """

    one = Signal()
    every = Signal()
    neither = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        large = theme.scale >= LARGE
        box = QBoxLayout(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight, self)
        box.setContentsMargins(theme.px(1 if large else 2), theme.px(0.75), theme.px(1), theme.px(0.75))
        box.setSpacing(theme.px(1))
        self.words = label("", wrap=True)
        box.addWidget(self.words, 1)
        buttons = QWidget()
        row = FlowLayout(theme.px(1), parent=buttons)
        box.addWidget(buttons)
        self.only = button(_("Only this date"), self.one.emit)
        self.all = button(_("All dates"), self.every.emit)
        self.leave = button(_("Leave it"), self.neither.emit)
        for made in (self.only, self.all, self.leave):
            row.addWidget(made)
        self.hide()

    def ask(self, words: str) -> None:
        """Show the question; the safe answer has the focus."""
        self.words.setText(words)
        self.show()
        self.only.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves everything as it is."""
        if event.key() == Qt.Key.Key_Escape:
            self.neither.emit()
            return
        super().keyPressEvent(event)
