"""How long one thread keeps Python to itself while another waits for it.

Each call into Qt lets go of Python and asks for it again: beside a thread that computes, that takes a turn every time. With Python's own turns of
5 ms a page of a hundred calls stands for half a second; with ours, for a twentieth of one.
"""

import sys

TURN = 0.0005  # seconds


def take_short_turns() -> None:
    """For a process with a window."""
    sys.setswitchinterval(TURN)
