"""A few things for a few words, for the command palette: (id, title) of members, events, announcements. Whole lists are elsewhere."""

from desktop.community.announcements import Announcement
from desktop.community.fold import words
from desktop.store.database import Store
from desktop.store.search import match

Titled = tuple[str, str]
_LOOKED_THROUGH = 2_000  # events or announcements, the newest first: a palette that takes longer than a blink is none


def members(store: Store, query: str, most: int) -> list[Titled]:
    """Members, in the order of the search index: by when they were added."""
    expression = match(query)
    if not expression:
        return []
    return store.rows(
        "SELECT m.id, m.name FROM (SELECT rowid FROM member_search WHERE member_search MATCH ? LIMIT 50) s"
        " JOIN member m ON m.pk = s.rowid WHERE m.deleted_at IS NULL ORDER BY m.sort_key LIMIT ?",
        (expression, most),
    )


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
    wanted = words(query)
    found = []
    for row_id, title in rows:
        there = words(title)
        if all(any(word.startswith(part) for word in there) for part in wanted):
            found.append((row_id, title))
            if len(found) == most:
                break
    return found
