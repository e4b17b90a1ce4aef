"""START: how long the command line takes to say its version and what is in a community, beside a bare Python, and what it imports for that."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.figure import Figure, Held, Options

from desktop.app import DATA_VARIABLE
from desktop.community.ids import new_id
from desktop.engine.clock import SystemClock
from desktop.store import database

HEAVY = (
    *("aiohttp", "anyascii", "apscheduler", "asyncio", "babel", "charset_normalizer", "cryptography", "dateutil", "email_validator", "httpx"),
    *("icalendar", "keyring", "markdown_it", "phonenumbers", "PIL", "PySide6", "tabulate", "telegram", "tzlocal"),
)
LATE = frozenset(("telegram", "keyring", "icalendar", "babel", "phonenumbers", "PySide6", "PIL", "httpx", "email_validator", "charset_normalizer"))
_TURNS = 9
_LIST = f"import sys; sys.stdout.flush(); print('|'.join(name for name in {HEAVY!r} if name in sys.modules), file=sys.stderr)"


def figures(options: Options) -> list[Figure]:
    """Medians of starts in turn."""
    with tempfile.TemporaryDirectory(prefix="belfry-start-") as name:
        path = Path(name) / "c.belfry"
        database.create(path, clock=SystemClock(), device=new_id(), settings={"name": "Start", "zone": "UTC"}).close()
        shortest = "version" if _installed() else "help"  # from a bare checkout it has no version to tell
        commands = {"bare": ["-c", "pass"], shortest: _belfry(f"--{shortest}"), "info": _belfry("--community", str(path), "info")}
        environ = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), DATA_VARIABLE: str(Path(name) / "data")}
        took: dict[str, list[float]] = {what: [] for what in commands}
        loaded: dict[str, list[str]] = {}
        for _ in range(max(_TURNS, options.rounds)):
            for what, command in commands.items():
                began = time.perf_counter()
                ended = subprocess.run([sys.executable, *command], env=environ, capture_output=True, text=True, check=True)
                took[what].append(time.perf_counter() - began)
                loaded[what] = [module for module in ended.stderr.strip().rpartition("\n")[2].split("|") if module]
    bare = statistics.median(took["bare"]) * 1000
    return [
        figure
        for what in (shortest, "info")
        for early in [sorted(LATE.intersection(loaded[what]))]
        for figure in (
            Figure(
                f"START belfry {what}", statistics.median(took[what]) * 1000, "ms", bare, held=Held.NOTHING, note=f"imports {', '.join(loaded[what])}"
            ),
            Figure(f"START belfry {what}: imported too early", len(early), "", target=0, held=Held.VALUE, note=", ".join(early)),
        )
    ]


def _installed() -> bool:
    try:
        return bool(version("belfry"))
    except PackageNotFoundError:
        return False


def _belfry(*arguments: str) -> list[str]:
    at_end = f"atexit.register(lambda: exec({_LIST!r}))"
    return ["-P", "-c", f"import sys, atexit; {at_end}; sys.argv = ['belfry', *{list(arguments)!r}]; from desktop.cli import main; main()"]
