"""What can go wrong, by who can mend it. A bug is neither of these: it stays an ordinary exception and ends in a report."""

from resources.translations import Phrase


class BelfryError(Exception):
    """Something that a sentence explains: what happened, what was kept, what to do.

    Attributes:
        phrase: the sentence.
    """

    def __init__(self, phrase: Phrase) -> None:
        super().__init__(phrase.id)
        self.phrase = phrase

    def __str__(self) -> str:
        return str(self.phrase)


class Refused(BelfryError):
    """The person can mend it: a value that can't be, a name that is unknown, a file of the wrong kind."""


class Trouble(BelfryError):
    """The surroundings are at fault: the disk, the network, another program, the keyring."""
