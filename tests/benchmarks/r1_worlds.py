"""R1: seeded worlds against the real ledger and dispatcher. `--worlds 100000` is the long run."""

import os
import shutil
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

from benchmarks.figure import Figure, Held, Options

from helpers.worlds import live_through

AT_A_TIME = 100


def figures(options: Options) -> list[Figure]:
    """How many of the worlds broke a promise: something sent twice unasked, falsely called sent or rejected, or lost."""
    memory = Path("/dev/shm")  # in memory where there is such a place: a world is thousands of transactions
    folder = Path(tempfile.mkdtemp(prefix="belfry-r1-", dir=memory if memory.is_dir() else None))
    starts = range(options.seed * 1_000_000, options.seed * 1_000_000 + options.worlds, AT_A_TIME)
    sizes = [min(AT_A_TIME, starts.stop - start) for start in starts]
    seen: Counter[str] = Counter()
    broken: list[str] = []
    began = time.perf_counter()
    try:
        with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
            for start, result in zip(starts, pool.map(_lived, repeat(folder), starts, sizes), strict=True):
                seen.update(result[0])
                if result[1]:
                    broken.append(f"from seed {start}: {result[1]}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    note = ", ".join(f"{number:,} {what}" for what, number in sorted(seen.items())) + f"; {time.perf_counter() - began:.0f} s"
    return [
        Figure(f"R1 broken promises in {options.worlds:,} worlds", len(broken), "", target=0, held=Held.VALUE, note="; ".join([note, *broken[:5]]))
    ]


def _lived(folder: Path, first: int, worlds: int) -> tuple[Counter[str], str]:
    try:
        return live_through(folder, first, worlds), ""
    except AssertionError as error:
        return Counter(), str(error).replace("\n", " ")[:300] or "a promise was broken"
