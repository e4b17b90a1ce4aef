"""A few things for a few words, for the command palette: (id, title) of members, events, announcements, the best first. Whole lists are elsewhere."""

from desktop.community.announcements import Announcement
from desktop.community.fold import fold
from desktop.community.matching import Match, match_of
from desktop.store.database import Store
from desktop.store.search import match

Titled = tuple[str, str]
_AFTER = "{"  # behind every letter, digit and space that folding leaves
_LOOKED_THROUGH = 2_000  # events or announcements, the newest first: a palette that takes longer than a blink is none


def members(store: Store, query: str, most: int) -> list[Titled]:
    """Members: those whose name begins so, then those of whom anything else does, as far as the search index gives them first."""
    expression, beginning = match(query), fold(query)
    if not expression:
        return []
    named = store.rows(
        "SELECT id, name FROM member WHERE deleted_at IS NULL AND sort_key >= ? AND sort_key < ? ORDER BY sort_key, pk LIMIT ?",
        (beginning, beginning + _AFTER, most),
    )
    found = store.rows(
        "SELECT m.id, m.name FROM (SELECT rowid FROM member_search WHERE member_search MATCH ? LIMIT 50) s"
        " JOIN member m ON m.pk = s.rowid WHERE m.deleted_at IS NULL ORDER BY m.sort_key",
        (expression,),
    )
    every = dict.fromkeys((*named, *sorted(found, key=lambda one: match_of(query, one[1]))))
    return list(every)[:most]


def events(store: Store, query: str, most: int) -> list[Titled]:
    """Events and series by their title."""
    return _by_words(
        store.rows("SELECT id, title FROM event WHERE deleted_at IS NULL AND series_id = '' ORDER BY pk DESC LIMIT ?", (_LOOKED_THROUGH,)),
        query,
        most,
    )


def announcements(store: Store, query: str, most: int) -> list[Titled]:
    """Announcements by the beginning of their text, without its formatting."""
    rows = store.rows("SELECT id, substr(text, 1, 200) FROM announcement WHERE deleted_at IS NULL ORDER BY pk DESC LIMIT ?", (_LOOKED_THROUGH,))
    return [(row_id, Announcement(text, ()).first_line) for row_id, text in _by_words(rows, query, most)]


def _by_words(rows: list[tuple[str, str]], query: str, most: int) -> list[Titled]:
    """The best first, and among equals as they come."""
    rated = [(match_of(query, title), row_id, title) for row_id, title in rows]
    found = sorted((one for one in rated if one[0] is not Match.ELSEWHERE), key=lambda one: one[0])
    return [(row_id, title) for _match, row_id, title in found[:most]]
