"""Figure R1: thousands of seeded worlds, each a real ledger and dispatcher against a service that records what it really received.

The long run: `python tests/benchmarks R1 --worlds 100000`.
"""

import multiprocessing
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from helpers.worlds import World, live_through

WORLDS = 5_000
_AT_A_TIME = 100


@pytest.fixture
def folder() -> Iterator[Path]:
    """In memory where there is such a place: a world is thousands of transactions, and no power fails here."""
    memory = Path("/dev/shm")
    made = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    yield made
    shutil.rmtree(made)


def test_given_thousands_of_worlds_when_lived_through_then_nothing_is_double_nothing_is_falsely_sent_or_rejected_and_nothing_is_lost(
    folder: Path,
) -> None:
    parts = [(folder, start, _AT_A_TIME) for start in range(0, WORLDS, _AT_A_TIME)]
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        seen = sum(pool.map(live_through, *zip(*parts, strict=True)), Counter[str]())
    # A world in which nothing happens proves nothing.
    assert seen["received"] > 2 * WORLDS
    assert seen["died"] > WORLDS
    assert seen["unsure"] > WORLDS / 10
    assert seen["copies"] > WORLDS / 50


def test_given_one_seed_when_lived_through_twice_then_the_same_happens(folder: Path) -> None:
    stories = []
    for life in ("first", "second"):
        (folder / life).mkdir()
        world = World.made_in(folder / life, seed=7)
        world.run()
        stories.append([line for line in world.said if "announced" not in line and "edited" not in line and "-" not in line])
    assert stories[0] == stories[1]
