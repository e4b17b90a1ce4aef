"""Pacing: how long to wait before the next message, so that a connection keeps to its service's rates. Counts in any window, not in steps."""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

from integrations.base import Rate

_MARGIN = 1.03
"""How much longer our windows are than the service's: its clock sees our messages a little closer together or further apart than we do."""


@dataclass(frozen=True, slots=True)
class Window:
    """So many messages in so many seconds."""

    most: int
    length: float


class Pace:
    """The pace of one connection."""

    def __init__(self, rate: Rate, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._whole = _window(rate.per_second, 1.0)
        self._turns: deque[float] = deque()
        self._each = [_window(rate.target_per_second, 1.0), _window(rate.target_per_minute, 60.0)]
        self._sent: dict[tuple[str, int], deque[float]] = defaultdict(deque)

    def wait(self, target: str) -> float:
        """Seconds until the next message to this target may leave, as far as the target goes; 0 for now. One at a time for each target."""
        return max(0.0, *(self._opens(self._sent[target, index], window) - self._monotonic() for index, window in enumerate(self._each)))

    def reserve(self) -> float:
        """Take the next place in the queue of the whole connection. Gives the seconds until its turn: first come, first served."""
        now = self._monotonic()
        turn = max(now, self._opens(self._turns, self._whole))
        self._keep(self._turns, self._whole, turn)
        return turn - now

    def note(self, target: str) -> None:
        """A message to this target leaves now."""
        for index, window in enumerate(self._each):
            self._keep(self._sent[target, index], window, self._monotonic())

    def _opens(self, times: deque[float], window: Window | None) -> float:
        return times[-window.most] + window.length if window and len(times) >= window.most else 0.0

    def _keep(self, times: deque[float], window: Window | None, moment: float) -> None:
        if window:
            times.append(moment)
            while len(times) > window.most:
                times.popleft()


def _window(most: float | None, length: float) -> Window | None:
    """Less than one in the window means one in a longer one."""
    if most is None:
        return None
    return Window(int(most), length * _MARGIN) if most >= 1 else Window(1, length / most * _MARGIN)
