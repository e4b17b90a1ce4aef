"""When Python looks for what it keeps in circles. That stops every thread, the window too, for tens of milliseconds or more.

And whatever thread it happens in, that one destroys what is found: timers, layouts and documents of the window must not go anywhere but in the
UI thread. So Python never looks by itself beside a window; the UI thread does, shortly now and then, and thoroughly when nobody is at the window.
What is there to stay is never gone through again.
"""

import gc

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

SELDOM = (700, 10, 100)
"""From how many new objects on it looks, from how many such looks on longer, from how many of these through all. Python's own: (700, 10, 10)."""
SHORT = 1_000  # milliseconds between two short looks
LOOKS = 60_000  # milliseconds between two looks whether nobody is there


def settle() -> None:
    """What is there now stays to the end: no search goes through it again. From now on only `Tidying` searches."""
    gc.disable()
    gc.freeze()


class Tidying(QObject):
    """Looks in the UI thread: shortly every second, and at everything while another program is in front, or the window is hidden."""

    def __init__(self) -> None:
        super().__init__()
        self._done = False
        self._timer = QTimer(self, interval=LOOKS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self._short = QTimer(self, interval=SHORT)
        self._short.timeout.connect(self._look_shortly)
        self._short.start()

    def _look_shortly(self) -> None:
        """What Python would do by itself."""
        new, looks, longer = (count > seldom for count, seldom in zip(gc.get_count(), SELDOM, strict=True))
        if new:
            gc.collect(2 if looks and longer else 1 if looks else 0)

    def _look(self) -> None:
        """Once each time that nobody is there: in the tray nothing piles up."""
        away = QGuiApplication.focusWindow() is None
        if away and not self._done:
            gc.collect()
        self._done = away
