"""`python -m desktop`: the command line where there are arguments, else the program itself."""

import sys

from desktop.cli import main


def start() -> None:
    """Start Belfry; ends the process with its exit status."""
    main(sys.argv[1:] or ["demonstration"], prog_name="belfry")


if __name__ == "__main__":
    start()
