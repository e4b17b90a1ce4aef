"""An asyncio loop on a clock that a test moves: whoever sleeps on it is woken at once, and the clock stands at the right time then."""

import asyncio
import math
from datetime import timedelta

from helpers.clock import MovedClock


class VirtualLoop(asyncio.BaseEventLoop):
    """Runs callbacks and timers; has no sockets, threads or signals."""

    def __init__(self, clock: MovedClock) -> None:
        super().__init__()
        self._virtual = clock
        self._selector = self

    def time(self) -> float:
        return self._virtual.monotonic()

    def select(self, timeout: float | None) -> list[object]:
        """What a selector is asked for when there is nothing to run: here, time passes until the next timer."""
        if timeout is None:
            raise RuntimeError("everybody waits and nothing will ever happen")
        if timeout > 0:
            self._virtual.advance(timedelta(microseconds=max(1, math.ceil(timeout * 1_000_000))))
        return []

    def _process_events(self, events: list[object]) -> None:
        pass

    def _write_to_self(self) -> None:
        pass


class VirtualAlarm:
    """`desktop.engine.alarm.Alarm` on the loop's own timers."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        timer = asyncio.get_running_loop().call_later(max(seconds, 0), self._rung.set)
        try:
            await self._rung.wait()
        finally:
            timer.cancel()
        self._rung.clear()

    def ring(self) -> None:
        self._rung.set()

    def stop(self) -> None:
        pass
