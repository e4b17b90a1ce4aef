"""Finds the Pythons of this computer that Belfry can be tested with."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from develop.ground import HIGHEST, LOWEST, clean_environ

# What a Python must be able to do; a launcher that leads nowhere (an uninstalled pyenv version) fails here too.
_PROBE = """
import ensurepip, json, sys, sysconfig, venv
print(json.dumps([sys.implementation.name, list(sys.version_info[:3]), bool(sysconfig.get_config_var("Py_GIL_DISABLED")), sys.executable]))
"""


@dataclass(frozen=True, slots=True)
class Python:
    """An interpreter that can make environments.

    Attributes:
        path: of its executable.
        version: major, minor, micro.
    """

    path: str
    version: tuple[int, int, int]

    @property
    def minor(self) -> str:
        """As in "3.11"."""
        return f"{self.version[0]}.{self.version[1]}"


def this_python() -> Python:
    """The one that runs us; where that is itself an environment's, the one below it."""
    return Python(getattr(sys, "_base_executable", None) or sys.executable, sys.version_info[:3])


def probe(path: str) -> Python | None:
    """The Python at this path; None where it is none, too old, too new, or can't make an environment."""
    try:
        run = subprocess.run(
            [path, "-I", "-c", _PROBE], capture_output=True, text=True, timeout=30, check=False, env=clean_environ(), stdin=subprocess.DEVNULL
        )
        name, version, is_free_threaded, executable = json.loads(run.stdout)
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return None
    major, minor, micro = version
    if run.returncode or name != "cpython" or is_free_threaded or not LOWEST <= (major, minor) <= HIGHEST:
        return None
    return Python(executable, (major, minor, micro))


def _candidates() -> Iterator[str]:
    yield this_python().path
    names = [f"python3.{minor}" for minor in range(LOWEST[1], HIGHEST[1] + 1)]
    yield from filter(None, map(shutil.which, [*names, "python3"]))
    for folder in ("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"):
        yield from (str(Path(folder, name)) for name in names if Path(folder, name).exists())
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from (str(path) for path in sorted(pyenv.glob("3.*/bin/python3")))
    local = Path(os.environ.get("LOCALAPPDATA", "")) / "Programs" / "Python"
    if os.name == "nt":
        yield from (str(path) for path in sorted(local.glob("Python3*/python.exe")))


def usable(candidates: Iterable[str] | None = None) -> list[Python]:
    """One Python for each minor version found, the lowest first. Takes a moment: each candidate is started."""
    by_minor: dict[tuple[int, int], Python] = {}
    seen: set[str] = set()
    for path in _candidates() if candidates is None else candidates:
        if path in seen:
            continue
        seen.add(path)
        python = probe(path)
        if python:
            by_minor.setdefault(python.version[:2], python)
    return [by_minor[minor] for minor in sorted(by_minor)]
