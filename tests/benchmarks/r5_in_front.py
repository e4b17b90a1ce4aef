"""R5: after a start, how long until what is unsure and what was missed is in front of the person.

The last run left one on its way, and another fell due since. Neither is in the ledger as such: the sender finds out at the start.
"""

import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks import big_file
from benchmarks.big_community import Size
from benchmarks.figure import Figure, Held, Options, percentile
from benchmarks.p1_start import started
from benchmarks.window import COMMUNITY

from desktop.community.announcements import Announcement
from desktop.community.deliveries import State, Who
from desktop.community.ids import new_id
from desktop.community.schedules import At
from desktop.store import announcements, connections, database, ledger
from desktop.store.journal import operation
from desktop.ui.navigation import PageName
from helpers.clock import MovedClock
from resources.translations import phrase

TARGET = 2.0
DAY = timedelta(days=1)


def figures(options: Options) -> list[Figure]:
    """Members was open last; the longest of the starts counts."""
    took, bare = [], []
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
                bare.append(started(folder, "bare")["seconds"])
    note = f"the longest of {len(took)}; median {percentile(took, 50):.2f} s; start of the process to Today painted with both; beside it a bare one"
    return [Figure("R5 unsure and missed in front of the person", max(took), "s", percentile(bare, 50), TARGET, Held.VALUE, note)]


def _leave_in_doubt(path: Path) -> None:
    """One was planned for the day before yesterday, when nothing ran; another was on its way when the program died."""
    now = datetime.now(UTC)
    with database.open(path, clock=MovedClock(now - 3 * DAY), device=new_id()) as store:
        [place] = connections.channels(store)[:1]
        with operation(store, phrase("Announced one")) as op:
            announcements.add(op, Announcement("The one that is too late.", (place.id,), At((now - 2 * DAY).replace(tzinfo=None), "UTC")))
    with database.open(path, clock=MovedClock(now), device=new_id()) as store, store.write() as conn:
        [due] = [one for one in ledger.ready(conn, now) if now - one.due_at < DAY][:1]
        claimed = replace(due, attempts=1, claimed_at=now)
        ledger.move(conn, due, State.SENDING, who=Who.SENDER, why=phrase("It is being sent."), at=now, then=claimed)
