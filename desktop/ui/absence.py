"""When the person was away: while Belfry was closed, its window hidden (in the tray, or minimised where the system hides it then), or the computer
asleep. Whoever has another page or another program before them is not away. A file that is open on this computer for the first time has no before.
"""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, QTimer

from desktop.community.errors import BelfryError
from desktop.community.ports import Clock
from desktop.store import today as reading
from desktop.store.database import Store
from desktop.store.sending import INCARNATION
from desktop.ui.window_state import WindowState

GAP = timedelta(minutes=10)
"""Between two looks at a window that can be seen: then the computer slept meanwhile."""
TICK = 30_000  # milliseconds between two looks
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Absence(QObject):
    """Remembers, on this computer, up to which move of the ledger the person was there.

    Attributes:
        since: the last move that was there when they left.
        until: when they came back: what fell due after that did so before their eyes.
    """

    def __init__(self, store: Store, state: WindowState, clock: Clock) -> None:
        super().__init__()
        self._store, self._state, self._clock = store, state, clock
        self._key = f"today/seen-{store.setting(INCARNATION) or 'file'}"  # a copy of the file has moves of its own
        kept, newest = state.text(self._key), reading.newest_move(store)
        self.since = self._seen = min(int(kept), newest) if kept.isdigit() else newest
        self.until = _NEVER
        self._known = kept.isdigit()
        self._told = True
        self._looked_at: datetime | None = None  # None: the window can't be seen
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self.look)

    def watch(self, visible: bool) -> None:
        """The window can be seen from now on, or no more."""
        if visible:
            self.look()
            self._timer.start()
        elif self._looked_at is not None:
            self.look()
            self._looked_at = None
            self._timer.stop()

    def look(self) -> None:
        """The window can be seen at this moment: what has happened until now has been seen, or happened while nobody was there."""
        try:
            newest = reading.newest_move(self._store)
        except BelfryError:
            return  # the file is away for a moment; whoever reads it next says so
        now = self._clock.now()
        if self._known and (self._looked_at is None or now - self._looked_at >= GAP):
            self.since = self._seen if self._told else self.since  # what they have not been told of yet is not forgotten
            self.until, self._told = now, False
        self._known = True
        self._looked_at, self._seen = now, newest
        self._state.keep(self._key, str(newest))

    def tell(self) -> None:
        """What happened meanwhile is in front of the person."""
        self._told = True

    def dismiss(self) -> None:
        """What happened meanwhile has been taken note of."""
        self.look()
        self.since, self.until = self._seen, _NEVER
