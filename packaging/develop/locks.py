"""Makes the two locks anew, with uv in a throw-away environment, and beside them the list of the wheels that the locks stand for."""

import json
import os
import shutil
import subprocess
import tempfile
import tomllib
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from develop import fetching
from develop.environment import Environment, locked_names
from develop.ground import LOWEST, ROOT, Problem, clean_environ, say

UV = "uv==0.13.9"
LOCKS = ROOT / "packaging" / "locks"
RUNS, TESTED, WHEELS = LOCKS / "run.txt", LOCKS / "test.txt", LOCKS / "wheels.json"

_RUN = ("--extra", "window", "--group", "build")
_TEST = (*_RUN, "--group", "test")


def make_locks(arguments: Sequence[str]) -> None:
    """Write packaging/locks anew. `arguments` go to uv, e.g. `--upgrade` or `--upgrade-package httpx`; without, nothing moves that need not.

    The lock of the tests is made first and holds the other: what is tested is what runs. Raises Problem.
    """
    with tempfile.TemporaryDirectory(prefix="belfry-lock-") as folder:
        tools = Environment(Path(folder, "tools"))
        venv.create(tools.folder, with_pip=True)
        fetching.pip(tools.executable, ["install", "--quiet", UV], log=Path(folder, "set-up.log"))
        test, run, wheels = Path(folder, "test.txt"), Path(folder, "run.txt"), Path(folder, "pylock.toml")
        if TESTED.exists():
            shutil.copy(TESTED, test)
        _compile(tools, [*_TEST, "--generate-hashes", "-o", str(test), *arguments])
        _compile(tools, [*_RUN, "--generate-hashes", "-c", str(test), "-o", str(run), "--no-annotate"])
        _compile(tools, [*_TEST, "--format", "pylock.toml", "-c", str(test), "-o", str(wheels)])
        listed = wheel_list(tomllib.loads(wheels.read_text("utf-8")))
        LOCKS.mkdir(exist_ok=True)
        shutil.copyfile(test, TESTED)
        shutil.copyfile(run, RUNS)
        WHEELS.write_text(json.dumps(listed, indent=0, sort_keys=True) + "\n", "utf-8")
    say(f"Locked {len(locked_names(RUNS))} packages to run Belfry, {len(locked_names(TESTED))} to test it as well.")


def wheel_list(pylock: dict[str, Any]) -> dict[str, dict[str, str]]:
    """From a pylock.toml (PEP 751): for each "name==version" its wheels, file name → the first 16 digits of its SHA-256. No address is kept."""
    return {
        f"{package['name']}=={package['version']}": {
            wheel["url"].rpartition("/")[2]: wheel["hashes"]["sha256"][:16] for wheel in package.get("wheels", [])
        }
        for package in pylock["packages"]
    }


def _compile(tools: Environment, arguments: Sequence[str]) -> None:
    """`uv pip compile` for every platform and every Python from the lowest up, from packages that have wheels."""
    lowest = ".".join(map(str, LOWEST))
    fixed = ["--universal", "--python-version", lowest, "--no-build", "--no-emit-index-url", "--quiet"]
    said = "python3 packaging/dev.py lock"
    run = subprocess.run(
        [tools.program("uv"), "pip", "compile", "pyproject.toml", *fixed, "--custom-compile-command", said, *arguments],
        cwd=ROOT,
        env=clean_environ() | {"UV_SYSTEM_CERTS": os.environ.get("UV_SYSTEM_CERTS", "1")},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    if run.returncode:
        raise Problem(f"The locks could not be made and are as they were. uv says:\n{run.stderr.strip()}")
