"""Erasing a person for good: the rows, the search words, what the journal holds of them, their photo, and their name in texts that were sent.

What was overwritten is zero in the file (secure_delete), the index is written anew, and the -wal is emptied. The id is kept in `erased`, so that a
backup that is restored forgets the person again. What a person wrote themselves, an announcement or an event, is left to them.
"""

import json
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.community.errors import BelfryError, Refused
from desktop.community.instants import from_text, to_text
from desktop.store import search
from desktop.store.database import Store, peek
from desktop.store.driver import Connection
from desktop.store.journal import Operation, operation
from desktop.store.tables import SHARED, Value
from resources.translations import Phrase, phrase

BLANK = "[…]"
_PARTS = {table.name: table.parent[0] for table in SHARED.values() if table.parent and table.parent[1] == "member"}
_FILES = {table.name: [name for name in ("photo", "document") if name in table.columns] for table in SHARED.values()}
_TOLD = {"member": "name", "contact_point": "value"}  # the columns that other texts may tell
_TEXTS = (("delivery", "sent_text"), ("shelf", "entry"))


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the community file.

    Attributes:
        path: where it was put, and is.
        at: when, aware, UTC.
        readable: it could be looked into; one that could not may hold anybody.
    """

    path: Path
    at: datetime
    readable: bool


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure left behind.

    Attributes:
        copies: the known copies of the file that hold the person still.
        finished: nothing is left in the -wal. False while another program reads the file: `finish` tries again.
    """

    copies: tuple[Copy, ...]
    finished: bool


def erase(store: Store, member_id: str) -> Erased:
    """Erase a member for good, deleted or not. There is no undo. Raises Refused where there is none, or Trouble."""
    if not store.value("SELECT 1 FROM member WHERE id = ?", (member_id,)):
        raise Refused(phrase("There is no such member."))
    _erase_all(store, [member_id])
    return Erased(tuple(copies_with(store, member_id)), finish(store))


def erase_again(store: Store, ids: Iterable[str]) -> int:
    """Erase these people from a file that may hold them still (an older one), and remember them there. Gives how many it held."""
    wanted = sorted({*ids, *(row[0] for row in store.rows("SELECT id FROM erased"))})
    held = [row_id for row_id in wanted if _is_held(store, row_id)]
    with store.write() as conn:
        conn.executemany("INSERT OR IGNORE INTO erased (id, at) VALUES (?, ?)", [(row_id, to_text(store.clock.now())) for row_id in wanted])
    if held:
        _erase_all(store, held)
    return len(held)


def finish(store: Store) -> bool:
    """Empty the -wal. False where another program still reads from it."""
    return bool(store.value("PRAGMA wal_checkpoint(TRUNCATE)") == 0)


def erased_ids(store: Store) -> list[str]:
    """The ids of all who were erased from this file."""
    return [row[0] for row in store.rows("SELECT id FROM erased ORDER BY id")]


def copies(store: Store) -> list[Copy]:
    """The copies of the file that it knows of and that are still there, the newest first."""
    found = [(Path(path), from_text(at)) for path, at in store.rows("SELECT path, at FROM copy ORDER BY at DESC, path")]
    return [Copy(path, at, _look(store, path) is not None) for path, at in found if path.exists()]


def copies_with(store: Store, member_id: str) -> list[Copy]:
    """The known copies that hold this person, or that can't be looked into."""
    return [one for one in copies(store) if not one.readable or _holds(store, one.path, member_id)]


def _erase_all(store: Store, ids: Iterable[str]) -> None:
    packets = {row_id: _packets_with(store, row_id) for row_id in ids}  # found without the lock: what is in a packet stays in it
    with operation(store, phrase("Erased a member")) as op:
        op.kept = True
        for row_id, found in packets.items():
            _scrub(op, row_id, found)
        search.optimize(op.conn)


def _scrub(op: Operation, member_id: str, packets: Iterable[int]) -> None:
    conn = op.conn
    rows = {("member", member_id)}
    for table, column in _PARTS.items():
        rows |= {(table, row[0]) for row in conn.execute(f'SELECT id FROM "{table}" WHERE "{column}" = ?', (member_id,))}
    told, photos = set[str](), set[str]()
    for table, row_id in rows:
        for version in _versions(conn, table, row_id):
            told.add(str(version.get(_TOLD.get(table, ""), "") or ""))
            photos |= {str(version.get(column) or "") for column in _FILES[table]}
    for packet in packets:
        told |= _scrub_packet(conn, packet, member_id, {row_id for _, row_id in rows})
    for table, row_id in rows:
        conn.execute("DELETE FROM journal WHERE row_id = ?", (row_id,))
        if table == "member":
            for (pk,) in conn.execute("SELECT pk FROM member WHERE id = ?", (row_id,)).fetchall():
                search.forget(conn, pk)
        conn.execute(f'DELETE FROM "{table}" WHERE id = ?', (row_id,))
    _drop_files(conn, photos - {""})
    _blank_texts(conn, told)
    conn.execute("INSERT OR IGNORE INTO erased (id, at) VALUES (?, ?)", (member_id, to_text(op.at)))
    op.touch("member", member_id)


