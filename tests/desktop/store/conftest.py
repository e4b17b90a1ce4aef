"""A community in a folder of its own, on a clock that a test moves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.database import Store
from helpers.clock import MovedClock
from helpers.communities import make


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "club.belfry"


@pytest.fixture
def store(path: Path, clock: MovedClock) -> Iterator[Store]:
    with make(path, clock) as made:
        yield made
