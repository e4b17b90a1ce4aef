"""The laptop asleep over the moment, with the clock moved: what goes out late, what goes out no more, and what is told."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.actions import announce, community, connect
from desktop.app import DATA_VARIABLE, Program, program
from desktop.community.durations import parse_offset
from desktop.community.events import Event
from desktop.community.ports import Secret, Vault
from desktop.community.schedules import BeforeEvent
from desktop.engine.news import DeliveryMoved, News
from desktop.engine.sender import Outcome, Until
from desktop.engine.vault.environment import EnvironmentVault
from desktop.store import events, lease, ledger
from desktop.store.database import Store
from desktop.store.journal import operation
from helpers.clock import START, MovedClock
from helpers.telegram_server import TelegramServer
from resources.translations import phrase

REHEARSAL = datetime(2026, 11, 25, 18, 30, tzinfo=UTC)
REMINDER = REHEARSAL - timedelta(days=1)


class Laptop:
    """A computer with a community that will be reminded of a rehearsal a day before it, in a Telegram group."""

    def __init__(self, data: Path, telegram: TelegramServer) -> None:
        self.clock = MovedClock(START)
        self.telegram = telegram
        self.program: Program = program(environ={DATA_VARIABLE: str(data)}, clock=self.clock)
        self.vault: Vault = EnvironmentVault({})
        computer = self.program.computer
        self.store: Store = community.new(
            data / "choir.belfry",
            clock=self.clock,
            computer=computer.id,
            computer_name=computer.name,
            name="Choir",
            zone="Europe/Lisbon",
            country="PT",
        )
        group = telegram.add_group("Choir")
        connect.add_connection(self.store, self.vault, "telegram", "Bot", {"server": telegram.url}, lambda _: Secret(telegram.token))
        connect.add_channel(self.store, "Bot", "Choir group", str(group.id), {})
        wall = REHEARSAL.replace(tzinfo=None)
        with operation(self.store, phrase("Made an event")) as op:
            event_id = events.add(op, Event("Rehearsal", wall, wall + timedelta(hours=2), "Europe/Lisbon"))
        announce.announce(self.store, "Rehearsal tomorrow!", ["Choir group"], schedule=BeforeEvent(parse_offset("1d")), event_id=event_id)
        self.heard: list[News] = []

    async def send(self, until: Until, meanwhile: Callable[["Laptop"], Awaitable[None]] | None = None) -> Outcome:
        """Run the sender; where it runs for ever, until `meanwhile` is through."""
        sender = self.program.sender(self.store, self.vault, self.heard.append)
        running = asyncio.create_task(sender.run(until))
        if meanwhile:
            self.wake = sender.wake
            await meanwhile(self)
            sender.stop()
        return await running

    def texts(self) -> list[str]:
        return [posted.text for posted in self.telegram.posted()]

    async def until(self, met: Callable[[], bool]) -> None:
        """Wait for a condition while the sender runs on the same loop."""
        async with asyncio.timeout(30):
            while not met():  # noqa: ASYNC110 - rows and news of the sender on this same loop; it has no event for a test
                await asyncio.sleep(0.01)


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with TelegramServer() as telegram:
        made = Laptop(tmp_path, telegram)
        with made.store:
            yield made


def test_given_the_sender_runs_and_the_laptop_sleeps_over_the_moment_when_it_wakes_then_the_reminder_goes_out_once(laptop: Laptop) -> None:
    async def sleep(now: Laptop) -> None:
        await now.until(lambda: lease.holder(now.store.conn) is not None)
        now.clock.suspend(REMINDER + timedelta(hours=3) - START)
        now.wake()
        await now.until(lambda: any(isinstance(news, DeliveryMoved) and news.state.value == "sent" for news in now.heard))

    outcome = asyncio.run(laptop.send(Until.STOPPED, sleep))

    assert laptop.texts() == ["Rehearsal tomorrow!"]
    assert {state.value: number for state, number in outcome.counts.items() if number} == {"sent": 1}


@pytest.mark.parametrize("late", [timedelta(0), timedelta(minutes=1), timedelta(hours=23)])
def test_given_the_laptop_was_shut_when_it_is_opened_before_the_event_then_the_reminder_still_goes_out(laptop: Laptop, late: timedelta) -> None:
    assert asyncio.run(laptop.send(Until.ONCE)).counts == {}
    laptop.clock.suspend(REMINDER + late - START)

    asyncio.run(laptop.send(Until.ONCE))
    asyncio.run(laptop.send(Until.ONCE))

    assert laptop.texts() == ["Rehearsal tomorrow!"]


def test_given_the_laptop_was_shut_until_after_the_event_when_it_is_opened_then_nothing_goes_out_and_it_says_so(laptop: Laptop) -> None:
    laptop.clock.suspend(REHEARSAL + timedelta(minutes=10) - START)

    asyncio.run(laptop.send(Until.ONCE))

    (delivery,) = ledger.listed(laptop.store.conn)
    assert laptop.texts() == []
    assert delivery.state.value == "missed"
    assert [news.state.value for news in laptop.heard if isinstance(news, DeliveryMoved)] == ["missed"]
