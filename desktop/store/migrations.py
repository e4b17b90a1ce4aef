"""The schema of the community file, step by step. A step that has been released is never edited: the next one changes what it left.

Steps on shared tables only add columns, or ship a converter for the journal's old entries. Their number is `schema.SCHEMA`.

Imported only where a file is made or brought up to date: sqlite-utils takes longer to load than a community to open.
"""

from desktop.store.driver import Connection  # before sqlite-utils: it registers the driver that sqlite-utils is to take

from sqlite_utils import Database  # isort: skip
from sqlite_utils.migrations import Migrations  # isort: skip

from desktop.store.tables import SHARED, SharedTable, Value  # isort: skip

migrations = Migrations("belfry")


@migrations()
def v001_community(db: Database) -> None:
    """Members, events, announcements, connections and channels; the journal; search; files; the ledger and the lease."""
    for table in SHARED.values():
        db.execute(_shared(table))
    for statement in _SHARED_INDEXES + _JOURNAL + _LOCAL + _LEDGER:
        db.execute(statement)


def apply(conn: Connection) -> None:
    """Take the steps that a file has not taken yet; inside a transaction of the caller's."""
    migrations.apply(Database(conn))


def _shared(table: SharedTable) -> str:
    columns = [f"{_quoted(name)} {_type(default)} NOT NULL DEFAULT {_literal(default)}" for name, default in table.columns.items()]
    derived = [f"{_quoted(name)} TEXT NOT NULL DEFAULT ''" for name in table.derived or ()]
    head = ["pk INTEGER PRIMARY KEY", "id TEXT NOT NULL UNIQUE", "op INTEGER NOT NULL", "deleted_at TEXT"]
    return f"CREATE TABLE {_quoted(table.name)} ({', '.join(head + columns + derived)})"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _type(default: Value) -> str:
    return "TEXT" if isinstance(default, str) else "INTEGER"


def _literal(default: Value) -> str:
    return f"'{default}'" if isinstance(default, str) else str(default)


_SHARED_INDEXES = [
    "CREATE INDEX member_by_name ON member (sort_key, pk) WHERE deleted_at IS NULL",
    "CREATE INDEX contact_point_of ON contact_point (member_id)",
    "CREATE INDEX member_tag_of ON member_tag (member_id)",
    "CREATE INDEX member_tag_by_tag ON member_tag (folded)",
    "CREATE INDEX event_of ON event (series_id) WHERE series_id != ''",
    "CREATE INDEX event_by_uid ON event (uid) WHERE uid != ''",
    "CREATE INDEX announcement_about ON announcement (event_id) WHERE event_id != ''",
    "CREATE INDEX announcement_channel_of ON announcement_channel (announcement_id)",
    "CREATE INDEX announcement_channel_to ON announcement_channel (channel_id)",
]

_JOURNAL = [
    # phrase: a Phrase as JSON. undoes, redoes: the operation that this one took back or made again. undone_by: the one that took this back, local.
    """CREATE TABLE operation (
        pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, hlc TEXT NOT NULL, phrase TEXT NOT NULL, device TEXT NOT NULL, schema INTEGER NOT NULL,
        undoes INTEGER, redoes INTEGER, undone_by INTEGER)""",
    "CREATE INDEX operation_by_hlc ON operation (hlc)",
    # before: NULL for a row that was made. Only changed columns. prior: the row's `op` before.
    """CREATE TABLE journal (
        pk INTEGER PRIMARY KEY, operation INTEGER NOT NULL, "table" TEXT NOT NULL, row_id TEXT NOT NULL, prior INTEGER NOT NULL DEFAULT 0,
        before TEXT, after TEXT NOT NULL)""",
    "CREATE INDEX journal_of ON journal (operation)",
    "CREATE INDEX journal_row ON journal (row_id)",
    # Rows made in bulk, up to 1,000 in one: zlib over JSON {"columns": […], "rows": [[id, …], …]}.
    """CREATE TABLE journal_bulk (
        pk INTEGER PRIMARY KEY, operation INTEGER NOT NULL, "table" TEXT NOT NULL, rows BLOB NOT NULL)""",
    "CREATE INDEX journal_bulk_of ON journal_bulk (operation)",
]

