"""What every other module here stands on: where the project is, how a problem is told, how this person is asked."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LOWEST = (3, 11)
HIGHEST = (3, 14)  # the newest Python that the locked packages have wheels for


class Problem(Exception):
    """Why we can't go on, in a sentence for the person, with what to do. Ends the program with `status`."""

    def __init__(self, sentence: str, status: int = 1) -> None:
        super().__init__(sentence)
        self.status = status


def say(sentence: str) -> None:
    """Print at once, so that it stands before what a child process prints."""
    print(sentence, flush=True)


def asked_yes(question: str) -> bool:
    """Ask on the terminal; nobody there to answer is a no."""
    try:
        return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        print()
        return False


def in_ci() -> bool:
    """Whether nobody is there to be asked."""
    return bool(os.environ.get("CI"))


def clean_environ() -> dict[str, str]:
    """The environment for child processes, without what would lead a Python or a pip astray."""
    astray = ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "VIRTUAL_ENV", "PIP_TARGET", "PIP_PREFIX", "__PYVENV_LAUNCHER__")
    environ = {name: value for name, value in os.environ.items() if name not in astray}
    return environ | {"PIP_USER": "no", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def is_terminal() -> bool:
    return sys.stdout.isatty()
