"""P9: the headless sender on the big community when nothing is due: CPU, wake-ups and memory, from /proc; the same of its imports alone beside it."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import big_file
from benchmarks.big_community import Size
from benchmarks.figure import Figure, Held, Options

from desktop.app import DATA_VARIABLE
from desktop.community.deliveries import State
from desktop.community.ids import new_id
from desktop.engine.clock import SystemClock
from desktop.store import database, ledger

CPU, WAKES, MEGABYTES = 0.5, 1.0, 100
_CHILD = Path(__file__).with_name("idle_child.py")
_SETTLES = 10.0


@dataclass(frozen=True, slots=True)
class _Seen:
    """What /proc tells of a process: seconds of CPU, times that it gave the CPU up by itself (each a wake-up), megabytes in memory."""

    cpu: float
    wakes: int
    megabytes: float


def figures(options: Options) -> list[Figure]:
    """Watch the sender for a while after it has sent the one delivery that is due."""
    if not Path("/proc/self/status").exists():
        return [Figure("P9 needs /proc", 0, "", held=Held.NOTHING)]
    with tempfile.TemporaryDirectory(prefix="belfry-p9-") as name:
        folder = Path(name)
        with _child(folder, "imports") as imports:
            alone = _look(imports.pid)
        path = big_file.kept(Size().scaled(options.scale), options.seed, folder)
        with _child(folder, "send", str(path)) as sender:
            _wait_until_sent(path)
            time.sleep(min(_SETTLES, options.seconds))
            before, began = _look(sender.pid), time.monotonic()
            time.sleep(options.seconds)
            after, seconds = _look(sender.pid), time.monotonic() - began
            assert sender.stdin
            assert sender.stdout
            sender.stdin.write("modules\n")
            sender.stdin.flush()
            qt = next(line.split()[1:] for line in sender.stdout if line.startswith("modules:"))
    note = f"over {seconds:.0f} s"
    return [
        Figure("P9 idle: CPU", (after.cpu - before.cpu) / seconds * 100, "%", target=CPU, held=Held.VALUE, note=note),
        Figure("P9 idle: wake-ups", (after.wakes - before.wakes) / seconds, "/s", target=WAKES, held=Held.VALUE, note=note),
        Figure("P9 idle: memory", after.megabytes, "MB", alone.megabytes, MEGABYTES, Held.VALUE, "aim 80; beside it the imports alone"),
        Figure("P9 idle: Qt modules loaded", len(qt), "", target=0, held=Held.VALUE),
    ]


@contextmanager
def _child(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    environ = os.environ | {DATA_VARIABLE: str(folder / "data"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, str(_CHILD), *arguments]
    with subprocess.Popen(command, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout
            assert child.stdout.readline() == "ready\n"
            yield child
        finally:
            child.terminate()
            child.wait(30)


def _wait_until_sent(path: Path) -> None:
    with database.open(path, clock=SystemClock(), device=new_id()) as store:
        deadline = time.monotonic() + 60
        while ledger.ready(store.conn, store.clock.now()) or ledger.listed(store.conn, [State.SENDING]):
            if time.monotonic() > deadline:
                raise TimeoutError("the delivery that is due was not sent")
            time.sleep(0.2)


def _look(pid: int) -> _Seen:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    ticks = int(fields[11]) + int(fields[12])  # utime and stime: fields 14 and 15 of proc(5)
    wakes = sum(_number(task / "status", "voluntary_ctxt_switches:") for task in Path(f"/proc/{pid}/task").iterdir())
    return _Seen(ticks / os.sysconf("SC_CLK_TCK"), wakes, _number(Path(f"/proc/{pid}/status"), "VmRSS:") / 1024)


def _number(path: Path, name: str) -> int:
    return next(int(line.split()[1]) for line in path.read_text().splitlines() if line.startswith(name))
