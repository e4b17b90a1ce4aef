"""The engine's thread: a plain asyncio loop of its own beside the window. Coroutines come in, one callback takes the news out."""

import contextlib
import logging
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

from desktop.community.errors import BelfryError
from desktop.engine.news import Halted, Hear, Resumed

if TYPE_CHECKING:
    import asyncio

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
        self._making = threading.Lock()
        self._made: asyncio.AbstractEventLoop | None = None
        self._sender: Sender | None = None
        self._stopping = False
        self._thread = threading.Thread(target=self._main, name="belfry-engine", daemon=False)

    def start(self) -> None:
        """Start the thread; returns at once."""
        self._thread.start()

    def call(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        """Run a coroutine on the engine's loop."""
        import asyncio  # late, as all over here: the window is painted before it is needed

        return asyncio.run_coroutine_threadsafe(work, self._loop())

    def wake(self) -> None:
        """Look at the file now: something was written to it, or this computer is to send from it."""
        if self._thread.ident is not None:  # else it looks when it is started
            self._loop().call_soon_threadsafe(self._wake)

    def stop(self, timeout: float | None = None) -> bool:
        """Stop the alarm, wait for what is on its way, close the connections and the store, end the thread. False where it did not end in time."""
        if self._thread.ident is None:  # it was never started
            if self._made is not None:
                self._made.close()
            return True
        if self._thread.is_alive():
            self._loop().call_soon_threadsafe(self._stop)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _loop(self) -> "asyncio.AbstractEventLoop":
        """The loop, made by whoever needs it first."""
        import asyncio

        with self._making:
            if self._made is None:
                self._made = asyncio.new_event_loop()
            return self._made

    def _main(self) -> None:
        import asyncio

        loop = self._loop()
        asyncio.set_event_loop(loop)
        self._stirred = asyncio.Event()
        try:
            loop.run_until_complete(self._run())
        finally:
            _end_what_is_left(loop)
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(loop.shutdown_default_executor())
            loop.close()

    async def _run(self) -> None:
        """Send; where another sender was quicker or the file gave trouble, stand by and try again."""
        import asyncio

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


def _end_what_is_left(loop: "asyncio.AbstractEventLoop") -> None:
    """Coroutines that `call` brought in may still be under way: nobody waits for them any more."""
    import asyncio

    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
