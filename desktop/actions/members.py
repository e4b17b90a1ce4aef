"""Members in and out: CSV and vCard, without a second copy of anybody who is there already, and with one undo for the lot."""

import pickle
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path
from typing import IO

from desktop.actions.importing import Progress, unheard
from desktop.community.errors import Refused, Remedy, Trouble
from desktop.community.fold import fold
from desktop.community.ids import new_id
from desktop.community.members import ContactKind, Member
from desktop.exchange.files import reading
from desktop.exchange.member_csv import BadRow, Preview, read_preview, write_bad_rows, write_members
from desktop.exchange.member_csv import members as csv_members
from desktop.exchange.vcard import cards
from desktop.exchange.vcard_write import write_cards
from desktop.store import bulk, files, members
from desktop.store.database import Store
from resources.translations import Phrase, phrase, phrases

CSV_SUFFIX, CARD_SUFFIXES = ".csv", (".vcf", ".vcard")
AT_ONCE = 64  # members that are staged together
STEP = 500  # rows between two reports of progress
SHORT = 8  # of an id: its random end, enough to name a member by
FIRST = 3  # of the new members that a report holds
KEPT = 20  # bad rows and remarks that a report holds; the file of bad rows has them all


@dataclass(frozen=True, slots=True)
class MemberReport:
    """What an import did, or would do.

    Attributes:
        added: how many are new.
        first: the first few of them, as they are or would be. With ids that `import_members` takes, so that they can have them for good.
        there: how many were there already.
        twice: how many stand further up in the file, too.
        lacking: how many are in, or would be, without a date or a way to reach them that could not be read; that is kept as a field.
        bad: the first of the rows that could not be read.
        bad_count: how many of those there are.
        bad_file: where they were written; None where there were none, or nothing was to be changed.
        preview: for a CSV file, how it was read.
        remarks: what the person should know.
    """

    added: int
    first: Sequence[Member]
    there: int
    twice: int
    lacking: int
    bad: Sequence[BadRow]
    bad_count: int
    bad_file: Path | None
    preview: Preview | None
    remarks: Sequence[Phrase]


@dataclass(frozen=True, slots=True)
class _Found:
    """A member in a file, with the line on which it begins."""

    line: int
    member: Member
    photo: bytes | None = None
    remarks: Sequence[Phrase] = ()
    lacking: bool = False


def is_cards(path: Path) -> bool:
    """Whether a file is to be read or written as vCards, by its name."""
    return path.suffix.lower() in CARD_SUFFIXES


def import_members(
    store: Store, path: Path, mapping: Mapping[str, str], *, dry_run: bool = False, ids: Sequence[str] = (), progress: Progress = unheard
) -> MemberReport:
    """Import people and organizations from a CSV or vCard file, as one operation. Bad rows are left out and written beside the file.

    Nothing is changed where `dry_run`, where the person stops it, or where the file can't be read at all. A file of any length is read in bounded
    memory, but for about 250 bytes for each member, by which a second copy is known. `ids` are for the first new ones, as a dry run gave them.
    """
    country = store.setting("country")
    preview = None
    if not is_cards(path):
        preview = read_preview(path, country, mapping)
    elif mapping:
        raise Refused(phrase("What a column is can be said of tables only; a vCard file says itself what is what."), Remedy.NAME_COLUMNS)
    total = preview.lines if preview else _lines(path)
    remarks = list(preview.remarks) if preview else []
    added = there = twice = lacking = at = 0
    new: list[Member] = []
    first: list[Member] = []
    known = _Known(store)
    with bulk.staging(store) as staged, tempfile.TemporaryFile(dir=store.path.parent) as spool:
        bad = _Bad(spool)
        for found in _from_table(preview) if preview else _from_cards(path, country):
            at = found.line
            if isinstance(found, BadRow):
                bad.add(found)
            elif (copy := known.meet(found.member)) is _Copy.THERE:
                there += 1
            elif copy is _Copy.TWICE:
                twice += 1
            else:
                added += 1
                lacking += found.lacking
                new.append(_with_photo(staged, found))
                first += [replace(found.member, id=new_id())] if len(first) < FIRST else []
                remarks += found.remarks if len(remarks) < KEPT else ()
            if len(new) == AT_ONCE:
                members.stage(staged, *new, ids=ids)
                new.clear()
                ids = ()
            if (added + there + twice + bad.count) % STEP == 0:
                progress(at, total)
        members.stage(staged, *new, ids=ids)
        if added and not dry_run:
            what = phrases("Imported {n} member from {file}", "Imported {n} members from {file}", n=added, file=path.name)
            bulk.load(store, staged, what, lambda: progress(at, total))
            members.index(store, staged)
        bad_file = None
        if bad.count and not dry_run:
            try:
                bad_file = bad.write(path, preview.headers if preview else [])
            except Trouble as trouble:  # what could be imported is in; that is not to be forgotten over it
                remarks.append(trouble.phrase)
    said = list({str(remark): remark for remark in remarks}.values())
    return MemberReport(added, first, there, twice, lacking, bad.first, bad.count, bad_file, preview, said)


