"""Markdown, as Reddit, Discord and many others read it: literal marks are escaped with a backslash (CommonMark 0.31, section 2.4)."""

import re
from collections.abc import Sequence

from integrations.byhand.marks import Line, is_address, line_of
from integrations.message import Body, Style, Text, lay_out, split_addresses

MARKS = {Style.BOLD: "**", Style.ITALIC: "*", Style.STRIKE: "~~", Style.CODE: "`"}

_ESCAPED = "\\`*_~[]<>|"
_STARTS_A_BLOCK = re.compile(r"\s*(?P<mark>[-+=#]|>|\d+(?P<after>[.)]))")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def written(body: Body) -> tuple[str, int]:
    """The tree as Markdown, and how many pieces of formatting are in it."""
    writer = _Writer()
    # A list whose first number is not 1 needs the blank line before it (CommonMark 0.31, section 5.3).
    text = lay_out(body, writer.line, writer.code, before_list="\n\n")
    return re.sub(" +(?=\n\n|$)", "", text), writer.entities


class _Writer:
    """Writes lines and code for `lay_out`.

    Attributes:
        entities: how many pieces of formatting were written so far.
    """

    def __init__(self) -> None:
        self.entities = 0

    def line(self, pieces: Sequence[Text]) -> str:
        """One line, ended so that the next one stays a line of its own."""
        line = line_of(pieces)
        self.entities += len(line.runs)
        return line.write(MARKS, _escaped(line)).rstrip() + "  "

    def code(self, text: str) -> str:
        """A fenced block; the fence is longer than any run of backticks in it."""
        self.entities += 1
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
        return f"{fence}\n{text}\n{fence}"


def _escaped(line: Line) -> list[str]:
    coded = line.is_code()
    addressed = [is_address(part) for part in split_addresses(line.text) for _ in part]
    letters = list(line.text)
    for place, letter in enumerate(line.text):
        if coded[place] or letter not in _ESCAPED:
            continue
        if not addressed[place]:
            letters[place] = f"\\{letter}"
        elif letter != "_" or not (line.text[place - 1].isalnum() and line.text[place + 1 : place + 2].isalnum()):
            letters[place] = f"%{ord(letter):02X}"
    for entity in _ENTITY.finditer(line.text):
        if not coded[entity.start()] and not addressed[entity.start()]:
            letters[entity.start()] = "\\&"
    start = _STARTS_A_BLOCK.match(line.text)
    if start is not None and not any(run.start <= start.start("mark") for run in line.runs):
        place = start.start("after") if start["after"] else start.start("mark")
        letters[place] = f"\\{line.text[place]}"
    return letters
