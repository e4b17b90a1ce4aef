"""Names made searchable and sortable: fold(text) is the same for everything a person would call the same.

`lukasz` finds Łukasz, `soren` Søren, `strasse` Straße, `obrien` O’Brien, and each character of 小明 is a word of its own. The same folding makes
the search rows, the queries and the sort keys, so it is part of the file format: change it only with a migration that remakes them.
"""

import functools
import re
import unicodedata

from anyascii import anyascii

_APOSTROPHES = frozenset("'’‘ʼʹ`´＇")
_HAN = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_BETWEEN_WORDS = re.compile(r"[^a-z0-9]")


class _Folding(dict[int, str]):
    """What each character folds to, found when it is first met: `str.translate` then folds ten times as fast as working on the text."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in _APOSTROPHES:
            folded = ""
        else:
            decomposed = unicodedata.normalize("NFKD", character).casefold()
            folded = anyascii("".join(c for c in decomposed if unicodedata.category(c) != "Mn")).lower().replace("'", "").replace("`", "")
            if _HAN.match(character):
                folded = f" {folded} "
        folded = _BETWEEN_WORDS.sub(" ", folded)
        self[code] = folded
        return folded


_FOLDING = _Folding()
_ASCII = "".join(_FOLDING[code] or chr(code) for code in range(128)).encode() + bytes(128)
_DROPPED = "".join(chr(code) for code in range(128) if not _FOLDING[code]).encode()
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_FEW = 16


def spaced(text: str) -> str:
    """The folded words of a text, in its order, lower-case ASCII letters and digits only, with one or more spaces between them."""
    if not text.isascii():
        # A few letters with accents are folded one by one and the rest as bytes, which takes half as long; a text in another script goes whole.
        text, found = _BEYOND_ASCII.subn(_folded, text, _FEW)
        if found == _FEW:
            return text.translate(_FOLDING)
    return text.encode().translate(_ASCII, _DROPPED).decode()


def words(text: str) -> list[str]:
    """The folded words of a text, in its order."""
    return spaced(text).split()


def _folded(character: re.Match[str]) -> str:
    return _FOLDING[ord(character[0])]


def fold(text: str) -> str:
    """The folded words joined by one space."""
    return " ".join(words(text))


@functools.lru_cache(maxsize=2_000)  # a community has few tags, and its members have many
def tag_key(tag: str) -> str:
    """What two tags have in common that a person would call the same."""
    return fold(tag) or tag


def sort_key(name: str) -> str:
    """What a name is sorted by. Names that hold no letter or digit come last, in the order of their characters."""
    return fold(name) or "~" + name.casefold()