def export_members(store: Store, path: Path, query: str = "", *, progress: Progress = unheard) -> int:
    """Write the members that the query finds (all, for an empty one) to a CSV or vCard file, by its name. Gives how many."""
    if path.suffix.lower() not in (CSV_SUFFIX, *CARD_SUFFIXES):
        raise Refused(phrase("Say by the name what it is to be: members.csv for a table, members.vcf for vCards."))
    total = len(members.pks(store, query))

    def counted() -> Iterator[Member]:
        for number, member in enumerate(members.every(store, query), start=1):
            yield member
            if number % STEP == 0:
                progress(number, total)

    if is_cards(path):
        write_cards(path, ((member, files.content(store, member.photo) if member.photo else None) for member in counted()))
    else:
        write_members(path, list(counted()))
    return total


def find(store: Store, named: str) -> Member:
    """The member with this id, this end of an id, or this name. Raises Refused where there is none, or more than one."""
    wanted = fold(named)
    same = [one for one in members.every(store, named) if fold(one.name) == wanted] if wanted else []
    if len(same) > 1:
        ids = ", ".join(one.id[-SHORT:] for one in same)
        raise Refused(phrase("{n} members are called {name}. Name one by the id: {ids}", n=len(same), name=same[0].name, ids=ids))
    ids_found = members.ids_ending(store, named) if named and not same else []
    if same:
        return same[0]
    if len(ids_found) != 1:
        raise Refused(phrase("There is no member {name}.", name=named), Remedy.FIND_MEMBER)
    return members.get(store, ids_found[0])


def _from_table(preview: Preview) -> Iterator[_Found | BadRow]:
    for row in csv_members(preview):
        if isinstance(row, BadRow):
            yield row
            continue
        line, member, unread = row
        said = [phrase("Line {line}: {reason}", line=line, reason=str(why)) for why in unread]
        yield _Found(line, member, remarks=said, lacking=bool(unread))


def _from_cards(path: Path, country: str) -> Iterator[_Found | BadRow]:
    for card in cards(path, country):
        yield card if isinstance(card, BadRow) else _Found(card.line, card.member, card.photo, card.remarks)


def _lines(path: Path) -> int:
    with reading(path), path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def _with_photo(staged: bulk.Staging, found: _Found) -> Member:
    if not found.photo:
        return found.member
    name = files.sha256(found.photo)
    staged.add_file(name, files.media_type_of(found.photo), found.photo)
    return replace(found.member, photo=name)


class _Bad:
    """The rows that could not be read. All but the first few wait in a file: there may be a million.

    Attributes:
        first: the first few.
        count: how many there are.
    """

    def __init__(self, spool: IO[bytes]) -> None:
        self._spool = spool
        self.first: list[BadRow] = []
        self.count = 0

    def add(self, row: BadRow) -> None:
        """One more."""
        self.count += 1
        if len(self.first) < KEPT:
            self.first.append(row)
        pickle.dump(row, self._spool)

    def write(self, source: Path, headers: Sequence[str]) -> Path:
        """Write them beside the file that they came from; gives where. Raises Trouble."""
        path = _free(source.with_name(f"{source.stem}-not-imported.csv"))
        self._spool.seek(0)
        write_bad_rows(path, headers, (pickle.load(self._spool) for _ in range(self.count)))
        return path


class _Copy(Enum):
    """Where the same person was seen before."""

    THERE = auto()
    TWICE = auto()


class _Known:
    """Who is there, and who stood further up in the file.

    The same person has the same name and is reached by the same address or number; with neither, the same name is enough. Two people of one name, or
    one number that a family shares, stay two. Kept as hashes of 64 bits: among a million members, two that differ are taken for one with a chance of
    one in thirty million.
    """

    def __init__(self, store: Store) -> None:
        self._there: set[int] = set()
        self._above: set[int] = set()
        self._ids: set[str] = set()
        for row_id, name, kind, value in members.ways_of_all(store):
            self._ids.add(row_id)
            folded = fold(name)
            self._there.add(hash(folded))
            if kind:
                self._there.add(hash((folded, kind, value.casefold())))

    def meet(self, member: Member) -> _Copy | None:
        """Where this member was seen before; None for the first time, and then it is seen from now on."""
        if member.id and member.id in self._ids:
            return _Copy.THERE
        name = fold(member.name)
        marks = [hash((name, str(way.kind), way.value.casefold())) for way in member.contact_points if way.kind is not ContactKind.POSTAL]
        alone = hash(name)
        if not self._there.isdisjoint(marks or (alone,)):
            return _Copy.THERE
        if not self._above.isdisjoint(marks or (alone,)):
            return _Copy.TWICE
        self._above.add(alone)
        self._above.update(marks)
        return None


def _free(path: Path) -> Path:
    """The path, or with a number where it is taken."""
    for number in range(1, 10_000):
        candidate = path if number == 1 else path.with_stem(f"{path.stem}-{number}")
        if not candidate.exists():
            return candidate
    return path
