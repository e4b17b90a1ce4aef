"""What every import reports, and how it is stopped on the way."""

from collections.abc import Callable

from desktop.community.errors import BelfryError
from resources.translations import Phrase, phrase

Progress = Callable[[int, int], None]
"""Told (done, total) now and then; raises Stopped to stop."""


class Stopped(BelfryError):
    """A person stopped long work; nothing of it was kept."""

    def __init__(self, said: Phrase | None = None) -> None:
        super().__init__(said or phrase("Stopped. Nothing was imported."))


def unheard(done: int, total: int) -> None:
    """Progress that nobody listens to."""
