"""What an empty list shows: what belongs here, and the first step."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.icons import Icons
from desktop.ui.theme import LARGE, Theme
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.label import label


class Empty(QScrollArea):
    """A picture, a line, a sentence, and buttons for the first step. Scrolled where large text has no room for all of it."""

    def __init__(self, theme: Theme, icons: Icons, icon: str, title: str, sentence: str, buttons: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self._theme, self._icons, self._icon = theme, icons, icon
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        holder.setProperty("kind", "scrolled")
        box = QVBoxLayout(holder)
        margin = theme.px(4 if theme.scale < LARGE else 2)
        box.setContentsMargins(margin, margin, margin, margin)
        box.setSpacing(theme.px(1))
        box.addStretch(2)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = label(title, "strong", wrap=True)
        self._sentence = label(sentence, "quiet", wrap=True)
        box.addWidget(self._picture)
        box.addSpacing(theme.px(1))
        for text in (self._title, self._sentence):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            text.setMaximumWidth(theme.px(56))
            text.setMinimumWidth(min(theme.px(30), 320))
            row = QHBoxLayout()
            row.addStretch()
            row.addWidget(text, 1)
            row.addStretch()
            box.addLayout(row)
        if buttons:
            box.addSpacing(theme.px(1))
            flow = FlowLayout(theme.px(1), centred=True)
            for button in buttons:
                flow.addWidget(button)
            box.addLayout(flow)
        box.addStretch(3)
        self.setWidget(holder)
        self.viewport().setAutoFillBackground(False)
        holder.setAutoFillBackground(False)
        theme.changed.connect(self._draw)
        self._draw()

    def minimumSizeHint(self) -> QSize:
        """Low enough to leave room for what does not scroll: a line and a half."""
        return QSize(super().minimumSizeHint().width(), self.fontMetrics().height() * 3 // 2)

    def say(self, title: str, sentence: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._sentence.setText(sentence)

    def _draw(self) -> None:
        pixels = self._theme.px(5)
        ratio = self.devicePixelRatioF()
        drawn = self._icons.pixmap(self._icon, "line_strong", round(pixels * ratio)).copy()
        drawn.setDevicePixelRatio(ratio)
        self._picture.setPixmap(drawn)
