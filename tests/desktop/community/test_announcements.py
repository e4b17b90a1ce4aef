"""How an announcement begins: without its formatting, and the same whether a parser was needed or not."""

import random

import pytest

from desktop.community import announcements
from desktop.community.announcements import Announcement

_WORDS = ("Choir", "tonight", "at", "19:30", "Olá", "🎵", "e-mail", "3.", "3)", "1.5", "R&D", "Tea & cake", "it’s", "x=1", "(free)", "50 %", "#1")
_FORMATTED = (
    "**Bold**",
    "*soft*",
    "_soft_",
    "**two words**",
    "**!**",
    "**Now!**",
    "**a** **b**",
    "~~gone~~",
    "`code`",
    "**a*b**",
    "**_x_**",
    "__x__",
)
_ODD = (
    "[link](https://example.org)",
    "<b>",
    "&amp;",
    "\\*",
    "-",
    "+",
    "*",
    "#",
    "##",
    ">",
    "---",
    "===",
    "***",
    "_",
    "snake_case",
    "2*3",
    "**half",
    "half**",
)
_PIECES = (*_WORDS, *_FORMATTED, *_ODD)
_BETWEEN = (" ", " ", " ", " ", "  ", "", "\n", "\n", "  \n", "\n\n", "\n ", "\n    ", "\t", "\u00a0", "\u2028", "\r\n")


def _written(seed: int) -> str:
    chance = random.Random(seed)
    return "".join(chance.choice(_PIECES) + chance.choice(_BETWEEN) for _piece in range(chance.randrange(1, 8)))


@pytest.mark.parametrize("start", range(0, 20_000, 1_000))
def test_given_any_text_when_it_is_understood_without_the_parser_then_the_parser_says_the_same(start: int) -> None:
    understood = 0
    for text in map(_written, range(start, start + 1_000)):
        if easy := announcements._easy(text):
            understood += 1
            assert " ".join(easy.split()) == " ".join(next(announcements._lines(text), "").split()), text
    assert understood > 50


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Rehearsal moves to **Thursday**.\nBring the blue folder.\n\nMore.", "Rehearsal moves to Thursday. Bring the blue folder."),
        ("\n\n**Summer concert** 🎵\n\nCome!", "Summer concert 🎵"),
        ("# A heading\ntext", "A heading"),
        ("- milk\n- eggs", "milk"),
        ("[The plan](https://example.org) is there", "The plan is there"),
        ("", ""),
    ],
)
def test_given_a_text_when_its_first_line_is_asked_for_then_it_is_as_a_reader_sees_it(text: str, first: str) -> None:
    assert Announcement(text, ()).first_line == first
