"""The numbers (pk) of members for a list: searched, filtered by tags, sorted by a column. Made for 100,000 members and a key pressed each 50 ms.

Whole orders are kept until an operation changes something; a search is then one walk over the order that is shown. Belongs to its store's thread.
"""

import json
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import compress
from typing import cast

import orjson

from desktop.store.database import Store
from desktop.store.search import match

FEW = 4
"""Of fewer than a fourth of all members it is quicker to look at each."""
_SOME = 64
"""Whoever does not find the first of all members does not find all of them, which is seen in no time."""
_ALIVE = "deleted_at IS NULL"


# All are counted in the index, and those that are gone taken off: of 100,000 members with four tags each this takes a fourth of the time.
_TAGS = """
    WITH every (folded, n) AS (SELECT folded, count(*) FROM member_tag GROUP BY folded),
    gone (folded, n) AS (
        SELECT folded, count(*) FROM member_tag NOT INDEXED
        WHERE deleted_at IS NOT NULL OR member_id IN (SELECT id FROM member WHERE deleted_at IS NOT NULL) GROUP BY folded)
    SELECT every.folded, (SELECT tag FROM member_tag t WHERE t.folded = every.folded AND t.deleted_at IS NULL LIMIT 1), every.n - coalesce(gone.n, 0)
    FROM every LEFT JOIN gone USING (folded) WHERE every.n > coalesce(gone.n, 0) ORDER BY 3 DESC, 1"""


class Sort(Enum):
    """What a list of members is sorted by; the name decides between equals, and who has none comes last.

    The value: the table of the member's parts of which the first one counts (empty: the member itself), the column, and whether many have the same.
    """

    NAME = ("", "m.sort_key", False)
    JOINED = ("", "m.joined", True)
    STATUS = ("", "m.status", True)
    REACH = ("contact_point", "p.value", False)
    TAGS = ("member_tag", "p.folded", True)


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


class _Order:
    """All members in one order.

    Attributes:
        numbers: the pks.
    """

    def __init__(self, numbers: list[int]) -> None:
        self.numbers = numbers

    def of(self, found: Collection[int]) -> list[int]:
        """Those of them that were found, in this order: of a million, a mark at the place of each takes a fraction of the time of sorting. A list of
        numbers goes up.
        """
        places = self._reach(found[-1] if isinstance(found, list) and found else max(found, default=0))
        marks = bytearray(len(self.numbers) + 1)
        for number in found:
            marks[places[number]] = 1
        return list(compress(self.numbers, marks))

    def of_each(self, groups: Sequence[list[int]]) -> list[int]:
        """One group after the other, each in this order. Who is deleted is left out."""
        places, nowhere = self._reach(max(map(max, groups), default=0)), len(self.numbers)
        found: list[int] = []
        for group in groups:
            group.sort()
            # Not of most by their places: other threads wait for it.
            found += self.of(group) if len(group) * FEW > nowhere else sorted(group, key=places.__getitem__)
        return [number for number in found if places[number] != nowhere]

    def _reach(self, number: int) -> "array[int]":
        """The places, up to that of this number: who has come since has none."""
        if number >= len(self._places):
            self._places.extend(self._nowhere * (number + 1 - len(self._places)))
        return self._places

    @cached_property
    def _nowhere(self) -> "array[int]":
        """The place of whoever is deleted: behind the last."""
        return array("I", [len(self.numbers)])

    @cached_property
    def _places(self) -> "array[int]":
        """For the number of each member its place."""
        places = self._nowhere * (max(self.numbers, default=0) + 1)
        for place, number in enumerate(self.numbers):
            places[number] = place
        return places


