"""Benchmarks of the window: each in a process of its own, offscreen, over a copy of the big community. Both ends of it, and the stopwatch.

A module that is measured so has `measure(desk, options)`; in the parent it calls `beside("its_name", options)`.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import big_file
from benchmarks.big_community import Size
from benchmarks.figure import Figure, Held, Options, percentile

ROOT = Path(__file__).resolve().parents[2]
COMMUNITY = "community.belfry"
SIZE = (1180, 760)
"""What the window usually has."""
_CHILD = Path(__file__).with_name("window_child.py")
_LONGEST = 1800  # seconds


def beside(module: str, options: Options, size: Size | None = None) -> list[Figure]:
    """Measure in a child: `measure` of that module, over a community of that size."""
    with tempfile.TemporaryDirectory(prefix="belfry-window-") as name:
        big_file.kept(size or Size().scaled(options.scale), options.seed, Path(name)).rename(Path(name) / COMMUNITY)
        return in_child(module, Path(name), options)


def in_child(module: str, folder: Path, options: Options) -> list[Figure]:
    """Measure in a child, in a folder as it is."""
    command = [sys.executable, str(_CHILD), module, str(folder), json.dumps(asdict(options))]
    ended = subprocess.run(command, env=offscreen(), stdout=subprocess.PIPE, text=True, check=True, timeout=_LONGEST)
    return [Figure(**{**one, "held": Held(one["held"])}) for one in json.loads(ended.stdout.rpartition("\n#")[2])]


def offscreen(**more: str) -> dict[str, str]:
    """The environment of a process whose window nobody sees."""
    return {**os.environ, "PYTHONUNBUFFERED": "1", "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "qt.qpa.*=false", **more}


@dataclass(frozen=True, slots=True)
class Took:
    """What something took.

    Attributes:
        wall, cpu: milliseconds by the clock on the wall, and of the processor's time, all threads together.
    """

    wall: float
    cpu: float


def timed(what: Callable[[], object]) -> Took:
    """Do it once."""
    cpu, wall = time.process_time(), time.perf_counter()
    what()
    return Took((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000)


def p95(name: str, found: Sequence[Took], target: float | None, *, held: Held = Held.VALUE, note: str = "") -> Figure:
    """The 95th percentile of what something took; in the note the median and the processor's time."""
    return _figure(name, found, 95, target, held, note)


def worst(name: str, found: Sequence[Took], target: float | None, *, held: Held = Held.VALUE, note: str = "") -> Figure:
    """The longest."""
    return _figure(name, found, 100, target, held, note)


def _figure(name: str, found: Sequence[Took], percent: float, target: float | None, held: Held, note: str) -> Figure:
    wall, cpu = ([getattr(one, what) for one in found] for what in ("wall", "cpu"))
    said = f"{len(found)} times; median {percentile(wall, 50):.1f} ms; of the processor's time {percentile(cpu, percent):.1f} ms, median"
    said = f"{said} {percentile(cpu, 50):.1f} ms"
    return Figure(name, percentile(wall, percent), "ms", None, target, held, f"{said}; {note}" if note else said)
