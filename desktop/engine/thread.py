"""The engine's thread: a plain asyncio loop of its own beside the window. Coroutines come in, one callback takes the news out."""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

from desktop.community.errors import BelfryError
from desktop.engine.news import Halted, Hear, Resumed

if TYPE_CHECKING:
    from desktop.engine.sender import Outcome, Sender  # imported in the thread: the window does not wait for it

T = TypeVar("T")
STAND_BY = 15.0
"""Seconds until a sender that another one was quicker than asks again."""

log = logging.getLogger(__name__)


class EngineThread:
    """Runs a sender for as long as the program is open.

    Args:
        build: makes the sender; called in the thread, on its loop, so that the store it opens belongs there. Gives it and what closes its store.
        hear: takes the news, in the engine's thread.
    """

    def __init__(self, build: Callable[[], tuple["Sender", Callable[[], None]]], hear: Hear) -> None:
        self._build = build
        self._hear = hear
        self._loop = asyncio.new_event_loop()
        self._sender: Sender | None = None
        self._stopping = False
        self._stirred = asyncio.Event()
        self._thread = threading.Thread(target=self._main, name="belfry-engine", daemon=False)

    def start(self) -> None:
        """Start the thread; returns at once."""
        self._thread.start()

    def call(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        """Run a coroutine on the engine's loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def wake(self) -> None:
        """Look at the file now: something was written to it, or this computer is to send from it."""
        self._loop.call_soon_threadsafe(self._wake)

    def stop(self, timeout: float | None = None) -> bool:
        """Stop the alarm, wait for what is on its way, close the connections and the store, end the thread. False where it did not end in time."""
        if self._thread.ident is None:  # it was never started
            self._loop.close()
            return True
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _main(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._run())
        finally:
            self._end_what_is_left()
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    def _end_what_is_left(self) -> None:
        """Coroutines that `call` brought in may still be under way: nobody waits for them any more."""
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))

    async def _run(self) -> None:
        """Send; where another sender was quicker or the file gave trouble, stand by and try again."""
        while not self._stopping:
            self._stirred.clear()  # what is written from now on may let it send after all
            try:
                outcome = await self._once()
                self._hear(Halted(outcome.refused) if outcome.refused is not None else Resumed())  # where another one sends, nothing is in the way
            except BelfryError as trouble:
                log.warning("The sender ended: %s", trouble)
                self._hear(Halted(trouble.phrase))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stirred.wait(), STAND_BY)

    async def _once(self) -> "Outcome":
        from desktop.engine.sender import Until

        sender, close = self._build()
        self._sender = sender
        try:
            return await sender.run(Until.STOPPED)
        finally:
            self._sender = None
            close()

    def _wake(self) -> None:
        self._stirred.set()
        if self._sender:
            self._sender.wake()

    def _stop(self) -> None:
        self._stopping = True
        self._stirred.set()
        if self._sender:
            self._sender.stop()
