"""The subcommands of dev.py: reads the arguments, makes the environment ready, hands over."""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from develop.environment import Environment, Part
from develop.ground import ROOT, Problem, clean_environ, say
from develop.pythons import Python, this_python

ENVIRONMENT = ROOT / ".venv"


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; gives the exit status. What goes wrong is a sentence on stderr."""
    try:
        return _dispatch(arguments)
    except Problem as problem:
        sys.stdout.flush()
        print(problem, file=sys.stderr)
        return problem.status
    except OSError as error:
        print(f"dev.py could not go on: {error.strerror or error}{f' ({error.filename})' if error.filename else ''}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. What was half done is done anew at the next start.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py", description="Run, test and measure Belfry from its source, with nothing but Python.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="make the environment if there is none, and start Belfry; arguments go to it", add_help=False)
    commands.add_parser("test", help="make the environment and run all checks; with arguments of pytest: only those tests", add_help=False)
    commands.add_parser("bench", help="print all figures, or those that are named, e.g. P6; arguments go to tests/benchmarks", add_help=False)
    commands.add_parser("screens", help="take a picture of every page").add_argument("out", type=Path)
    commands.add_parser("translations", help="bring the catalogues up to date with the code and compile them")
    commands.add_parser("lock", help="make packaging/locks anew from pyproject.toml; arguments go to uv, e.g. --upgrade", add_help=False)
    commands.add_parser("audit", help="report what is known against the locked packages")
    commands.add_parser("sbom", help="write the list of parts as CycloneDX JSON").add_argument("out", type=Path)
    return parser


def _dispatch(arguments: Sequence[str]) -> int:
    options, rest = _parser().parse_known_args(arguments)
    if options.command in ("run", "test", "bench", "lock"):
        rest = list(arguments[arguments.index(options.command) + 1 :])  # as they were given, options too
    elif rest:
        _parser().error(f"unknown arguments: {' '.join(rest)}")
    match options.command:
        case "run":
            return run(rest)
        case "test":
            return test(rest)
        case "bench":
            return _script("tests/benchmarks", rest, "There are no benchmarks in this folder.")
        case "screens":
            missing = "There are no pictures to take yet: the window comes with the next version."
            return _script("tests/screens", [str(options.out.absolute())], missing)
        case "translations":
            environment = _for_tests()
            return subprocess.run([str(environment.executable), str(ROOT / "packaging/develop/translations.py")], check=False).returncode
        case "lock":
            from develop.locks import make_locks  # needs more of the standard library than a start has time for

            make_locks(rest)
        case "audit":
            from develop.reports import audit

            audit(_for_tests())
        case "sbom":
            from develop.reports import sbom

            sbom(_for_tests(), options.out)
    return 0


def run(arguments: Sequence[str]) -> int:
    """Start Belfry in its environment. Where that is ready, this is all it does."""
    environment = Environment(ENVIRONMENT)
    if not environment.is_ready(Part.RUN):
        _provide_for_window()
        environment.make_ready(Part.RUN, this_python())
    command = [str(environment.executable), "-P", "-m", "desktop", *arguments]
    environ = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    if os.name != "nt":
        sys.stdout.flush()
        os.execve(command[0], command, environ)
    return subprocess.run(command, env=environ, check=False).returncode


def test(arguments: Sequence[str]) -> int:
    """Set up all that the checks need, and run them all; with arguments of pytest only the tests that they name."""
    from develop import checks

    environment = _for_tests(with_system=True)
    if arguments:
        return checks.only(environment, arguments)
    lowest, *others = _pythons()
    say(f"Testing everything with Python {environment.minor}; imports, store and a smoke run with {_listed(others)}.")
    return checks.run_steps(checks.everything(environment, [(_environment_for(python, lowest), python) for python in others]))


def _listed(pythons: Sequence[Python]) -> str:
    return ", ".join(python.minor for python in pythons) or "no other (none was found)"


def _script(folder: str, arguments: Sequence[str], missing: str) -> int:
    if not (ROOT / folder / "__main__.py").exists():
        raise Problem(missing, status=2)
    environment = _for_tests()
    command = [str(environment.executable), str(ROOT / folder), *arguments]
    return subprocess.run(command, env=clean_environ() | {"PYTHONPATH": str(ROOT / "tests")}, check=False).returncode


def _provide_for_window() -> None:
    if sys.platform.startswith("linux"):
        from develop.system import QT, provide, venv_need

        provide([venv_need(), *QT], "Belfry")


def _for_tests(*, with_system: bool = False) -> Environment:
    """The environment of the lowest Python here, with all that the tests need."""
    if sys.platform.startswith("linux"):
        from develop.system import QT, TESTING, provide, venv_need

        provide([venv_need(), *QT, *(TESTING if with_system else ())], "Belfry's tests" if with_system else "Belfry")
    lowest = _pythons()[0]
    environment = _environment_for(lowest, lowest)
    environment.make_ready(Part.TEST, lowest)
    return environment


def _pythons() -> list[Python]:
    from develop.pythons import usable

    found = usable()
    if not found:
        raise Problem("No Python here can make environments. Install a complete Python 3.11 or newer and start again.")
    return found


def _environment_for(python: Python, lowest: Python) -> Environment:
    """`.venv` where it is of this Python, or not made yet and this is the lowest; else one that carries the version in its name."""
    usual = Environment(ENVIRONMENT)
    taken_by = usual.minor
    if taken_by == python.minor or (not taken_by and python == lowest):
        return usual
    return Environment(ROOT / f".venv-{python.minor}")
