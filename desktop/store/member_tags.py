"""Tags on members, one row each, so that two people may give tags at once."""

from desktop.community.fold import fold
from desktop.store.journal import Operation


def give(op: Operation, member_id: str, tag: str) -> bool:
    """Give a member a tag. False, and nothing happens, where there is one that folds to the same."""
    sql = "SELECT count(*), sum(folded = ?) FROM member_tag WHERE member_id = ? AND deleted_at IS NULL"
    count, has = op.conn.execute(sql, (fold(tag) or tag, member_id)).fetchone()
    if has:
        return False
    op.new("member_tag", member_id=member_id, tag=tag, position=count)
    return True


def take(op: Operation, member_id: str, tag: str) -> bool:
    """Take a tag off a member. False where there was none."""
    sql = "SELECT id FROM member_tag WHERE member_id = ? AND folded = ? AND deleted_at IS NULL"
    rows = op.conn.execute(sql, (member_id, fold(tag) or tag)).fetchall()
    for (row_id,) in rows:
        op.delete("member_tag", row_id)
    return bool(rows)
