"""Pacing: how long to wait before the next message, so that a connection keeps to its service's rates. Counts in any window, not in steps."""

from collections import defaultdict, deque
from collections.abc import Callable

from integrations.base import Rate

_MARGIN = 1.03
"""How much longer our windows are than the service's: its clock sees our messages a little closer together or further apart than we do."""


class Pace:
    """The pace of one connection."""

    def __init__(self, rate: Rate, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._whole = [_window(rate.per_second, 1.0)]
        self._each = [_window(rate.target_per_second, 1.0), _window(rate.target_per_minute, 60.0)]
        self._sent: dict[tuple[str, int], deque[float]] = defaultdict(deque)

    def wait(self, target: str) -> float:
        """Seconds until a message to this target may leave; 0 for now."""
        now = self._monotonic()
        return max((self._open_in(key, most, length, now) for key, most, length in self._windows(target)), default=0.0)

    def note(self, target: str) -> None:
        """A message to this target leaves now."""
        now = self._monotonic()
        for key, most, _ in self._windows(target):
            times = self._sent[key]
            times.append(now)
            while len(times) > most:
                times.popleft()

    def _open_in(self, key: tuple[str, int], most: int, length: float, now: float) -> float:
        times = self._sent[key]
        return max(0.0, times[-most] + length - now) if len(times) >= most else 0.0

    def _windows(self, target: str) -> list[tuple[tuple[str, int], int, float]]:
        whole = [(("", index), *window) for index, window in enumerate(self._whole) if window]
        each = [((f"to {target}", index), *window) for index, window in enumerate(self._each) if window]
        return whole + each


def _window(most: float | None, length: float) -> tuple[int, float] | None:
    """How many in how many seconds; less than one in the window means one in a longer one."""
    if most is None:
        return None
    return (int(most), length * _MARGIN) if most >= 1 else (1, length / most * _MARGIN)
