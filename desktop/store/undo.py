"""Taking operations back, making them again, and the list of what was done.

An edit is put back column by column and a creation row by row, only where nobody has changed it since; what could not be put back is counted. Both
are operations themselves, so they are journaled and followed like any other.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from desktop.community.errors import NothingThere, Refused, Remedy
from desktop.community.instants import from_text, to_text
from desktop.store import faults, many
from desktop.store.bulk_undo import restore_bulk, undo_bulk
from desktop.store.database import Store
from desktop.store.journal import Operation, find, operation, write_row
from desktop.store.tables import SHARED, Row, SharedTable
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


_DONE = "SELECT pk, id, phrase, hlc, device, undone_by IS NOT NULL FROM operation o WHERE undoes IS NULL AND redoes IS NULL"
# What an erased person was in stays in the history, but holds nothing any more that could be taken back.
_HOLDS = "(EXISTS (SELECT 1 FROM journal WHERE operation = o.pk) OR EXISTS (SELECT 1 FROM journal_bulk WHERE operation = o.pk))"


def history(store: Store, limit: int = 50) -> list[Done]:
    """What was done, the newest first; undos and redos themselves are not listed."""
    return _listed(store, f"{_DONE} ORDER BY pk DESC LIMIT ?", limit)


def history_of(store: Store, row_id: str) -> list[Done]:
    """What was done to one row and its parts, the newest first."""
    rows = {(table.name, row_id) for table in SHARED.values() if store.value(f'SELECT 1 FROM "{table.name}" WHERE id = ?', (row_id,))}
    for child in SHARED.values():
        if child.parent and (child.parent[1], row_id) in rows:
            rows |= {(child.name, row[0]) for row in store.rows(f'SELECT id FROM "{child.name}" WHERE "{child.parent[0]}" = ?', (row_id,))}
    wanted: set[int] = set()
    for name, part in rows:
        wanted |= {int(store.value(f'SELECT op FROM "{name}" WHERE id = ?', (part,)))}
        wanted |= {pk for pks in store.rows("SELECT operation, prior FROM journal WHERE row_id = ?", (part,)) for pk in pks}
    return [done for done in history(store, limit=-1) if done.pk in wanted]


def last_done(store: Store) -> Done | None:
    """What `undo` would take back; None where there is nothing."""
    return next(iter(_listed(store, f"{_DONE} AND undone_by IS NULL AND {_HOLDS} ORDER BY pk DESC LIMIT 1")), None)


def last_undone(store: Store) -> Done | None:
    """What `redo` would make again: the last one taken back, unless something new was done since; None where there is nothing."""
    newest = "(SELECT coalesce(max(pk), 0) FROM operation WHERE undoes IS NULL AND redoes IS NULL)"
    return next(iter(_listed(store, f"{_DONE} AND undone_by > {newest} AND {_HOLDS} ORDER BY undone_by DESC LIMIT 1")), None)


def made_by(store: Store, which: str, table: str) -> list[str]:
    """The ids of the rows of a table that an undo of the last operation, or of the one named, would take away. Raises Refused as `undo` does."""
    done = _find(store, which) if which else last_done(store)
    if done is None:
        return []
    sql = 'SELECT row_id FROM journal WHERE operation = ? AND "table" = ? AND before IS NULL'
    return [row[0] for row in store.rows(sql, (done.pk, table))]


def undo(store: Store, which: str = "") -> Outcome:
    """Take back the last operation, or the one whose id ends like this (weeks later, too). Raises Refused; NothingThere where nothing was done."""
    done = _find(store, which) if which else last_done(store)
    if done is None:
        raise NothingThere(phrase("There is nothing to undo."))
    with operation(store, done.name, undoes=done.pk) as op:
        _claim(op, done, "IS NULL", op.pk)
        kept = undo_bulk(op, done.pk) + _walk(op, done.pk, Way.BACK)
    return _outcome(done, kept, op)


def redo(store: Store) -> Outcome:
    """Make the operation again that was taken back last. Raises NothingThere where there is none."""
    done = last_undone(store)
    if done is None:
        raise NothingThere(phrase("There is nothing to redo."))
    with operation(store, done.name, redoes=done.pk) as op:
        _claim(op, done, "IS NOT NULL", None)
        kept = restore_bulk(op, done.pk) + _walk(op, done.pk, Way.FORTH)
    return _outcome(done, kept, op)


def _outcome(done: Done, kept: int, op: Operation) -> Outcome:
    return Outcome(done.name, kept, op.changes.ids.get("announcement", frozenset()) if op.changes else frozenset())


def _listed(store: Store, sql: str, *parameters: int) -> list[Done]:
    rows = store.rows(sql, parameters)
    with faults.readable(store.path):
        return [Done(pk, uid, Phrase.from_json(name), from_text(hlc[:24]), device, bool(undone)) for pk, uid, name, hlc, device, undone in rows]


def _find(store: Store, which: str) -> Done:
    found = [done for done in history(store, limit=-1) if done.id.endswith(which)]
    if len(found) != 1:
        raise Refused(phrase("There is no single step whose id ends in {id}.", id=which), Remedy.FIND_STEP)
    if found[0].undone:
        raise Refused(phrase("This has been taken back already."))
    return found[0]


def _claim(op: Operation, done: Done, state: str, undone_by: int | None) -> None:
    """Mark the operation as taken back or made again. Raises Refused where another program has done that since it was looked up."""
    if op.conn.execute(f"UPDATE operation SET undone_by = ? WHERE pk = ? AND undone_by {state}", (undone_by, done.pk)).rowcount != 1:
        raise Refused(phrase("Another program has just changed this. Nothing was done; look at the history and try again."))


@dataclass(frozen=True, slots=True)
class _Entry:
    """What an operation did to one row in all: the columns it changed, as it found and as it left them; `before` is None for a row it made."""

    table: SharedTable
    row_id: str
    before: Row | None
    after: Row


def _entries(op: Operation, pk: int) -> list[_Entry]:
    """But for those that this operation has turned already."""
    found: dict[tuple[str, str], _Entry] = {}
    rest = "row_id NOT IN (SELECT row_id FROM journal WHERE operation = ?)"
    rows = op.conn.execute(f'SELECT "table", row_id, before, after FROM journal WHERE operation = ? AND {rest} ORDER BY pk', (pk, op.pk))
    for table, row_id, before, after in rows:
        earlier = found.get((table, row_id))
        with faults.readable(op.store.path):
            was: Row | None = json.loads(before) if before else None
            left: Row = json.loads(after)
        if earlier is not None:
            was = None if earlier.before is None else {**(was or {}), **earlier.before}
            left = {**earlier.after, **left}
        found[table, row_id] = _Entry(SHARED[table], row_id, was, left)
    return list(found.values())


def _walk(op: Operation, pk: int, way: Way) -> int:
    """Go through what operation `pk` did: first what goes in bulk, then the rest row by row. Gives how many rows or columns stayed as they are."""
    many.turn(op, pk, back=way is Way.BACK)
    entries = _entries(op, pk)
    stays = _stays(op, pk, entries) if way is Way.BACK else set()
    kept = len({_root_of(entry, stays) for entry in entries if entry.row_id in stays})
    for entry in entries if way is Way.FORTH else reversed(entries):
        found = find(op.conn, entry.table, entry.row_id)
        if found is None:
            kept += 1  # erased since
        elif entry.before is None:
            kept += 0 if {entry.row_id, _owner(entry)} & stays else _made(op, pk, entry, way, *found)
        else:
            kept += _edited(op, entry, way, *found)
    return kept


def _stays(op: Operation, pk: int, entries: Sequence[_Entry]) -> set[str]:
    """The rows made by the operation that somebody has changed since, or whose parts somebody has changed or added: they are not taken back."""
    made = {entry.row_id: entry.table for entry in entries if entry.before is None}
    stays = set()
    for row_id, table in made.items():
        found = find(op.conn, table, row_id)
        if found is not None and found[0] != pk and found[1]["deleted_at"] is None:
            stays.add(row_id)
        for child in SHARED.values():
            if child.parent and child.parent[1] == table.name:
                foreign = f'SELECT 1 FROM "{child.name}" WHERE "{child.parent[0]}" = ? AND op != ? AND deleted_at IS NULL'
                if op.conn.execute(foreign, (row_id, pk)).fetchone():
                    stays.add(row_id)
    return stays


def _owner(entry: _Entry) -> str:
    return str(entry.after.get(entry.table.parent[0], "")) if entry.table.parent else ""


def _root_of(entry: _Entry, stays: set[str]) -> str:
    return _owner(entry) if _owner(entry) in stays else entry.row_id


def _made(op: Operation, pk: int, entry: _Entry, way: Way, now: int, row: Row) -> int:
    """Take back or bring back a row that the operation made. Gives 1 where it could not."""
    gone = row["deleted_at"] is not None
    if gone is (way is Way.BACK):
        return 0  # it is as it should be
    if now != pk:
        return 1
    _write(op, entry, now, row, {"deleted_at": to_text(op.at) if way is Way.BACK else None})
    return 0


def _edited(op: Operation, entry: _Entry, way: Way, now: int, row: Row) -> int:
    """Put back or make again the columns that still are as the operation left or found them. Gives how many are not."""
    old, new = (entry.after, entry.before or {}) if way is Way.BACK else (entry.before or {}, entry.after)
    moved = {name for name in new if row[name] != old[name]}
    wanted = {name: value for name, value in new.items() if name not in moved and value != row[name]}
    _write(op, entry, now, row, wanted)
    return sum(row[name] != new[name] for name in moved)


def _write(op: Operation, entry: _Entry, now: int, row: Row, change: Row) -> None:
    """Write the change, note it in the journal, and mark the row with the newest operation that stands."""
    stands = _newest_standing(op, entry.row_id)
    if change or stands != now:
        write_row(op.conn, entry.table, entry.row_id, stands, {**row, **change}, change)
    if change:
        op.note(entry.table.name, entry.row_id, now, {name: row[name] for name in change}, change)


def _newest_standing(op: Operation, row_id: str) -> int:
    """The newest operation on a row that has not been taken back; the one that made it, where all have been."""
    newest = op.conn.execute(
        "SELECT max(o.pk) FROM journal j JOIN operation o ON o.pk = j.operation"
        " WHERE j.row_id = ? AND o.undoes IS NULL AND o.redoes IS NULL AND o.undone_by IS NULL",
        (row_id,),
    ).fetchone()[0]
    if newest is None:
        first = "SELECT CASE WHEN before IS NULL THEN operation ELSE prior END FROM journal WHERE row_id = ? ORDER BY pk LIMIT 1"
        with faults.readable(op.store.path):
            newest = op.conn.execute(first, (row_id,)).fetchone()[0]
    return int(newest)
