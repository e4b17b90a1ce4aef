"""Members in and out as CSV: what a file is and what its columns mean (a preview), its rows as members, and members as a file.

A preview reads the file once without making members; `members` then goes over it row by row, however long it is.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from desktop.community import addresses
from desktop.community.errors import Refused, Remedy
from desktop.community.members import Member
from desktop.exchange import headers as columns
from desktop.exchange.date_columns import order_in
from desktop.exchange.dates import DateOrder, is_date
from desktop.exchange.headers import DATES, Field, Target
from desktop.exchange.member_layout import OwnRows, is_own, write_members
from desktop.exchange.member_rows import MemberRows
from desktop.exchange.near_headers import near
from desktop.exchange.tables import BadRow, Row, Table, recognise_table, rows, write_bad_rows
from resources.translations import Phrase, phrase

__all__ = ["BadRow", "ColumnUse", "Preview", "Untold", "members", "read_preview", "write_bad_rows", "write_members"]

_SAMPLE_ROWS = 50
_SHOWN_ROWS = 5
_AT_ONCE = 64
_HEADER_WITHIN = 10
_SCALARS = frozenset(Field) - columns.WAYS - columns.ADDRESS - {Field.CUSTOM, Field.IGNORE, Field.TAGS, Field.NOTES}
_LOOKS_LIKE_PHONE = re.compile(r"[+(]?[\d][\d ()./-]{5,20}")


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """One column, as the person is shown it.

    Attributes:
        header: unique in the file: a second `Name` is `Name (2)`.
        field: where its cells go, as it would be written in `--map`; None: a custom field of the name of the header.
        sample: the first cell that is not empty.
    """

    header: str
    field: str | None
    sample: str


class Untold(Refused):
    """No column could be told to be something that a member could be made from: the person has to say what they are.

    Attributes:
        columns: all of them, with nothing that becomes of them.
    """

    def __init__(self, file: str, columns: Sequence[ColumnUse]) -> None:
        names = [column.header for column in columns]
        super().__init__(
            phrase(
                "No column of {file} could be told to be a name, an e-mail address or a phone number. Its columns: {columns}. Say what they are.",
                file=file,
                columns=", ".join(names)[:500],
                example=names[0],
            ),
            Remedy.NAME_COLUMNS,
        )
        self.columns = tuple(columns)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file is, before anything is imported from it.

    Attributes:
        country: where phone numbers without `+` belong (ISO 3166-1 alpha-2); empty: unknown.
        headers: of the columns, no two the same; made up where the file has none.
        mapping: what becomes of each column.
        sample: the first rows, as cells.
        remarks: what the person should know before the import.
        header_line: on which line the headers stand; 0: the file has none.
        own: the file was written by Belfry.
        orders: what comes first in the dates of a column, by its position.
    """

    table: Table
    country: str
    headers: tuple[str, ...]
    mapping: tuple[ColumnUse, ...]
    sample: tuple[tuple[str, ...], ...]
    remarks: tuple[Phrase, ...]
    targets: tuple[Target | None, ...]
    header_line: int
    own: bool
    orders: Mapping[int, DateOrder]

    @property
    def path(self) -> Path:
        """The file."""
        return self.table.path

    @property
    def encoding(self) -> str:
        """How its text is written, as Python names it."""
        return self.table.encoding.name

    @property
    def delimiter(self) -> str:
        """What stands between its cells."""
        return self.table.delimiter

    @property
    def lines(self) -> int:
        """How many lines it has: not fewer than it has rows. For showing how far an import is."""
        return self.table.encoding.lines


