"""Finding members by any part of what is known of them. The words and the query are folded alike by `community.fold`.

The FTS5 table is our own SQL: sqlite-utils' `enable_fts` makes no prefix index, and FTS5's own `remove_diacritics` finds none of lukasz, soren,
strasse, obrien, 小明.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from desktop.community.fold import spaced, tag_key, words
from desktop.store.database import Store
from desktop.store.driver import Connection
from desktop.store.journal import Changes, owners

DRAIN = 1_000  # members in one transaction, their words worked out: some tens of milliseconds
FEW = 50  # members whose rows are written one by one
FILL = 10_000  # members in one transaction, their words at hand: a tenth of a second, on a slow laptop half a second
_COLUMNS = "pk, name, given, additional, family, nickname, organization, title, notes, fields"


def words_of(names: Iterable[str], ways: Iterable[str], tags: Iterable[str], others: Iterable[str]) -> str:
    """The search words of a member: of the parts of the name, the ways to reach, the tags, and whatever else is to be found.

    The first of the names is the whole one; parts that stand in it as they are would find nothing more.
    """
    name, *parts = names
    whole = f" {name} "
    more = [part for part in parts if part and f" {part} " not in whole]
    return " ".join((*map(tag_key, tags), spaced(" ".join((name, *more, *ways, *others)))))


def match(query: str) -> str:
    """The FTS5 expression that finds members with all words of the query, each at the start of a word; empty where the query holds no word.

    What was typed without a space is looked for as one phrase: `ana@example` does not find an Ana whose site is example.org.
    """
    phrases = [words(part) for part in query.split()]
    return " ".join('"' + " ".join(part) + '"*' for part in phrases if part)


def drain(store: Store) -> None:
    """Write the search rows that are still owed to members after a bulk load, in short transactions; in the one that is open, where there is one."""
    while store.value("SELECT 1 FROM search_queue LIMIT 1"):
        if store.conn.in_transaction:
            _drain_some(store.conn)
        else:
            with store.write() as conn:
                _drain_some(conn)


def _drain_some(conn: Connection) -> None:
    rows = conn.execute(
        "SELECT q.member, m.id FROM search_queue q LEFT JOIN member m ON m.pk = q.member ORDER BY q.member LIMIT ?", (DRAIN,)
    ).fetchall()
    found = [_words_loaded(conn, member_id) for _, member_id in rows if member_id is not None]
    with _in_bulk(conn):
        conn.executemany("INSERT INTO member_search (rowid, words) VALUES (?, ?)", found)
    conn.execute("DELETE FROM search_queue WHERE member <= ?", (rows[-1][0] if rows else 0,))


def fill(store: Store, before: int) -> None:
    """Write the search rows of members just loaded, in short transactions, from the words in their staging file, which is attached as `staged`.

    `before` is the local number of the last member before them. Those that somebody has changed since have their row already.
    """
    last = store.value("SELECT max(member) FROM staged.words") or 0
    for start in range(0, last, FILL):
        span = (before + start, before + start + FILL)
        with store.write() as conn:
            with _in_bulk(conn):
                conn.execute(
                    "INSERT INTO member_search (rowid, words) SELECT q.member, w.words FROM search_queue q"
                    " JOIN staged.words w ON w.member = q.member - ? WHERE q.member > ? AND q.member <= ?",
                    (before, *span),
                )
            conn.execute("DELETE FROM search_queue WHERE member > ? AND member <= ?", span)


@contextmanager
def _in_bulk(conn: Connection) -> Iterator[None]:
    """Write without merging what was written before, which takes as long again. Later changes merge, a little with each."""
    conn.execute("INSERT INTO member_search (member_search, rank) VALUES ('automerge', 0)")
    yield
    conn.execute("INSERT INTO member_search (member_search, rank) VALUES ('automerge', 4)")  # first writes out what waits


def follow(store: Store, changes: Changes) -> None:
    """Bring the search rows of changed members up to date. Those that were only marked as deleted, or are so no more, keep their words."""
    conn = store.conn
    named = set(changes.ids.get("member", ()))
    if named:
        marked = (
            "SELECT row_id FROM journal WHERE operation = ? AND \"table\" = 'member' GROUP BY row_id"
            " HAVING min(before IS NOT NULL AND json_remove(before, '$.deleted_at') = '{}') = 1"
        )
        named -= {row[0] for row in conn.execute(marked, (changes.operation,))}
    touched = sorted(named | owners(conn, changes, "contact_point") | owners(conn, changes, "member_tag"))
    if len(touched) <= FEW:
        for member_id in touched:
            _write(conn, member_id)
        return
    with _in_bulk(conn):
        for start in range(0, len(touched), DRAIN):
            _write_some(conn, json.dumps(touched[start : start + DRAIN]))


def _write_some(conn: Connection, ids: str) -> None:
    """The same for many at once, with few queries. `ids`: as JSON."""
    inside = "IN (SELECT value FROM json_each(?))"
    rows = conn.execute(f"SELECT id, {_COLUMNS} FROM member WHERE id {inside}", (ids,)).fetchall()
    ways = _grouped(conn, f"SELECT member_id, value FROM contact_point WHERE member_id {inside} AND", ids)
    tags = _grouped(conn, f"SELECT member_id, tag FROM member_tag WHERE member_id {inside} AND", ids)
    numbers = json.dumps([row[1] for row in rows])
    conn.execute(f"DELETE FROM search_queue WHERE member {inside}", (numbers,))
    conn.execute(f"DELETE FROM member_search WHERE rowid {inside}", (numbers,))
    found = (_words_of_row(columns, ways[member_id], tags[member_id]) for member_id, *columns in rows)
    conn.executemany("INSERT INTO member_search (rowid, words) VALUES (?, ?)", found)


def words_now(conn: Connection, member_id: str) -> tuple[int, str] | None:
    """The local number of a member and the search words that it is to have; None where there is no such member."""
    member = conn.execute(f"SELECT {_COLUMNS} FROM member WHERE id = ?", (member_id,)).fetchone()
    if member is None:
        return None
    of_member = "WHERE member_id = ? AND deleted_at IS NULL ORDER BY pk"
    ways = [row[0] for row in conn.execute(f"SELECT value FROM contact_point {of_member}", (member_id,))]
    tags = [row[0] for row in conn.execute(f"SELECT tag FROM member_tag {of_member}", (member_id,))]
    return _words_of_row(member, ways, tags)


def _words_loaded(conn: Connection, member_id: str) -> tuple[int, str]:
    """As `words_now`, for one who has not been changed since it was loaded: its parts are deleted only where the whole load was taken back."""
    member = conn.execute(f"SELECT {_COLUMNS} FROM member WHERE id = ?", (member_id,)).fetchone()
    ways = [row[0] for row in conn.execute("SELECT value FROM contact_point WHERE member_id = ?", (member_id,))]
    tags = [row[0] for row in conn.execute("SELECT tag FROM member_tag WHERE member_id = ?", (member_id,))]
    return _words_of_row(member, ways, tags)


def _words_of_row(row: Sequence[Any], ways: Iterable[str], tags: Iterable[str]) -> tuple[int, str]:
    pk, *names, notes, fields = row
    return pk, words_of(names, ways, tags, (notes, *json_values(fields)))


def forget(conn: Connection, pk: int) -> None:
    """Take out the search row of a member; inside a write transaction. Its words leave the file with `optimize`."""
    conn.execute("DELETE FROM search_queue WHERE member = ?", (pk,))
    conn.execute("DELETE FROM member_search WHERE rowid = ?", (pk,))


def optimize(conn: Connection) -> None:
    """Write the index anew, without the words of the rows that were taken out; inside a write transaction."""
    conn.execute("INSERT INTO member_search (member_search) VALUES ('optimize')")


def remake(conn: Connection) -> None:
    """Make the whole index anew from the members; inside a write transaction."""
    made = conn.execute("SELECT sql FROM sqlite_schema WHERE name = 'member_search'").fetchone()[0]
    conn.execute("DROP TABLE member_search")
    conn.execute(made)
    conn.execute("DELETE FROM search_queue")
    conn.executemany("INSERT INTO member_search (rowid, words) VALUES (?, ?)", ((pk, words) for pk, words, _ in all_words(conn)))


def all_words(conn: Connection) -> Iterator[tuple[int, str, bool]]:
    """The local number of each member, the search words that it is to have, and whether it is there and not deleted."""
    ways, tags = (
        _grouped(conn, f"SELECT member_id, {column} FROM {table} WHERE") for table, column in (("contact_point", "value"), ("member_tag", "tag"))
    )
    for member_id, deleted_at, *columns in conn.execute(f"SELECT id, deleted_at, {_COLUMNS} FROM member ORDER BY pk").fetchall():
        yield *_words_of_row(columns, ways[member_id], tags[member_id]), deleted_at is None


def _grouped(conn: Connection, sql: str, *parameters: str) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for member_id, text in conn.execute(f"{sql} deleted_at IS NULL ORDER BY pk", parameters):
        found[member_id].append(text)
    return found


def _write(conn: Connection, member_id: str) -> None:
    found = words_now(conn, member_id)
    if found is not None:
        forget(conn, found[0])
        conn.execute("INSERT INTO member_search (rowid, words) VALUES (?, ?)", found)


def json_values(fields: str) -> list[str]:
    """The values of a JSON object of texts."""
    return [str(value) for value in json.loads(fields).values()] if fields != "{}" else []
