"""WhatsApp's formatting. It has no escape, so a literal mark that could format is shown by a sign that looks like it.

Source: https://faq.whatsapp.com/539178204879377 (`*bold*`, `_italic_`, `~strike~`, `` `code` ``, ```` ```mono``` ````, lists and quotes at the start
of a line). Marks format within one line and at the edges of words.
"""

import re
from collections.abc import Sequence

from integrations.byhand.marks import Line, is_address, line_of
from integrations.message import WORD_JOINER, Body, Style, Text, lay_out, split_addresses

MARKS = {Style.BOLD: "*", Style.ITALIC: "_", Style.STRIKE: "~", Style.CODE: "`"}

# An invisible character beside a mark would keep some versions from formatting and not others; another sign is sure with all of them.
LOOK_ALIKE = {"*": "\N{ASTERISK OPERATOR}", "_": "\N{FULLWIDTH LOW LINE}", "~": "\N{TILDE OPERATOR}", "`": "\N{MODIFIER LETTER GRAVE ACCENT}"}

_STARTS_A_BLOCK = re.compile(r"\s*(?:(?:[-*\u2022]|\d+[.)])\s|>)")


def written(body: Body) -> tuple[str, int]:
    """The tree as WhatsApp's text, and how many pieces of formatting are in it."""
    writer = _Writer()
    return lay_out(body, writer.line, writer.code), writer.entities


class _Writer:
    """Writes lines and code for `lay_out`.

    Attributes:
        entities: how many pieces of formatting were written so far.
    """

    def __init__(self) -> None:
        self.entities = 0

    def line(self, pieces: Sequence[Text]) -> str:
        """One line; what is no formatting in it can't become any, and web addresses can still be opened."""
        line = line_of(pieces)
        self.entities += len(line.runs)
        written = line.write(MARKS, _inert(line))
        starts_unmarked = not any(run.start == 0 for run in line.runs)
        return WORD_JOINER + written if starts_unmarked and _STARTS_A_BLOCK.match(line.text) else written

    def code(self, text: str) -> str:
        """A block in type of one width."""
        self.entities += 1
        shown = text.replace("`", LOOK_ALIKE["`"]) if "```" in text or text.strip().startswith("`") or text.strip().endswith("`") else text
        return f"```{shown}```"


def _inert(line: Line) -> list[str]:
    """What stands for each letter, so that no literal mark finds a partner."""
    letters = list(line.text)
    coded = line.is_code()
    addressed = [is_address(part) for part in split_addresses(line.text) for _ in part]
    own = line.own_marks()
    for style, mark in MARKS.items():
        places = [place for place, letter in enumerate(line.text) if letter == mark and not coded[place]]
        risky = {place for place in places if _could_format(line.text, place)}
        if not risky or (line.text.count(mark) + own[style] < 2):
            continue
        for place in places:
            if not addressed[place]:
                letters[place] = LOOK_ALIKE[mark]
            elif place in risky:
                letters[place] = f"%{ord(mark):02X}"
    return letters


def _could_format(text: str, place: int) -> bool:
    """Whether a mark there might open or close a formatting: not inside a word or number, not alone between blanks."""
    around = text[place - 1 : place] if place else "", text[place + 1 : place + 2]
    inside_word = all(letter.isalnum() for letter in around)
    alone = all(not letter or letter.isspace() for letter in around)
    return not (inside_word or alone)
