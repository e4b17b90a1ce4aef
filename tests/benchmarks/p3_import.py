"""P3: the members of the big community from CSV, committed, journaled and searchable, beside `executemany` of their rows alone."""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.big_community import ZONE, Size, write_csv
from benchmarks.figure import Figure, Held, Options, interleaved

from desktop.actions.importing import Stopped
from desktop.actions.members import import_members
from desktop.community.ids import new_id
from desktop.engine.clock import SystemClock
from desktop.store import database, members, undo
from desktop.store.database import Store
from desktop.store.tables import MEMBER

RATIO, LOCK, CANCEL, UNDO = 20, 2.0, 0.5, 3.0
_COLUMNS = ", ".join(f'"{name}"' for name in ("id", "op", *MEMBER.columns, *(MEMBER.derived or ())))
_WATCH = Path(__file__).with_name("lock_watch.py")


def figures(options: Options) -> list[Figure]:
    """The import and its baseline in turn; then how long others waited for the lock, how long stopping took, and undo and redo."""
    count = Size().scaled(options.scale).members
    with tempfile.TemporaryDirectory(prefix="belfry-p3-") as name:
        folder = Path(name)
        source = folder / "members.csv"
        write_csv(source, count, options.seed)
        rows = _rows(folder, source)
        found = interleaved(
            {"import": lambda: _import(folder, source, count), "rows": lambda: _bare(folder, rows)},
            options.rounds,
        )
        stops = _cancel(folder, source, options)
    return [
        Figure(
            f"P3 import of {count:,} from CSV",
            found["import"],
            "s",
            found["rows"],
            RATIO,
            note="aim 12; includes recognising the file and the search rows",
        ),
        Figure("P3 longest wait of another program for the write lock", found["lock"], "s", target=LOCK, held=Held.VALUE),
        Figure("P3 stopping it, anywhere: the longest", max(stops), "s", target=CANCEL, held=Held.VALUE, note=f"{len(stops)} stops"),
        Figure("P3 undo of all of it", found["undo"], "s", target=UNDO, held=Held.VALUE),
        Figure("P3 redo", found["redo"], "s", target=UNDO, held=Held.VALUE),
    ]


def _fresh(folder: Path) -> Store:
    shutil.rmtree(folder / "store", ignore_errors=True)
    settings = {"name": "Import", "zone": ZONE, "country": "PT"}
    return database.create(folder / "store" / "c.belfry", clock=SystemClock(), device=new_id(), settings=settings)


def _import(folder: Path, source: Path, count: int) -> Mapping[str, float]:
    with _fresh(folder) as store:
        watch = subprocess.Popen([sys.executable, str(_WATCH), str(store.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert watch.stdin
        assert watch.stdout
        watch.stdout.readline()
        began = time.perf_counter()
        report = import_members(store, source, {})
        took = time.perf_counter() - began
        lock, _ = watch.communicate("stop\n")
        assert report.added == count, report
        assert not report.bad
        assert len(members.pks(store, "silva")) > 0
        began = time.perf_counter()
        undo.undo(store)
        undone = time.perf_counter() - began
        assert members.count(store) == 0
        began = time.perf_counter()
        undo.redo(store)
        return {"import": took, "lock": float(lock), "undo": undone, "redo": time.perf_counter() - began}


def _rows(folder: Path, source: Path) -> list[tuple[object, ...]]:
    """The rows that an import makes of the members, as they stand in the file after it."""
    with _fresh(folder) as store:
        import_members(store, source, {})
        return store.rows(f"SELECT {_COLUMNS} FROM member ORDER BY pk")


def _bare(folder: Path, rows: list[tuple[object, ...]]) -> Mapping[str, float]:
    marks = ",".join("?" * len(rows[0]))
    with _fresh(folder) as store:
        began = time.perf_counter()
        with store.write() as conn:
            conn.executemany(f"INSERT INTO member ({_COLUMNS}) VALUES ({marks})", rows)
        return {"rows": time.perf_counter() - began}


def _cancel(folder: Path, source: Path, options: Options) -> list[float]:
    """Seconds from the wish to stop until the import has ended, at moments spread over it."""
    chance = random.Random(options.seed)
    with _fresh(folder) as store:
        began = time.perf_counter()
        import_members(store, source, {})
        whole = time.perf_counter() - began
    return [_stop_after(folder, source, whole * (turn + chance.random()) / 8) for turn in range(8)]


def _stop_after(folder: Path, source: Path, seconds: float) -> float:
    with _fresh(folder) as store:
        wish = time.perf_counter() + seconds

        def heard(done: int, total: int) -> None:
            if time.perf_counter() >= wish:
                raise Stopped

        try:
            import_members(store, source, {}, progress=heard)
        except Stopped:
            assert members.count(store) == 0
        return max(0.0, time.perf_counter() - wish)
