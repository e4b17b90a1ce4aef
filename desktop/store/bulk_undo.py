"""Taking back what an operation loaded in bulk, in a few statements, and bringing it back.

A row stays where somebody has changed it since, or changed or added one of its parts; then all its parts stay with it.
"""

import json
import zlib
from collections.abc import Iterator

from desktop.community.instants import to_text
from desktop.store.driver import Connection
from desktop.store.journal import Operation
from desktop.store.tables import SHARED, SharedTable


def undo_bulk(op: Operation, pk: int) -> int:
    """Take back the rows that operation `pk` loaded, but for those that somebody changed or added to since. Gives how many stayed."""
    tables = loaded(op.conn, pk)
    if not tables:
        return 0
    changed = {(table.name, row_id) for table in tables for row_id in _changed_since(op.conn, table, pk, "deleted_at IS NULL")}
    grown = {owner for child in SHARED.values() if child.parent and SHARED[child.parent[1]] in tables for owner in _added_to(op.conn, child, pk)}
    roots = {_root(op.conn, SHARED[name], row_id) for name, row_id in changed | grown}
    op.conn.execute("CREATE TEMP TABLE IF NOT EXISTS stays (id TEXT PRIMARY KEY)")
    op.conn.execute("DELETE FROM temp.stays")
    op.conn.executemany("INSERT OR IGNORE INTO temp.stays VALUES (?)", [(row_id,) for _, row_id in changed | grown | roots])
    for table in tables:
        column = table.parent[0] if table.parent else "id"
        op.conn.execute(
            f'UPDATE "{table.name}" SET deleted_at = ? WHERE op = ? AND deleted_at IS NULL'
            f' AND id NOT IN (SELECT id FROM temp.stays) AND "{column}" NOT IN (SELECT id FROM temp.stays)',
            (to_text(op.at), pk),
        )
    note = {"undone": pk, "kept": sorted(row_id for _, row_id in roots)}
    op.conn.execute('INSERT INTO journal_bulk (operation, "table", rows) VALUES (?, ?, ?)', (op.pk, "", zlib.compress(json.dumps(note).encode())))
    op.bulk.append(pk)
    return len(roots)


def restore_bulk(op: Operation, pk: int) -> int:
    """Bring back the rows that `undo_bulk` took back. Gives how many it could not bring back, because somebody else deleted them."""
    tables = loaded(op.conn, pk)
    for table in tables:
        op.conn.execute(f'UPDATE "{table.name}" SET deleted_at = NULL WHERE op = ? AND deleted_at IS NOT NULL', (pk,))
    if tables:
        op.bulk.append(pk)
    return sum(1 for table in tables for _ in _changed_since(op.conn, table, pk, "deleted_at IS NOT NULL"))


def loaded(conn: Connection, pk: int) -> list[SharedTable]:
    """The tables into which an operation loaded rows in bulk."""
    names = [row[0] for row in conn.execute('SELECT DISTINCT "table" FROM journal_bulk WHERE operation = ? AND "table" != ?', (pk, ""))]
    return [SHARED[name] for name in names]


def _changed_since(conn: Connection, table: SharedTable, pk: int, state: str) -> Iterator[str]:
    """The rows in this state that were loaded by operation `pk` and hold something else now. Their first entry in the journal names it as prior."""
    for (row_id,) in conn.execute('SELECT DISTINCT row_id FROM journal WHERE "table" = ? AND prior = ?', (table.name, pk)).fetchall():
        if conn.execute(f'SELECT 1 FROM "{table.name}" WHERE id = ? AND op != ? AND {state}', (row_id, pk)).fetchone():
            yield row_id


def _added_to(conn: Connection, child: SharedTable, pk: int) -> set[tuple[str, str]]:
    """The rows loaded by operation `pk` that have a part which is not from it, or was changed since."""
    column, parent = child.parent or ("", "")
    rows = conn.execute(
        f'SELECT DISTINCT "{column}" FROM "{child.name}" WHERE op != ? AND deleted_at IS NULL'
        f' AND "{column}" IN (SELECT id FROM "{parent}" WHERE op = ? AND deleted_at IS NULL)',
        (pk, pk),
    )
    return {(parent, row[0]) for row in rows}


def _root(conn: Connection, table: SharedTable, row_id: str) -> tuple[str, str]:
    """The row that this one is a part of, or itself."""
    if table.parent:
        column, parent = table.parent
        owner = conn.execute(f'SELECT "{column}" FROM "{table.name}" WHERE id = ?', (row_id,)).fetchone()[0]
        if owner and conn.execute(f'SELECT 1 FROM "{parent}" WHERE id = ? AND deleted_at IS NULL', (owner,)).fetchone():
            return parent, owner
    return table.name, row_id
