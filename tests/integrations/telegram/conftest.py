"""A fake Telegram and a bot of Belfry's on it."""

from collections.abc import AsyncIterator, Iterator

import pytest

from helpers.shelf import memory_context
from helpers.telegram_contract import QUICK
from helpers.telegram_server import TelegramServer
from integrations.base import Context
from integrations.telegram.connection import TelegramConnection


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as running:
        yield running


@pytest.fixture
def context() -> Context:
    return memory_context()


@pytest.fixture
async def telegram(server: TelegramServer, context: Context) -> AsyncIterator[TelegramConnection]:
    connection = TelegramConnection(server.token, server.url, context, QUICK)
    yield connection
    await connection.close()
