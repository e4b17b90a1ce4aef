"""What the window asks of the desktop around it, as Protocols: a test hands in its own and never meets a modal dialog."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file to choose from: `Kind(_("Tables"), ("*.csv", "*.tsv"))`."""

    name: str
    patterns: tuple[str, ...]


class FileChooser(Protocol):
    """Asks for files. Returns at once; `then` is called when the person has chosen, and not at all when they leave it."""

    def open(self, parent: QWidget, title: str, kinds: Sequence[Kind], then: Callable[[Path], object]) -> None:
        """Ask for a file that is there."""
        ...

    def save(self, parent: QWidget, title: str, name: str, kinds: Sequence[Kind], then: Callable[[Path], object]) -> None:
        """Ask where to write a file, `name` being proposed."""
        ...


class Asker(Protocol):
    """Asks before what can't be undone. Everything else is done at once, with Undo."""

    def ask(self, parent: QWidget, question: str, detail: str, yes: str, then: Callable[[], object]) -> None:
        """`then` is called when the person presses `yes` (a verb: “Delete for good”)."""
        ...


class Opener(Protocol):
    """Opens things in other programs."""

    def open(self, address: str) -> bool:
        """A web address, `mailto:`, `tel:`, `tg:` …, or the path of a file or folder. False where no program took it."""
        ...


class Notifier(Protocol):
    """Tells a person who is looking elsewhere. Never twice for one thing: that is what `key` is for."""

    def tell(self, key: str, title: str, text: str, clicked: Callable[[], object]) -> None:
        """Show a notification of the system."""
        ...
