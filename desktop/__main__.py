"""`belfry` and `python -m desktop`: the window where there are no arguments, or only a community's file; else the command line.

Where no window can open there is a demonstration instead, or what can be said of the file.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

_FILES = ".belfry"


def start() -> None:
    """Start Belfry; ends the process with its exit status."""
    words = sys.argv[1:]
    file = community_of(words)
    if not words or file:
        from desktop.kept_code import kept_code  # late: a command needs none of these

        with kept_code():
            from desktop.start import open_window, window_possible

            if window_possible(os.environ):
                from desktop.app import program

                sys.exit(open_window(program(), file))
    from desktop.cli import main  # late: a window has no use for it

    if file:
        words = ["--community", str(file), "info"]
    main(words or ["demonstration"], prog_name="belfry")


def community_of(words: Sequence[str]) -> Path | None:
    """The community that these arguments name and want nothing else of: a file alone, as a file manager gives it, or after --community."""
    match list(words):
        case [file] if file.endswith(_FILES) and not file.startswith("-"):
            return Path(file)
        case [option] if option.startswith("--community="):
            return Path(option.partition("=")[2])
        case ["--community", file]:
            return Path(file)
    return None


if __name__ == "__main__":
    start()
