"""`python tests/benchmarks [NAME …]`: measures the figures of figures.md, all where none is named, and prints them, each beside its baseline."""

import argparse
import importlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(path) for path in (ROOT, ROOT / "tests") if str(path) not in sys.path]

from benchmarks.figure import Figure, Options, table  # noqa: E402  the path is set first

from desktop.community.zones import pin_tzdata  # noqa: E402

MODULES = {
    "P1": "p1_start",
    "P2": "p2_search",
    "P3": "p3_import",
    "P4": "p4_list",
    "P5": "p5_calendar",
    "P6": "p6_ledger",
    "P7": "p7_sender",
    "P9": "p9_idle",
    "R1": "r1_worlds",
    "R5": "r5_in_front",
    "R9": "r9_none",
    "X5": "x5_bombs",
    "START": "start_up",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is named. Gives 1 where a figure is beyond its target."""
    defaults = Options()
    parser = argparse.ArgumentParser(prog="tests/benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(MODULES)}")
    parser.add_argument("--scale", type=float, default=defaults.scale, help="how big the big community is; 1 is 100,000 members")
    parser.add_argument("--seed", type=int, default=defaults.seed)
    parser.add_argument("--rounds", type=int, default=defaults.rounds)
    parser.add_argument("--seconds", type=float, default=defaults.seconds, help="how long an idle sender is watched")
    parser.add_argument("--worlds", type=int, default=defaults.worlds, help="how many seeded worlds R1 lives through")
    parser.add_argument("--million", action="store_true", help="measure the search over 1,000,000 members, too; making them takes many minutes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    given = parser.parse_args(arguments)
    names = [name.upper() for name in given.names] or list(MODULES)
    unknown = [name for name in names if name not in MODULES]
    if unknown:
        parser.error(f"there is no figure {', '.join(unknown)}; there are {', '.join(MODULES)}")
    pin_tzdata()
    options = Options(given.scale, given.seed, given.rounds, given.seconds, given.worlds, given.million)
    measured: list[Figure] = []
    for name in names:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        measured += importlib.import_module(f"benchmarks.{MODULES[name]}").figures(options)
    print(table(measured))
    if given.json:
        given.json.write_text(json.dumps([figure.as_json() for figure in measured], indent=1, ensure_ascii=False))
    return int(any(figure.ok is False for figure in measured))


if __name__ == "__main__":
    sys.exit(main())
