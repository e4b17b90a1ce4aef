"""Members in and out: CSV and vCard, without a second copy of anybody who is there already, and with one undo for the lot."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.actions.importing import Progress, unheard
from desktop.community.errors import Refused
from desktop.community.fold import fold
from desktop.community.members import ContactKind, Member
from desktop.exchange.files import size_of
from desktop.exchange.member_csv import BadRow, Preview, read_preview, write_bad_rows, write_members
from desktop.exchange.member_csv import members as csv_members
from desktop.exchange.vcard import Card, read_cards
from desktop.exchange.vcard_write import write_cards
from desktop.store import bulk, files, members
from desktop.store.database import Store
from resources.translations import Phrase, phrase, phrases

CSV_SUFFIX, CARD_SUFFIXES = ".csv", (".vcf", ".vcard")
STEP = 500  # rows between two reports of progress

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class MemberReport:
    """What an import did, or would do.

    Attributes:
        added: how many are new.
        there: how many were there already, or stood in the file twice.
        bad: the rows that could not be read.
        bad_file: where those were written; None where there were none.
        preview: for a CSV file, how it was read.
        remarks: what the person should know.
    """

    added: int
    there: int
    bad: Sequence[BadRow]
    bad_file: Path | None
    preview: Preview | None
    remarks: Sequence[Phrase]


def is_cards(path: Path) -> bool:
    """Whether a file is to be read or written as vCards, by its name."""
    return path.suffix.lower() in CARD_SUFFIXES


def import_members(store: Store, path: Path, mapping: Mapping[str, str], *, dry_run: bool = False, progress: Progress = unheard) -> MemberReport:
    """Import people and organizations from a CSV or vCard file, as one operation. Bad rows are left out and written beside the file.

    Nothing is changed where `dry_run`, where the person stops it, or where the file can't be read at all.
    """
    country = store.setting("country")
    if is_cards(path):
        if mapping:
            raise Refused(phrase("--map is for tables; a vCard file says itself what is what."))
        preview = None
        found: Iterator[tuple[int, Member, bytes | None] | BadRow] = _cards(path, country)
        total = size_of(path)
    else:
        preview = read_preview(path, country, mapping)
        found = ((*row, None) if not isinstance(row, BadRow) else row for row in csv_members(preview))
        total = preview.lines
    bad: list[BadRow] = []
    added = there = 0
    known = _Known(store)
    with bulk.staging(store) as staged:
        for row in found:
            if isinstance(row, BadRow):
                bad.append(row)
                continue
            at, member, photo = row
            if known.has(member):
                there += 1
            else:
                added += 1
                if photo:
                    name = files.sha256(photo)
                    staged.add_file(name, files.media_type_of(photo), photo)
                    member = replace(member, photo=name)
                members.stage(staged, member)
            if (added + there) % STEP == 0:
                progress(at, total)
        if added and not dry_run:
            what = phrases("Imported {n} member from {file}", "Imported {n} members from {file}", n=added, file=path.name)
            bulk.load(store, staged, what)
            members.index(store)
    bad_file = None
    if bad and not dry_run:
        bad_file = _free(path.with_name(f"{path.stem}-not-imported.csv"))
        write_bad_rows(bad_file, preview.headers if preview else [], bad)
    return MemberReport(added, there, bad, bad_file, preview, preview.remarks if preview else ())


def export_members(store: Store, path: Path, query: str = "") -> int:
    """Write the members that the query finds (all, for an empty one) to a CSV or vCard file, by its name. Gives how many."""
    if path.suffix.lower() not in (CSV_SUFFIX, *CARD_SUFFIXES):
        raise Refused(phrase("Say by the name what it is to be: members.csv for a table, members.vcf for vCards."))
    found = list(members.every(store, query))
    if is_cards(path):
        write_cards(path, ((member, files.content(store, member.photo) if member.photo else None) for member in found))
    else:
        write_members(path, found)
    return len(found)


def _cards(path: Path, country: str) -> Iterator[tuple[int, Member, bytes | None] | BadRow]:
    for card in read_cards(path, country):
        yield (card.line, card.member, card.photo) if isinstance(card, Card) else card


class _Known:
    """Who is there: the same person has the same name and is reached by the same address or number; with neither, the same name is enough.

    Two people of one name, or one number that a family shares, stay two.
    """

    def __init__(self, store: Store) -> None:
        self._keys: set[Key] = set()
        self._names: set[str] = set()
        self._ids: set[str] = set()
        for row_id, name, kind, value in members.ways_of_all(store):
            self._ids.add(row_id)
            self._note(fold(name), kind, value)

    def has(self, member: Member) -> bool:
        """Whether a member is there already; if not, it is from now on."""
        if member.id and member.id in self._ids:
            return True
        name = fold(member.name)
        ways = [(way.kind.value, way.value) for way in member.contact_points if way.kind is not ContactKind.POSTAL]
        if any((name, kind, value.casefold()) in self._keys for kind, value in ways) or (not ways and name in self._names):
            return True
        self._note(name, "", "")
        for kind, value in ways:
            self._note(name, kind, value)
        return False

    def _note(self, name: str, kind: str, value: str) -> None:
        self._names.add(name)
        self._keys.add((name, kind, value.casefold()))


def _free(path: Path) -> Path:
    """The path, or with a number where it is taken."""
    for number in range(1, 10_000):
        candidate = path if number == 1 else path.with_stem(f"{path.stem}-{number}")
        if not candidate.exists():
            return candidate
    return path
