"""The foot of the composer: the other side, what is in the way, and what can be done with what is written."""

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.theme import LARGE, Theme
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.label import label


class Foot(QWidget):
    """All in one row; in large text the words stand above the buttons, which take as many rows as they need."""

    def __init__(self, theme: Theme, switch: QWidget, deeds: Sequence[QWidget]) -> None:
        super().__init__()
        px = theme.px
        self._status = label("", "quiet", wrap=True)
        self._beside = theme.scale < LARGE
        box: QBoxLayout
        if self._beside:
            box = QHBoxLayout(self)
            box.addWidget(switch)
            box.addWidget(self._status, 1)
            for deed in deeds:
                box.addWidget(deed)
        else:
            box = QVBoxLayout(self)
            box.addWidget(self._status)
            buttons = QWidget()
            flow = FlowLayout(px(1), parent=buttons)
            for one in (switch, *deeds):
                flow.addWidget(one)
            box.addWidget(buttons)
        box.setContentsMargins(px(3), px(1.25), px(3), px(1.25))
        box.setSpacing(px(1))
        self.say("")

    @property
    def said(self) -> str:
        """The words that stand there."""
        return self._status.text()

    def say(self, text: str) -> None:
        """What is in the way, or was done; empty for nothing."""
        self._status.setText(text)
        self._status.setVisible(self._beside or bool(text))
