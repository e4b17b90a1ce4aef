"""Taking operations back, making them again, and the list of what was done.

An edit is put back column by column and a creation row by row, only where nobody has changed it since; what could not be put back is counted. Both
are operations themselves, so they are journaled and followed like any other.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from desktop.community.errors import Refused
from desktop.community.instants import from_text, to_text
from desktop.store.bulk import restore_bulk, undo_bulk
from desktop.store.database import Store
from desktop.store.journal import Operation, current, operation, write_row
from desktop.store.tables import SHARED, Row, SharedTable, Value
from resources.translations import Phrase, phrase


@dataclass(frozen=True, slots=True)
class Done:
    """An operation in the history.

    Attributes:
        id: UUIDv7 text.
        name: what was done.
        at: when, aware, UTC.
        device: the id of the computer it was done on.
        undone: it has been taken back.
    """

    pk: int
    id: str
    name: Phrase
    at: datetime
    device: str
    undone: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an undo or redo did.

    Attributes:
        name: of the operation that was taken back or made again.
        kept: how many rows or columns stayed as they are, because somebody changed them since.
        announcements: the ids of those that it touched: what has left the house of them can't be undone.
    """

    name: Phrase
    kept: int
    announcements: frozenset[str] = frozenset()


class Way(Enum):
    """Which way through an operation's journal."""

    BACK = "back"
    FORTH = "forth"


def history(store: Store, limit: int = 50) -> list[Done]:
    """What was done, the newest first; undos and redos themselves are not listed."""
    rows = store.rows(
        "SELECT pk, id, phrase, hlc, device, undone_by IS NOT NULL FROM operation WHERE undoes IS NULL AND redoes IS NULL ORDER BY pk DESC LIMIT ?",
        (limit,),
    )
    return [Done(pk, uid, Phrase.from_json(name), from_text(hlc[:24]), device, bool(undone)) for pk, uid, name, hlc, device, undone in rows]


def history_of(store: Store, row_id: str) -> list[Done]:
    """What was done to one row, the newest first."""
    pks = [row[0] for row in store.rows("SELECT operation FROM journal WHERE row_id = ?", (row_id,))]
    priors = [row[0] for row in store.rows("SELECT prior FROM journal WHERE row_id = ? AND prior > 0", (row_id,))]
    made = [store.value(f'SELECT op FROM "{table}" WHERE id = ?', (row_id,)) for table in SHARED]
    wanted = {*pks, *priors, *(pk for pk in made if pk)}
    return [done for done in history(store, limit=-1) if done.pk in wanted]


def last_done(store: Store) -> Done | None:
    """What `undo` would take back; None where there is nothing."""
    return next((done for done in history(store, limit=-1) if not done.undone), None)


def last_undone(store: Store) -> Done | None:
    """What `redo` would make again: the last one taken back, unless something new was done since; None where there is nothing."""
    pk = store.value(
        "SELECT o.pk FROM operation o JOIN operation u ON u.pk = o.undone_by"
        " WHERE u.pk > coalesce((SELECT max(pk) FROM operation WHERE undoes IS NULL AND redoes IS NULL), 0) ORDER BY u.pk DESC LIMIT 1"
    )
    return next((done for done in history(store, limit=-1) if done.pk == pk), None)


def undo(store: Store, which: str = "") -> Outcome:
    """Take back the last operation, or the one with this id (weeks later, too). Raises Refused where there is none."""
    done = _find(store, which) if which else last_done(store)
    if done is None or done.undone:
        raise Refused(phrase("There is nothing to undo."))
    with operation(store, done.name, undoes=done.pk) as op:
        kept = undo_bulk(op, done.pk) + _walk(op, done.pk, Way.BACK)
        op.conn.execute("UPDATE operation SET undone_by = ? WHERE pk = ?", (op.pk, done.pk))
        op.bulk.append(done.pk)
    return _outcome(done, kept, op)


