"""Formatting by marks around words (`*bold*`), for places that read them only at the edges of words.

What can't be marked cleanly stays plain text.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from integrations.message import Style, Text, address_after, runs_by_link, split_addresses, without_mentions


@dataclass(frozen=True, slots=True)
class Run:
    """Letters `start` to `end` (not included) of a line, marked with a style."""

    style: Style
    start: int
    end: int

    def fits_beside(self, other: "Run") -> bool:
        """Whether both can be marked: one inside the other, or apart with a letter between their marks."""
        apart = self.end < other.start or other.end < self.start
        inside = other.start <= self.start and self.end <= other.end
        around = self.start <= other.start and other.end <= self.end
        return apart or ((inside or around) and Style.CODE not in (self.style, other.style))


@dataclass(frozen=True, slots=True)
class Line:
    """One line before its marks are written.

    Attributes:
        text: every letter of it, addresses of links included.
        runs: what is marked in it.
    """

    text: str
    runs: tuple[Run, ...]

    def is_code(self) -> list[bool]:
        """For each letter, whether it is shown as code."""
        coded = [False] * len(self.text)
        for run in self.runs:
            if run.style is Style.CODE:
                coded[run.start : run.end] = [True] * (run.end - run.start)
        return coded

    def own_marks(self) -> Counter[Style]:
        """How many marks of each style will be written."""
        return Counter(run.style for run in self.runs for _ in "<>")

    def write(self, marks: Mapping[Style, str], letters: Sequence[str]) -> str:
        """The line with its marks; `letters` are what stands for each letter of the text."""
        outermost_first = sorted(self.runs, key=lambda run: (run.start, -run.end, list(Style).index(run.style)))
        written = []
        for place in range(len(letters) + 1):
            written += [marks[run.style] for run in reversed(outermost_first) if run.end == place]
            written += [marks[run.style] for run in outermost_first if run.start == place]
            written += letters[place : place + 1]
        return "".join(written)


def line_of(pieces: Sequence[Text]) -> Line:
    """The letters of a line and what can be marked in them.

    Whole words are marked, without blanks at the edges; never two marks side by side, and none right behind a web address, as its part.
    """
    text = ""
    styles: list[frozenset[Style]] = []
    for linked in runs_by_link(pieces):
        for piece in linked:
            part = without_mentions(piece.text) if piece.inert else piece.text
            text += part
            styles += [frozenset({Style.CODE}) if Style.CODE in piece.styles else piece.styles] * len(part)
        address = address_after(linked)
        text += address
        styles += [frozenset()] * len(address)
    addressed = [is_address(part) for part in split_addresses(text) for _ in part]
    runs: list[Run] = []
    for style in (Style.CODE, Style.BOLD, Style.ITALIC, Style.STRIKE):
        for run in _runs(text, styles, style):
            edges = text[run.start - 1 : run.start] + text[run.end : run.end + 1]
            whole_words = all(_is_outside_word(letter) for letter in edges)
            behind_address = addressed[run.end - 1] or (run.start > 0 and addressed[run.start - 1])
            ambiguous = style is Style.CODE and "`" in text[run.start : run.end]
            if whole_words and not behind_address and not ambiguous and all(run.fits_beside(other) for other in runs):
                runs.append(run)
    return Line(text, tuple(runs))


def _is_blank(letter: str) -> bool:
    """Whether a reader sees nothing there."""
    return unicodedata.category(letter) in ("Zs", "Zl", "Zp", "Cc", "Cf")


def is_address(part: str) -> bool:
    """Whether a part made by `split_addresses` is a web address."""
    return part.lower().startswith(("http://", "https://"))


def _is_outside_word(letter: str) -> bool:
    """Whether it is white space, punctuation or a symbol: what may stand beside a mark."""
    return letter == "\t" or unicodedata.category(letter)[0] in "ZPS"


def _runs(text: str, styles: Sequence[frozenset[Style]], style: Style) -> list[Run]:
    """Where the style is on, without blanks at the edges."""
    runs = []
    place = 0
    while place < len(text):
        start = place
        while place < len(text) and style in styles[place]:
            place += 1
        end = place
        while start < end and _is_blank(text[start]):
            start += 1
        while start < end and _is_blank(text[end - 1]):
            end -= 1
        if start < end:
            runs.append(Run(style, start, end))
        place += 1
    return runs