class MemberLists:
    """Lists of members of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._version = -1
        self._orders: dict[tuple[Sort, bool], _Order] = {}
        self._tagged: dict[str, frozenset[int]] = {}
        self._tags: list[TagCount] | None = None
        self._not_everybody = ""
        """What has last been seen not to find all members; what is typed on after it does not either."""

    def numbers(self, wanted: Wanted) -> list[int]:
        """The pks in the order wanted."""
        self._see_what_changed()
        expression = match(wanted.query)
        if wanted.query.strip() and not expression:
            return []
        if not expression and not wanted.tags:
            return self._order(wanted.sort, wanted.descending).numbers
        if not wanted.tags and self._finds_everybody(expression):
            return self._order(wanted.sort, wanted.descending).numbers
        found = self._filtered(expression, wanted.tags)
        key = (wanted.sort, wanted.descending)
        if key not in self._orders and len(found) * FEW <= len(self._order(Sort.NAME, False).numbers):
            return self._sorted(*key, among=found)
        return self._order(*key).of(found)

    def tags(self) -> list[TagCount]:
        """All tags that somebody has, the most used first."""
        self._see_what_changed()
        if self._tags is None:
            rows = self._store.rows(_TAGS)
            self._tags = [TagCount(*row) for row in rows]
        return self._tags

    def _order(self, sort: Sort, descending: bool) -> _Order:
        key = (sort, descending)
        if key not in self._orders:
            self._orders[key] = _Order(self._sorted(*key))
        return self._orders[key]

    def _sorted(self, sort: Sort, descending: bool, among: Collection[int] | None = None) -> list[int]:
        """All members, or those among them, in order. All: read from end to end, which takes half as long as looking each up."""
        way = "DESC" if descending else "ASC"
        part, column, shared = sort.value
        if sort is Sort.NAME and among is None:
            return self._list(f"SELECT pk FROM member WHERE {_ALIVE} ORDER BY sort_key {way}, pk {way}")
        by_name = self._order(Sort.NAME, descending and sort is Sort.NAME)
        if sort is Sort.NAME:
            return by_name.of(among or ())
        first = f"p.position = 0 AND p.{_ALIVE} AND" if part else ""
        if among is None:
            source = f'"{part}" p NOT INDEXED CROSS JOIN member m ON m.id = p.member_id' if part else "member m NOT INDEXED"
        else:
            source = "json_each(?) n CROSS JOIN member m ON m.pk = n.value" + (f' CROSS JOIN "{part}" p ON p.member_id = m.id' if part else "")
        if among is None and shared:  # the order of the names is at hand: nothing is read of the member itself where a part decides
            alive = first or f"m.{_ALIVE} AND"
            listed = by_name.of_each(self._groups(f"{source} WHERE {alive} {column} != ''", column, way))
        else:
            sql = f"SELECT m.pk FROM {source} WHERE {first} m.{_ALIVE} AND {column} != '' ORDER BY {column} {way}, m.sort_key, m.pk"
            listed = self._list(sql, *(() if among is None else (_json(among),)))
        having = dict.fromkeys(listed)  # two people may have given a first one
        if len(having) == len(by_name.numbers):
            return list(having)
        others = by_name.numbers if among is None else by_name.of(among)
        return [*having, *(number for number in others if number not in having)]

    def _finds_everybody(self, expression: str) -> bool:
        """Whether the words find all members, which need not be read then. The table behind the index has one short row for each."""
        if self._not_everybody and expression.startswith(self._not_everybody):
            return False
        everybody = self._counts_everybody(expression)
        self._not_everybody = "" if everybody else expression.removesuffix('"*')
        return everybody

    def _counts_everybody(self, expression: str) -> bool:
        first = self._store.rows(f"SELECT rowid FROM member_search WHERE member_search MATCH ? ORDER BY rowid LIMIT {_SOME}", (expression,))
        if not first or first != self._store.rows(f"SELECT id FROM member_search_docsize ORDER BY id LIMIT {_SOME}") or not_indexed(self._store):
            return False
        found = self._store.value("SELECT count(*) FROM member_search WHERE member_search MATCH ?", (expression,))
        return bool(found == self._store.value("SELECT count(*) FROM member_search_docsize"))

    def _filtered(self, expression: str, tags: Sequence[str]) -> Collection[int]:
        """Who is found by the words and has all the tags."""
        # A tag is among the words that a member is found by, so that of several conditions one look into the index leaves few to look at closely.
        words = [match(tag) for tag in tags]
        narrow: Collection[int] | None = None
        if len(tags) + bool(expression) > 1 and all(words) and not not_indexed(self._store):
            narrow = self._found(" ".join(filter(None, (expression, *words))))
        elif expression:
            narrow = self._found(expression)
        for tag in tags:
            narrow = self._with_tag(tag, narrow)
        return narrow or ()

    def _found(self, expression: str) -> list[int]:
        """Whom the words find, in the order of their numbers."""
        numbers = "SELECT rowid AS n FROM member_search WHERE member_search MATCH ? ORDER BY rowid"
        return cast(list[int], orjson.loads(self._store.value(f"SELECT json_group_array(n) FROM ({numbers})", (expression,))))

    def _with_tag(self, folded: str, among: Collection[int] | None) -> frozenset[int]:
        if folded in self._tagged:
            return self._tagged[folded] if among is None else self._tagged[folded].intersection(among)
        has = f"SELECT 1 FROM member_tag WHERE member_id = m.id AND folded = ? AND {_ALIVE}"
        if among is not None and len(among) * FEW <= len(self._order(Sort.NAME, False).numbers):
            sql = f"SELECT m.pk FROM json_each(?) n CROSS JOIN member m ON m.pk = n.value WHERE m.{_ALIVE} AND EXISTS ({has})"
            return frozenset(self._list(sql, _json(among), folded))
        sql = f"SELECT pk FROM member WHERE {_ALIVE} AND id IN (SELECT member_id FROM member_tag WHERE folded = ? AND {_ALIVE})"
        self._tagged[folded] = frozenset(self._list(sql, folded))
        return self._with_tag(folded, among)

    def _list(self, sql: str, *parameters: str) -> list[int]:
        """One column of numbers. As one JSON text: row by row takes twice as long, and other threads wait for each."""
        found = self._store.value(f"WITH found (n) AS ({sql}) SELECT json_group_array(n) FROM found", parameters)
        return cast(list[int], orjson.loads(found))

    def _groups(self, source: str, column: str, way: str) -> list[list[int]]:
        """The pks of those who have the same in a column, in no order; the groups are in the order of what they have."""
        groups = f"SELECT group_concat(m.pk) AS n FROM {source} GROUP BY {column} ORDER BY {column} {way}"
        found = self._store.value(f"WITH found AS ({groups}) SELECT '[[' || group_concat(n, '],[') || ']]' FROM found")
        return cast(list[list[int]], orjson.loads(found or "[]"))

    def _see_what_changed(self) -> None:
        version = int(self._store.value("SELECT coalesce(max(pk), 0) FROM operation"))
        if version != self._version:
            self._version = version
            self._orders.clear()
            self._tagged.clear()
            self._tags = None
            self._not_everybody = ""


def _json(numbers: Collection[int]) -> str:
    return orjson.dumps(list(numbers)).decode()


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
