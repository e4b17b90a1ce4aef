"""Whether a line of a pasted list is a sentence and no name: `Who is coming on Sunday?`. Only a guess, so a person is asked."""

import re

from desktop.community.fold import fold

# Words that stand in sentences and hardly ever, in small letters, within a name; in the languages that lists come in.
_WITHIN = frozenset(
    word
    for words in (
        "the is are was who what when where there here on at in for from to you we i me my it please not will can be have with",
        "quem que vem vai vamos para por com no na nos nas em ao aos hoje amanha nao sim esta estao ha temos favor todos todas",
        "quien viene en hoy manana hay con",
        "wer wir ist sind kommt im am um zum bitte nicht heute morgen mit",
        "qui est sont vient pour dans avec demain nous vous",
    )
    for word in words.split()
)
_PARTICLES = frozenset(
    word
    for words in ("de da do das dos e del la las los el y i di du des le", "van von der den ter ten zu zur af av", "bin ibn al abu")
    for word in words.split()
)
_TIME = re.compile(r"\b\d{1,2}(?::|h)\d{2}\b|://")
_ENDS = ("?", "!", ".", "…")
_INITIAL = 3  # letters of the last word: a full stop behind it is that of `S.` or `Jr.`
_LONG = 5  # words: a name in small letters is not as long
_MIXED = 4  # words, of which the first has a capital and most others have none


def is_sentence(text: str) -> bool:
    """Whether this reads like a sentence, or a piece of one."""
    words = text.split()
    if not words or _TIME.search(text) or text.endswith("?"):
        return bool(words)
    small = [word for word in words if word[0].islower() and fold(word) not in _PARTICLES]
    if len(words) >= 3 and any(fold(word) in _WITHIN for word in words[1:] if word[0].islower()):
        return True
    if text.endswith(_ENDS) and small and len(words) >= 2 and len(words[-1].rstrip("".join(_ENDS))) > _INITIAL:
        return True
    if words[0][0].islower():
        return len(words) >= _LONG and len(small) >= _LONG
    return len(words) >= _MIXED and len(small) * 2 > len(words)


def runs_through(parts: list[str]) -> bool:
    """Whether the parts between the commas of a line are one sentence, and no list."""
    words = [part.split() for part in parts]
    if len(parts) < 2 or sum(map(len, words)) < 2 * len(parts):
        return False
    return parts[-1].endswith("?") or any(fold(word) in _WITHIN for part in words for word in part[1:] if word[0].islower())
