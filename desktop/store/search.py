"""Finding members by any part of what is known of them. The words and the query are folded alike by `community.fold`.

The FTS5 table is our own SQL: sqlite-utils' `enable_fts` makes no prefix index, and FTS5's own `remove_diacritics` finds none of lukasz, soren,
strasse, obrien, 小明.
"""

import json
from collections.abc import Iterable

from desktop.community.fold import fold, words
from desktop.store.database import Store
from desktop.store.driver import Connection
from desktop.store.journal import Changes

DRAIN = 2_000


def words_of(names: Iterable[str], ways: Iterable[str], tags: Iterable[str], others: Iterable[str]) -> str:
    """The search words of a member: of the parts of the name, the ways to reach, the tags, and whatever else is to be found."""
    return fold(" ".join((*names, *ways, *tags, *others)))


def match(query: str) -> str:
    """The FTS5 expression that finds members with all words of the query, each at the start of a word; empty where the query holds no word.

    What was typed without a space is looked for as one phrase: `ana@example` does not find an Ana whose site is example.org.
    """
    phrases = [words(part) for part in query.split()]
    return " ".join('"' + " ".join(part) + '"*' for part in phrases if part)


def drain(store: Store) -> None:
    """Write the search rows that a bulk load left for later, in short transactions."""
    while store.value("SELECT 1 FROM search_queue LIMIT 1"):
        with store.write() as conn:
            last = conn.execute("SELECT max(member) FROM (SELECT member FROM search_queue ORDER BY member LIMIT ?)", (DRAIN,)).fetchone()[0]
            if last is None:
                return  # another program wrote them in the meantime
            conn.execute("INSERT INTO member_search (rowid, words) SELECT member, words FROM search_queue WHERE member <= ?", (last,))
            conn.execute("DELETE FROM search_queue WHERE member <= ?", (last,))


def follow(store: Store, changes: Changes) -> None:
    """Bring the search rows of changed members up to date."""
    conn = store.conn
    members = set(changes.ids.get("member", ()))
    for table in ("contact_point", "member_tag"):
        for row_id in changes.ids.get(table, ()):
            members.add(conn.execute(f'SELECT member_id FROM "{table}" WHERE id = ?', (row_id,)).fetchone()[0])
    for member_id in members:
        _write(conn, member_id)


def _write(conn: Connection, member_id: str) -> None:
    member = conn.execute(
        "SELECT pk, name, given, additional, family, nickname, organization, title, notes, fields FROM member WHERE id = ?", (member_id,)
    ).fetchone()
    if member is None:
        return
    pk, *texts, fields = member
    ways = [row[0] for row in conn.execute("SELECT value FROM contact_point WHERE member_id = ? AND deleted_at IS NULL", (member_id,))]
    tags = [row[0] for row in conn.execute("SELECT tag FROM member_tag WHERE member_id = ? AND deleted_at IS NULL", (member_id,))]
    conn.execute("DELETE FROM search_queue WHERE member = ?", (pk,))
    conn.execute("DELETE FROM member_search WHERE rowid = ?", (pk,))
    conn.execute("INSERT INTO member_search (rowid, words) VALUES (?, ?)", (pk, words_of(texts, ways, tags, json_values(fields))))


def json_values(fields: str) -> list[str]:
    """The values of a JSON object of texts."""
    return [str(value) for value in json.loads(fields).values()] if fields != "{}" else []
