"""The one door to the shared tables: an operation writes rows and appends to the journal, in one transaction.

    with operation(store, phrase("Edited {name}", name=member.name)) as op:
        op.put("member", id, given="Ana")
    op.changes  # -> Changes(tables, ids)

Taking an operation back is in `undo`; loading many rows at once in `bulk`.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from desktop.community.errors import Refused
from desktop.community.ids import new_id
from desktop.community.instants import from_text, to_text
from desktop.store.database import Store
from desktop.store.driver import Connection
from desktop.store.schema import SCHEMA
from desktop.store.tables import SHARED, Row, SharedTable, Value
from resources.translations import Phrase, phrase

_COUNTER_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Changes:
    """What an operation changed.

    Attributes:
        operation: the pk of the operation.
        ids: for each shared table that changed, the ids of its rows.
        bulk: rows were also made or taken back in bulk; they are those whose `op` is, or was, that of one of these operations, and are not in `ids`.
    """

    operation: int
    ids: dict[str, frozenset[str]]
    bulk: tuple[int, ...] = ()

    @property
    def tables(self) -> frozenset[str]:
        """The shared tables that changed; all of them after a bulk load."""
        return frozenset(SHARED) if self.bulk else frozenset(self.ids)


@dataclass(slots=True)
class Operation:
    """An operation under way. Made by `operation`.

    Attributes:
        pk: of its row in the journal.
        at: its time, aware, UTC.
        kept: it stays in the journal, whether it writes a row or not.
        changes: what it changed; there after its end.
    """

    store: Store
    conn: Connection
    pk: int
    at: datetime
    kept: bool = False
    touched: dict[str, set[str]] = field(default_factory=dict)
    bulk: list[int] = field(default_factory=list)
    changes: Changes | None = None

    def put(self, table: str, row_id: str, /, **columns: Value) -> None:
        """Write these columns of a row: of the one that is there, or of a new one with the table's defaults for the rest."""
        shared = SHARED[table]
        unknown = columns.keys() - shared.columns.keys() - {"deleted_at"}
        if unknown:
            raise ValueError(f"{table} has no {sorted(unknown)}")
        found = find(self.conn, shared, row_id)
        if found is None:
            full: Row = {**shared.columns, "deleted_at": None, **columns}
            names = ["id", "op", *full, *shared.derive(full)]
            values = [row_id, self.pk, *full.values(), *shared.derive(full).values()]
            marks = ",".join("?" * len(names))
            self.conn.execute(f'INSERT INTO "{table}" ({_list(names)}) VALUES ({marks})', values)
            self.note(table, row_id, 0, None, {name: value for name, value in full.items() if value is not None})
            return
        prior, before = found
        changed = {name: value for name, value in columns.items() if before[name] != value}
        if changed:
            write_row(self.conn, shared, row_id, self.pk, {**before, **changed}, changed)
            self.note(table, row_id, prior, {name: before[name] for name in changed}, changed)

    def delete(self, table: str, row_id: str) -> None:
        """Mark a row as deleted. Its parts stay as they are: they are shown with it or not at all.

        Nothing happens to one that is deleted already. Raises Refused where there is no such row.
        """
        _, row = current(self.conn, SHARED[table], row_id)
        if row["deleted_at"] is None:
            self.put(table, row_id, deleted_at=to_text(self.at))

    def new(self, table: str, /, **columns: Value) -> str:
        """Write a new row and give its id."""
        row_id = new_id()
        self.put(table, row_id, **columns)
        return row_id

    def touch(self, table: str, row_id: str) -> None:
        """Let the followers know of a row that is about to look different though no column of its own changes."""
        self.touched.setdefault(table, set()).add(row_id)

    def note(self, table: str, row_id: str, prior: int, before: Row | None, after: Row) -> None:
        """Append to the journal what was written to a row: only the changed columns; `before` is None for a row that was made."""
        self.kept = True
        self.touch(table, row_id)
        self.conn.execute(
            'INSERT INTO journal (operation, "table", row_id, prior, before, after) VALUES (?, ?, ?, ?, ?, ?)',
            (self.pk, table, row_id, prior, None if before is None else _json(before), _json(after)),
        )


