"""Who is new, and who has a birthday or another year in the community in these days. One walk over the members finds them all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.community.celebrations import Celebration, Newcomer, Occasion, turning, years_there
from desktop.community.members import Birthday, MemberKind, MemberStatus
from desktop.store.database import Store
from desktop.store.journal import Operation

_NEW, _COUNT = "new", "count"
_IS_NEW = "joined BETWEEN :since AND :today AND welcomed = '' AND person"
_NEAR = f"""
WITH near AS MATERIALIZED (
  SELECT id, name, photo, birthday, joined, welcomed, kind = '{MemberKind.PERSON}' AS person, sort_key, pk,
    CASE substr(birthday, -5) {{dates}} END AS born_on, CASE substr(joined, -5) {{dates}} END AS came_on FROM member
  WHERE (substr(birthday, -5) IN ({{days}}) OR substr(joined, -5) IN ({{days}}) OR joined BETWEEN :since AND :today AND welcomed = '')
    AND status != '{MemberStatus.FORMER}' AND deleted_at IS NULL)
SELECT * FROM (SELECT '{_NEW}', id, name, photo, joined, '' FROM near WHERE {_IS_NEW} ORDER BY joined DESC, sort_key, pk LIMIT :new)
UNION ALL SELECT '{_COUNT}', '', '', '', count(*), '' FROM near WHERE {_IS_NEW}
UNION ALL SELECT * FROM (SELECT '{Occasion.BIRTHDAY}', id, name, photo, birthday, born_on FROM near
  WHERE person AND born_on IS NOT NULL ORDER BY born_on, sort_key, pk LIMIT :most)
UNION ALL SELECT * FROM (SELECT '{Occasion.ANNIVERSARY}', id, name, photo, joined, came_on FROM near
  WHERE substr(joined, 1, 4) < substr(came_on, 1, 4) ORDER BY came_on, sort_key, pk LIMIT :most)
"""


@dataclass(frozen=True, slots=True)
class Near:
    """Whom these days bring.

    Attributes:
        newcomers: who joined lately and was not welcomed yet, the newest first.
        new: how many there are in all.
        days: birthdays and anniversaries, each by date.
    """

    newcomers: Sequence[Newcomer]
    new: int
    days: Sequence[Celebration]


def near(store: Store, kept: Mapping[str, date], since: date, today: date, most_new: int, most_days: int) -> Near:
    """Who joined from `since` until `today` and was not welcomed yet, who has a birthday on these days of the year (`MM-DD`, with the date on
    which each is kept), and who has been there for another whole year on them; `most_new` and of each occasion `most_days` at most.
    """
    dates = " ".join(f"WHEN '{day}' THEN '{on.isoformat()}'" for day, on in kept.items())
    query = _NEAR.format(dates=dates, days=",".join(f"'{day}'" for day in kept))
    rows = store.rows(query, {"since": since.isoformat(), "today": today.isoformat(), "new": most_new, "most": most_days})
    newcomers: list[Newcomer] = []
    found: list[Celebration] = []
    new = 0
    for what, row_id, name, photo, text, on_text in rows:
        if what == _NEW:
            newcomers.append(Newcomer(row_id, name, photo, date.fromisoformat(text)))
        elif what == _COUNT:
            new = int(text)
        else:
            occasion, on = Occasion(what), date.fromisoformat(on_text)
            years = turning(Birthday.parse(text), on) if occasion is Occasion.BIRTHDAY else years_there(date.fromisoformat(text), on)
            found.append(Celebration(occasion, on, row_id, name, photo, years))
    return Near(newcomers, new, found)


def welcome(op: Operation, member_id: str, on: date) -> None:
    """Keep that somebody was welcomed."""
    op.put("member", member_id, welcomed=on.isoformat())
