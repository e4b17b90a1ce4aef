"""Who is new, and who has a birthday or another year in the community in these days. One walk over the members each: some 10 ms for 100,000."""

from collections.abc import Mapping
from datetime import date

from desktop.community.celebrations import Celebration, Newcomer, Occasion, turning, years_there
from desktop.community.members import Birthday, MemberKind, MemberStatus
from desktop.store.database import Store
from desktop.store.journal import Operation

_THERE = f"status != '{MemberStatus.FORMER}' AND deleted_at IS NULL"
_PERSON = f"kind = '{MemberKind.PERSON}'"


def newcomers(store: Store, since: date, today: date, most: int) -> list[Newcomer]:
    """The people who joined from `since` until `today` and were not welcomed yet, the newest first, `most` at most."""
    rows = store.rows(
        f"SELECT id, name, photo, joined FROM member WHERE joined BETWEEN ? AND ? AND welcomed = '' AND {_PERSON} AND {_THERE}"
        " ORDER BY joined DESC, sort_key, pk LIMIT ?",
        (since.isoformat(), today.isoformat(), most),
    )
    return [Newcomer(row_id, name, photo, date.fromisoformat(joined)) for row_id, name, photo, joined in rows]


def count_newcomers(store: Store, since: date, today: date) -> int:
    """How many there are."""
    sql = f"SELECT count(*) FROM member WHERE joined BETWEEN ? AND ? AND welcomed = '' AND {_PERSON} AND {_THERE}"
    return int(store.value(sql, (since.isoformat(), today.isoformat())))


def birthdays(store: Store, kept: Mapping[str, date], most: int) -> list[Celebration]:
    """The birthdays on these days of the year (`MM-DD`, with the date on which each is kept), by date, `most` at most."""
    found = []
    for row_id, name, photo, text, _on in _on_days(store, "birthday", kept, most, _PERSON):
        born = Birthday.parse(text)
        on = kept[f"{born.month:02d}-{born.day:02d}"]
        found.append(Celebration(Occasion.BIRTHDAY, on, row_id, name, photo, turning(born, on)))
    return found


def anniversaries(store: Store, kept: Mapping[str, date], most: int) -> list[Celebration]:
    """Who has been there for another whole year on these days, by date, `most` at most."""
    found = []
    for row_id, name, photo, text, _on in _on_days(store, "joined", kept, most, "substr(joined, 1, 4) < substr(kept_on, 1, 4)"):
        joined = date.fromisoformat(text)
        on = kept[f"{joined:%m-%d}"]
        found.append(Celebration(Occasion.ANNIVERSARY, on, row_id, name, photo, years_there(joined, on)))
    return found


def welcome(op: Operation, member_id: str, on: date) -> None:
    """Keep that somebody was welcomed."""
    op.put("member", member_id, welcomed=on.isoformat())


def _on_days(store: Store, column: str, kept: Mapping[str, date], most: int, more: str) -> list[tuple[str, str, str, str, str]]:
    """Members with the day in a column among these, sorted by the date on which it is kept. `more`: SQL over `member` and that date, `kept_on`."""
    dates = " ".join(f"WHEN '{day}' THEN '{on.isoformat()}'" for day, on in kept.items())
    marks = ",".join("?" * len(kept))
    return store.rows(
        f"SELECT id, name, photo, {column}, CASE substr({column}, -5) {dates} END AS kept_on FROM member"
        f" WHERE substr({column}, -5) IN ({marks}) AND {_THERE} AND {more} ORDER BY kept_on, sort_key, pk LIMIT ?",
        (*kept, most),
    )
