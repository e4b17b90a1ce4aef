"""What is said after a backup was put back."""

from pathlib import Path

import pytest

from desktop.actions.restoring import outcome
from desktop.store.restore import Restored

ASIDE = "What was there before is in /home/ana/choir.before-restore.belfry."


@pytest.mark.parametrize(
    ("aside", "erased", "said"),
    [
        (None, 0, []),
        (Path("/home/ana/choir.before-restore.belfry"), 0, [ASIDE]),
        (Path("/home/ana/choir.before-restore.belfry"), 2, [ASIDE, "2 people who were erased since the backup was made are not in it any more."]),
    ],
)
def test_given_a_backup_that_was_put_back_when_it_is_told_then_nothing_that_matters_is_left_out(
    aside: Path | None, erased: int, said: list[str]
) -> None:
    assert [str(one) for one in outcome(Restored(aside, erased))] == said
