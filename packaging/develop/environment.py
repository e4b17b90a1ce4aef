"""An environment of its own for Belfry (a venv): made from the locked, hash-checked list, and known to be complete by its stamp.

The stamp is written before the first step with "unfinished" in it, and last without: what was interrupted is made anew, what is complete
costs a look.
"""

import contextlib
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from develop import fetching
from develop.ground import ROOT, Problem, clean_environ, say
from develop.pythons import Python


class Part(StrEnum):
    """What can be in an environment: all that the program needs, or all that its tests need as well."""

    RUN = "run"
    TEST = "test"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def locked_names(lock: Path) -> list[str]:
    """What a lock holds, as in "httpx==0.28.1", in its order."""
    lines = lock.read_text("utf-8").splitlines()
    return [line.split(";")[0].rstrip(" \\") for line in lines if "==" in line and not line.startswith((" ", "#"))]


@dataclass(frozen=True, slots=True)
class Environment:
    """A venv in `folder`, whether it exists yet or not, for the source in `project`."""

    folder: Path
    project: Path = ROOT

    @property
    def executable(self) -> Path:
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def program(self, name: str) -> str:
        """A command that a package brought, e.g. `ruff`."""
        return str(self.executable.with_name(f"{name}.exe" if os.name == "nt" else name))

    def lock(self, part: Part) -> Path:
        """The list that this part is made from."""
        return self.project / "packaging" / "locks" / f"{part}.txt"

    @property
    def _stamp_file(self) -> Path:
        return self.folder / "belfry.json"

    def stamp(self) -> dict[str, Any]:
        """What is known of the environment; empty where it is none of ours or was left in a muddle."""
        try:
            stamp = json.loads(self._stamp_file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return stamp if isinstance(stamp, dict) else {}

    @property
    def minor(self) -> str:
        """The Python in it, as in "3.11"; empty where that is not known."""
        return str(self.stamp().get("python", ""))

    def is_ready(self, part: Part) -> bool:
        """Whether this part is complete and of today's lists. Reads three small files."""
        stamp = self.stamp()
        return self._is_sound(stamp) and part in stamp["locks"] and stamp.get("project") == _digest(self.project / "pyproject.toml")

    def _is_sound(self, stamp: dict[str, Any]) -> bool:
        """Whether what the stamp says still holds: same place, same machine, same Python below it, same lists."""
        if not stamp or "unfinished" in stamp:
            return False
        here = (str(self.folder), _machine(), os.path.realpath(self.executable))
        if (stamp.get("folder"), stamp.get("machine"), stamp.get("base")) != here or not self.executable.exists():
            return False
        return all(_digest(self.lock(Part(part))) == digest for part, digest in stamp.get("locks", {}).items())

    def make_ready(self, part: Part, python: Python) -> None:
        """Make or complete the environment; returns at once where it is ready. `python` is what a new one is made with. Raises Problem."""
        if self.is_ready(part):
            return
        with _one_at_a_time(self.project):
            if self.is_ready(part):
                return
            self._check_room()
            if not self._is_sound(self.stamp()):
                self._make(python)
            stamp = self.stamp()
            self._write({**stamp, "unfinished": True})
            if part not in stamp["locks"]:
                names = locked_names(self.lock(part))
                say(f"Fetching what Belfry needs{' to be tested' if part is Part.TEST else ''} (up to {len(names)} packages, once) …")
                self._pip("install", "--require-hashes", "-r", str(self.lock(part)), count=len(names))
                stamp["locks"][part] = _digest(self.lock(part))
            # pip takes no project folder under --require-hashes; all that it needs is there by now, the build backend too.
            self._pip("install", "--no-deps", "--no-build-isolation", "-e", str(self.project))
            self._write({**stamp, "project": _digest(self.project / "pyproject.toml")})

    def _check_room(self) -> None:
        needed = 700_000_000
        if shutil.disk_usage(self.project).free < needed and not self.folder.exists():
            raise Problem("The disk is nearly full: Belfry's environment takes about 700 MB. Make room and start again.")

    def _make(self, python: Python) -> None:
        self._clear()
        say(f"Making an environment with Python {'.'.join(map(str, python.version))} in {self.folder} …")
        self.folder.mkdir(parents=True, exist_ok=True)
        fresh = {"folder": str(self.folder), "machine": _machine(), "python": python.minor, "locks": {}}
        self._write({**fresh, "unfinished": True})
        run = subprocess.run(
            [python.path, "-m", "venv", str(self.folder)], capture_output=True, text=True, check=False, env=clean_environ(), stdin=subprocess.DEVNULL
        )
        if run.returncode:
            raise Problem(f"The environment could not be made. {fetching.meaning(run.stdout + run.stderr)} {run.stderr.strip()[-300:]}".rstrip())
        self._write({**fresh, "base": os.path.realpath(self.executable)})

    def _clear(self) -> None:
        """Make room for a new one: ours is removed, what somebody else made is moved aside."""
        if not self.folder.exists() and not self.folder.is_symlink():
            return
        if self._stamp_file.exists() or (self.folder.is_dir() and not any(self.folder.iterdir())):
            shutil.rmtree(self.folder)
            return
        aside = next(path for n in range(1, 1000) if not (path := self.folder.with_name(f"{self.folder.name}.before-{n}")).exists())
        self.folder.rename(aside)
        say(f"{self.folder.name} was not made by dev.py: it is kept as {aside.name}.")

    def _pip(self, *arguments: str, count: int = 0) -> None:
        fetching.pip(self.executable, arguments, log=self.folder / "set-up.log", count=count)

    def _write(self, stamp: dict[str, Any]) -> None:
        draft = self._stamp_file.with_suffix(".new")
        draft.write_text(json.dumps(stamp, indent=1), "utf-8")
        draft.replace(self._stamp_file)


def _machine() -> str:
    return f"{sys.platform}-{platform.machine()}"


@contextlib.contextmanager
def _one_at_a_time(project: Path) -> Iterator[None]:
    """Two set-ups in one folder would undo each other: the second waits for the first."""
    with (project / ".belfry-set-up.lock").open("a") as held:
        if sys.platform == "win32":
            import msvcrt

            held.seek(0)
            msvcrt.locking(held.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another set-up is at work in this folder; waiting for it to end …")
                fcntl.flock(held, fcntl.LOCK_EX)
        yield
