"""Telegram holds to what every integration must hold to, every fault brought about over real HTTP."""

from collections.abc import AsyncIterator, Mapping
from typing import ClassVar

import pytest

from helpers.contract import ConnectionContract, Fault, World
from helpers.telegram_contract import telegram_world
from helpers.telegram_world import TOKEN
from integrations.telegram import MANIFEST


class TestTelegram(ConnectionContract):
    manifest = MANIFEST
    settings: ClassVar[Mapping[str, str]] = {"token": TOKEN}
    cannot_happen: ClassVar[Mapping[Fault, str]] = {}

    @pytest.fixture
    async def world(self, request: pytest.FixtureRequest) -> AsyncIterator[World]:
        async with telegram_world(busy="POOL_TIMEOUT" in request.node.name) as world:
            yield world
