"""What a connection borrows from Belfry, for tests: a shelf in memory and a context on a moved clock."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta

from helpers.clock import MovedClock
from integrations.base import Context


class MemoryShelf:
    """`integrations.base.Shelf` in memory; takes what JSON takes and nothing else, as the real one."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def read(self) -> Sequence[Mapping[str, object]]:
        return [json.loads(line) for line in self._lines]

    def append(self, entry: Mapping[str, object]) -> None:
        self._lines.append(json.dumps(dict(entry), allow_nan=False))

    def replace(self, entries: Sequence[Mapping[str, object]]) -> None:
        self._lines = [json.dumps(dict(entry), allow_nan=False) for entry in entries]


def memory_context(clock: MovedClock | None = None) -> Context:
    """A context with an empty shelf; waiting moves the clock and takes no time."""
    moved = clock or MovedClock()

    async def sleep(seconds: float) -> None:
        moved.advance(timedelta(seconds=seconds))

    return Context(MemoryShelf(), moved.now, sleep)
