"""Belfry's own table of members: the headers it is written with, and the way back, cell by cell, so that nothing is lost.

Ways to reach somebody stand in numbered blocks under the names that Google Contacts gives them, so that it reads the file, too. The headers are part
of the format: they are not translated. What is not in the table: the photo, and the order between ways of different kinds.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from desktop.community import addresses, phones
from desktop.community.errors import Refused
from desktop.community.members import Birthday, ContactKind, ContactPoint, Member, MemberKind, MemberStatus, PostalAddress
from desktop.exchange import cells
from desktop.exchange.headers import target_of
from desktop.exchange.tables import write_rows
from resources.translations import Phrase, phrase

_T = TypeVar("_T")

HEADERS = (
    "Name",
    "Kind",
    "Prefix",
    "Given name",
    "Additional name",
    "Family name",
    "Suffix",
    "Nickname",
    "Organization",
    "Job title",
    "Birthday",
    "Joined",
    "Status",
    "Language",
    "Notes",
    "Tags",
    "Belfry ID",
)
"""What every table begins with."""

_FIELD = "Field: "
_YES = "yes"
_BLOCKS = {
    ContactKind.EMAIL: "E-mail",
    ContactKind.PHONE: "Phone",
    ContactKind.TELEGRAM: "Telegram",
    ContactKind.WHATSAPP: "WhatsApp",
    ContactKind.DISCORD: "Discord",
    ContactKind.MATRIX: "Matrix",
    ContactKind.WEBSITE: "Website",
    ContactKind.POSTAL: "Address",
}
_PARTS = {
    "Street": "street",
    "Extended Address": "extended",
    "City": "city",
    "Region": "region",
    "Postal Code": "code",
    "Country": "country",
    "PO Box": "po_box",
}


def is_own(headers: Sequence[str]) -> bool:
    """Whether a table was written by Belfry, and its first columns were left as they were."""
    return tuple(headers[: len(HEADERS)]) == HEADERS


def write_members(path: Path, members: Collection[Member]) -> None:
    """The members as CSV. They are gone through twice: first for the columns that they need. Raises Trouble where the file can't be written."""
    most: dict[ContactKind, int] = {}
    names: dict[str, None] = {}
    for member in members:
        counts: dict[ContactKind, int] = {}
        for way in member.contact_points:
            counts[way.kind] = counts.get(way.kind, 0) + 1
        for kind, count in counts.items():
            most[kind] = max(count, most.get(kind, 0))
        names.update(dict.fromkeys(member.fields))
    blocks = [(kind, number) for kind in ContactKind for number in range(1, most.get(kind, 0) + 1)]
    header = [*HEADERS, *(column for kind, number in blocks for column in _columns(kind, number)), *map(_field_header, names)]
    write_rows(path, header, (_row(member, most, names) for member in members))