def read_preview(path: Path, country: str = "", mapping: Mapping[str, str] | None = None) -> Preview:
    """What a file is and what its columns mean.

    `mapping` says it for some of them: header → field, as in `--map` (`Field`, `phone:work`, `field:Allergies`, `ignore`). Raises Refused where the
    file is no table, or `mapping` names what is not there, and its kind Untold where no column is one that members could be made from.
    """
    table = recognise_table(path, country, columns.known)
    sample = [row for row in islice(rows(table), _SAMPLE_ROWS) if not isinstance(row, BadRow)]
    if not sample:
        raise Refused(phrase("There are no rows in {file} that could be read.", file=path.name))
    header_line, header = _header(sample)
    width = max(len(cells) for _, cells in sample)
    below = [cells for line, cells in sample if line > header_line]
    if header_line:
        own = is_own(header)
        names = _distinct(header)
        found = columns.targets(header)
        remarks = [] if own else _second_ones(names, header, found) + _near_ones(names, found, below)
    else:
        own = False
        found = _by_content(below, width)
        names = _distinct([str(target).capitalize() if target else f"Column {index + 1}" for index, target in enumerate(found)])
        remarks = [phrase("{file} has no line of headers; what its columns are was told from what is in them.", file=path.name)]
    if mapping:
        own = False
        _apply(mapping, names, header, found)
    if not any(target and target.field not in (Field.CUSTOM, Field.IGNORE, Field.TAGS, Field.NOTES) for target in found):
        raise Untold(path.name, [_use(name, index, Target(Field.IGNORE), below) for index, name in enumerate(names)])
    if table.encoding.errors != "strict" and not table.encoding.name.startswith("utf-16"):
        remarks.append(
            phrase(
                "{file} is not in Unicode; it was read as {encoding}. See whether the accents are right.",
                file=path.name,
                encoding=table.encoding.name,
            )
        )
    orders = {} if own else _orders(table, header_line, names, found, below, country, remarks)
    return Preview(
        table=table,
        country=country,
        headers=tuple(names),
        mapping=tuple(_use(name, index, target, below) for index, (name, target) in enumerate(zip(names, found, strict=True))),
        sample=tuple(tuple(cells) for cells in below[:_SHOWN_ROWS]),
        remarks=tuple(remarks),
        targets=tuple(found),
        header_line=header_line,
        own=own,
        orders=orders,
    )


def members(preview: Preview) -> Iterator[tuple[int, Member, Sequence[Phrase]] | BadRow]:
    """The members of a file, each with its line and what could not be read of it, and the rows that could not be; in the order of the file."""
    own = OwnRows(preview.headers, preview.country) if preview.own else None
    make = own or MemberRows(preview.headers, preview.targets, preview.country, preview.orders)
    every = rows(preview.table)
    # A few dozen at once: code and data stay in the processor's cache.
    while some := list(islice(every, _AT_ONCE)):
        yield from [_made(make, row) for row in some if _line(row) > preview.header_line]


def _made(make: OwnRows | MemberRows, row: Row | BadRow) -> tuple[int, Member, Sequence[Phrase]] | BadRow:
    if isinstance(row, BadRow):
        return row
    line, cells = row
    try:
        remarks: list[Phrase] = []
        return line, make.member(cells, remarks), remarks
    except Refused as refusal:
        return BadRow(line, refusal.phrase, tuple(cells))


def _line(row: Row | BadRow) -> int:
    return row.line if isinstance(row, BadRow) else row[0]


def _header(sample: Sequence[Row]) -> tuple[int, list[str]]:
    """The line of headers (0 where there is none) and its cells: of the first rows, the one with the most headers that mean something.

    Where none of them means anything, it is the first with more than one cell: what stands alone above it is a title.
    """
    line, cells = max(sample[:_HEADER_WITHIN], key=lambda row: columns.known(row[1]))
    if columns.known(cells):
        return line, cells
    line, cells = next((row for row in sample[:_HEADER_WITHIN] if sum(map(bool, map(str.strip, row[1]))) > 1), sample[0])
    looks_like_content = any("@" in cell or _LOOKS_LIKE_PHONE.fullmatch(cell.strip()) for cell in cells)
    return (0, []) if looks_like_content else (line, cells)


def _distinct(names: Sequence[str]) -> list[str]:
    """The names with a number behind each that is there already."""
    seen: Counter[str] = Counter()
    taken = set(names)
    distinct = []
    for position, name in enumerate(names, start=1):
        name = name if name.strip() else f"Column {position}"
        seen[name] += 1
        fresh = name
        while seen[name] > 1 and (fresh == name or fresh in taken):
            fresh = f"{name} ({seen[name]})"
            seen[name] += fresh in taken
        taken.add(fresh)
        distinct.append(fresh)
    return distinct


def _second_ones(names: Sequence[str], header: Sequence[str], found: Sequence[Target | None]) -> list[Phrase]:
    """A remark for each header that is there twice where a member has only one of what it means."""
    return [
        phrase(
            "There are two columns “{header}”. Where both hold something different, the second is kept as the field “{name}”.",
            header=header[i],
            name=name,
        )
        for i, (name, target) in enumerate(zip(names, found, strict=True))
        if name != header[i] and header[i].strip() and (target is None or target.field in _SCALARS)
    ]


