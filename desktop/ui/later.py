"""Parts of a page that aren't seen at first are made once it stands, one in each turn of the event loop: neither opening the page nor the first look
at a part waits for all of them. A part that is asked for before its turn is made at once, by whoever holds it.
"""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Later(QTimer):
    """Makes parts when nothing else is to be done, as long as their owner is there."""

    def __init__(self, owner: QObject, *parts: Callable[[], object]) -> None:
        super().__init__(owner, interval=0)  # a turn comes after all that waits: keys, the mouse, painting
        self._parts = deque(parts)
        self.timeout.connect(self._next)
        self.start()

    def _next(self) -> None:
        self._parts.popleft()()
        if not self._parts:
            self.stop()
