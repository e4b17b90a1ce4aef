"""P1: a fresh process until its window is painted and at rest, on Members and on Today of the big community, beside a bare window with a table."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from benchmarks import big_file
from benchmarks.big_community import Size
from benchmarks.figure import Figure, Held, Options, interleaved
from benchmarks.window import COMMUNITY, offscreen

from desktop.app import DATA_VARIABLE
from desktop.ui.navigation import PageName
from desktop.ui.window_state import FILE_NAME

TIME, MEMORY = 3.0, 2.5
PAGES = (PageName.MEMBERS, PageName.TODAY)
_CHILD = Path(__file__).with_name("start_child.py")
_LONGEST = 120


def figures(options: Options) -> list[Figure]:
    """Starts in turn; each is the first of its process, none is the first of the file."""
    with tempfile.TemporaryDirectory(prefix="belfry-p1-") as name:
        folder = Path(name)
        big_file.kept(Size().scaled(options.scale), options.seed, folder).rename(folder / COMMUNITY)
        started(folder, "bare")
        for page in PAGES:
            started(folder, page.value, page)  # the sender settles what is due, and all is in the memory of the system
        runs = {"bare": partial(_measured, folder, "bare"), **{page.value: partial(_measured, folder, page.value, page) for page in PAGES}}
        found = interleaved(runs, max(options.rounds, 5) if options.scale >= 1 else options.rounds)
    bare = found["bare s"] * 1000
    note = "medians; from the start of the process to a window painted and at rest; aim 2"
    return [
        *(Figure(f"P1 start on {page.value}", found[f"{page.value} s"] * 1000, "ms", bare, TIME, note=note) for page in PAGES),
        *(
            Figure(
                f"P1 memory on {page.value}", found[f"{page.value} MB"], "MB", found["bare MB"], MEMORY, note="resident, the sender at work; aim 2"
            )
            for page in PAGES
            if found["bare MB"]
        ),
        Figure("P1 bare window", bare, "ms", held=Held.NOTHING),
    ]


def started(folder: Path, what: str, page: PageName | None = None) -> dict[str, float]:
    """Start it in this folder, with that page open last time: how many seconds it took, and its megabytes."""
    if page is not None:
        (folder / FILE_NAME).write_text(json.dumps({"window/page": page.value}))
    began = time.monotonic()
    command = [sys.executable, "-P", str(_CHILD), what, repr(began)]
    # As installed, where the code has been compiled: here by the first start.
    environ = offscreen(**{DATA_VARIABLE: str(folder), "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "compiled")})
    ended = subprocess.run(command, env=environ, stdout=subprocess.PIPE, text=True, check=True, timeout=_LONGEST)
    return dict(json.loads(ended.stdout))


def _measured(folder: Path, what: str, page: PageName | None = None) -> Mapping[str, float]:
    took = started(folder, what, page)
    return {f"{what} s": took["seconds"], f"{what} MB": took["megabytes"]}
