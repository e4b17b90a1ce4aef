"""A real sender as a process of its own, that may kill itself at a named point: `python -m helpers.killed_sender DATA COMMUNITY [POINT [TIMES]]`.

With `backup` as POINT it makes a backup instead and dies in the middle of it. Secrets come from the environment (BELFRY_TEST_TOKEN).
"""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from desktop.community.ports import Secret
from desktop.engine.alarm import SchedulerAlarm
from desktop.engine.clock import SystemClock
from desktop.engine.computer import this_computer
from desktop.engine.desk import CommunityDesk
from desktop.engine.marks import Marks
from desktop.engine.sender import Sender, Until
from desktop.store import database
from desktop.store.connections import StoreShelf
from desktop.store.database import Store
from desktop.store.followers import FOLLOWERS
from desktop.store.processes import process_runs
from integrations import manifest


class Dies:
    """`Probe` that kills its process, at a point that it reaches for the n-th time."""

    def __init__(self, point: str, times: int) -> None:
        self._point = point
        self._left = times

    def reach(self, point: str) -> None:
        if point == self._point:
            self._left -= 1
            if self._left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)


class TokenVault:
    """The one secret that there is."""

    def get(self, ref: str) -> Secret | None:
        return Secret(os.environ["BELFRY_TEST_TOKEN"])

    def set(self, ref: str, secret: Secret) -> None:
        raise AssertionError(ref)

    def delete(self, ref: str) -> None:
        raise AssertionError(ref)


def main(data: Path, community: Path, point: str, times: int) -> None:
    probe = Dies(point, times)
    store = database.open(community, clock=SystemClock(), device="device-1", probe=probe)
    store.followers = FOLLOWERS
    if point == "while-backing-up":
        store.copy_to(community.with_name("backup.belfry"))
        return

    class Shelf(StoreShelf):
        """Practice's far side: a message on it has been received."""

        def append(self, entry: Mapping[str, object]) -> None:
            super().append(entry)
            probe.reach("after-service-took")

    def shelf(store: Store, connection_id: str) -> StoreShelf:
        return Shelf(store, connection_id)

    async def run() -> None:
        desk = CommunityDesk(store, TokenVault(), store.clock, manifest, shelf=shelf)
        sender = Sender(store, desk, Marks(data), this_computer(data), alarm=SchedulerAlarm, keyed=(), probe=probe, alive=process_runs)
        outcome = await sender.run(Until.IDLE)
        assert outcome.other is None, outcome
        assert outcome.refused is None, outcome

    asyncio.run(run())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "", int(sys.argv[4]) if len(sys.argv) > 4 else 1)