def _near_ones(names: Sequence[str], found: list[Target | None], below: Sequence[Sequence[str]]) -> list[Phrase]:
    """Take a header that is misspelt for the one it was meant to be, where what is below it agrees; with a remark for each."""
    remarks = []
    for index, name in enumerate(names):
        meant = near(name) if found[index] is None else None
        if meant is None:
            continue
        word, target = meant
        has_one = target.field in _SCALARS and any(other is not None and other.field is target.field for other in found)
        if not has_one and _agrees(target, [cells[index].strip() for cells in below if index < len(cells) and cells[index].strip()]):
            found[index] = target
            remarks.append(phrase("The column “{header}” is taken for “{meant}”. If it is something else, choose that.", header=name, meant=word))
    return remarks


def _agrees(target: Target, cells: Sequence[str]) -> bool:
    """Whether most of these cells can be what the column is taken for."""
    match target.field:
        case Field.EMAIL:
            fitting = sum(addresses.normalised(cell) is not None for cell in cells)
        case Field.PHONE | Field.WHATSAPP:
            fitting = sum(_LOOKS_LIKE_PHONE.fullmatch(cell) is not None for cell in cells)
        case Field.BIRTHDAY | Field.JOINED:
            fitting = sum(map(is_date, cells))
        case _:
            return True
    return fitting * 2 > len(cells) or not cells


def _by_content(below: Sequence[Sequence[str]], width: int) -> list[Target | None]:
    """What columns without headers are: e-mail addresses and phone numbers show; the first of the others is the name."""
    found: list[Target | None] = []
    for index in range(width):
        cells = [cells[index].strip() for cells in below if index < len(cells) and cells[index].strip()]
        most = len(cells) / 2
        if cells and sum(addresses.normalised(cell) is not None for cell in cells) > most:
            found.append(Target(Field.EMAIL))
        elif cells and sum(_LOOKS_LIKE_PHONE.fullmatch(cell) is not None for cell in cells) > most:
            found.append(Target(Field.PHONE))
        else:
            words = sum(any(character.isalpha() for character in cell) for cell in cells) > most
            found.append(Target(Field.NAME) if words and Target(Field.NAME) not in found else None)
    return found


def _apply(mapping: Mapping[str, str], names: Sequence[str], header: Sequence[str], found: list[Target | None]) -> None:
    """Put what the person said in place of what was found. A header that stands there twice is meant each time; `Name (2)` is the second alone."""
    for wanted, field in mapping.items():
        target = Target.parse(field)
        places = [index for index, name in enumerate(names) if name == wanted] or [
            index for index, name in enumerate(header) if columns.same(name, wanted)
        ]
        if len(places) == 1 and wanted in header:
            places = [index for index, name in enumerate(header) if name == wanted]
        if not places:
            raise Refused(phrase("There is no column “{header}”. The columns are: {columns}.", header=wanted, columns=", ".join(names)[:500]))
        for index in places:
            found[index] = target


def _use(name: str, index: int, target: Target | None, below: Sequence[Sequence[str]]) -> ColumnUse:
    sample = next((cells[index] for cells in below if index < len(cells) and cells[index].strip()), "")
    return ColumnUse(name, str(target) if target else None, sample)


def _orders(
    table: Table,
    header_line: int,
    names: Sequence[str],
    found: Sequence[Target | None],
    below: Sequence[Sequence[str]],
    country: str,
    remarks: list[Phrase],
) -> dict[int, DateOrder]:
    """What comes first in each column of dates; a remark is added for each in which that matters."""
    orders: dict[int, DateOrder] = {}

    def every(index: int) -> Iterator[str]:
        return (row[1][index] for row in rows(table) if not isinstance(row, BadRow) and row[0] > header_line and index < len(row[1]))

    for index, target in enumerate(found):
        if target is None or target.field not in DATES:
            continue
        if target.detail:
            orders[index] = DateOrder(target.detail)
        elif columns.same(names[index], "Joined Group on"):
            orders[index] = DateOrder.MONTH  # Meetup writes it so in every country
        else:
            order, remark = order_in(names[index], [cells[index] for cells in below if index < len(cells)], partial(every, index), country)
            orders |= {index: order} if order else {}
            remarks += [remark] if remark else []
    return orders
