"""Opening and copying the community file: the only two ways to touch it. One Store for each thread.

The file is one SQLite database in WAL mode. `open` refuses what is not ours or comes from a newer Belfry and leaves it as it was; an older one is
copied, then migrated.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from desktop.community.errors import Refused, Trouble
from desktop.community.ids import new_id
from desktop.community.instants import to_text
from desktop.community.ports import Clock, Probe
from desktop.store import faults
from desktop.store.driver import Connection, Database, DatabaseError, connect
from desktop.store.migrations import APPLICATION_ID, SCHEMA, migrations
from resources.translations import phrase

BUSY_MILLISECONDS = 5000
PAGE_BYTES = 8192  # an import of 100,000 members holds the write lock a third shorter than with 4096
FILE_MODE = 0o600


class NewerFile(Refused):
    """The file was made by a newer Belfry."""


@dataclass(slots=True)
class Store:
    """An open community file, for the thread that opened it.

    Attributes:
        db: the sqlite-utils database; for reads, and for writes inside `write()`.
        path: of the file, absolute.
        clock: the time of everything that is written.
        device: the id of this computer, for the journal.
        key: of an encrypted file, else None.
        probe: hears of named points where a test may kill the process.
        followers: called with (store, changes) in the transaction of every operation, to bring local tables up to date with the shared ones.
    """

    db: Database
    path: Path
    clock: Clock
    device: str
    key: str | None = field(default=None, repr=False)
    probe: Probe | None = None
    followers: tuple[Callable[["Store", Any], None], ...] = ()

    @property
    def conn(self) -> Connection:
        """The driver's connection, for SQL with a cursor."""
        return cast(Connection, self.db.conn)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One write transaction (BEGIN IMMEDIATE), committed at the end, rolled back on any error. Hold it as short as possible; it does not nest."""
        with faults.explained(self.path):
            self.conn.execute("BEGIN IMMEDIATE")
            try:
                yield self.conn
                self.conn.execute("COMMIT")
            except BaseException:
                if self.conn.in_transaction:
                    self.conn.execute("ROLLBACK")
                raise

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One snapshot for several reads."""
        with faults.explained(self.path):
            self.conn.execute("BEGIN")
            try:
                yield self.conn
            finally:
                self.conn.execute("ROLLBACK")

    def rows(self, sql: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        """All rows of one query."""
        with faults.explained(self.path):
            return self.conn.execute(sql, parameters).fetchall()

    def value(self, sql: str, parameters: Any = ()) -> Any:
        """The first column of the first row; None where there is no row."""
        with faults.explained(self.path):
            row = self.conn.execute(sql, parameters).fetchone()
        return row[0] if row else None

    def data_version(self) -> int:
        """A number that changes when another connection has written."""
        return int(self.value("PRAGMA data_version"))

    def setting(self, key: str, default: str = "") -> str:
        """A setting of this file on this computer."""
        found = self.value("SELECT value FROM setting WHERE key = ?", (key,))
        return default if found is None else str(found)

    def again(self) -> "Store":
        """The same file once more, for another thread (call it there)."""
        return Store(_connect(self.path, self.key), self.path, self.clock, self.device, self.key, self.probe, self.followers)

    def copy_to(self, target: Path) -> None:
        """Copy the file as it is at this moment, with SQLite's backup, and verify the copy. It appears whole at `target` or not at all.

        The copy names no computer that sends, and gets an incarnation of its own: nothing leaves from it until a person takes over with it. Raises
        Refused where `target` exists.
        """
        if target.exists():
            raise Refused(phrase("{file} exists already. Nothing was changed; choose another name.", file=str(target)))
        with _explained_disk(target):
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            part = target.with_name(f".{target.name}.{new_id()}.part")
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
        try:
            with faults.explained(target):
                copy = connect(str(part), isolation_level=None)
                try:
                    if self.key:
                        _unlock(copy, self.key)
                    self.conn.backup(copy, pages=4096, progress=self._backing_up)
                    copy.execute("PRAGMA journal_mode=DELETE")
                    copy.execute("BEGIN IMMEDIATE")
                    set_setting(copy, "incarnation", new_id())
                    set_setting(copy, "copied_at", to_text(self.clock.now()))
                    copy.execute("DELETE FROM setting WHERE key IN ('sender_computer', 'sender_name')")
                    copy.execute("DELETE FROM lease")
                    copy.execute("COMMIT")
                    damage = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
                finally:
                    copy.close()
            if damage != "ok":
                raise faults.NoCommunity(
                    phrase("{file} is damaged, so it was not copied. Restore the newest backup: belfry restore FILE.", file=str(self.path))
                )
            with _explained_disk(target):
                _flush(part)
                os.link(part, target) if hasattr(os, "link") and os.name == "posix" else part.rename(target)  # a link never replaces
        finally:
            part.unlink(missing_ok=True)

    def _backing_up(self, status: int, remaining: int, total: int) -> None:
        if self.probe:
            self.probe.reach("while-backing-up")

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def open(path: Path, key: str | None = None, *, clock: Clock, device: str, probe: Probe | None = None) -> Store:
    """Open a community file.

    Raises Refused (not there), NewerFile, NoCommunity (not one of ours, or damaged) or Trouble; in each case the file is left as it was.
    """
    path = path.absolute()
    if not path.is_file():
        raise Refused(phrase("There is no community at {file}. Make one with: belfry new {file}", file=str(path)))
    _inspect(path, key)
    with faults.explained(path):
        db = _connect(path, key)
        store = Store(db, path, clock, device, key, probe, _followers())
        try:
            if _version(store.conn) < SCHEMA:
                _migrate(store)
        except BaseException:
            db.close()
            raise
    return store


def create(path: Path, key: str | None = None, *, clock: Clock, device: str, settings: dict[str, str]) -> Store:
    """Make a community file that is not there yet and open it. `settings` are its first ones. Raises Refused where the file exists, or Trouble."""
    path = path.absolute()
    with _explained_disk(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
        except FileExistsError:
            raise Refused(phrase("{file} exists already. Nothing was changed; choose another name.", file=str(path))) from None
    try:
        with faults.explained(path):
            fresh = connect(str(path), isolation_level=None)
            if key:
                _unlock(fresh, key)
            fresh.execute(f"PRAGMA page_size={PAGE_BYTES}")
            fresh.execute("PRAGMA journal_mode=WAL")
            fresh.close()
            store = Store(_connect(path, key), path, clock, device, key, followers=_followers())
            with store.write() as conn:
                migrations.apply(store.db)
                conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
                conn.execute(f"PRAGMA user_version={SCHEMA}")
                for name, value in {"incarnation": new_id(), "claims": "0", **settings}.items():
                    set_setting(conn, name, value)
    except BaseException:
        for left in ("", "-wal", "-shm"):
            Path(f"{path}{left}").unlink(missing_ok=True)
        raise
    return store


def set_setting(conn: Connection, key: str, value: str) -> None:
    """Keep a setting of this file on this computer; inside a write transaction."""
    conn.execute("INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (key, value))


def _followers() -> tuple[Callable[[Store, Any], None], ...]:
    from desktop.store.followers import FOLLOWERS  # late: they are written with the Store of this module

    return FOLLOWERS


def _inspect(path: Path, key: str | None) -> None:
    """Look at the file without changing it."""
    with faults.explained(path):
        try:
            conn = connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None)
        except DatabaseError as error:
            raise Trouble(phrase("{file} can't be opened. See that you may read it.", file=str(path))) from error
        try:
            if key:
                _unlock(conn, key)
            kind = conn.execute("PRAGMA application_id").fetchone()[0]
            version = _version(conn)
        finally:
            conn.close()
    if kind != APPLICATION_ID:
        raise faults.NoCommunity(phrase("{file} is not a Belfry community. It was left as it was.", file=str(path)))
    if version > SCHEMA:
        raise NewerFile(phrase("{file} was made by a newer Belfry. It was left as it was. Install the newest Belfry to open it.", file=str(path)))


def _connect(path: Path, key: str | None) -> Database:
    conn = connect(f"file:{quote(str(path))}?mode=rw", uri=True, isolation_level=None, timeout=BUSY_MILLISECONDS / 1000)
    if key:
        _unlock(conn, key)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "temp_store=MEMORY", "cache_size=-32000"):
        conn.execute(f"PRAGMA {pragma}")
    return Database(conn)


def _unlock(conn: Connection, key: str) -> None:
    conn.set_key(key.encode())


def _version(conn: Connection) -> int:
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


def _migrate(store: Store) -> None:
    """Bring an older file up to date, after a copy. Two programs may start at once: the second waits, and finds nothing left to do."""
    before = _version(store.conn)
    kept = store.path.with_name(f"{store.path.name}.before-schema-{SCHEMA}-{new_id()[:13]}")
    store.copy_to(kept)
    with store.write() as conn:
        if _version(conn) < SCHEMA:
            migrations.apply(store.db)
            if store.probe:
                store.probe.reach("while-migrating")
            conn.execute(f"PRAGMA user_version={SCHEMA}")
            set_setting(conn, "migrated_from", f"{before}: {kept.name}")
            return
    kept.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _explained_disk(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Trouble(
            phrase(
                "{file} can't be written: {error}. Nothing was changed; choose another place or mend it.", file=str(path), error=error.strerror or ""
            )
        ) from error
