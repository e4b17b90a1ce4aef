"""What stands in the way of sending: told when it begins, and told when it is over, so that nobody goes on saying what is not so any more."""

from desktop.engine.news import Halted, Hear, Resumed
from resources.translations import Phrase


class Hindrances:
    """What is in the way now. Several things may be at once; what is told is the one that came last.

    Args:
        hear: takes the news.
    """

    def __init__(self, hear: Hear) -> None:
        self._hear = hear
        self._now: dict[str, Phrase] = {}

    def begin(self, what: str, why: Phrase) -> None:
        """Something is in the way. Told once, for as long as it is."""
        if self._now.pop(what, None) != why:
            self._hear(Halted(why))
        self._now[what] = why

    def end(self, what: str) -> None:
        """It is not in the way any more."""
        if self._now.pop(what, None) is None:
            return
        left = next(reversed(self._now.values()), None)
        self._hear(Resumed() if left is None else Halted(left))
