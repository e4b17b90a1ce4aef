"""Looking through a community file: is it whole, does everything fit together, is what was worked out right? And making that anew."""

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desktop.community.errors import BelfryError, Remedy
from desktop.store import announcements, events, faults, members, occurrences, search
from desktop.store.database import Store
from desktop.store.driver import Connection
from desktop.store.tables import SHARED, SharedTable
from resources.translations import Phrase, phrase, phrases

_REFERENCES = [
    *((table.name, table.parent[0], table.parent[1]) for table in SHARED.values() if table.parent),
    ("announcement", "event_id", "event"),
    ("announcement_channel", "channel_id", "channel"),
    ("channel", "connection_id", "connection"),
]
_OPTIONAL = {"series_id", "event_id"}
_UNREADABLE = (BelfryError, ValueError, KeyError, TypeError)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be.

    Attributes:
        what: the sentence.
        mendable: `repair` makes it right, from what the file holds.
        remedy: what a person does about it.
    """

    what: Phrase
    mendable: bool = False
    remedy: Remedy | None = None


def check(store: Store) -> list[Finding]:
    """Look through the file, without changing it. Empty where all is well. Takes seconds for a big community."""
    with store.read() as conn:
        found: list[Finding] = []
        looks: tuple[Callable[[Store], Iterator[Finding]], ...] = (_values, _references, _journal, _files, _derived, _search, _occurrences)
        try:
            with faults.explained(store.path, store.key), faults.readable(store.path):
                damage = [row[0] for row in conn.execute("PRAGMA integrity_check(100)").fetchall() if row[0] != "ok"]
                if damage:
                    return [_damage(damage)]
                for look in looks:
                    found += look(store)
        except faults.NoCommunity as damaged:  # as far as it can be read, or a row that is none was met: one look has told of it
            if not found:
                found.append(Finding(damaged.phrase, remedy=damaged.remedy))
        return found


def repair(store: Store) -> list[Finding]:
    """Make anew what is worked out from the rest: sort keys, the search index, the dates of events. Gives what is still wrong after it."""
    with store.write() as conn:
        for table in SHARED.values():
            for row_id, wanted in _wrongly_derived(conn, table):
                listed = ", ".join(f'"{name}" = ?' for name in wanted)
                conn.execute(f'UPDATE "{table.name}" SET {listed} WHERE id = ?', [*wanted.values(), row_id])
        search.remake(conn)
    occurrences.remake(store)
    return check(store)


def _damage(said: list[str]) -> Finding:
    if all("member_search" in line for line in said):
        return Finding(phrase("The search index is damaged. It can be made anew from the members."), mendable=True)
    return Finding(phrase("The file is damaged: {detail}. Put the newest backup back.", detail=said[0][:200]), remedy=Remedy.RESTORE)


def _values(store: Store) -> Iterator[Finding]:
    """Every row can be read as what it is."""
    bad = 0
    for (row_id,) in store.rows("SELECT id FROM member WHERE deleted_at IS NULL") if not _all_readable(store) else ():
        try:
            members.get(store, row_id)
        except _UNREADABLE:
            bad += 1
    if bad:
        yield Finding(phrases("{n} member can't be read.", "{n} members can't be read.", n=bad))
    bad = 0
    for row in store.rows(f"SELECT {events.COLUMNS} FROM event WHERE deleted_at IS NULL"):
        try:
            events.value(row)
        except _UNREADABLE:
            bad += 1
    if bad:
        yield Finding(phrases("{n} event can't be read.", "{n} events can't be read.", n=bad))
    bad = 0
    for (row_id,) in store.rows("SELECT id FROM announcement WHERE deleted_at IS NULL"):
        try:
            announcements.get(store, row_id)
        except _UNREADABLE:
            bad += 1
    if bad:
        yield Finding(phrases("{n} announcement can't be read.", "{n} announcements can't be read.", n=bad))


def _all_readable(store: Store) -> bool:
    try:
        for _ in members.every(store):
            pass
    except _UNREADABLE:
        return False
    return True


def _references(store: Store) -> Iterator[Finding]:
    """What a row is a part of, or about, is there."""
    for table, column, parent in _REFERENCES:
        given = f"\"{column}\" != '' AND" if column in _OPTIONAL else ""
        lost = store.value(f'SELECT count(*) FROM "{table}" WHERE deleted_at IS NULL AND {given} "{column}" NOT IN (SELECT id FROM "{parent}")')
        if lost:
            yield Finding(
                phrases(
                    "{n} row of “{table}” belongs to a “{parent}” that is not there.",
                    "{n} rows of “{table}” belong to a “{parent}” that is not there.",
                    n=lost,
                    table=table,
                    parent=parent,
                )
            )


def _journal(store: Store) -> Iterator[Finding]:
    """The journal can be read, and what it says belongs to an operation that is there."""
    known = "(SELECT pk FROM operation)"
    lost = sum(
        store.value(sql)
        for sql in (
            f"SELECT count(*) FROM journal WHERE operation NOT IN {known} OR prior NOT IN (SELECT pk FROM operation UNION SELECT 0)",
            f"SELECT count(*) FROM journal_bulk WHERE operation NOT IN {known}",
            f"SELECT count(*) FROM operation WHERE undone_by NOT IN {known} OR undoes NOT IN {known} OR redoes NOT IN {known}",
            *(f'SELECT count(*) FROM "{table}" WHERE op NOT IN {known}' for table in SHARED),
        )
    )
    if lost:
        yield Finding(phrases("{n} entry of the history has lost its step.", "{n} entries of the history have lost their step.", n=lost))
    bad: int = store.value("SELECT count(*) FROM journal WHERE NOT json_valid(after) OR (before IS NOT NULL AND NOT json_valid(before))")
    for (packet,) in store.conn.execute("SELECT rows FROM journal_bulk"):
        try:
            json.loads(zlib.decompress(packet))
        except (zlib.error, ValueError):
            bad += 1
    for (text,) in store.conn.execute("SELECT phrase FROM operation"):
        try:
            Phrase.from_json(text)
        except (ValueError, KeyError, TypeError):
            bad += 1
    if bad:
        yield Finding(phrases("{n} entry of the history can't be read.", "{n} entries of the history can't be read.", n=bad))


def _files(store: Store) -> Iterator[Finding]:
    """Photos and documents are what their hash says, and there."""
    spoiled = sum(hashlib.sha256(content).hexdigest() != name for name, content in store.conn.execute("SELECT sha256, content FROM file"))
    if spoiled:
        yield Finding(phrases("{n} photo or document is damaged.", "{n} photos or documents are damaged.", n=spoiled))
    columns = [(table.name, column) for table in SHARED.values() for column in ("photo", "document") if column in table.columns]
    missing = "SELECT count(*) FROM {0} WHERE {1} != '' AND deleted_at IS NULL AND {1} NOT IN (SELECT sha256 FROM file)"
    lost = sum(store.value(missing.format(table, column)) for table, column in columns)
    if lost:
        yield Finding(phrases("{n} photo or document is missing.", "{n} photos or documents are missing.", n=lost))


def _derived(store: Store) -> Iterator[Finding]:
    """Sort keys and the like are as worked out from their rows."""
    wrong = sum(1 for table in SHARED.values() for _ in _wrongly_derived(store.conn, table))
    if wrong:
        yield Finding(phrases("{n} row is sorted wrongly.", "{n} rows are sorted wrongly.", n=wrong), mendable=True)


def _wrongly_derived(conn: Connection, table: SharedTable) -> Iterator[tuple[str, dict[str, object]]]:
    if not table.derived:
        return
    names = ["id", *table.columns, *table.derived]
    listed = ", ".join(f'"{name}"' for name in names)
    for values in conn.execute(f'SELECT {listed} FROM "{table.name}"').fetchall():
        row = dict(zip(names, values, strict=True))
        wanted = table.derive(row)
        if any(row[name] != value for name, value in wanted.items()):
            yield row["id"], dict(wanted)


def _search(store: Store) -> Iterator[Finding]:
    """Every member is found by its words, and by nothing else. What the index has for deleted ones does not matter: they are never found."""
    kept = _words_kept(store.conn)
    owed = {row[0] for row in store.rows("SELECT member FROM search_queue")}  # the next search writes them
    wrong = 0
    for pk, words, there in search.all_words(store.conn):
        wrong += sorted(kept.pop(pk, ["?"])) != sorted(words.split()) and there and pk not in owed
    wrong += len(kept)
    if wrong:
        yield Finding(phrases("{n} member is not found as it should be.", "{n} members are not found as they should be.", n=wrong), mendable=True)


def _words_kept(conn: Connection) -> dict[int, list[str]]:
    """The words of each search row, read back from the index."""
    kept: defaultdict[int, list[str]] = defaultdict(list, {row[0]: [] for row in conn.execute("SELECT id FROM member_search_docsize")})
    conn.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.kept_words USING fts5vocab(main, member_search, instance)")
    try:
        for term, member in conn.execute("SELECT term, doc FROM temp.kept_words"):
            kept[member].append(term)
    finally:
        conn.execute("DROP TABLE temp.kept_words")
    return kept


def _occurrences(store: Store) -> Iterator[Finding]:
    """The dates worked out ahead are those of the events."""
    found = occurrences.kept(store)
    if found and found[1] != occurrences.all_dates(store, found[0]):
        yield Finding(phrase("The calendar shows dates that are not those of the events."), mendable=True)
