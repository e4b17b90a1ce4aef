"""Many new rows at once (an import): prepared in a staging file without a lock, then written in one short transaction, as one operation.

Their journal is kept in packets of up to 1,000 rows. Undo takes back, in a few statements, all that nobody has touched since.
"""

import os
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import orjson

from desktop.store import faults, leftovers
from desktop.store.database import CACHE, PAGE_BYTES, Store, connection
from desktop.store.driver import Connection, OperationalError
from desktop.store.journal import Changes, Operation, operation
from desktop.store.tables import SHARED, SharedTable, Value
from resources.translations import Phrase

PACKET = 1000
_CACHE = -32_000  # so that what is loaded need not be read again while it is
_PACKETS_AT_ONCE = 16
_STEPS = 300_000  # of SQLite's virtual machine between two looks at whether to go on: some milliseconds


class Staging:
    """A file of its own, beside the community file, that holds what is about to be loaded. Made by `staging`.

    Rows of shared tables are given with their id; what is left out takes the table's default.

    Attributes:
        counts: how many rows there are, for each table that has any.
        before: where they were loaded: the pk of the last row that was there before, for each table.
    """

    def __init__(self, path: Path, key: str | None = None) -> None:
        self.path = path
        self._conn = connection(path, key, 0)  # with the key of the community, if it has one
        self._conn.execute(f"PRAGMA page_size={PAGE_BYTES}")
        self._conn.execute("PRAGMA journal_mode=OFF")
        self._conn.execute("PRAGMA synchronous=OFF")
        self._waiting: dict[str, list[tuple[Value, ...]]] = {name: [] for name in (*SHARED, "words")}
        self.counts: dict[str, int] = {}
        self.before: dict[str, int] = {}
        self._packer = ThreadPoolExecutor(1, "packing")  # compressing lets other threads run: on two cores it takes no time of the import's
        self._packets: deque[tuple[str, Future[bytes]]] = deque()
        for table in SHARED.values():
            columns = ", ".join(f'"{name}"' for name in _columns(table))
            self._conn.execute(f'CREATE TABLE "{table.name}" (pk INTEGER PRIMARY KEY, {columns})')
        self._conn.execute('CREATE TABLE packet ("table" TEXT, rows BLOB)')
        self._conn.execute("CREATE TABLE words (member INTEGER PRIMARY KEY, words TEXT)")
        self._conn.execute("CREATE TABLE file (sha256 TEXT PRIMARY KEY, media_type TEXT, content BLOB)")
        self._conn.execute("BEGIN")

    def add(self, table: str, row_id: str, /, **columns: Value) -> None:
        """One more row of a shared table."""
        shared = SHARED[table]
        full = {**shared.columns, **columns}
        if len(full) > len(shared.columns):
            raise ValueError(f"{table} has no {sorted(full.keys() - shared.columns.keys())}")
        self.add_whole(table, (row_id, *full.values(), *shared.derive(full).values()))

    def add_whole(self, table: str, row: tuple[Value, ...], /) -> None:
        """One more row of a shared table: its id, all columns in the order of the table, all derived ones. Ten times as fast as `add`."""
        waiting = self._waiting[table]
        waiting.append(row)
        if len(waiting) >= PACKET:
            self._flush(table)

    def add_words(self, words: str) -> None:
        """The search words of the member added last."""
        number = self.counts.get("member", 0) + len(self._waiting["member"])
        waiting = self._waiting["words"]
        waiting.append((number, words))
        if len(waiting) >= PACKET:
            self._flush("words")

    def add_file(self, sha256: str, media_type: str, content: bytes) -> None:
        """A photo or document that rows refer to."""
        self._conn.execute("INSERT OR IGNORE INTO file VALUES (?, ?, ?)", (sha256, media_type, content))

    def finish(self) -> None:
        """Write out what waits."""
        for table in list(self._waiting):
            self._flush(table)
        self._write_packets(at_most=0)
        if self._conn.in_transaction:
            self._conn.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self._packer.shutdown(cancel_futures=True)
        self._conn.close()

    def _flush(self, table: str) -> None:
        rows = self._waiting[table]
        if not rows:
            return
        self._waiting[table] = []
        if table == "words":
            self._conn.executemany("INSERT INTO words VALUES (?, ?)", rows)
            return
        shared = SHARED[table]
        names = _columns(shared)
        listed = ", ".join(f'"{name}"' for name in names)
        self._conn.executemany(f'INSERT INTO "{table}" ({listed}) VALUES ({",".join("?" * len(names))})', rows)
        kept = len(shared.columns) + 1  # the derived columns are not journaled
        content = orjson.dumps({"columns": ["id", *shared.columns], "rows": [row[:kept] for row in rows]})
        self._packets.append((table, self._packer.submit(zlib.compress, content, 1)))
        self._write_packets(at_most=_PACKETS_AT_ONCE)
        self.counts[table] = self.counts.get(table, 0) + len(rows)

    def _write_packets(self, at_most: int) -> None:
        """Write packets until so many are left that are still being compressed."""
        while len(self._packets) > at_most:
            table, packed = self._packets.popleft()
            self._conn.execute("INSERT INTO packet VALUES (?, ?)", (table, packed.result()))


