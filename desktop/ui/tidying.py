"""When Python looks for what it keeps in circles. That stops every thread, the window too, for tens of milliseconds or more.

So it seldom does so by itself, and never again through what is there to stay; it does when nobody is at the window.
"""

import gc

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

SELDOM = (700, 10, 100)
"""Python's own are (700, 10, 10): ten times as many objects until the longest kind of search, which goes through all of them."""
LOOKS = 60_000  # milliseconds between two looks whether nobody is there


def settle() -> None:
    """What is there now stays to the end: no search goes through it again. The start itself runs without any (desktop.start)."""
    gc.enable()
    gc.set_threshold(*SELDOM)
    gc.freeze()


class Tidying(QObject):
    """Tidies while another program is in front, or the window is hidden."""

    def __init__(self) -> None:
        super().__init__()
        self._done = False
        self._timer = QTimer(self, interval=LOOKS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        """Once each time that nobody is there: in the tray nothing piles up."""
        away = QGuiApplication.focusWindow() is None
        if away and not self._done:
            gc.collect()
        self._done = away
