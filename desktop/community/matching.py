"""How well a title answers to what was typed. What is typed and what is found are folded alike (`community.fold`)."""

from enum import IntEnum

from desktop.community.fold import words


class Match(IntEnum):
    """From the best to the weakest, in the order in which things are shown."""

    EXACT = 0
    """It says what was typed, and nothing more."""
    BEGINS = 1
    """It begins with what was typed."""
    WORDS = 2
    """Each word that was typed begins one of its words, in any order."""
    ELSEWHERE = 3
    """Something else of it does: an address, a tag, a later line."""


def match_of(typed: str, title: str) -> Match:
    """How well a title answers."""
    wanted, there = words(typed), words(title)
    if wanted == there:
        return Match.EXACT
    if " ".join(there).startswith(" ".join(wanted)):
        return Match.BEGINS
    if all(any(word.startswith(part) for word in there) for part in wanted):
        return Match.WORDS
    return Match.ELSEWHERE
