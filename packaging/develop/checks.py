"""All that `dev.py test` looks at: each check is a step with a name, a time and a result; all are run even where one fails."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from develop.environment import Environment, Part
from develop.failures import failures
from develop.ground import ROOT, Problem, clean_environ, say
from develop.pythons import Python

ROOMS = ("desktop", "integrations", "resources")
_NO_TESTS = 5  # pytest's exit status when nothing was collected


class Result(Enum):
    """How a step ended."""

    WELL = "well"
    BADLY = "badly"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Step:
    """One check. `look` answers how it went; it may raise Problem with the reason why it could not be made."""

    name: str
    look: Callable[[], Result]


class Skip(Exception):
    """There is nothing for a step to look at; the sentence says why."""


def run_steps(steps: Sequence[Step]) -> int:
    """Run them all, print how each went, at the end once more why those that went badly did, and a line that sums up.

    Gives the exit status: 1 if any went badly.
    """
    began = time.monotonic()
    badly: list[str] = []
    why: list[str] = []
    skipped = 0
    for step in steps:
        say(f"\n── {step.name} " + "─" * max(4, 76 - len(step.name)))
        start = time.monotonic()
        try:
            result = step.look()
        except Skip as reason:
            result, skipped = Result.SKIPPED, skipped + 1
            say(str(reason))
        except Problem as problem:
            result = Result.BADLY
            say(str(problem))
            why.append(f"{step.name}:\n{problem}")
        if result is Result.BADLY:
            badly.append(step.name)
        say(f"{step.name}: {result.value} ({_duration(time.monotonic() - start)})")
    took = _duration(time.monotonic() - began)
    if badly:
        say("\n" + "\n\n".join(why))
        say(f"\nNot all is well: {len(badly)} of {len(steps)} checks went badly: {'; '.join(badly)}. It took {took}.")
        return 1
    say(f"\nAll is well: {len(steps) - skipped} checks in {took}" + (f", {skipped} had nothing to look at." if skipped else "."))
    return 0


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{seconds:.1f} s"


def _call(command: Sequence[str | Path], **environ: str) -> int:
    """Run with its output going where ours goes. A variable that is set to "" is taken out."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=_surroundings(environ), stdin=subprocess.DEVNULL, check=False).returncode


def _surroundings(environ: dict[str, str]) -> dict[str, str]:
    """Our variables and these; those that are set to "" are taken out."""
    return {name: value for name, value in (clean_environ() | environ).items() if value or name not in environ}


def _went(status: int) -> Result:
    return Result.BADLY if status else Result.WELL


OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": "", "WAYLAND_DISPLAY": ""}


def everything(environment: Environment, others: Sequence[tuple[Environment, Python]]) -> list[Step]:
    """All steps: everything in `environment`, and imports, store and a smoke run with each of the others."""
    there = [folder for folder in (*ROOMS, "packaging", "tests") if (ROOT / folder).is_dir()]
    steps = [
        Step("ruff check", lambda: _went(_call([environment.program("ruff"), "check", *there]))),
        Step("ruff format", lambda: _went(_call([environment.program("ruff"), "format", "--check", *there]))),
        Step("mypy", lambda: _went(_call([environment.program("mypy"), *there]))),
        Step("import contracts", lambda: _went(_call([environment.program("lint-imports"), "--no-logo"], PYTHONPATH="packaging"))),
        Step("tests", lambda: _halves(environment)),
        Step("tests on a screen", lambda: _on_a_screen(environment)),
        Step(f"smoke run, Python {environment.minor}", lambda: smoke(environment)),
    ]
    for other, python in others:
        steps += _of_another(other, python)
    return steps


_OF_THE_WINDOW = "tests/desktop/ui"