@contextmanager
def staging(store: Store) -> Iterator[Staging]:
    """A staging file in the folder of the community file, 0600, gone at the end whatever happens."""
    with faults.explained(store.path):
        leftovers.sweep(store)
        path = leftovers.staging_path(store)  # named before it is made: an interrupt leaves nothing
        staged: Staging | None = None
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            staged = Staging(path, store.key)
            yield staged
        finally:
            if staged is not None:
                staged.close()
            path.unlink(missing_ok=True)


def load(store: Store, staged: Staging, name: Phrase, heard: Callable[[], None] = lambda: None) -> Changes:
    """Write all that was staged, as one operation called `name`.

    `heard` is called many times a second meanwhile. What it raises stops the load and comes out of here; then nothing of it is kept.
    """
    staged.finish()
    with faults.explained(store.path):
        # A checkpoint in the middle of the commit would double the time that others wait for the lock.
        store.conn.execute("PRAGMA wal_autocheckpoint=0")
        store.conn.execute(f"PRAGMA cache_size={_CACHE}")
        try:
            with attached(store, staged), interruptible(store.conn, heard), operation(store, name) as op:
                for table in SHARED.values():
                    if staged.counts.get(table.name):
                        staged.before[table.name] = _load(op, table)
                op.conn.execute('INSERT INTO journal_bulk (operation, "table", rows) SELECT ?, "table", rows FROM staged.packet', (op.pk,))
                op.conn.execute("INSERT OR IGNORE INTO file SELECT * FROM staged.file")
                op.bulk.append(op.pk)
        finally:
            store.conn.execute("PRAGMA wal_autocheckpoint=1000")
            store.conn.execute(f"PRAGMA cache_size={CACHE}")
        store.conn.execute("PRAGMA wal_checkpoint(PASSIVE)")
    assert op.changes is not None
    return op.changes


@contextmanager
def attached(store: Store, staged: Staging) -> Iterator[None]:
    """The staging file's tables are there as `staged.…`, in this store's connection."""
    store.conn.execute("ATTACH ? AS staged KEY ?", (str(staged.path), store.key or ""))
    try:
        yield
    finally:
        store.conn.execute("DETACH staged")


@contextmanager
def interruptible(conn: Connection, heard: Callable[[], None]) -> Iterator[None]:
    """Call `heard` also in the middle of a long statement; what it raises comes out of the block."""
    raised: list[BaseException] = []

    def look() -> int:
        try:
            heard()
        except BaseException as error:  # Ctrl+C, too: the driver would swallow it
            raised.append(error)
        return len(raised)

    conn.set_progress_handler(look, _STEPS)
    try:
        yield
    except OperationalError as error:
        # An interrupt without anything raised is a Ctrl+C that came before the first line of `look`.
        if raised or "interrupted" in str(error):
            raise (raised[0] if raised else KeyboardInterrupt()) from None
        raise
    finally:
        conn.set_progress_handler(None, 0)


def _load(op: Operation, table: SharedTable) -> int:
    """Gives the pk of the last row before the new ones."""
    before = int(op.conn.execute(f'SELECT coalesce(max(pk), 0) FROM "{table.name}"').fetchone()[0])
    names = ", ".join(f'"{name}"' for name in _columns(table))
    op.conn.execute(f'INSERT INTO "{table.name}" (pk, op, {names}) SELECT pk + ?, ?, {names} FROM staged."{table.name}"', (before, op.pk))
    if table.name == "member":
        op.conn.execute("INSERT INTO search_queue (member, words) SELECT member + ?, '' FROM staged.words", (before,))
    return before


def _columns(table: SharedTable) -> list[str]:
    return ["id", *table.columns, *(table.derived or ())]
