"""Headers that are written almost like one that means something: `Frist Name`, `Emial`, `Adress`. Nothing that may be another word."""

from difflib import get_close_matches

from desktop.community.fold import fold
from desktop.exchange.headers import KNOWN, Target

_SHORTEST = 4  # letters: one letter of fewer makes another word of it
_SWAPPED = 0.75  # of SequenceMatcher.ratio, where the letters are the same in another order
_OTHERWISE = 0.9  # one letter too many or too few of five; one other of ten
_LOOKED_AT = 3


def near(header: str) -> tuple[str, Target] | None:
    """What this header was probably meant to be, and what that means; None where nothing is near enough, or it means something itself.

    The first letter has to be right: `Idade` (age) is no `Cidade` (city). A short word with one other letter is another word: `Stage`, `State`.
    """
    word = fold(header)
    if len(word) < _SHORTEST or word in KNOWN:
        return None
    for found in get_close_matches(word, KNOWN, _LOOKED_AT, _SWAPPED):
        close = sorted(found) == sorted(word) or bool(get_close_matches(word, [found], 1, _OTHERWISE))
        if close and found[0] == word[0] and len(found) >= _SHORTEST:
            return found, KNOWN[found]
    return None
