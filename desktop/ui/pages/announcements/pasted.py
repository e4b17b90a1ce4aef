"""What is copied in a browser or a word processor, as Markdown: bold, italic, struck out, code, links and lists stay; all else is plain text.

Qt reads the HTML, and is given nothing that it names; this walks over what it understood.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QFont, QTextBlock, QTextDocument, QTextList, QTextListFormat

from integrations.message import from_markdown, plain

LONGEST = 400_000
"""Characters of HTML; more than that takes noticeable time to read, and is taken as its plain text."""
_NUMBERED = QTextListFormat.Style.ListDecimal
_INDENT = "    "  # below a numbered point as below another
_CODE = "monospace"  # the family that Qt gives to <code>, <tt> and <pre>
_OBJECT = "\ufffc"  # stands for a picture


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of text that looks alike. `marks`: what stands around it, from the outside."""

    text: str
    marks: tuple[str, ...]
    address: str = ""


class _Closed(QTextDocument):
    """Loads nothing: no style sheet and no picture, from no file and no server."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Nothing."""
        return QByteArray()


def markdown_of(html: str) -> str:
    """The same in Markdown; empty where there is nothing formatted in it, or too much of it."""
    if len(html) > LONGEST:
        return ""
    document = _Closed()
    document.setHtml(html)
    lines: list[str] = []
    formatted = False
    block, before = document.begin(), False
    while block.isValid():
        pieces = list(_pieces(block))
        text = "".join(_written(pieces)).strip()
        listed = cast("QTextList | None", block.textList())  # the stubs do not know that most blocks have none
        if listed is not None and text:
            indent = _INDENT * max(listed.format().indent() - 1, 0)
            mark = f"{listed.itemNumber(block) + 1}." if listed.format().style() is _NUMBERED else "-"
            text = f"{indent}{mark} {text}"
        if text and lines and not (before and listed is not None):
            lines.append("")  # a paragraph of its own; the points of a list stand close
        if text:
            lines.append(text)
            before = listed is not None
        formatted = formatted or listed is not None or any(piece.marks or piece.address for piece in pieces)
        block = block.next()
    return "\n".join(lines) if formatted else ""


def _pieces(block: QTextBlock) -> Iterator[_Piece]:
    heading = block.blockFormat().headingLevel() > 0
    at = block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        form = fragment.charFormat()
        text = fragment.text().replace(_OBJECT, "").replace("\u2028", "\n").replace("\xa0", " ")
        marks = []
        if heading or form.fontWeight() >= QFont.Weight.DemiBold:
            marks.append("**")
        if form.fontItalic():
            marks.append("*")
        if form.fontStrikeOut():
            marks.append("~~")
        if form.fontFixedPitch() or list(form.fontFamilies() or ()) == [_CODE]:
            marks = ["`"]
        address = form.anchorHref() if form.isAnchor() else ""
        if text:
            yield _Piece(text, tuple(marks), address if address.startswith(("http://", "https://", "mailto:")) else "")
        at += 1


def _written(pieces: list[_Piece]) -> Iterator[str]:
    """Each piece with its marks, which hold only close to a word and within a line."""
    for piece in _joined(pieces):
        for number, line in enumerate(piece.text.split("\n")):
            if number:
                yield "\n"
            bare = line.strip()
            if not bare:
                yield line
                continue
            before, after = line[: len(line) - len(line.lstrip())], line[len(line.rstrip()) :]
            text = bare if piece.marks == ("`",) else _escaped(bare)
            if piece.address and bare != piece.address:
                text = f"[{text}]({piece.address})"
            opening = "".join(piece.marks)
            yield f"{before}{opening}{text}{''.join(reversed(piece.marks))}{after}"


def _joined(pieces: list[_Piece]) -> Iterator[_Piece]:
    """Neighbours that look alike as one: programs cut a bold sentence into many runs."""
    kept: _Piece | None = None
    for piece in pieces:
        if kept is not None and (kept.marks, kept.address) == (piece.marks, piece.address):
            kept = _Piece(kept.text + piece.text, kept.marks, kept.address)
        else:
            if kept is not None:
                yield kept
            kept = piece
    if kept is not None:
        yield kept


def _escaped(text: str) -> str:
    """With backslashes where the text itself would be read as formatting."""
    if plain(from_markdown(text)) == text:
        return text
    return "".join(f"\\{letter}" if letter in "\\`*_[]~#" else letter for letter in text)