def _halves(environment: Environment) -> Result:
    """All tests, on two cores: those of the window as one says what it sees, all others beside it; what they say is kept until the end."""
    with tempfile.TemporaryDirectory(prefix="belfry-reports-") as reports, tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        of_others, of_window = Path(reports, "others.xml"), Path(reports, "window.xml")
        others = _pytest(environment, "-m", "not xvfb", f"--ignore={_OF_THE_WINDOW}", "-p", "no:cacheprovider", f"--junit-xml={of_others}")
        beside = subprocess.Popen(
            [str(part) for part in others], cwd=ROOT, env=_surroundings(OFFSCREEN), stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        try:
            window = _call(_pytest(environment, "-m", "not xvfb", _OF_THE_WINDOW, f"--junit-xml={of_window}"), **OFFSCREEN)
            rest = beside.wait()
        finally:
            beside.kill()
        said.seek(0)
        say(said.read())
        bad = [failures(report) for status, report in ((window, of_window), (rest, of_others)) if status]
    if bad:
        raise Problem("\n".join(bad))
    return Result.WELL


def _tests(environment: Environment, *arguments: str, **environ: str) -> Result:
    """One run of pytest, with all output as it comes."""
    with tempfile.TemporaryDirectory(prefix="belfry-reports-") as reports:
        report = Path(reports, "tests.xml")
        if _call(_pytest(environment, *arguments, f"--junit-xml={report}"), **environ):
            raise Problem(failures(report))
    return Result.WELL


def only(environment: Environment, arguments: Sequence[str]) -> int:
    """The tests that these arguments of pytest name, and nothing else. Gives pytest's exit status."""
    return _call(_pytest(environment, *arguments), **OFFSCREEN)


def _pytest(environment: Environment, *arguments: str) -> list[str | Path]:
    return [environment.executable, "-m", "pytest", *arguments]


def _of_another(environment: Environment, python: Python) -> list[Step]:
    def made() -> Result:
        environment.make_ready(Part.TEST, python)
        return Result.WELL

    def store() -> Result:
        if not any((ROOT / "tests/desktop/store").glob("test_*.py")):
            raise Skip("There are no tests of the store yet.")
        return _tests(environment, "-q", "tests/desktop/store", **OFFSCREEN)

    version = f"Python {python.minor}"
    every = ["-P", "packaging/develop/import_all.py", *ROOMS]
    return [
        Step(f"environment, {version}", made),
        Step(f"imports, {version}", lambda: _went(_call([environment.executable, *every], **OFFSCREEN))),
        Step(f"store, {version}", store),
        Step(f"smoke run, {version}", lambda: smoke(environment)),
    ]


def smoke(environment: Environment) -> Result:
    """Start the program as somebody does who has no display and has never started it before; it has to end with 0."""
    if not (ROOT / "desktop/__main__.py").exists():
        raise Skip("There is no program to start yet (desktop/__main__.py).")
    with tempfile.TemporaryDirectory(prefix="belfry-smoke-") as home:
        nobody = {"HOME": home, "USERPROFILE": home, "LOCALAPPDATA": home, "APPDATA": home}
        fresh = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"), "")
        try:
            run = subprocess.run(
                [environment.executable, "-P", "-m", "desktop"],
                cwd=home,
                env={name: value for name, value in (clean_environ() | nobody).items() if name not in fresh},
                stdin=subprocess.DEVNULL,
                timeout=180,
                check=False,
            )
        except subprocess.TimeoutExpired:
            say("The program was still running after three minutes.")
            return Result.BADLY
    return _went(run.returncode)


def _on_a_screen(environment: Environment) -> Result:
    """The tests that need a real window, on a virtual screen."""
    if not sys.platform.startswith("linux"):
        raise Skip("Only Linux has the virtual screen that these tests run on.")
    found = subprocess.run(
        [str(part) for part in _pytest(environment, "-m", "xvfb", "--collect-only", "-q")],
        cwd=ROOT,
        env=clean_environ() | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    if found.returncode == _NO_TESTS:
        raise Skip("No test needs a real window yet.")
    if found.returncode:
        say(found.stdout)
        return Result.BADLY
    with _screen() as display:
        return _tests(environment, "-m", "xvfb", DISPLAY=display, QT_QPA_PLATFORM="xcb", WAYLAND_DISPLAY="")


@contextlib.contextmanager
def _screen() -> Iterator[str]:
    """Xvfb on a free number, which it finds itself; gives what DISPLAY is to be."""
    xvfb = shutil.which("Xvfb")
    if not xvfb:
        raise Problem("Xvfb is not to be found.")
    read, write = os.pipe()
    process = subprocess.Popen(
        [xvfb, "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    try:
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            raise Problem("Xvfb did not start.")
        yield f":{number}"
    finally:
        process.terminate()
        process.wait()
