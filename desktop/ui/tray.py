"""The icon in the system's tray: what is next, what waits, opening the window, quitting; and what shows notifications."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QWidget

from desktop.ui.icons import Icons
from desktop.ui.sender_line import Says
from desktop.ui.theme import Theme
from resources.translations import _

_SIZES = (16, 22, 24, 32, 48, 64)


class Tray(QObject):
    """The icon with its menu.

    Signals:
        opened: the person wants the window, and to see what waits where that is true.
        left: the person wants to quit.
    """

    opened = Signal(bool)
    left = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self._waiting = 0
        self._clicked: Callable[[], object] | None = None
        self.icon = QSystemTrayIcon(self)
        self.menu = QMenu()
        self.next = QAction(self)
        self.waits = QAction(self)
        self.open = QAction(_("Open Belfry"), self)
        self.quit = QAction(_("Quit Belfry"), self)
        self.next.triggered.connect(lambda: self.opened.emit(True))
        self.waits.triggered.connect(lambda: self.opened.emit(True))
        self.open.triggered.connect(lambda: self.opened.emit(False))
        self.quit.triggered.connect(lambda: self.left.emit())
        self.menu.addActions([self.next, self.waits])
        self.menu.addSeparator()
        self.menu.addActions([self.open, self.quit])
        theme.dress(self.menu)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self.icon.messageClicked.connect(self._message_clicked)
        theme.changed.connect(self._draw)
        self._draw()

    @property
    def possible(self) -> bool:
        """Whether this desktop has a tray at the moment."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        """Put it there; Qt does so later where the tray comes up after Belfry, at log-in."""
        self.icon.show()

    def stop(self) -> None:
        """Take it away."""
        self.icon.hide()
        self.menu.deleteLater()

    def say(self, says: Says) -> None:
        """What is next and what waits."""
        self.next.setText(says.next)
        self.waits.setText(says.waits)
        self.waits.setVisible(bool(says.waits))
        self.icon.setToolTip("\n".join(part for part in ("Belfry", says.next, says.waits) if part))
        if bool(self._waiting) != bool(says.waiting):
            self._waiting = says.waiting
            self._draw()

    def tell(self, key: str, title: str, text: str, clicked: Callable[[], object]) -> None:
        """`Notifier`: a notification of the system."""
        self._clicked = clicked
        self.icon.showMessage(title, text, self._picture())

    def _activated(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.opened.emit(False)

    def _message_clicked(self) -> None:
        if self._clicked is not None:
            self._clicked()

    def _draw(self) -> None:
        self.icon.setIcon(self._picture())

    def _picture(self) -> QIcon:
        """A bell; with a dot where something waits, which the menu and the tooltip say in words."""
        picture = QIcon()
        for side in _SIZES:
            drawn = QPixmap(self._icons.pixmap("bell", "accent", side))
            if self._waiting:
                painter = QPainter(drawn)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.colour("warn"))
                dot = round(side * 0.44)
                painter.drawEllipse(side - dot, 0, dot, dot)
                painter.end()
            picture.addPixmap(drawn, QIcon.Mode.Normal, QIcon.State.Off)
        return picture


class TrayNotifier:
    """`Notifier`: the tray's notifications; where there is no tray, the window asks for attention in the task bar."""

    def __init__(self, tray: Tray, window: QWidget) -> None:
        self._tray, self._window = tray, window

    def tell(self, key: str, title: str, text: str, clicked: Callable[[], object]) -> None:
        """Show a notification of the system."""
        if self._tray.possible:
            self._tray.tell(key, title, text, clicked)
        else:
            QApplication.alert(self._window)
