"""Members in and out of the community file. Frozen values come out, never rows."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import orjson

from desktop.community.errors import Refused
from desktop.community.fold import sort_key, tag_key
from desktop.community.ids import new_id
from desktop.community.members import Birthday, ContactKind, ContactPoint, Member, MemberKind, MemberStatus, PostalAddress
from desktop.store import faults, many, search
from desktop.store.bulk import Staging, attached
from desktop.store.database import Store
from desktop.store.journal import Operation
from desktop.store.tables import MEMBER, Value
from resources.translations import phrase

PAGE = 500
_COLUMNS = ["id", *MEMBER.columns]
_TAGS_OF = "SELECT id, folded FROM member_tag WHERE member_id = ? AND deleted_at IS NULL ORDER BY position, pk"
# Looked up: calling an enum for each value takes a third of the time that a page of members does.
_KINDS = {kind.value: kind for kind in ContactKind}
_MEMBER_KINDS = {kind.value: kind for kind in MemberKind}
_STATUSES = {status.value: status for status in MemberStatus}
_PLAIN = ("name", "prefix", "given", "additional", "family", "suffix", "nickname", "organization", "title", "language", "notes", "photo")


def add(op: Operation, member: Member) -> str:
    """Keep a new member with all that belongs to it; gives its id."""
    row_id = op.new("member", **_columns(member))
    for position, way in enumerate(member.contact_points):
        op.new("contact_point", **_way(row_id, position, way))
    for position, tag in enumerate(member.tags):
        op.new("member_tag", member_id=row_id, tag=tag, position=position)
    return row_id


def change(op: Operation, member: Member) -> None:
    """Make the member with this id what the value says, changing only what differs."""
    before = get(op.store, member.id)
    op.put("member", member.id, **_columns(member))
    there = {way.id for way in before.contact_points}
    for row_id in there - {way.id for way in member.contact_points}:
        op.delete("contact_point", row_id)
    for position, way in enumerate(member.contact_points):
        # One that was deleted since the value was read, or that another member has, is made anew.
        op.put("contact_point", way.id if way.id in there else new_id(), **_way(member.id, position, way))
    tagged: dict[str, str] = {}
    for row_id, folded in op.conn.execute(_TAGS_OF, (member.id,)).fetchall():
        tagged.setdefault(folded, row_id)
        if tagged[folded] != row_id or folded not in {tag_key(tag) for tag in member.tags}:
            op.delete("member_tag", row_id)
    for position, tag in enumerate(member.tags):
        op.put("member_tag", tagged.get(tag_key(tag)) or new_id(), member_id=member.id, tag=tag, position=position)


def delete(op: Operation, member_id: str) -> None:
    """Take a member out of the lists; undo brings it back."""
    op.delete("member", member_id)


def delete_all(op: Operation, member_ids: Sequence[str], heard: many.Heard) -> int:
    """Take many members out of the lists, as `delete` does. Gives how many were in them."""
    return many.delete(op, "member", member_ids, heard)


def stage(staged: Staging, *new: Member, ids: Sequence[str] = ()) -> None:
    """Add new members to a bulk load, the first of them with these ids, the others with fresh ones.

    A few dozen in one call take a third less time than one by one: code and data stay in the processor's cache.
    """
    for place, member in enumerate(new):
        row_id = ids[place] if place < len(ids) else new_id()
        ways, tags = member.contact_points, member.tags
        staged.add_whole("member", (row_id, *_columns(member).values(), sort_key(member.name)))
        for position, way in enumerate(ways):
            staged.add_whole("contact_point", (new_id(), *_way(row_id, position, way).values()))
        for position, tag in enumerate(tags):
            staged.add_whole("member_tag", (new_id(), row_id, tag, position, tag_key(tag)))
        names = (member.name, member.given, member.additional, member.family, member.nickname, member.organization, member.title)
        staged.add_words(search.words_of(names, [way.value for way in ways], tags, (member.notes, *member.fields.values())))


def get(store: Store, member_id: str) -> Member:
    """One member. Raises Refused where there is none."""
    found = _filled(store, store.rows(f"SELECT {', '.join(_COLUMNS)} FROM member WHERE id = ? AND deleted_at IS NULL", (member_id,)))
    if not found:
        raise Refused(phrase("There is no such member."))
    return found[0]


def ids_ending(store: Store, end: str) -> list[str]:
    """The ids of members that end so (their random part); two at most, which is enough to know that there is more than one."""
    return [row[0] for row in store.rows("SELECT id FROM member WHERE substr(id, ?) = ? AND deleted_at IS NULL LIMIT 2", (-len(end), end))]


def pks(store: Store, query: str = "") -> list[int]:
    """The local numbers of all members that the query finds, sorted by name; of all, for an empty query."""
    sql = "SELECT pk FROM member WHERE deleted_at IS NULL"
    expression = search.match(query)
    if query.strip() and not expression:
        return []
    if expression:
        search.drain(store)
        rows = store.rows(f"{sql} AND pk IN (SELECT rowid FROM member_search WHERE member_search MATCH ?) ORDER BY sort_key, pk", (expression,))
    else:
        rows = store.rows(f"{sql} ORDER BY sort_key, pk")
    return [row[0] for row in rows]


def by_pk(store: Store, numbers: Sequence[int]) -> list[Member]:
    """The members with these local numbers, in this order, but for those that were deleted since the numbers were asked for."""
    marks = ",".join("?" * len(numbers))
    rows = store.rows(f"SELECT pk, {', '.join(_COLUMNS)} FROM member WHERE pk IN ({marks}) AND deleted_at IS NULL", list(numbers))
    place = {pk: place for place, pk in enumerate(numbers)}
    rows.sort(key=lambda row: place[row[0]])
    return _filled(store, [row[1:] for row in rows])


def every(store: Store, query: str = "") -> Iterator[Member]:
    """All members that the query finds, sorted by name, a page at a time."""
    numbers = pks(store, query)
    for start in range(0, len(numbers), PAGE):
        yield from by_pk(store, numbers[start : start + PAGE])


def any_there(store: Store) -> bool:
    """Whether there is one; counting 100,000 takes some 10 ms."""
    return store.value("SELECT 1 FROM member WHERE deleted_at IS NULL LIMIT 1") is not None


def count(store: Store) -> int:
    """How many there are."""
    return int(store.value("SELECT count(*) FROM member WHERE deleted_at IS NULL"))


def ways_of_all(store: Store) -> list[tuple[str, str, str, str]]:
    """(id, name, kind, value) for each way to reach a member; kind and value are empty for one who can't be reached."""
    return store.rows(
        "SELECT m.id, m.name, coalesce(c.kind, ''), coalesce(c.value, '') FROM member m"
        " LEFT JOIN contact_point c ON c.member_id = m.id AND c.deleted_at IS NULL WHERE m.deleted_at IS NULL"
    )


