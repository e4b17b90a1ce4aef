"""Opening and copying the community file: the only two ways to touch it. One Store for each thread.

The file is one SQLite database in WAL mode. `open` refuses what is not ours or comes from a newer Belfry and leaves it as it was; an older one is
copied, then migrated.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from desktop.community.errors import Refused, Remedy, Trouble
from desktop.community.ids import new_id
from desktop.community.instants import to_text
from desktop.community.ports import Clock, Probe
from desktop.store import faults, placing
from desktop.store.driver import Connection, DatabaseError, connect
from desktop.store.schema import APPLICATION_ID, SCHEMA
from resources.translations import phrase

PATIENCE = 5.0
"""Seconds to wait for another program that writes."""
CACHE = -8_000
"""KiB that a connection keeps in memory, as SQLite says it; the window has four of them, and the system keeps what it read anyway."""
PAGE_BYTES = 8192  # an import of 100,000 members holds the write lock a third shorter than with 4096

log = logging.getLogger(__name__)


class NewerFile(Refused):
    """The file was made by a newer Belfry."""


@dataclass(slots=True)
class Store:
    """An open community file, for the thread that opened it.

    Attributes:
        conn: the driver's connection; for reads, and for writes inside `write()`.
        path: of the file, absolute.
        clock: the time of everything that is written.
        device: the id of this computer, for the journal.
        key: of an encrypted file, else None.
        probe: hears of named points where a test may kill the process.
        patience: seconds to wait for another program that writes, before Busy is raised.
        place: which file this is (`placing.identity`); None where it is not watched.
        followers: called with (store, changes) in the transaction of every operation, to bring local tables up to date with the shared ones.
    """

    conn: Connection
    path: Path
    clock: Clock
    device: str
    key: str | None = field(default=None, repr=False)
    probe: Probe | None = None
    patience: float = PATIENCE
    followers: tuple[Callable[["Store", Any], None], ...] = ()
    place: tuple[int, int] | None = None

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One write transaction (BEGIN IMMEDIATE), committed at the end, rolled back on any error. Hold it as short as possible; it does not nest.

        Raises Gone, and writes nothing, where the file is not where it was opened.
        """
        with faults.explained(self.path, self.key):
            if not self.is_in_place():
                raise faults.gone(self.path)
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
        with faults.explained(self.path, self.key):
            self.conn.execute("BEGIN")
            try:
                yield self.conn
            finally:
                self.conn.execute("ROLLBACK")

    def rows(self, sql: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        """All rows of one query."""
        with faults.explained(self.path, self.key):
            return self.conn.execute(sql, parameters).fetchall()

    def value(self, sql: str, parameters: Any = ()) -> Any:
        """The first column of the first row; None where there is no row."""
        with faults.explained(self.path, self.key):
            row = self.conn.execute(sql, parameters).fetchone()
        return row[0] if row else None

    def is_in_place(self) -> bool:
        """Whether the file still has the name under which it was opened."""
        return self.place is None or placing.identity(self.path) == self.place

    def gather(self) -> None:
        """Put all that lies beside the file (the -wal) into it, so that it is whole by itself wherever somebody has moved it."""
        with faults.explained(self.path, self.key):
            self.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def data_version(self) -> int:
        """A number that changes when another connection has written."""
        return int(self.value("PRAGMA data_version"))

    def wait_at_most(self, milliseconds: int) -> None:
        """How long a write waits for another program's; then it raises `faults.Busy`. The window's own connection hardly waits at all."""
        self.conn.execute(f"PRAGMA busy_timeout={int(milliseconds)}")

    def setting(self, key: str, default: str = "") -> str:
        """A setting of this file on this computer."""
        found = self.value("SELECT value FROM setting WHERE key = ?", (key,))
        return default if found is None else str(found)

    def again(self) -> "Store":
        """The same file once more, for another thread (call it there)."""
        with faults.explained(self.path, self.key):
            if not self.is_in_place():
                raise faults.gone(self.path)
            db = _connect(self.path, self.key, self.patience)
        return Store(db, self.path, self.clock, self.device, self.key, self.probe, self.patience, self.followers, self.place)

    def copy_to(self, target: Path) -> None:
        """Copy the file as it is at this moment, with SQLite's backup, and verify the copy. It appears whole at `target` or not at all.

        The copy names no computer that sends, and gets an incarnation of its own: nothing leaves from it until a person takes over with it. The file
        remembers where its copies are (`copies`). Raises Refused where `target` exists, or Trouble.
        """
        target = target.absolute()
        at = copy(self, target)
        try:
            with self.write() as conn:
                remember_copy(conn, target, at)
        except Trouble as trouble:  # a full disk must not stand in the way of a copy on another one
            log.warning("The copy at %s is good, but the community could not note where it is: %s", target, trouble)

    def close(self) -> None:
        """Let go of the file."""
        self.conn.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def open(path: Path, key: str | None = None, *, clock: Clock, device: str, probe: Probe | None = None, patience: float = PATIENCE) -> Store:
    """Open a community file, waiting up to `patience` seconds where another program writes.

    Raises Refused (not there), NewerFile, NoCommunity (not one of ours, or damaged) or Trouble; in each case the file is left as it was.
    """
    path = path.absolute()
    if not path.is_file():
        raise Refused(phrase("There is no community at {file}.", file=str(path)), Remedy.MAKE_COMMUNITY)
    peek(path, key, clock=clock, device=device, patience=patience).close()
    with faults.explained(path, key):
        store = Store(_connect(path, key, patience), path, clock, device, key, probe, patience, _followers(), placing.identity(path))
        try:
            with placing.explained(path):
                placing.narrow(path)
            if version(store.conn) < SCHEMA:
                _migrate_after_copy(store)
            _refuse_newer(path, version(store.conn))
        except BaseException:
            store.close()
            raise
    return store


def create(path: Path, key: str | None = None, *, clock: Clock, device: str, settings: dict[str, str]) -> Store:
    """Make a community file that is not there yet and open it. `settings` are its first ones. It appears whole or not at all.

    Raises Refused where the file exists, or Trouble.
    """
    path = path.absolute()
    with placing.explained(path):
        placing.make_folder(path.parent)
        if path.exists():
            raise placing.taken(path)
        with placing.part_of(path) as part:
            with open_part(part, path, key, clock=clock, device=device) as made, made.write() as conn:
                _apply_migrations(made.conn)
                conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
                conn.execute(f"PRAGMA user_version={SCHEMA}")
                for name, value in {"incarnation": new_id(), "claims": "0", **settings}.items():
                    set_setting(conn, name, value)
            placing.put_new(part, path)
    return open(path, key, clock=clock, device=device)


def peek(path: Path, key: str | None = None, *, clock: Clock, device: str, patience: float = PATIENCE) -> Store:
    """Open a community file of any schema up to ours for reading only; neither it nor what lies beside it is changed. Raises as `open` does."""
    with faults.explained(path, key):
        # Beside a file that nobody has open there is no -wal, and "immutable" keeps SQLite from making one.
        alone = "" if Path(f"{path}-wal").exists() else "&immutable=1"
        try:
            conn = connect(f"file:{quote(str(path))}?mode=ro{alone}", uri=True, isolation_level=None, timeout=patience)
        except DatabaseError as error:
            raise Trouble(phrase("{file} can't be opened. See that you may read it.", file=str(path))) from error
        try:
            _unlock(conn, key)
            kind = conn.execute("PRAGMA application_id").fetchone()[0]
            if kind != APPLICATION_ID:
                raise faults.NoCommunity(phrase("{file} is not a Belfry community. It was left as it was.", file=str(path)))
            _refuse_newer(path, version(conn))
        except BaseException:
            conn.close()
            raise
    return Store(conn, path, clock, device, key, patience=patience)


@contextmanager
def open_part(part: Path, path: Path, key: str | None, *, clock: Clock, device: str) -> Iterator[Store]:
    """Work on a file that is being made to become `path`; at the end all is in the one file, with nothing beside it."""
    with faults.explained(path, key):
        store = Store(_connect(part, key, PATIENCE), path, clock, device, key, followers=_followers())
        try:
            yield store
            store.conn.execute("PRAGMA journal_mode=DELETE")
        finally:
            store.close()


def connection(path: Path, key: str | None, patience: float) -> Connection:
    """The driver's connection to a file as it is, whatever it is. Raises the driver's DatabaseError."""
    conn = connect(f"file:{quote(str(path))}?mode=rw", uri=True, isolation_level=None, timeout=patience)
    try:
        _unlock(conn, key)
    except BaseException:
        conn.close()
        raise
    return conn


def copy(store: Store, target: Path) -> str:
    """What `Store.copy_to` does, without noting in the file where the copy is. Gives the time of the copy, as instant text."""
    at = to_text(store.clock.now())
    if target.exists():
        raise placing.taken(target)
    with placing.explained(target):
        placing.make_folder(target.parent)
        with placing.part_of(target) as part:
            fill_copy(store, part, target, at)
            placing.put_new(part, target)
    return at


def remember_copy(conn: Connection, target: Path, at: str) -> None:
    """Note where a copy of the file was put, so that it is found when a person is erased; inside a write transaction."""
    conn.execute("INSERT OR REPLACE INTO copy (path, at) VALUES (?, ?)", (str(target), at))


def set_setting(conn: Connection, key: str, value: str) -> None:
    """Keep a setting of this file on this computer; inside a write transaction."""
    conn.execute("INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (key, value))


def name_no_sender(conn: Connection, at: str) -> None:
    """Make the file one that nothing leaves from until a person takes over with it, as a copy made at this instant; inside a write transaction."""
    set_setting(conn, "copied_at", at)
    conn.execute("DELETE FROM setting WHERE key IN ('sender_computer', 'sender_name')")
    conn.execute("DELETE FROM lease")


def version(conn: Connection) -> int:
    """The schema of the file: the number of its migrations."""
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


def is_whole(path: Path, key: str | None) -> bool:
    """Whether a file has all tables and columns of the present schema. Raises the driver's DatabaseError, or UnicodeDecodeError."""
    with closing(connect(":memory:", isolation_level=None)) as made, closing(connection(path, key, PATIENCE)) as conn:
        _apply_migrations(made)
        return _columns(made) <= _columns(conn)


def _columns(conn: Connection) -> set[tuple[str, str]]:
    virtual = "SELECT name, sql FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL%'"  # their options, too: SQLite reads them when they are used
    columns = "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
    return {*conn.execute(virtual).fetchall(), *conn.execute(columns).fetchall()}


def migrate(store: Store, kept: Path | None = None) -> bool:
    """Bring an older file up to date, in one transaction; `kept` is where its copy is. Gives whether there was anything to do."""
    with store.write() as conn:
        before = version(conn)
        if before >= SCHEMA:
            return False
        _apply_migrations(conn)
        if store.probe:
            store.probe.reach("while-migrating")
        conn.execute(f"PRAGMA user_version={SCHEMA}")
        set_setting(conn, "migrated_from", str(before))
        if kept:
            remember_copy(conn, kept, to_text(store.clock.now()))
    return True


def _migrate_after_copy(store: Store) -> None:
    """Two programs may start at once: the second waits, and finds nothing left to do. Where it fails, the file is what it was, byte for byte."""
    kept = store.path.with_name(f"{store.path.name}.before-schema-{SCHEMA}-{new_id()[-12:]}")
    copy(store, kept)
    migrated = False
    try:
        migrated = migrate(store, kept)
    finally:
        if not migrated:
            kept.unlink(missing_ok=True)


def fill_copy(store: Store, part: Path, target: Path, at: str) -> None:
    """Copy the file to `part`, which becomes `target`, as a copy that nobody sends from, and verify it."""
    with faults.explained(target, store.key):
        made = connect(str(part), isolation_level=None)
        try:
            _unlock(made, store.key)
            # Within one snapshot: the backup does not begin again each time that another program writes.
            with store.read() as conn:
                conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()
                conn.backup(made, pages=4096, progress=lambda *_: _reach(store, "while-backing-up"))
            made.execute("PRAGMA journal_mode=DELETE")
            made.execute("BEGIN IMMEDIATE")
            set_setting(made, "incarnation", new_id())
            name_no_sender(made, at)
            made.execute("COMMIT")
            found = made.execute("PRAGMA integrity_check(1)").fetchone()[0]
        finally:
            made.close()
    if found != "ok":
        raise faults.damaged(store.path)


def _reach(store: Store, point: str) -> None:
    if store.probe:
        store.probe.reach(point)


def _followers() -> tuple[Callable[[Store, Any], None], ...]:
    from desktop.store.followers import FOLLOWERS  # late: they are written with the Store of this module

    return FOLLOWERS


def _refuse_newer(path: Path, found: int) -> None:
    if found > SCHEMA:
        raise NewerFile(phrase("{file} was made by a newer Belfry. It was left as it was. Install the newest Belfry to open it.", file=str(path)))


def _apply_migrations(conn: Connection) -> None:
    from desktop.store import migrations  # late: see there

    migrations.apply(conn)


def _connect(path: Path, key: str | None, patience: float) -> Connection:
    conn = connection(path, key, patience)
    try:
        for pragma in (
            f"page_size={PAGE_BYTES}",  # of a file that is being made; the others have theirs
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "temp_store=MEMORY",
            f"cache_size={CACHE}",
        ):
            conn.execute(f"PRAGMA {pragma}")
    except BaseException:
        conn.close()
        raise
    return conn


def _unlock(conn: Connection, key: str | None) -> None:
    """Give the driver the key of an encrypted file; nothing for one that is not."""
    if key:
        conn.execute("PRAGMA cipher_log_level=NONE")  # it would write to the terminal when the key is wrong
        conn.execute(f"PRAGMA cipher_default_page_size={PAGE_BYTES}")  # for attached files, too
        conn.set_key(key.encode())
