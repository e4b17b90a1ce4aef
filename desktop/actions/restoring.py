"""What is said after a backup was put back, the same in the window and on the command line."""

from desktop.store.restore import Restored
from resources.translations import Phrase, phrase, phrases

SENDS_NOTHING = phrase("Nothing is sent from it until you say so.")
"""How it ends: saying so is a button in one place, a command in the other."""


def outcome(done: Restored) -> list[Phrase]:
    """What became of what was there before, and of those who were erased since the backup was made."""
    said = []
    if done.aside is not None:
        said.append(phrase("What was there before is in {file}.", file=str(done.aside)))
    if done.erased:
        said.append(
            phrases(
                "{n} person who was erased since the backup was made is not in it any more.",
                "{n} people who were erased since the backup was made are not in it any more.",
                n=done.erased,
            )
        )
    return said