def index(store: Store, loaded: Staging | None = None) -> None:
    """Write the search rows that a bulk load left for later; right after it, with what was loaded at hand, it takes a tenth of the time."""
    with faults.explained(store.path):
        if loaded is not None and "member" in loaded.before:
            with attached(store, loaded):
                search.fill(store, loaded.before["member"])
        search.drain(store)


def _columns(member: Member) -> dict[str, Value]:
    """The columns of a member, in the order of the table."""
    return {
        "kind": str(member.kind),
        "name": member.name,
        "prefix": member.prefix,
        "given": member.given,
        "additional": member.additional,
        "family": member.family,
        "suffix": member.suffix,
        "nickname": member.nickname,
        "organization": member.organization,
        "title": member.title,
        "birthday": str(member.birthday or ""),
        "joined": member.joined.isoformat() if member.joined else "",
        "status": str(member.status),
        "language": member.language,
        "notes": member.notes,
        "photo": member.photo,
        "welcomed": member.welcomed.isoformat() if member.welcomed else "",
        "fields": orjson.dumps(dict(member.fields)).decode() if member.fields else "{}",
    }


def _way(member_id: str, position: int, way: ContactPoint) -> dict[str, Value]:
    """The columns of a way to reach a member, in the order of the table."""
    return {
        "member_id": member_id,
        "kind": str(way.kind),
        "value": way.value,
        "label": way.label,
        "preferred": int(way.preferred),
        "postal": orjson.dumps(way.postal).decode() if way.postal else "",
        "position": position,
    }


def _filled(store: Store, rows: Iterable[tuple[Any, ...]]) -> list[Member]:
    with faults.readable(store.path):
        return list(_made_of(store, rows))


def _made_of(store: Store, rows: Iterable[tuple[Any, ...]]) -> Iterator[Member]:
    found = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
    ids = [row["id"] for row in found]
    marks = ",".join("?" * len(ids))
    ways: dict[str, list[ContactPoint]] = {}
    for member_id, row_id, kind, value, label, preferred, postal in store.rows(
        "SELECT member_id, id, kind, value, label, preferred, postal FROM contact_point"
        f" WHERE deleted_at IS NULL AND member_id IN ({marks}) ORDER BY position, pk",
        ids,
    ):
        address = PostalAddress(**orjson.loads(postal)) if postal else None
        ways.setdefault(member_id, []).append(ContactPoint(_KINDS[kind], value, label, bool(preferred), address, row_id))
    tags: dict[str, dict[str, str]] = {}
    for member_id, folded, tag in store.rows(
        f"SELECT member_id, folded, tag FROM member_tag WHERE deleted_at IS NULL AND member_id IN ({marks}) ORDER BY position, pk", ids
    ):
        tags.setdefault(member_id, {}).setdefault(folded, tag)  # two people may have given the same tag
    for row in found:
        yield Member(
            **{name: row[name] for name in _PLAIN},
            id=row["id"],
            kind=_MEMBER_KINDS[row["kind"]],
            status=_STATUSES[row["status"]],
            birthday=Birthday.parse(row["birthday"]) if row["birthday"] else None,
            joined=date.fromisoformat(row["joined"]) if row["joined"] else None,
            welcomed=date.fromisoformat(row["welcomed"]) if row["welcomed"] else None,
            fields=orjson.loads(row["fields"]),
            contact_points=tuple(ways.get(row["id"], ())),
            tags=tuple(tags.get(row["id"], {}).values()),
        )
