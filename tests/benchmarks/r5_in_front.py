"""R5: after a start, how long until what is unsure and what was missed is in front of the person.

The last run left one on its way, and another fell due since. Neither is in the ledger as such: the sender finds out at the start.
"""

import shutil
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from benchmarks import big_file
from benchmarks.big_community import Size
from benchmarks.figure import Figure, Held, Options, percentile
from benchmarks.p1_start import started
from benchmarks.window import COMMUNITY

from desktop.community.deliveries import State, Who
from desktop.community.ids import new_id
from desktop.engine.clock import SystemClock
from desktop.store import database, ledger
from desktop.ui.navigation import PageName
from resources.translations import phrase

TARGET = 2.0
DAY = timedelta(days=1)


def figures(options: Options) -> list[Figure]:
    """Members was open last; the longest of the starts counts."""
    took = []
    with tempfile.TemporaryDirectory(prefix="belfry-r5-") as name:
        made = big_file.kept(Size().scaled(options.scale), options.seed, Path(name))
        _leave_in_doubt(made)
        folder = Path(name) / "data"
        for turn in range(options.rounds + 1):
            for old in folder.glob(f"{COMMUNITY}*"):
                old.unlink()
            folder.mkdir(mode=0o700, exist_ok=True)
            shutil.copyfile(made, folder / COMMUNITY)
            (folder / COMMUNITY).chmod(0o600)
            seconds = started(folder, "doubt", PageName.MEMBERS)["seconds"]
            if turn:  # the first one compiles the code
                took.append(seconds)
    note = f"the longest of {len(took)}; median {percentile(took, 50):.2f} s; from the start of the process to Today painted with both"
    return [Figure("R5 unsure and missed in front of the person", max(took), "s", target=TARGET, held=Held.VALUE, note=note)]


def _leave_in_doubt(path: Path) -> None:
    """One delivery was on its way when the program died; another fell due while nothing ran, and is too late now."""
    with database.open(path, clock=SystemClock(), device=new_id()) as store:
        now = store.clock.now()
        [due] = ledger.ready(store.conn, now)[:1]
        later = ledger.listed(store.conn, [State.QUEUED])
        other = next(one for one in later if one.id != due.id)
        with store.write() as conn:
            ledger.move(
                conn, due, State.SENDING, who=Who.SENDER, why=phrase("It is being sent."), at=now, then=replace(due, attempts=1, claimed_at=now)
            )
            ledger.retime(conn, replace(other, due_at=now - 2 * DAY, next_attempt_at=now - 2 * DAY, late_until=now - DAY))
