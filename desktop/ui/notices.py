"""What the window says in passing: toasts (done, with Undo), problems, jobs under way. Knows no widgets; the shell shows what is said here."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from desktop.ui.jobs import Job


class Tone(StrEnum):
    """How something is meant."""

    PLAIN = "plain"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Offer:
    """A button beside what is said."""

    label: str
    do: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that is said.

    Attributes:
        key: a newer notice with the same key takes the place of this one; empty: it stands for itself.
        page: the name of the page that it is about and is seen on; empty: of all.
    """

    text: str
    tone: Tone = Tone.PLAIN
    offer: Offer | None = None
    key: str = ""
    page: str = ""


class Notices(QObject):
    """Where pages say things.

    Signals:
        said: a `Notice`, shown as a toast for a while.
        stays: a `Notice`, shown as a banner above the page until it is closed or cleared.
        cleared: the key of a banner that is to go.
        began: a `Job` that is to show its progress.
    """

    said = Signal(object)
    stays = Signal(object)
    cleared = Signal(str)
    began = Signal(object)

    def say(self, text: str, offer: Offer | None = None, *, key: str = "", tone: Tone = Tone.PLAIN) -> None:
        """Say that something was done."""
        self.said.emit(Notice(text, tone, offer, key))

    def problem(self, text: str, offer: Offer | None = None, *, key: str = "") -> None:
        """Say what went wrong: what happened, what was kept, what to do."""
        self.said.emit(Notice(text, Tone.BAD, offer, key))

    def keep(self, key: str, text: str, offer: Offer | None = None, *, tone: Tone = Tone.WARN, page: str = "") -> None:
        """Say something that stays in sight until it is closed, or `clear(key)`; where it is about a page, on that page alone."""
        self.stays.emit(Notice(text, tone, offer, key, page))

    def clear(self, key: str) -> None:
        """What was kept under this key is not so any more."""
        self.cleared.emit(key)

    def job(self, job: Job) -> None:
        """Show the progress of a job, with a number and a Cancel."""
        self.began.emit(job)