def _versions(conn: Connection, table: str, row_id: str) -> list[Mapping[str, Value]]:
    """What a row holds and has held."""
    names = list(SHARED[table].columns)
    listed = ", ".join(f'"{name}"' for name in names)
    now = conn.execute(f'SELECT {listed} FROM "{table}" WHERE id = ?', (row_id,)).fetchall()
    entries = conn.execute("SELECT before, after FROM journal WHERE row_id = ?", (row_id,)).fetchall()
    return [dict(zip(names, row, strict=True)) for row in now] + [json.loads(text) for entry in entries for text in entry if text]


def _packets_with(store: Store, member_id: str) -> list[int]:
    """The packets of bulk loads that hold rows of the member: its own, and parts, which name it."""
    tables = ["member", *_PARTS]
    marks = ",".join("?" * len(tables))
    needle = member_id.encode()
    found = store.conn.execute(f'SELECT pk, rows FROM journal_bulk WHERE "table" IN ({marks})', tables)
    return [pk for pk, packet in found if needle in zlib.decompress(packet)]


def _scrub_packet(conn: Connection, packet: int, member_id: str, ids: set[str]) -> set[str]:
    """Take the rows of the member out of a packet. Gives what they held that other texts may tell."""
    table, rows = conn.execute('SELECT "table", rows FROM journal_bulk WHERE pk = ?', (packet,)).fetchone()
    content = json.loads(zlib.decompress(rows))
    columns: list[str] = content["columns"]
    owner = columns.index(_PARTS[table]) if table in _PARTS else 0
    gone = [row for row in content["rows"] if row[0] in ids or row[owner] == member_id]
    content["rows"] = [row for row in content["rows"] if row not in gone]
    packed = zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 1)
    conn.execute("UPDATE journal_bulk SET rows = ? WHERE pk = ?", (packed, packet))
    return {str(row[columns.index(_TOLD[table])]) for row in gone} if table in _TOLD else set()


def _drop_files(conn: Connection, hashes: set[str]) -> None:
    """Drop the files that no row needs any more, and none that undo could bring back."""
    for name in hashes:
        needed = any(
            conn.execute(f'SELECT 1 FROM "{table}" WHERE "{column}" = ? LIMIT 1', (name,)).fetchone()
            for table, columns in _FILES.items()
            for column in columns
        )
        needed = needed or bool(conn.execute("SELECT 1 FROM setting WHERE value = ?", (name,)).fetchone())  # the community's logo
        if not needed and not conn.execute("SELECT 1 FROM journal WHERE instr(before, ?1) OR instr(after, ?1) LIMIT 1", (name,)).fetchone():
            conn.execute("DELETE FROM file WHERE sha256 = ?", (name,))


def _blank_texts(conn: Connection, told: set[str]) -> None:
    """Blank names, addresses and numbers in the texts that were sent, in what connections kept, and in the names of what was done."""
    pattern = _pattern(told)
    if pattern is None:
        return
    for table, column in _TEXTS:
        for pk, text in conn.execute(f"SELECT pk, {column} FROM {table} WHERE {column} != ''").fetchall():
            if (blanked := pattern.sub(BLANK, text)) != text:
                conn.execute(f"UPDATE {table} SET {column} = ? WHERE pk = ?", (blanked, pk))
    for pk, text in conn.execute("SELECT pk, phrase FROM operation").fetchall():
        kept = Phrase.from_json(text)
        blank: dict[str, Any] = {name: pattern.sub(BLANK, value) if isinstance(value, str) else value for name, value in kept.params.items()}
        if blank != kept.params:
            conn.execute("UPDATE operation SET phrase = ? WHERE pk = ?", (Phrase(kept.id, blank, kept.plural).to_json(), pk))


def _pattern(told: set[str]) -> re.Pattern[str] | None:
    """What finds any of these as whole words. A name of one word counts only as it is written: Will is not `will`."""
    wanted = sorted((text for text in told if len(text) > 1), key=len, reverse=True)
    if not wanted:
        return None
    # As they are, and as JSON writes them (what connections keep is JSON).
    written = [form for text in wanted for form in dict.fromkeys((text, json.dumps(text, ensure_ascii=False)[1:-1]))]
    return re.compile("|".join(rf"(?<!\w){re.escape(text) if text.isalpha() else f'(?i:{re.escape(text)})'}(?!\w)" for text in written))


def _is_held(store: Store, member_id: str) -> bool:
    if store.value("SELECT 1 FROM member WHERE id = ?", (member_id,)) or store.value("SELECT 1 FROM journal WHERE row_id = ?", (member_id,)):
        return True
    return bool(_packets_with(store, member_id))


def _look(store: Store, path: Path) -> Store | None:
    """Open a copy for reading; None where it can't be opened."""
    try:
        return peek(path, store.key, clock=store.clock, device=store.device)
    except BelfryError:
        return None


def _holds(store: Store, path: Path, member_id: str) -> bool:
    found = _look(store, path)
    if found is None:
        return True
    with found:
        try:
            return _is_held(found, member_id)
        except BelfryError:
            return True