def redo(store: Store) -> Outcome:
    """Make the operation again that was taken back last. Raises Refused where there is none."""
    done = last_undone(store)
    if done is None:
        raise Refused(phrase("There is nothing to redo."))
    with operation(store, done.name, redoes=done.pk) as op:
        kept = restore_bulk(op, done.pk) + _walk(op, done.pk, Way.FORTH)
        op.conn.execute("UPDATE operation SET undone_by = NULL WHERE pk = ?", (done.pk,))
        op.bulk.append(done.pk)
    return _outcome(done, kept, op)


def _outcome(done: Done, kept: int, op: Operation) -> Outcome:
    return Outcome(done.name, kept, op.changes.ids.get("announcement", frozenset()) if op.changes else frozenset())


def _find(store: Store, which: str) -> Done | None:
    return next((done for done in history(store, limit=-1) if done.id.endswith(which)), None)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row of the journal."""

    table: SharedTable
    row_id: str
    prior: int
    before: Row | None
    after: Row


def _walk(op: Operation, pk: int, way: Way) -> int:
    """Go through the journal of operation `pk`. Gives how much stayed as it was."""
    entries = [
        _Entry(SHARED[table], row_id, prior, json.loads(before) if before else None, json.loads(after))
        for table, row_id, prior, before, after in op.conn.execute(
            'SELECT "table", row_id, prior, before, after FROM journal WHERE operation = ? ORDER BY pk', (pk,)
        )
    ]
    stay = _added_to_since(op, pk, entries) if way is Way.BACK else set()
    kept = len(stay)
    for entry in entries if way is Way.FORTH else reversed(entries):
        column = entry.table.parent[0] if entry.table.parent else ""
        if entry.before is None and (entry.row_id in stay or entry.after.get(column) in stay):
            continue
        kept += _made(op, pk, entry, way) if entry.before is None else _edited(op, pk, entry, way)
    return kept


def _added_to_since(op: Operation, pk: int, entries: Sequence[_Entry]) -> set[str]:
    """The rows made by the operation that have got parts since, from somebody else: taking them back would take those along."""
    made = {entry.row_id for entry in entries if entry.before is None}
    found: set[str] = set()
    for child in SHARED.values():
        if child.parent and made:
            sql = f'SELECT DISTINCT "{child.parent[0]}" FROM "{child.name}" WHERE "{child.parent[0]}" = ? AND op != ? AND deleted_at IS NULL'
            found |= {row[0] for row_id in made for row in op.conn.execute(sql, (row_id, pk))}
    return found


def _made(op: Operation, pk: int, entry: _Entry, way: Way) -> int:
    now, row = current(op.conn, entry.table, entry.row_id)
    gone = row["deleted_at"] is not None
    if now != pk or gone is not (way is Way.FORTH):
        return 1
    change: Row = {"deleted_at": None if way is Way.FORTH else to_text(op.at)}
    _write(op, entry, row, change, now, pk)
    return 0


def _edited(op: Operation, pk: int, entry: _Entry, way: Way) -> int:
    old, new = (entry.after, entry.before or {}) if way is Way.BACK else (entry.before or {}, entry.after)
    stand, leads_to = (pk, entry.prior) if way is Way.BACK else (entry.prior, pk)
    now, row = current(op.conn, entry.table, entry.row_id)
    if now == stand:
        _write(op, entry, row, new, now, leads_to)
        return 0
    change: dict[str, Value] = {name: value for name, value in new.items() if row.get(name) == old[name]}
    if change:
        _write(op, entry, row, change, now, now)
    return len(new) - len(change)


def _write(op: Operation, entry: _Entry, row: Row, change: Row, now: int, content_of: int) -> None:
    """Write the change, note it in the journal, and mark the row with the operation whose content it now holds."""
    write_row(op.conn, entry.table, entry.row_id, content_of, {**row, **change}, change)
    op.note(entry.table.name, entry.row_id, now, {name: row[name] for name in change}, change)
