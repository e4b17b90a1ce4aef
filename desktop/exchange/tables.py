"""CSV as bytes in, rows out, and back: delimiter, quotes, lines, and cells that a spreadsheet would take for formulas.

What the columns mean is not known here.
"""

import csv
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from desktop.community.errors import Refused
from desktop.exchange.files import Encoding, reading, recognise, replacing
from resources.translations import Phrase, phrase

LINE = "Belfry: line"
REASON = "Belfry: why not imported"
"""Headers that the file of bad rows has before its own; an import passes over them."""

_DELIMITERS = ",;\t|"
_MAX_CELL = 1_000_000
_MAX_BROKEN = 100
_SAMPLE_LINES = 200
_SEP = re.compile(r'\s*"?sep=(?P<delimiter>[,;|\t])"?\s*', re.IGNORECASE)
# OWASP, "CSV Injection": = + - @ tab CR, and LF and the full-width forms, which some programs take for the same.
_DANGEROUS = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
_TO_ESCAPE = re.compile(f"'*[{_DANGEROUS}]")
_ESCAPED = re.compile(f"''*[{_DANGEROUS}]")

Row = tuple[int, list[str]]
"""The line on which a row begins, from 1, and its cells."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row, a card or an entry that was not read.

    Attributes:
        line: where it begins in the file, from 1.
        reason: why, and what to do.
        cells: what it held, in the columns of the file.
    """

    line: int
    reason: Phrase
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """How the rows of a file are written.

    Attributes:
        delimiter: between cells.
        skipped: lines before the first row (Excel's `sep=;`).
    """

    path: Path
    encoding: Encoding
    delimiter: str
    skipped: int = 0


def recognise_table(path: Path, country: str, known: Callable[[Sequence[str]], int]) -> Table:
    """How the rows of a file are written. `known` says how many cells of a row are headers that mean something.

    Raises Refused for a file that is empty or no table, and says what it is instead where that can be seen.
    """
    encoding = recognise(path, country)
    if encoding.longest:
        raise Refused(phrase("{file} has a line of more than {size} MB. That is no table of members.", file=path.name, size=encoding.longest >> 20))
    with reading(path), _opened(path, encoding) as file:
        lines = list(islice(file, _SAMPLE_LINES))
    first = lines[0].lstrip("\ufeff").strip().upper() if lines else ""
    if first.startswith("BEGIN:VCARD"):
        raise Refused(phrase("{file} holds vCards, not a table. Give it a name that ends in .vcf and import it again.", file=path.name))
    if first.startswith("BEGIN:VCALENDAR"):
        raise Refused(phrase("{file} is a calendar. Import it among the events, under a name that ends in .ics.", file=path.name))
    if re.match(r"[\[{]\s*[\[{\"]", first):
        raise Refused(phrase("{file} holds JSON, not a table. Export the list again as CSV.", file=path.name))
    told = _SEP.fullmatch(lines[0].rstrip("\r\n"))
    if told:
        return Table(path, encoding, told["delimiter"], 1)
    return Table(path, encoding, max(_DELIMITERS, key=lambda delimiter: _plausible(lines, delimiter, known)))


def rows(table: Table) -> Iterator[Row | BadRow]:
    """Every row that is not empty, as the file is read. What a quote spoils is one BadRow: the line on which the quote opens.

    Raises Refused where quotes never come right.
    """
    csv.field_size_limit(max(csv.field_size_limit(), _MAX_CELL))
    with reading(table.path), _opened(table.path, table.encoding) as file:
        for _ in range(table.skipped):
            next(file, "")
        pending: deque[str] = deque()
        taken: list[str] = []
        line = table.skipped
        broken = 0
        reader = _reader(_feed(file, pending, taken), table.delimiter)
        while True:
            taken.clear()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                broken += 1
                if broken > _MAX_BROKEN:
                    raise Refused(
                        phrase(
                            "The quotation marks in {file} do not come in pairs; the last to be tried opens in line {line}. Export the file again.",
                            file=table.path.name,
                            line=line + 1,
                        )
                    ) from None
                yield from _spoiled(line + 1, taken[0], table.delimiter)
                line += 1
                pending.extendleft(reversed(taken[1:]))
                reader = _reader(_feed(file, pending, taken), table.delimiter)
                continue
            if any(cells):
                if len(taken) > 1 or "'" in taken[0]:
                    cells = [plain(cell) for cell in cells]
                yield line + 1, cells
            line += len(taken)


def write_rows(path: Path, header: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """A CSV file (UTF-8 with the mark that Excel asks for, CRLF) in which no cell is taken for a formula. Raises Trouble."""
    with replacing(path) as fresh, fresh.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([safe(cell) for cell in header])
        writer.writerows([safe(cell) if cell else "" for cell in line] for line in lines)


def write_bad_rows(path: Path, header: Sequence[str], bad: Iterable[BadRow]) -> None:
    """The rows that were not imported, each with its line and the reason, to be mended there and imported again."""
    write_rows(path, [LINE, REASON, *header], ([str(row.line), str(row.reason), *row.cells] for row in bad))


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before one that would be (and before one that only looks escaped)."""
    return "'" + cell if _TO_ESCAPE.match(cell) else cell


def plain(cell: str) -> str:
    """The inverse of `safe`."""
    return cell[1:] if _ESCAPED.match(cell) else cell


def _opened(path: Path, encoding: Encoding) -> TextIO:
    return path.open(encoding=encoding.name, errors=encoding.errors, newline="")


def _reader(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=delimiter, strict=True)


def _feed(file: TextIO, pending: deque[str], taken: list[str]) -> Iterator[str]:
    """The lines of the file after those that were put back; `taken` remembers what the row at hand has used."""
    while True:
        line = pending.popleft() if pending else file.readline()
        if not line:
            return
        taken.append(line)
        yield line


def _spoiled(number: int, line: str, delimiter: str) -> Iterator[Row | BadRow]:
    cells = next(csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE), [])
    if delimiter == "\t" and all(not cell.startswith('"') or cell.count('"') % 2 == 0 for cell in cells):
        yield number, cells  # tab-separated files of platforms do not quote: the quotes belong to the text
    else:
        reason = phrase('A quotation mark (") opens in line {line} and is not closed where its cell ends.', line=number)
        yield BadRow(number, reason, tuple(cells))


def _plausible(lines: Sequence[str], delimiter: str, known: Callable[[Sequence[str]], int]) -> tuple[int, float, int]:
    """How well a delimiter fits: headers that mean something, rows of one width, and how wide they are."""
    try:
        parsed = [cells for cells in islice(csv.reader(lines, delimiter=delimiter), 50) if any(cells)]
    except csv.Error:
        return (0, 0.0, 0)
    widths = [len(cells) for cells in parsed]
    usual = max(set(widths), key=widths.count, default=0)
    if usual < 2:
        return (0, 0.0, 0)
    return max(map(known, parsed[:5])), widths.count(usual) / len(widths), usual
