"""Rows of a table made into members, by what each column is. Every cell ends up somewhere: what has no place of its own is a custom field."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from desktop.community import addresses, handles, phones
from desktop.community.errors import Refused
from desktop.community.fold import fold
from desktop.community.members import ContactKind, ContactPoint, Member, MemberKind, MemberStatus, PostalAddress
from desktop.exchange import cells
from desktop.exchange.dates import DateOrder, birthday_of, day_of, is_none
from desktop.exchange.headers import ADDRESS, WAYS, Field, Part, Target
from desktop.exchange.naming import called
from resources.translations import Phrase, phrase

_T = TypeVar("_T")

_PARTS = (Field.PO_BOX, Field.EXTENDED, Field.STREET, Field.CITY, Field.REGION, Field.CODE, Field.COUNTRY)
"""In the order of PostalAddress."""
_REGION_AT = _PARTS.index(Field.REGION)
# What a program writes into a column of its own for everybody: as good as empty. By folded header.
_DEFAULTS = {
    "e mail type": "SMTP",
    "e mail 2 type": "SMTP",
    "e mail 3 type": "SMTP",
    "priority": "Normal",
    "sensitivity": "Normal",
    "private": "False",
    "gender": "Unspecified",
}


@dataclass(frozen=True, slots=True)
class _Way:
    """The columns of one way to reach a member; None where there is none."""

    kind: ContactKind
    label: str
    preferred: bool
    value_at: int
    label_at: int | None
    preferred_at: int | None


@dataclass(frozen=True, slots=True)
class _Place:
    """The columns of one postal address; the parts as (which field of PostalAddress, column)."""

    label: str
    label_at: int | None
    whole_at: tuple[int, ...]
    parts_at: tuple[tuple[int, int], ...]


class MemberRows:
    """How the rows of one table become members.

    Args:
        headers: the name of each column, no two the same.
        targets: what each column is; None: a custom field under its header.
        country: ISO 3166-1 alpha-2, where phone numbers without `+` belong; empty: unknown.
        orders: what comes first in its dates, by column.
    """

    def __init__(self, headers: Sequence[str], targets: Sequence[Target | None], country: str, orders: Mapping[int, DateOrder]) -> None:
        self._headers = tuple(headers)
        self._country = country
        self._orders = orders
        columns: dict[Field, list[int]] = {}
        for index, target in enumerate(targets):
            if target is not None and target.field not in WAYS | ADDRESS | {Field.CUSTOM, Field.IGNORE}:
                columns.setdefault(target.field, []).append(index)
        self._tags_at = columns.pop(Field.TAGS, [])
        self._notes_at = columns.pop(Field.NOTES, [])
        self._birthdays_at = columns.pop(Field.BIRTHDAY, [])
        self._joined_at = columns.pop(Field.JOINED, [])
        self._kinds_at = columns.pop(Field.KIND, [])
        self._statuses_at = columns.pop(Field.STATUS, [])
        self._ids_at = columns.pop(Field.ID, [])
        self._texts_at = [(str(field), index) for field, indices in columns.items() for index in indices]
        self._ways = _ways(targets)
        self._places = _places(targets)
        self._custom = _custom(targets, headers)
        self._defaults = {index: _DEFAULTS[words] for index, name, _ in self._custom if (words := fold(name)) in _DEFAULTS}

    def member(self, row: Sequence[str], remarks: list[Phrase]) -> Member:
        """The member of a row. Raises Refused where nothing in it could be a name, or it has more cells than there are columns.

        A date, an e-mail address or a phone number that is none is kept as a custom field; that is added to `remarks`.
        """
        row = self._fitted(row)
        texts: dict[str, str] = {}
        extra: dict[str, str] = {}
        for field, index in self._texts_at:
            text = row[index]
            if text and (text := text.strip()) and texts.setdefault(field, text) != text:
                self._keep(extra, self._headers[index], text)
        ways = self._contact_points(row, extra, remarks)
        birthday = self._date(row, self._birthdays_at, birthday_of, extra, remarks) if self._birthdays_at else None
        joined = self._date(row, self._joined_at, day_of, extra, remarks) if self._joined_at else None
        kind = self._word(row, self._kinds_at, cells.kind_of, extra) if self._kinds_at else None
        status = self._word(row, self._statuses_at, cells.status_of, extra) if self._statuses_at else None
        for index, name, label_at in self._custom:
            text = row[index]
            if text and (text := text.strip()) and text != self._defaults.get(index) and not is_none(text):
                self._keep(extra, name if label_at is None else cells.label_of(row[label_at])[0] or name, text)
        name, meant = called(texts, ways)
        if name == texts.get("organization") and (kind or meant) is MemberKind.ORGANIZATION:
            del texts["organization"]
        texts["name"] = name
        return Member(
            **texts,
            kind=kind or meant,
            birthday=birthday,
            joined=joined,
            welcomed=None,
            status=status or MemberStatus.ACTIVE,
            notes="\n\n".join(dict.fromkeys(text.replace("\r\n", "\n") for index in self._notes_at if (text := row[index].strip())))
            if self._notes_at
            else "",
            fields=extra,
            contact_points=tuple(ways),
            tags=self._tags(row),
            id=row[self._ids_at[0]].strip() if self._ids_at else "",
        )

    def _tags(self, row: Sequence[str]) -> tuple[str, ...]:
        found = [cells.tags_of(row[index]) for index in self._tags_at if row[index]]
        return found[0] if len(found) == 1 else cells.distinct(tag for tags in found for tag in tags)

    def _fitted(self, row: Sequence[str]) -> Sequence[str]:
        """The row in the width of the header. Raises Refused where there is more in it than there are columns."""
        width = len(self._headers)
        if len(row) == width:
            return row
        if any(row[width:]):
            raise Refused(
                phrase(
                    "This row has {n} cells where the table has {columns} columns. Put a text with a comma in it in quotes.",
                    n=len(row),
                    columns=width,
                )
            )
        return [*row[:width], *[""] * (width - len(row))]

    @staticmethod
    def _keep(extra: dict[str, str], name: str, text: str) -> None:
        """As a custom field, beside another of this name where there is one."""
        if extra.setdefault(name, text) == text:
            return
        free, number = name, 2
        while free in extra and extra[free] != text:
            free, number = f"{name} ({number})", number + 1
        extra[free] = text

    def _date(
        self, row: Sequence[str], columns: Iterable[int], read: Callable[[str, DateOrder], _T], extra: dict[str, str], remarks: list[Phrase]
    ) -> _T | None:
        """The date in the first of these columns that has one."""
        found: _T | None = None
        for index in columns:
            text = row[index]
            if not text or not (text := text.strip()) or is_none(text):
                continue
            try:
                day = read(text, self._orders.get(index, DateOrder.DAY))
            except ValueError:
                if cells.says_nothing(text):
                    continue
                self._keep(extra, self._headers[index], text)
                remarks.append(phrase("“{text}” in the column “{column}” is no date.", text=text[:80], column=self._headers[index]))
                continue
            if found is None:
                found = day
            elif found != day:
                self._keep(extra, self._headers[index], text)
        return found

    def _word(self, row: Sequence[str], columns: Iterable[int], means: Callable[[str], _T | None], extra: dict[str, str]) -> _T | None:
        """What the word in the first of these columns means; words that mean nothing here are kept as custom fields."""
        found: _T | None = None
        for index in columns:
            text = row[index].strip()
            meaning = means(text) if text else None
            if found is None and meaning is not None:
                found = meaning
            elif text and meaning is None and not cells.says_nothing(text):
                self._keep(extra, self._headers[index], text)
        return found

    def _contact_points(self, row: Sequence[str], extra: dict[str, str], remarks: list[Phrase]) -> list[ContactPoint]:
        """The ways to reach the member."""
        found: dict[tuple[ContactKind, str], ContactPoint] = {}
        for way in self._ways:
            text = row[way.value_at]
            if not text or (len(text) < 5 and cells.says_nothing(text.strip())):
                continue
            labels = ((way.label, way.preferred),) if way.label_at is None else cells.labels_of(row[way.label_at])
            marked = way.preferred_at is not None and bool(row[way.preferred_at])
            for number, value in enumerate(self._values(way, text, extra, remarks)):
                label, preferred = labels[min(number, len(labels) - 1)]
                preferred = preferred or marked
                point = ContactPoint(way.kind, value, label, preferred)
                kept = found.setdefault((way.kind, value.casefold()), point)
                if kept is not point and preferred and not kept.preferred:
                    found[way.kind, value.casefold()] = replace(kept, preferred=True)
        for place in self._places:
            postal = self._postal(place, row, extra)
            if postal is not None:
                found.setdefault((ContactKind.POSTAL, postal.value.casefold()), postal)
        return list(found.values())

    def _values(self, way: _Way, text: str, extra: dict[str, str], remarks: list[Phrase]) -> list[str]:
        match way.kind:
            case ContactKind.EMAIL:
                plain = addresses.normalised(text)
                if plain is not None:
                    return [plain]
                values = []
                for part in cells.several_emails(text):
                    address = addresses.normalised(part)
                    if address is None:
                        column = self._headers[way.value_at]
                        self._keep(extra, column, part)
                        remarks.append(phrase("“{text}” in the column “{column}” is no e-mail address.", text=part[:80], column=column))
                    else:
                        values.append(address)
                return values
            case ContactKind.PHONE:
                if text.isascii() and text.isdigit():
                    return [phones.normalised(text, self._country)]
                values = []
                for part in cells.several(text):
                    if any(map(str.isdigit, part)):
                        values.append(phones.normalised(part.removeprefix("tel:"), self._country))
                    elif not cells.says_nothing(part):
                        column = self._headers[way.value_at]
                        self._keep(extra, column, part)
                        remarks.append(phrase("“{text}” in the column “{column}” is no phone number.", text=part[:80], column=column))
                return values
            case _:
                return [handles.normalised(way.kind, part, self._country) for part in cells.several(text)]

    def _postal(self, place: _Place, row: Sequence[str], extra: dict[str, str]) -> ContactPoint | None:
        """The address; where there is no more of it than a region or a country, that is a custom field."""
        parts = [""] * len(_PARTS)
        for part, index in place.parts_at:
            text = row[index]
            if text and (text := text.strip()):
                parts[part] = f"{parts[part]}, {text}" if parts[part] else text
        whole = "\n".join(text for index in place.whole_at if (text := row[index].strip())) if place.whole_at else ""
        postal = PostalAddress(*parts) if any(parts) else None
        if not whole and not any(parts[:_REGION_AT] + parts[_REGION_AT + 1 : -1]):
            for _, index in place.parts_at:
                if row[index].strip():
                    self._keep(extra, self._headers[index], row[index].strip())
            return None
        label, preferred = (place.label, False) if place.label_at is None else cells.label_of(row[place.label_at])
        return ContactPoint(ContactKind.POSTAL, whole or (postal or PostalAddress()).formatted(), label, preferred, postal)


def _ways(targets: Sequence[Target | None]) -> list[_Way]:
    beside = {(target.field, target.block, target.part): index for index, target in enumerate(targets) if target and target.block}
    return [
        _Way(
            kind=ContactKind(target.field),
            label=target.detail,
            preferred=target.preferred,
            value_at=index,
            label_at=beside.get((target.field, target.block, Part.LABEL)),
            preferred_at=beside.get((target.field, target.block, Part.PREFERRED)),
        )
        for index, target in enumerate(targets)
        if target and target.field in WAYS and target.part is Part.VALUE
    ]


def _places(targets: Sequence[Target | None]) -> list[_Place]:
    blocks: dict[str, list[tuple[int, Target]]] = {}
    for index, target in enumerate(targets):
        if target and target.field in ADDRESS:
            blocks.setdefault(target.block, []).append((index, target))
    return [
        _Place(
            label=columns[0][1].detail,
            label_at=next((index for index, target in columns if target.part is Part.LABEL), None),
            whole_at=tuple(index for index, target in columns if target.field is Field.POSTAL and target.part is Part.VALUE),
            parts_at=tuple((_PARTS.index(target.field), index) for index, target in columns if target.field in _PARTS),
        )
        for columns in blocks.values()
    ]


def _custom(targets: Sequence[Target | None], headers: Sequence[str]) -> list[tuple[int, str, int | None]]:
    """The columns that are custom fields: where, the name, and the column that names it row by row."""
    labels = {target.block: index for index, target in enumerate(targets) if target and target.block and target.part is Part.LABEL}
    values = {target.block for target in targets if target and target.field is Field.CUSTOM and target.part is Part.VALUE}
    found: list[tuple[int, str, int | None]] = []
    for index, target in enumerate(targets):
        if target is None:
            found.append((index, headers[index], None))
        elif target.field is Field.CUSTOM and (target.part is Part.VALUE or target.block not in values):
            found.append((index, target.detail or headers[index], labels.get(target.block) if target.part is Part.VALUE and target.block else None))
        elif target.part is Part.LABEL and target.field is not Field.CUSTOM and not _has_value(targets, target):
            found.append((index, headers[index], None))
    return found


def _has_value(targets: Sequence[Target | None], label: Target) -> bool:
    """Whether a column of labels has something to label."""
    kinds = ADDRESS if label.field in ADDRESS else {label.field}
    return any(target and target.field in kinds and target.block == label.block and target.part is Part.VALUE for target in targets)
