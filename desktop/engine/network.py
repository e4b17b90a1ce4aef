"""Looks out for the network on behalf of what waits for it, with one cheap read now and then."""

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta

from desktop.community.errors import BelfryError
from desktop.community.ports import Locked
from desktop.engine.desk import Desk, Unusable
from desktop.store import ledger
from desktop.store.database import Store
from integrations.base import SendError

CHECK_AGAIN = timedelta(seconds=15)
"""How often a service that could not be reached is tried with one cheap read, so that what waits leaves soon after the network is back."""

log = logging.getLogger(__name__)


class NetworkWatch:
    """One look-out for each connection that could not be reached.

    Args:
        back: called when one can be reached again: what waited for it is due now.
    """

    def __init__(self, store: Store, desk: Desk, back: Callable[[], None]) -> None:
        self._store = store
        self._clock = store.clock
        self._desk = desk
        self._back = back
        self._waiting_for: dict[str, set[str]] = {}  # connection that could not be reached: deliveries that wait for it
        self._watches: dict[str, asyncio.Task[None]] = {}
        self._stopping = False

    def stop(self) -> None:
        """Look out no more, and let go of the dispatcher: it and the file are to be gone when it has stopped."""
        self._stopping = True
        self._back = lambda: None
        for watch in self._watches.values():
            watch.cancel()

    async def ended(self) -> None:
        """Wait until nothing looks out any more."""
        await asyncio.gather(*self._watches.values(), return_exceptions=True)

    def look_out(self, connection_id: str, delivery_id: str) -> None:
        """Look out for the network, so that what waits for it does not wait until its next try."""
        self._waiting_for.setdefault(connection_id, set()).add(delivery_id)
        if connection_id not in self._watches:
            self._watches[connection_id] = asyncio.create_task(self._until_back(connection_id))

    async def _until_back(self, connection_id: str) -> None:
        try:
            while not self._stopping:
                await asyncio.sleep(CHECK_AGAIN.total_seconds())
                try:
                    connection = await self._desk.connection(connection_id)
                    await connection.refresh()
                except (SendError, Unusable, Locked, BelfryError):
                    continue  # the tries of the deliveries themselves go on and say what is wrong
                waiting = self._waiting_for.pop(connection_id, set())
                with self._store.write() as conn:
                    ledger.hurry(conn, waiting, self._clock.now())
                self._back()
                return
        except BelfryError as trouble:
            log.warning("Could not go on after the network came back: %s", trouble)
        finally:
            self._watches.pop(connection_id, None)
