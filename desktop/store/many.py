"""The same change to many rows, a thousand in each statement. It is journaled row by row like any other, and taken back and made again as quickly.

`heard` is called as (done, all) now and then; what it raises stops the change and comes out of here.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from desktop.community.instants import to_text
from desktop.store.driver import Connection
from desktop.store.journal import Operation
from desktop.store.tables import SHARED, Row, Value

T = TypeVar("T")
STEP = 1_000
Heard = Callable[[int, int], None]
_JOURNAL = 'INSERT INTO journal (operation, "table", row_id, prior, before, after)'
_UNMARKED = '{"deleted_at":null}'
# Of a row `t`: the newest operation on it that has not been taken back; the one that made it, where all have been. As `undo` does for one row.
_STANDS = (
    "coalesce((SELECT max(o.pk) FROM journal j JOIN operation o ON o.pk = j.operation"
    " WHERE j.row_id = t.id AND o.undoes IS NULL AND o.redoes IS NULL AND o.undone_by IS NULL),"
    " (SELECT CASE WHEN before IS NULL THEN operation ELSE prior END FROM journal WHERE row_id = t.id ORDER BY pk LIMIT 1))"
)
# The entries of an operation that are all it did to their row.
_ALONE = "row_id IN (SELECT row_id FROM journal WHERE operation = :pk GROUP BY row_id HAVING count(*) = 1)"


def steps(all_of_them: Sequence[T], heard: Heard) -> Iterator[Sequence[T]]:
    """A thousand at a time."""
    for start in range(0, len(all_of_them), STEP):
        heard(start, len(all_of_them))
        yield all_of_them[start : start + STEP]


def delete(op: Operation, table: str, ids: Sequence[str], heard: Heard) -> int:
    """Mark rows as deleted, as `op.delete` does. Those that are gone or marked already are left out. Gives how many were marked."""
    at, count = to_text(op.at), 0
    there = f'"{table}" WHERE deleted_at IS NULL AND id IN (SELECT value FROM json_each(:ids))'
    for some in steps(ids, heard):
        values = {"ids": json.dumps(some), "op": op.pk, "table": table, "at": at, "before": _UNMARKED, "after": _marked(at)}
        count += _touch(op, table, op.conn.execute(f"SELECT id FROM {there}", values).fetchall())
        op.conn.execute(f"{_JOURNAL} SELECT :op, :table, id, op, :before, :after FROM {there}", values)
        op.conn.execute(
            f'UPDATE "{table}" SET op = :op, deleted_at = :at WHERE id IN (SELECT value FROM json_each(:ids)) AND deleted_at IS NULL', values
        )
    return count


def add(op: Operation, table: str, new: Sequence[tuple[str, Row]]) -> None:
    """Write new rows, each with its id, as `op.put` does; the columns that are left out take the table's defaults."""
    shared = SHARED[table]
    rows, entries = [], []
    for row_id, columns in new:
        full: dict[str, Value] = {**shared.columns, **columns}
        rows.append((row_id, op.pk, *full.values(), *shared.derive(full).values()))
        entries.append((op.pk, table, row_id, _json(full)))
    names = ", ".join(f'"{name}"' for name in ("id", "op", *shared.columns, *(shared.derived or ())))
    marks = ",".join("?" * (2 + len(shared.columns) + len(shared.derived or ())))
    op.conn.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
    op.conn.executemany('INSERT INTO journal (operation, "table", row_id, after) VALUES (?, ?, ?, ?)', entries)
    _touch(op, table, [(row_id,) for row_id, _ in new])


def turn(op: Operation, pk: int, *, back: bool) -> None:
    """Take back operation `pk`, or make it again, where it only marked rows as deleted, or made parts of rows that were there before it.

    What somebody has changed since is left as it is, and so is all else that it did: that is looked at row by row.
    """
    for (table,) in op.conn.execute('SELECT DISTINCT "table" FROM journal WHERE operation = ?', (pk,)).fetchall():
        _turn_marked(op, table, pk, back)
        parent = SHARED[table].parent
        owns = any(child.parent and child.parent[1] == table for child in SHARED.values())
        if parent and not owns and not _made(op.conn, parent[1], pk):
            _turn_made(op, table, pk, back)


def _turn_marked(op: Operation, table: str, pk: int, back: bool) -> None:
    now = "t.deleted_at = json_extract(j.after, '$.deleted_at')" if back else "t.deleted_at IS NULL"
    op.conn.execute("CREATE TEMP TABLE IF NOT EXISTS turned (id TEXT PRIMARY KEY, prior INTEGER, before TEXT, after TEXT)")
    op.conn.execute("DELETE FROM temp.turned")
    op.conn.execute(
        "INSERT INTO temp.turned SELECT t.id, t.op, iif(:back, j.after, j.before), iif(:back, j.before, j.after)"
        f' FROM journal j JOIN "{table}" t ON t.id = j.row_id WHERE j.operation = :pk AND j."table" = :table AND {_ALONE}'
        f" AND j.before = :unmarked AND json_remove(j.after, '$.deleted_at') = '{{}}' AND {now}",
        {"pk": pk, "table": table, "unmarked": _UNMARKED, "back": back},
    )
    _write_turned(op, table, _STANDS)


def _turn_made(op: Operation, table: str, pk: int, back: bool) -> None:
    """Only where the row is as the operation made it: it stays that operation's."""
    op.conn.execute("DELETE FROM temp.turned")
    op.conn.execute(
        "INSERT INTO temp.turned SELECT t.id, t.op, json_object('deleted_at', t.deleted_at), :after"
        f' FROM journal j JOIN "{table}" t ON t.id = j.row_id WHERE j.operation = :pk AND j."table" = :table AND {_ALONE}'
        " AND j.before IS NULL AND t.op = :pk AND (t.deleted_at IS NULL) = :back",
        {"pk": pk, "table": table, "back": back, "after": _marked(to_text(op.at)) if back else _UNMARKED},
    )
    _write_turned(op, table, "t.op")


def _write_turned(op: Operation, table: str, stands: str) -> None:
    op.conn.execute(f"{_JOURNAL} SELECT ?, ?, id, prior, before, after FROM temp.turned", (op.pk, table))
    op.conn.execute(
        f"UPDATE \"{table}\" AS t SET op = {stands}, deleted_at = json_extract(n.after, '$.deleted_at') FROM temp.turned n WHERE n.id = t.id"
    )
    _touch(op, table, op.conn.execute("SELECT id FROM temp.turned").fetchall())


def _made(conn: Connection, table: str, pk: int) -> bool:
    sql = 'SELECT 1 FROM journal WHERE operation = ? AND "table" = ? AND before IS NULL LIMIT 1'
    return conn.execute(sql, (pk, table)).fetchone() is not None


def _touch(op: Operation, table: str, rows: Sequence[tuple[str]]) -> int:
    if rows:
        op.kept = True
        op.touched.setdefault(table, set()).update(row_id for (row_id,) in rows)
    return len(rows)


def _marked(at: str) -> str:
    return _json({"deleted_at": at})


def _json(row: Row) -> str:
    return json.dumps(dict(row), ensure_ascii=False, separators=(",", ":"))
