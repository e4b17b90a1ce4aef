"""What `tests/screens` takes pictures of: a scene prepares a window and says what of it is to be seen."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from helpers.window import Desktop

_QUIET = 80  # milliseconds without anything to do
_JOBS = 3.0  # seconds that a job is waited for: one of the scenes shows a job that does not end


class Community(Enum):
    """What is in the community that a scene shows."""

    EMPTY = "empty"
    SAMPLE = "sample"
    BIG = "big"  # 100,000 members (tests/benchmarks/big_file.py), made once and kept in the temporary folder


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture, in every theme, language and size.

    Attributes:
        name: `members-selected`: begins with the page's.
        prepare: gets a desktop whose window is shown (`desktop.window`), leads it to what is to be seen, and gives the widget to be taken: the
            window, or a dialog. Events are processed afterwards until nothing is left to do.
        scale: of all text.
    """

    name: str
    prepare: Callable[[Desktop], QWidget]
    community: Community = Community.SAMPLE
    scale: float = 1.0


def settle(shown: Desktop | None = None) -> None:
    """Process events until everything is read and done, and the window has drawn itself."""
    loop = QEventLoop()
    timer = QTimer(interval=_QUIET)
    began, quiet = time.monotonic(), 0

    def look() -> None:
        nonlocal quiet
        works = shown is not None and (shown.kit.reader.busy or (shown.kit.operations.busy and time.monotonic() - began < _JOBS))
        quiet = 0 if works else quiet + 1
        if quiet > 1:  # what was read just before the first look is laid out by the second
            loop.quit()

    timer.timeout.connect(look)
    timer.start()
    loop.exec()
