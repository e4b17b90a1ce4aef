"""Practice holds to what every integration must hold to."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta
from typing import ClassVar

import pytest

from helpers.contract import ConnectionContract, Fault, Received, World
from helpers.shelf import memory_context
from integrations.base import Target
from integrations.practice import MANIFEST, received
from integrations.practice.connection import PracticeConnection
from integrations.practice.manifest import Account

ANSWERS = {
    Fault.OFFLINE: "offline",
    Fault.RATE_LIMIT: "rate-limit",
    Fault.NO_REPLY: "silence",
    Fault.CLOSED_EARLY: "lost",
    Fault.BAD_CREDENTIALS: "ok",
    Fault.REFUSED_CONTENT: "rejected",
    Fault.MIGRATED: "moved",
}


class PracticeWorld(World):
    """Practice as a person sets it: by the channel's answer, and by the connection's account."""

    retry_after = timedelta(seconds=45)
    moved_to = "choir-new"

    def __init__(self) -> None:
        self._context = memory_context()
        self.shelf = self._context.shelf
        self.mend()

    def stage(self, fault: Fault) -> None:
        self.target = Target("choir", "Choir", {"answer": ANSWERS[fault], "wait": "45"})
        self.connection = PracticeConnection(Account.REFUSED if fault is Fault.BAD_CREDENTIALS else Account.OK, self._context)

    def mend(self) -> None:
        self.target = Target("choir", "Choir")
        assert MANIFEST.connect is not None
        self.connection = MANIFEST.connect({}, self._context)

    def received(self) -> Sequence[Received]:
        return [
            Received(message.text, message.target, message.attachments, message.digests, message.silent) for message in received(self.shelf.read())
        ]


class TestPractice(ConnectionContract):
    manifest = MANIFEST
    settings: ClassVar[Mapping[str, str]] = {}
    cannot_happen: ClassVar[Mapping[Fault, str]] = {
        fault: "Practice is inside the program: no network is between" for fault in Fault if fault not in ANSWERS
    }

    @pytest.fixture
    async def world(self) -> AsyncIterator[World]:
        world = PracticeWorld()
        yield world
        await world.connection.close()
