"""The numbers (pk) of members for a list: searched, filtered by tags, sorted by a column. Made for 100,000 members and a key pressed each 50 ms.

Whole orders are kept until an operation changes something; a search is then one walk over the order that is shown. Belongs to its store's thread.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from desktop.store.database import Store
from desktop.store.search import match

_ALIVE = "deleted_at IS NULL"


class Sort(Enum):
    """What a list of members is sorted by; the name decides between equals. The value is SQL."""

    NAME = f"SELECT pk FROM member WHERE {_ALIVE} ORDER BY sort_key {{way}}, pk {{way}}"
    JOINED = f"SELECT pk FROM member WHERE {_ALIVE} ORDER BY joined = '', joined {{way}}, sort_key, pk"
    STATUS = f"SELECT pk FROM member WHERE {_ALIVE} ORDER BY status {{way}}, sort_key, pk"
    REACH = (
        "SELECT m.pk FROM member m LEFT JOIN contact_point c ON c.member_id = m.id AND c.position = 0 AND c.deleted_at IS NULL"
        f" WHERE m.{_ALIVE} GROUP BY m.pk ORDER BY c.value IS NULL, c.value {{way}}, m.sort_key, m.pk"
    )
    TAGS = (
        "SELECT m.pk FROM member m LEFT JOIN member_tag t ON t.member_id = m.id AND t.position = 0 AND t.deleted_at IS NULL"
        f" WHERE m.{_ALIVE} GROUP BY m.pk ORDER BY t.folded IS NULL, t.folded {{way}}, m.sort_key, m.pk"
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is to show.

    Attributes:
        query: words, each found at the start of a word; empty for all.
        tags: folded; a member has to have all of them.
    """

    query: str = ""
    tags: tuple[str, ...] = ()
    sort: Sort = Sort.NAME
    descending: bool = False


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag and how many members have it.

    Attributes:
        folded: what it is known by.
        tag: as it is written.
    """

    folded: str
    tag: str
    count: int


class MemberLists:
    """Lists of members of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._version = -1
        self._orders: dict[tuple[Sort, bool], list[int]] = {}
        self._tagged: dict[str, frozenset[int]] = {}
        self._tags: list[TagCount] | None = None

    def numbers(self, wanted: Wanted) -> list[int]:
        """The pks in the order wanted."""
        self._see_what_changed()
        order = self._order(wanted.sort, wanted.descending)
        expression = match(wanted.query)
        if wanted.query.strip() and not expression:
            return []
        filters = [self._with_tag(tag) for tag in wanted.tags]
        if expression:
            filters.append(self._found(expression))
        if not filters:
            return order
        found = frozenset.intersection(*filters)
        return [number for number in order if number in found]

    def tags(self) -> list[TagCount]:
        """All tags that somebody has, the most used first."""
        self._see_what_changed()
        if self._tags is None:
            rows = self._store.rows(
                f"SELECT folded, min(tag), count(*) FROM member_tag WHERE {_ALIVE} AND member_id IN (SELECT id FROM member WHERE {_ALIVE})"
                " GROUP BY folded ORDER BY 3 DESC, folded"
            )
            self._tags = [TagCount(*row) for row in rows]
        return self._tags

    def _order(self, sort: Sort, descending: bool) -> list[int]:
        key = (sort, descending)
        if key not in self._orders:
            self._orders[key] = self._list(sort.value.format(way="DESC" if descending else "ASC"))
        return self._orders[key]

    def _found(self, expression: str) -> frozenset[int]:
        return frozenset(self._list("SELECT rowid FROM member_search WHERE member_search MATCH ?", expression))

    def _with_tag(self, folded: str) -> frozenset[int]:
        if folded not in self._tagged:
            sql = f"SELECT pk FROM member WHERE {_ALIVE} AND id IN (SELECT member_id FROM member_tag WHERE folded = ? AND {_ALIVE})"
            self._tagged[folded] = frozenset(self._list(sql, folded))
        return self._tagged[folded]

    def _list(self, sql: str, *parameters: str) -> list[int]:
        """One column of numbers. As one JSON text: row by row takes twice as long, and other threads wait for each."""
        found = self._store.value(f"WITH found (n) AS ({sql}) SELECT json_group_array(n) FROM found", parameters)
        return list(json.loads(found))

    def _see_what_changed(self) -> None:
        version = int(self._store.value("SELECT coalesce(max(pk), 0) FROM operation"))
        if version != self._version:
            self._version = version
            self._orders.clear()
            self._tagged.clear()
            self._tags = None


def ids(store: Store, numbers: Sequence[int]) -> list[str]:
    """The ids of members by their numbers, in no order; those that are gone are left out."""
    found = store.value(
        f"SELECT json_group_array(id) FROM member WHERE {_ALIVE} AND pk IN (SELECT value FROM json_each(?))", (json.dumps(list(numbers)),)
    )
    return list(json.loads(found))


def number_of(store: Store, member_id: str) -> int | None:
    """The number of the member with this id; None where there is none."""
    found = store.value(f"SELECT pk FROM member WHERE id = ? AND {_ALIVE}", (member_id,))
    return None if found is None else int(found)


def numbers_of(store: Store, member_ids: Sequence[str]) -> list[int]:
    """The numbers of members by their ids, deleted ones too."""
    found = store.value("SELECT json_group_array(pk) FROM member WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(member_ids)),))
    return list(json.loads(found))


def members_of_rows(store: Store, table: str, row_ids: Sequence[str]) -> list[str]:
    """The ids of the members that rows of `contact_point` or `member_tag` belong to."""
    sql = f'SELECT json_group_array(DISTINCT member_id) FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'
    return list(json.loads(store.value(sql, (json.dumps(list(row_ids)),))))


def not_indexed(store: Store) -> bool:
    """Whether an import ended before all of its members could be searched for (`members.index` goes on)."""
    return store.value("SELECT 1 FROM search_queue LIMIT 1") is not None


def reached_by(store: Store) -> set[str]:
    """Every address and number that some member is reached by, as kept."""
    return {row[0] for row in store.rows(f"SELECT value FROM contact_point WHERE {_ALIVE}")}


def sort_keys(store: Store) -> set[str]:
    """The folded names of all members."""
    return {row[0] for row in store.rows(f"SELECT sort_key FROM member WHERE {_ALIVE}")}
