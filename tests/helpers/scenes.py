"""What `tests/screens` takes pictures of: a scene prepares a window and says what of it is to be seen."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtWidgets import QWidget

from helpers.window import Desktop


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