class OwnRows:
    """How the rows of a table that Belfry wrote become members again. Takes the headers as they are in the file."""

    def __init__(self, headers: Sequence[str], country: str) -> None:
        self._width = len(headers)
        self._country = country
        at = {header: index for index, header in enumerate(headers)}
        self._ways: list[tuple[ContactKind, Mapping[str, int]]] = []
        taken = set(HEADERS)
        for kind, block in _BLOCKS.items():
            number = 1
            while f"{block} {number} - {_value_column(kind)}" in at:
                columns = {column: at[name] for column, name in zip(_parts(kind), _columns(kind, number), strict=True) if name in at}
                self._ways.append((kind, columns))
                taken.update(_columns(kind, number))
                number += 1
        self._fields = [(header.removeprefix(_FIELD), index) for index, header in enumerate(headers) if header not in taken]

    def member(self, row: Sequence[str], remarks: list[Phrase]) -> Member:
        """The member of a row. Raises Refused for a cell that somebody changed into what it cannot be.

        A date or an e-mail address that is none is kept as a custom field; that is added to `remarks`.
        """
        if len(row) > self._width and any(row[self._width :]):
            raise Refused(
                phrase(
                    "This row has {n} cells where the table has {columns} columns. Put a text with a comma in it in quotes.",
                    n=len(row),
                    columns=self._width,
                )
            )
        row = [*row, *[""] * (self._width - len(row))]
        name, kind, prefix, given, additional, family, suffix, nickname, organization, title, born, joined, status, language, notes, tags, id_ = row[
            :17
        ]
        if not name.strip():
            raise Refused(phrase("There is no name in this row."))
        fields = {field: row[index] for field, index in self._fields if row[index]}
        birthday = _date("Birthday", born, Birthday.parse, fields, remarks)
        since = _date("Joined", joined, date.fromisoformat, fields, remarks)
        try:
            return Member(
                name=name,
                kind=MemberKind(kind or MemberKind.PERSON),
                prefix=prefix,
                given=given,
                additional=additional,
                family=family,
                suffix=suffix,
                nickname=nickname,
                organization=organization,
                title=title,
                birthday=birthday,
                joined=since,
                status=MemberStatus(status or MemberStatus.ACTIVE),
                language=language,
                notes=notes,
                fields=fields,
                contact_points=tuple(self._contact_points(row, fields, remarks)),
                tags=cells.distinct(tag for tag in cells.list_of(tags, ";") if tag) if tags else (),
                id=id_,
            )
        except ValueError as error:
            raise Refused(phrase("A cell of this row cannot be what its column is: {reason}", reason=str(error))) from error

    def _contact_points(self, row: Sequence[str], fields: dict[str, str], remarks: list[Phrase]) -> Iterator[ContactPoint]:
        for kind, columns in self._ways:
            text = {column: row[index] for column, index in columns.items()}
            value = text[_value_column(kind)]
            postal = None
            if kind is ContactKind.POSTAL:
                parts = {part: text.get(column, "") for column, part in _PARTS.items()}
                postal = PostalAddress(**parts) if any(parts.values()) else None
                value = value or (postal.formatted() if postal else "")
            checked = self._checked(kind, value)
            if checked:
                yield ContactPoint(kind, checked, text.get("Label", ""), bool(text.get("Preferred")), postal)
            elif value:
                name = _BLOCKS[kind]
                fields[name] = f"{fields[name]}; {value}" if name in fields else value
                remarks.append(phrase("“{text}” is no e-mail address; it is kept as a field.", text=value[:80]))

    def _checked(self, kind: ContactKind, value: str) -> str:
        """In the form that is kept; empty for an e-mail address that is none."""
        match kind:
            case ContactKind.EMAIL:
                return addresses.normalised(value.strip()) or ""
            case ContactKind.PHONE:
                return phones.normalised(value, self._country)
            case _:
                return value


def _date(column: str, text: str, read: Callable[[str], _T], fields: dict[str, str], remarks: list[Phrase]) -> _T | None:
    """The date of a cell; what is none is kept as a field of the column's name."""
    if not text:
        return None
    try:
        return read(text)
    except ValueError:
        fields.setdefault(column, text)
        remarks.append(phrase("“{text}” in the column “{column}” is no date.", text=text[:80], column=column))
        return None


def _row(member: Member, most: Mapping[ContactKind, int], names: Iterable[str]) -> list[str]:
    row = [
        member.name,
        member.kind,
        member.prefix,
        member.given,
        member.additional,
        member.family,
        member.suffix,
        member.nickname,
        member.organization,
        member.title,
        str(member.birthday or ""),
        str(member.joined or ""),
        member.status,
        member.language,
        member.notes,
        cells.list_cell(member.tags),
        member.id,
    ]
    for kind in ContactKind:
        if kind in most:
            ways = [way for way in member.contact_points if way.kind is kind]
            for way in ways:
                row += _way_cells(way)
            row += [""] * len(_parts(kind)) * (most[kind] - len(ways))
    row += [member.fields.get(name, "") for name in names]
    return row


def _way_cells(way: ContactPoint) -> list[str]:
    head = [way.label, _YES if way.preferred else "", way.value]
    if way.kind is not ContactKind.POSTAL:
        return head
    postal = way.postal or PostalAddress()
    return [*head, *(getattr(postal, part) for part in _PARTS.values())]


def _value_column(kind: ContactKind) -> str:
    return "Formatted" if kind is ContactKind.POSTAL else "Value"


def _parts(kind: ContactKind) -> list[str]:
    return ["Label", "Preferred", _value_column(kind), *(_PARTS if kind is ContactKind.POSTAL else ())]


def _columns(kind: ContactKind, number: int) -> list[str]:
    return [f"{_BLOCKS[kind]} {number} - {part}" for part in _parts(kind)]


def _field_header(name: str) -> str:
    """The header of a custom field: its name, marked where a reader would take it for something else."""
    mistakable = target_of(name) is not None or name != name.strip() or name.startswith(_FIELD) or not name or name.endswith(")")
    return _FIELD + name if mistakable else name