@contextmanager
def operation(store: Store, name: Phrase, *, undoes: int | None = None, redoes: int | None = None) -> Iterator[Operation]:
    """One change that a person makes: all of it is kept, with its journal, or nothing. `name` is what the Undo menu and the history call it."""
    with store.write() as conn:
        at = store.clock.now()
        cursor = conn.execute(
            "INSERT INTO operation (id, hlc, phrase, device, schema, undoes, redoes) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (new_id(), next_hlc(conn, at, store.device), name.to_json(), store.device, SCHEMA, undoes, redoes),
        )
        op = Operation(store, conn, int(cursor.lastrowid or 0), at, kept=undoes is not None or redoes is not None)
        yield op
        if not op.kept and not op.bulk:
            conn.execute("DELETE FROM operation WHERE pk = ?", (op.pk,))  # nothing was written: nothing to undo
        op.changes = Changes(op.pk, {table: frozenset(ids) for table, ids in op.touched.items()}, tuple(op.bulk))
        for follower in store.followers:
            follower(store, op.changes)


def next_hlc(conn: Connection, at: datetime, device: str) -> str:
    """The next reading of the hybrid logical clock (Kulkarni et al., 2014): `instant-counter-device`, sortable as text.

    It never goes back, whatever the wall clock does, and comes after all that is in the journal. Where the counter is used up, the instant moves on.
    """
    instant = to_text(at)
    last = conn.execute("SELECT max(hlc) FROM operation").fetchone()[0]
    counter = 0
    if last is not None and last[: len(instant)] >= instant:
        instant = last[: len(instant)]
        counter = int(last[len(instant) + 1 : len(instant) + 1 + _COUNTER_DIGITS]) + 1
        if counter == 10**_COUNTER_DIGITS:
            instant, counter = to_text(from_text(instant) + timedelta(milliseconds=1)), 0
    return f"{instant}-{counter:0{_COUNTER_DIGITS}d}-{device}"


def write_row(conn: Connection, table: SharedTable, row_id: str, op: int, full: Row, changed: Row) -> None:
    """Write the changed columns of a row that is there, the ones derived from it, and whose content it is now."""
    values = {"op": op, **changed, **table.derive(full)}
    conn.execute(f'UPDATE "{table.name}" SET {", ".join(f"{_q(name)} = ?" for name in values)} WHERE id = ?', [*values.values(), row_id])


def owners(conn: Connection, changes: Changes, table: str) -> set[str]:
    """The ids of the rows that the changed rows of a part table belong to now, or belonged to before."""
    column, _ = SHARED[table].parent or ("", "")
    ids = changes.ids.get(table)
    if not ids:
        return set()
    now = f'SELECT DISTINCT "{column}" FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'
    before = 'SELECT DISTINCT json_extract(before, ?) FROM journal WHERE operation = ? AND "table" = ? AND before IS NOT NULL'
    found = {row[0] for row in conn.execute(now, (json.dumps(list(ids)),))}
    found |= {row[0] for row in conn.execute(before, (f"$.{column}", changes.operation, table))}
    return found - {"", None}


def current(conn: Connection, table: SharedTable, row_id: str) -> tuple[int, dict[str, Value]]:
    """The `op` of a row that must be there, and its journaled columns. Raises Refused where it is not, or is gone for good (erased)."""
    found = find(conn, table, row_id)
    if found is None:
        raise Refused(phrase("This was erased and can't be brought back."))
    return found


def find(conn: Connection, table: SharedTable, row_id: str) -> tuple[int, dict[str, Value]] | None:
    """The `op` of a row, and its journaled columns; None where there is no such row."""
    names = ["deleted_at", *table.columns]
    row = conn.execute(f'SELECT op, {_list(names)} FROM "{table.name}" WHERE id = ?', (row_id,)).fetchone()
    return (int(row[0]), dict(zip(names, row[1:], strict=True))) if row else None


def _list(names: list[str]) -> str:
    return ", ".join(_q(name) for name in names)


def _q(name: str) -> str:
    return f'"{name}"'


def _json(row: Row) -> str:
    return json.dumps(dict(row), ensure_ascii=False, separators=(",", ":"))
