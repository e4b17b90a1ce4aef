"""The alarm clock: wakes the sender at the next due moment. It knows no deliveries; the ledger is the truth."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Protocol

from apscheduler.jobstores.memory import MemoryJobStore  # type: ignore[import-untyped]
from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]
from apscheduler.triggers.date import DateTrigger  # type: ignore[import-untyped]


class Alarm(Protocol):
    """Wakes whoever waits."""

    async def wait(self, seconds: float) -> None:
        """Until so many seconds have passed, or somebody rings."""
        ...

    def ring(self) -> None:
        """Wake whoever waits, now; or, where nobody does, whoever waits next. On the loop only."""
        ...

    def stop(self) -> None:
        """No more alarms."""
        ...


class SchedulerAlarm:
    """`Alarm` with APScheduler: one job, in memory, for the next moment. Made on a running loop.

    Coalesced and with no misfire time: a laptop that slept over the moment is woken for it once, however late.
    """

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self._scheduler = AsyncIOScheduler(
            jobstores={"default": MemoryJobStore()}, timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        )
        self._scheduler.start()

    async def wait(self, seconds: float) -> None:
        """Until so many seconds have passed, or somebody rings."""
        # Its own reading of the clock, not ours: the scheduler compares with that one.
        moment = datetime.now(UTC) + timedelta(seconds=max(seconds, 0))
        self._scheduler.add_job(self._ring, DateTrigger(moment), id="next", replace_existing=True)
        await self._rung.wait()
        self._rung.clear()

    def ring(self) -> None:
        """Wake whoever waits."""
        self._rung.set()

    async def _ring(self) -> None:
        self._rung.set()

    def stop(self) -> None:
        """No more alarms."""
        self._scheduler.shutdown(wait=False)
