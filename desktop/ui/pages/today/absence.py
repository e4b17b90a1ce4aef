"""Since when the person has not looked: noticed when Belfry was closed, hidden, in the background, or the computer slept."""

from datetime import datetime, timedelta

from desktop.community.ports import Clock
from desktop.store import today as reading
from desktop.store.database import Store
from desktop.store.sending import INCARNATION
from desktop.ui.window_state import WindowState

GAP = timedelta(minutes=10)
"""Shorter than that nobody was away."""
TICK = 30_000  # milliseconds between two looks


class Absence:
    """Remembers, on this computer, up to which move of the ledger the person has seen what happened.

    Attributes:
        since: the last move that was there when they looked last.
        until: when they came back.
    """

    def __init__(self, store: Store, state: WindowState, clock: Clock) -> None:
        self._store, self._state, self._clock = store, state, clock
        self._key = f"today/seen-{store.setting(INCARNATION) or 'file'}"  # a copy of the file has moves of its own
        kept, newest = state.text(self._key), reading.newest_move(store)
        self.since = self._seen = min(int(kept), newest) if kept.isdigit() else newest
        self._looked_at: datetime | None = None
        self.until = clock.now()

    def look(self) -> bool:
        """The person can see the page at this moment. Gives whether they have just come back."""
        now = self._clock.now()
        back = self._looked_at is None or now - self._looked_at >= GAP
        if back:
            self.since, self.until = self._seen, now
        self._looked_at, self._seen = now, reading.newest_move(self._store)
        self.keep()
        return back

    def keep(self) -> None:
        """Remember for the next start how far they have seen."""
        self._state.keep(self._key, str(self._seen))

    def dismiss(self) -> None:
        """What happened meanwhile has been taken note of."""
        self._seen = self.since = reading.newest_move(self._store)
        self.until = self._looked_at = self._clock.now()
        self.keep()
