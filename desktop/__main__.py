"""`python -m desktop`: the command line where there are arguments, else the window; a demonstration where none can open."""

import os
import sys

from desktop.cli import main


def start() -> int:
    """Start Belfry. Gives the exit status."""
    if len(sys.argv) > 1:
        main(prog_name="belfry")
    from desktop.start import open_window, window_possible  # late: a command needs neither

    if window_possible(os.environ):
        from desktop.app import program

        return open_window(program())
    from desktop.demonstration import demonstrate  # late: no other command needs what it brings

    return demonstrate()


if __name__ == "__main__":
    sys.exit(start())
