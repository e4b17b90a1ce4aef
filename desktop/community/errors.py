"""What can go wrong, by who can mend it. A bug is neither of these: it stays an ordinary exception and ends in a report."""

from enum import Enum, auto

from resources.translations import Phrase


class Remedy(Enum):
    """What a person does about it. The sentence says it in words that are right everywhere; the command line adds the command for it."""

    CHOOSE_CHANNELS = auto()
    CHOOSE_EVENT = auto()
    CHOOSE_GROUP = auto()
    FIND_CHANNEL = auto()
    FIND_CONNECTION = auto()
    FIND_DELIVERY = auto()
    FIND_EVENT = auto()
    FIND_MEMBER = auto()
    FIND_STEP = auto()
    GIVE_ADDRESS = auto()
    LOOK_AT_DELIVERY = auto()
    MAKE_COMMUNITY = auto()
    MAKE_OR_NAME_COMMUNITY = auto()
    MAKE_SAMPLE = auto()
    NAME_COLUMNS = auto()
    RENEW_SECRET = auto()
    RESTORE = auto()
    SAY_SENT = auto()
    SEND_AFTER_ALL = auto()
    SEND_NOW = auto()
    TAKE_BACK = auto()


class BelfryError(Exception):
    """Something that a sentence explains: what happened, what was kept, what to do.

    Attributes:
        phrase: the sentence.
        remedy: what the person does about it, where there is a command for that.
    """

    def __init__(self, phrase: Phrase, remedy: Remedy | None = None) -> None:
        super().__init__(phrase.id)
        self.phrase = phrase
        self.remedy = remedy

    def __str__(self) -> str:
        return str(self.phrase)


class Refused(BelfryError):
    """The person can mend it: a value that can't be, a name that is unknown, a file of the wrong kind."""


class NothingThere(Refused):
    """Nothing is wrong: what was asked for has nothing to begin with."""


class Trouble(BelfryError):
    """The surroundings are at fault: the disk, the network, another program, the keyring."""
