"""The foot of the composer: the other side, what is in the way, and what can be done with what is written."""

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.theme import LARGE, Theme
from desktop.ui.widgets.flow import FlowLayout


class Foot(QWidget):
    """All in one row; in large text the words stand above the buttons, which take as many rows as they need."""

    def __init__(self, theme: Theme, switch: QWidget, status: QLabel, deeds: Sequence[QWidget]) -> None:
        super().__init__()
        px = theme.px
        box: QBoxLayout
        if theme.scale < LARGE:
            box = QHBoxLayout(self)
            box.addWidget(switch)
            box.addWidget(status, 1)
            for deed in deeds:
                box.addWidget(deed)
        else:
            box = QVBoxLayout(self)
            box.addWidget(status)
            buttons = QWidget()
            flow = FlowLayout(px(1), parent=buttons)
            for one in (switch, *deeds):
                flow.addWidget(one)
            box.addWidget(buttons)
        box.setContentsMargins(px(3), px(1.25), px(3), px(1.25))
        box.setSpacing(px(1))
