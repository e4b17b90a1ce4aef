"""How a start shows itself."""

from enum import StrEnum


class Appear(StrEnum):
    """What is seen of a start."""

    WINDOW = "window"
    TRAY = "tray"  # at log-in
