"""Tags on members, one row each, so that two people may give tags at once."""

import json
from collections.abc import Sequence

from desktop.community.fold import fold
from desktop.community.ids import new_id
from desktop.store import many
from desktop.store.journal import Operation


def give(op: Operation, member_ids: Sequence[str], tag: str, heard: many.Heard) -> int:
    """Give members a tag, those who have none that folds to the same. Gives how many got it."""
    got = 0
    for some in many.steps(member_ids, heard):
        found = op.conn.execute(
            "SELECT m.id, count(t.id), coalesce(sum(t.folded = ?), 0) FROM member m"
            " LEFT JOIN member_tag t ON t.member_id = m.id AND t.deleted_at IS NULL"
            " WHERE m.deleted_at IS NULL AND m.id IN (SELECT value FROM json_each(?)) GROUP BY m.pk",
            (fold(tag) or tag, json.dumps(some)),
        ).fetchall()
        new = [(new_id(), {"member_id": member_id, "tag": tag, "position": count}) for member_id, count, has in found if not has]
        many.add(op, "member_tag", new)
        got += len(new)
    return got


def take(op: Operation, member_ids: Sequence[str], tag: str, heard: many.Heard) -> int:
    """Take a tag off members. Gives how many had it."""
    sql = "SELECT id, member_id FROM member_tag WHERE folded = ? AND deleted_at IS NULL AND member_id IN (SELECT value FROM json_each(?))"
    had = 0
    for some in many.steps(member_ids, heard):
        rows = op.conn.execute(sql, (fold(tag) or tag, json.dumps(some))).fetchall()
        many.delete(op, "member_tag", [row_id for row_id, _ in rows], lambda _done, _all: None)
        had += len({member_id for _, member_id in rows})
    return had
