"""The engine's loop for tests of the window: a thread that runs coroutines and sends nothing."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any


class LoopEngine:
    """`desktop.ui.kit.Engine` without a sender."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="test-engine")
        self._thread.start()

    def start(self) -> None:
        """Nothing to begin."""

    def call(self, work: Coroutine[Any, Any, Any]) -> "Future[Any]":
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def wake(self) -> None:
        """Nobody sleeps."""

    def under_way(self) -> int:
        """How many coroutines run."""
        return asyncio.run_coroutine_threadsafe(_count(), self._loop).result(10) - 1

    def stop(self, timeout: float | None = None) -> bool:
        asyncio.run_coroutine_threadsafe(_end_all(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout or 10)
        self._loop.close()
        return not self._thread.is_alive()


async def _count() -> int:
    return len(asyncio.all_tasks())


async def _end_all() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_default_executor()
