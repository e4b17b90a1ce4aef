"""The strip at the foot: what the sender does, always true, always clickable."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from desktop.ui.icons import Icons
from desktop.ui.theme import Theme


class Strip(QWidget):
    """One line of text with an icon.

    Signals:
        pressed: the person wants to see more.
        stale: the time has gone on; say it again.
    """

    pressed = Signal()
    stale = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._said = self._tip = ""
        self.setProperty("kind", "strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(1), theme.px(0.25), theme.px(1), theme.px(0.25))
        self._button = QToolButton()
        self._button.setProperty("kind", "strip")
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setIconSize(QSize(theme.px(2), theme.px(2)))
        self._button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.clicked.connect(lambda: self.pressed.emit())
        row.addWidget(self._button, 1)
        self._timer = QTimer(self, interval=30_000)
        self._timer.timeout.connect(self.stale)

    def showEvent(self, event: QShowEvent) -> None:
        """It is seen: true from the first moment on, and kept so."""
        super().showEvent(event)
        self.stale.emit()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees it: it reads nothing. The file may be closed soon."""
        super().hideEvent(event)
        self._timer.stop()

    def say(self, text: str, icon: str = "clock", colour: str = "text_quiet", tip: str = "") -> None:
        """Show this."""
        self._said, self._tip = text, tip
        self._button.setAccessibleName(text)
        self._button.setIcon(self._icons.icon(icon, colour))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More of it, or less."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Cut it with an ellipsis where it has no room, whole in the tooltip."""
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._button.iconSize().width() - 5 * self._button.fontMetrics().averageCharWidth()
        shown = self._button.fontMetrics().elidedText(self._said, Qt.TextElideMode.ElideRight, max(room, 0))
        self._button.setText("\u2002" + shown.replace("&", "&&"))  # Qt puts the icon too near, and takes a single & for a key
        self._button.setToolTip("\n".join(part for part in (self._said if shown != self._said else "", self._tip) if part))
