"""The alarm clock, in real time."""

import asyncio
import time

from desktop.engine.alarm import SchedulerAlarm


def test_given_a_moment_when_it_comes_then_whoever_waits_is_woken_in_time() -> None:
    async def waits() -> float:
        alarm = SchedulerAlarm()
        began = time.monotonic()
        await alarm.wait(0.2)
        woken = time.monotonic() - began
        alarm.stop()
        return woken

    assert 0.19 < asyncio.run(waits()) < 5  # no figure: that is P7


def test_given_a_long_wait_when_somebody_rings_then_whoever_waits_is_woken_at_once_and_a_ring_is_never_lost() -> None:
    async def waits() -> float:
        alarm = SchedulerAlarm()
        began = time.monotonic()
        asyncio.get_running_loop().call_later(0.05, alarm.ring)
        await alarm.wait(60)
        alarm.ring()  # while nobody waits
        await alarm.wait(60)
        alarm.stop()
        return time.monotonic() - began

    assert asyncio.run(waits()) < 5


def test_given_a_moment_that_has_passed_when_waited_for_then_it_rings_at_once() -> None:
    async def waits() -> None:
        alarm = SchedulerAlarm()
        await asyncio.wait_for(alarm.wait(-10), 5)
        alarm.stop()

    asyncio.run(waits())
