"""A new community on a computer of its own, with the clock in the test's hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.actions import community
from desktop.community.zones import pin_tzdata
from desktop.store.database import Store
from helpers.clock import MovedClock


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def choir(tmp_path: Path, clock: MovedClock) -> Iterator[Store]:
    pin_tzdata()
    made = community.new(
        tmp_path / "choir.belfry", clock=clock, computer="c-1", computer_name="here", name="Choir", zone="Europe/Lisbon", country="PT"
    )
    with made:
        yield made
