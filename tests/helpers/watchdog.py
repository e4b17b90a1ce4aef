"""A watchdog over the UI thread: no event should keep it for more than 100 ms, in any test.

Those that do are listed at the end of the run; one that keeps it for as long as a person takes for a freeze fails its test.

The time that the thread stood ready while the machine gave its core to others (Linux: schedstat) does not count: it says nothing of us.
"""

import os
import threading
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

LIMIT = 0.100  # seconds; the goal, listed
FREEZE = 0.400  # seconds; fails
_SCHEDSTAT = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")


class WatchedApplication(QApplication):
    """An application that knows how long each event took.

    Attributes:
        slow: (seconds, what) of the events that took longer than LIMIT.
    """

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.slow: list[tuple[float, str]] = []
        self.paused = False
        self._depth = 0
        self._stat = os.open(_SCHEDSTAT, os.O_RDONLY) if _SCHEDSTAT.exists() else -1

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver an event, with an eye on the clock."""
        if self._depth or self.paused:
            return super().notify(receiver, event)
        kind = event.type()
        self._depth += 1
        waited, began = self._waited(), time.perf_counter()
        try:
            return super().notify(receiver, event)
        finally:
            self._depth -= 1
            took = time.perf_counter() - began
            if took > LIMIT and took - (self._waited() - waited) > LIMIT:
                self.slow.append((took, f"{kind.name} to {type(receiver).__name__}"))

    def _waited(self) -> float:
        """Seconds that this thread has been ready to run and did not."""
        return int(os.pread(self._stat, 64, 0).split()[1]) / 1e9 if self._stat >= 0 else 0.0
