"""`python -m desktop`: the command line where there are arguments, else the window; a demonstration where none can open."""

import os
import sys


def start() -> None:
    """Start Belfry; ends the process with its exit status."""
    words = sys.argv[1:]
    if not words:
        from desktop.kept_code import kept_code  # late: a command needs none of these

        with kept_code():
            from desktop.start import open_window, window_possible

            if window_possible(os.environ):
                from desktop.app import program

                sys.exit(open_window(program()))
    from desktop.cli import main  # late: a window has no use for it

    main(words or ["demonstration"], prog_name="belfry")


if __name__ == "__main__":
    start()
