"""vCards read: versions 2.1, 3.0 and 4.0 as phones and programs export them. One bad card does not lose the others."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop.community.errors import Refused
from desktop.exchange.card_member import Card, ImportedCard
from desktop.exchange.content_lines import MAX_VALUE, Property, TooLong, properties
from desktop.exchange.files import reading, refuse_other_kinds
from desktop.exchange.tables import BadRow
from resources.translations import Phrase, phrase

__all__ = ["BadRow", "ImportedCard", "cards"]


def cards(path: Path, country: str = "") -> Iterator[ImportedCard | BadRow]:
    """The cards of a file, in its order, as it is read; a card that cannot be used is a BadRow.

    `country` (ISO 3166-1 alpha-2) is where phone numbers without `+` belong. Raises Refused where the file holds no cards.
    """
    refuse_other_kinds(path, ("BEGIN:VCARD",), phrase("{file} holds no vCards.", file=path.name))
    with reading(path):
        yield from _cards(path, country)


def _cards(path: Path, country: str) -> Iterator[ImportedCard | BadRow]:
    begun = 0
    depth = 0
    inside: list[Property] = []
    spoiled: Phrase | None = None
    for item in properties(path):
        if isinstance(item, TooLong):
            spoiled = phrase("Line {line} holds more than {size} MB, which is more than a picture needs.", line=item.line, size=MAX_VALUE >> 20)
        elif item.name == "BEGIN" and item.raw.strip().upper() == "VCARD":
            if begun and inside and inside[-1].name == "AGENT":
                depth += 1  # 2.1: a card within a card
                continue
            if begun:
                yield BadRow(begun, _unfinished(begun))
            begun, depth, inside, spoiled = item.line, 0, [], None
        elif item.name == "END" and item.raw.strip().upper() == "VCARD":
            if depth:
                depth -= 1
                continue
            if begun:
                yield BadRow(begun, spoiled) if spoiled else _card(begun, inside, country)
            begun, inside = 0, []
        elif begun and not depth:
            inside.append(item)
    if begun:
        yield BadRow(begun, _unfinished(begun))


def _unfinished(line: int) -> Phrase:
    return phrase("The card that begins in line {line} has no end. The file seems to be cut off there: export it again.", line=line)


def _card(line: int, found: Sequence[Property], country: str) -> ImportedCard | BadRow:
    try:
        return Card(found, country).imported(line)
    except Refused as refusal:
        return BadRow(line, refusal.phrase, tuple(f"{item.name}: {item.text()}" for item in found if item.name in ("FN", "N", "EMAIL", "TEL")))
