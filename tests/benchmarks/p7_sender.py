"""P7: from the moment a delivery is due to its request arriving at the service: the real engine against the strict Telegram on loopback.

Beside it a raw poll loop that asks the clock each millisecond and posts with httpx to the same server.
"""

import asyncio
import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from benchmarks.figure import Figure, Held, Options, percentile

from desktop.app import DATA_VARIABLE, program
from desktop.community.announcements import Announcement
from desktop.community.connections import Channel, ConnectionRecord
from desktop.community.ids import new_id
from desktop.community.ports import Secret
from desktop.community.schedules import At
from desktop.engine.clock import SystemClock
from desktop.engine.sender import Until
from desktop.store import announcements, connections, database
from desktop.store.database import Store
from desktop.store.journal import operation
from helpers.telegram_server import TelegramServer
from resources.translations import phrase

LATEST = 50.0  # milliseconds
GROUPS = 30
EVERY = timedelta(milliseconds=330)
WARM_UP = timedelta(seconds=4)
DELIVERIES = 150


class _Secrets:
    """`Vault` in memory."""

    def __init__(self) -> None:
        self._kept: dict[str, Secret] = {}

    def get(self, ref: str) -> Secret | None:
        return self._kept.get(ref)

    def set(self, ref: str, secret: Secret) -> None:
        self._kept[ref] = secret

    def delete(self, ref: str) -> None:
        self._kept.pop(ref, None)


def figures(options: Options) -> list[Figure]:
    """The lateness of all deliveries but the first, which also opens the connection and is shown apart."""
    count = max(6, round(DELIVERIES * min(1.0, options.scale * 4)))
    with tempfile.TemporaryDirectory(prefix="belfry-p7-") as name, TelegramServer() as server:
        groups = [server.add_group(f"Group {number}", -1001000000000 - number).id for number in range(GROUPS)]
        first, late = asyncio.run(_engine(Path(name), server, groups, count, options.seed))
        polled = asyncio.run(_poll(server, groups, count, options.seed))
    return [
        Figure("P7 due moment to request, p99", percentile(late, 99), "ms", percentile(polled, 99), LATEST, Held.VALUE, f"{count} deliveries"),
        Figure("P7 due moment to request, median", percentile(late, 50), "ms", percentile(polled, 50), held=Held.NOTHING),
        Figure("P7 the first after the start, which imports the service's library and opens the connection", first, "ms", held=Held.NOTHING),
    ]


async def _engine(folder: Path, server: TelegramServer, groups: list[int], count: int, seed: int) -> tuple[float, list[float]]:
    run = program(environ={DATA_VARIABLE: str(folder / "data")})
    vault = _Secrets()
    with database.create(folder / "c.belfry", clock=SystemClock(), device=new_id(), settings={"zone": "UTC", "grace_seconds": "0"}) as store:
        moments = _announce(store, vault, server, groups, count, seed)
        sender = run.sender(store, vault, lambda news: None)
        running = asyncio.create_task(sender.run(Until.STOPPED))
        await asyncio.to_thread(server.wait_for, lambda met: len(met.received("sendmessage")) > count, 60 + count * EVERY.total_seconds())
        sender.stop()
        await running
    at = {received.params["text"]: received.at for received in server.received("sendmessage")}
    late = [(at[str(number)] - moment.timestamp()) * 1000 for number, moment in enumerate(moments)]
    return late[0], late[1:]


def _announce(store: Store, vault: _Secrets, server: TelegramServer, groups: list[int], count: int, seed: int) -> list[datetime]:
    """When each is due. The first is due at once, the others at moments spread over the milliseconds, so that no tick of a clock favours them."""
    chance = random.Random(seed)
    record = ConnectionRecord("telegram", "Bot", {"server": server.url}, {"token": "token"}, new_id())
    vault.set("token", Secret(server.token))
    with operation(store, phrase("Set up")) as op:
        connections.put_connection(op, record)
        channels = [connections.add_channel(op, Channel(record.id, f"Group {group}", str(group))) for group in groups]
        start = store.clock.now() + WARM_UP
        moments = [_milliseconds(start + EVERY * number + timedelta(milliseconds=chance.randrange(100))) for number in range(count)]
        moments.insert(0, _milliseconds(store.clock.now()))
        for number, moment in enumerate(moments):
            channel = channels[number % len(channels)]
            announcements.add(op, Announcement(str(number), (channel,), At(moment.replace(tzinfo=None), "UTC")))
    return moments


async def _poll(server: TelegramServer, groups: list[int], count: int, seed: int) -> list[float]:
    chance = random.Random(seed)
    before = len(server.received("sendmessage"))
    url = f"{server.url}/bot{server.token}/sendMessage"
    due: list[float] = []
    async with httpx.AsyncClient(timeout=10) as client:
        await client.get(f"{server.url}/bot{server.token}/getMe")
        for number in range(count):
            moment = datetime.now(UTC) + EVERY + timedelta(milliseconds=chance.randrange(100))
            while datetime.now(UTC) < moment:  # noqa: ASYNC110  polling is what this is
                await asyncio.sleep(0.001)
            due.append(moment.timestamp())
            await client.post(url, json={"chat_id": groups[number % len(groups)], "text": f"poll {number}"})
    return [(received.at - moment) * 1000 for received, moment in zip(server.received("sendmessage")[before:], due, strict=True)]


def _milliseconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
