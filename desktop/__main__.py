"""`python -m desktop`: the command line where there are arguments, else the program itself."""

import sys

from desktop.cli import main


def start() -> int:
    """Start Belfry. Gives the exit status."""
    if len(sys.argv) > 1:
        main(prog_name="belfry")
    from desktop.demonstration import demonstrate  # late: no other command needs what it brings

    return demonstrate()


if __name__ == "__main__":
    sys.exit(start())