_LOCAL = [
    "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # Photos and documents. Rows and the journal hold the hash.
    "CREATE TABLE file (sha256 TEXT PRIMARY KEY, media_type TEXT NOT NULL, content BLOB NOT NULL)",
    # rowid = member.pk. Our own folding makes the words, so the tokenizer has nothing to do but to split at spaces.
    """CREATE VIRTUAL TABLE member_search USING fts5(
        words, content='', contentless_delete=1, detail='full', prefix='1 2 3', tokenize="unicode61 remove_diacritics 0")""",
    # Members whose search row is still to be written, after a bulk load. words: empty.
    "CREATE TABLE search_queue (member INTEGER PRIMARY KEY, words TEXT NOT NULL)",
    # Each date of each event, one year back to three ahead.
    """CREATE TABLE occurrence (
        pk INTEGER PRIMARY KEY, series_id TEXT NOT NULL, event_id TEXT NOT NULL, recurrence_id TEXT NOT NULL, title TEXT NOT NULL,
        start TEXT NOT NULL, "end" TEXT NOT NULL, zone TEXT NOT NULL, start_at TEXT NOT NULL, end_at TEXT NOT NULL, place TEXT NOT NULL,
        cancelled INTEGER NOT NULL)""",
    "CREATE INDEX occurrence_when ON occurrence (start_at)",
    "CREATE INDEX occurrence_of ON occurrence (series_id, recurrence_id)",
    # How connections and channels fare on this computer. owner: the id of either.
    """CREATE TABLE health (
        owner TEXT PRIMARY KEY, paused INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '', identity TEXT NOT NULL DEFAULT '',
        checked_at TEXT NOT NULL DEFAULT '') WITHOUT ROWID""",
    # What connections keep for themselves.
    "CREATE TABLE shelf (pk INTEGER PRIMARY KEY, connection_id TEXT NOT NULL, entry TEXT NOT NULL)",
    "CREATE INDEX shelf_of ON shelf (connection_id)",
    # People whose data was erased: applied again to every copy that is restored.
    "CREATE TABLE erased (id TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID",
    # Where copies of this file were put, on this computer's disks.
    "CREATE TABLE copy (path TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID",
]

_LEDGER = [
    # See desktop.community.deliveries for what each column means. occurrence: the RECURRENCE-ID, never the due time; '' for a single one.
    """CREATE TABLE delivery (
        pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, announcement_id TEXT NOT NULL, occurrence TEXT NOT NULL, channel_id TEXT NOT NULL,
        target TEXT NOT NULL, state TEXT NOT NULL, fence INTEGER NOT NULL DEFAULT 0, due_at TEXT NOT NULL, late_until TEXT NOT NULL,
        asks INTEGER NOT NULL DEFAULT 0, next_attempt_at TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '',
        claimed_at TEXT, sent_text TEXT NOT NULL DEFAULT '')""",
    "CREATE INDEX delivery_ready ON delivery (state, next_attempt_at)",
    "CREATE INDEX delivery_when ON delivery (due_at)",
    "CREATE INDEX delivery_waiting ON delivery (due_at) WHERE state IN ('held', 'queued', 'waiting')",
    "CREATE INDEX delivery_of ON delivery (announcement_id)",
    "CREATE INDEX delivery_to ON delivery (channel_id)",
    """CREATE TABLE delivery_move (
        pk INTEGER PRIMARY KEY, delivery INTEGER NOT NULL, "from" TEXT NOT NULL, "to" TEXT NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL,
        who TEXT NOT NULL)""",
    "CREATE INDEX delivery_move_of ON delivery_move (delivery)",
    # What the service said it took, and what became of it since: sent, edited, deleted.
    """CREATE TABLE receipt (
        pk INTEGER PRIMARY KEY, delivery INTEGER NOT NULL, kind TEXT NOT NULL, remote_id TEXT NOT NULL, link TEXT NOT NULL, at TEXT NOT NULL)""",
    "CREATE INDEX receipt_of ON receipt (delivery)",
    # One row at most: who sends now. expires_at is moved ahead by a heartbeat.
    """CREATE TABLE lease (
        one INTEGER PRIMARY KEY CHECK (one = 1), fence INTEGER NOT NULL, holder TEXT NOT NULL, computer TEXT NOT NULL, pid INTEGER NOT NULL,
        heartbeat_at TEXT NOT NULL, expires_at TEXT NOT NULL)""",
]
