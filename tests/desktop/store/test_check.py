from collections.abc import Callable

import pytest

from desktop.community.errors import Remedy, Trouble
from desktop.store import check
from desktop.store.database import Store
from desktop.store.driver import Connection
from helpers.communities import dates_anew, dates_kept, fill, rows, words_in_index, words_of_values

Harm = Callable[[Connection], object]

DERIVED: dict[str, tuple[Harm, str]] = {
    "a search row is missing": (lambda conn: conn.execute("DELETE FROM member_search WHERE rowid = 1"), "1 member is not found"),
    "a search row has other words": (
        lambda conn: (
            conn.execute("DELETE FROM member_search WHERE rowid = 1"),
            conn.execute("INSERT INTO member_search (rowid, words) VALUES (1, 'x')"),
        ),
        "1 member is not found",
    ),
    "a search row is of nobody": (lambda conn: conn.execute("INSERT INTO member_search (rowid, words) VALUES (99, 'x')"), "1 member is not found"),
    "the index is damaged": (lambda conn: conn.execute("UPDATE member_search_data SET block = x'00' WHERE id > 10"), "search index is damaged"),
    "a date is missing": (lambda conn: conn.execute("DELETE FROM occurrence WHERE pk = 3"), "calendar"),
    "a date is wrong": (lambda conn: conn.execute("UPDATE occurrence SET title = 'x' WHERE pk = 3"), "calendar"),
    "a sort key is wrong": (lambda conn: conn.execute("UPDATE member SET sort_key = 'zz' WHERE pk = 1"), "1 row is sorted wrongly"),
}
LOST: dict[str, tuple[Harm, str]] = {
    "a member is gone": (lambda conn: conn.execute("DELETE FROM member WHERE pk = 1"), "belong to a “member”"),
    "a series is gone": (lambda conn: conn.execute("DELETE FROM event WHERE series_id = ''"), "belongs to a “event”"),
    "a channel is gone": (lambda conn: conn.execute("DELETE FROM channel"), "belongs to a “channel”"),
    "an operation is gone": (lambda conn: conn.execute("DELETE FROM operation WHERE pk = 2"), "lost their step"),
    "the journal is no JSON": (lambda conn: conn.execute("UPDATE journal SET after = 'x' WHERE pk = 1"), "1 entry of the history can't be read"),
    "a packet is damaged": (
        lambda conn: conn.execute("INSERT INTO journal_bulk (operation, \"table\", rows) VALUES (1, 'member', x'00')"),
        "1 entry of the history can't be read",
    ),
    "a step has no name": (lambda conn: conn.execute("UPDATE operation SET phrase = '{}' WHERE pk = 1"), "1 entry of the history can't be read"),
    "a photo is damaged": (
        lambda conn: conn.execute("UPDATE file SET content = x'00' WHERE media_type = 'image/jpeg'"),
        "1 photo or document is damaged",
    ),
    "a photo is missing": (lambda conn: conn.execute("DELETE FROM file WHERE media_type = 'image/jpeg'"), "1 photo or document is missing"),
    "a member is unreadable": (lambda conn: conn.execute("UPDATE member SET joined = 'soon' WHERE pk = 1"), "1 member can't be read"),
    "an event is unreadable": (lambda conn: conn.execute("UPDATE event SET start = 'soon' WHERE series_id = ''"), "1 event can't be read"),
    "an announcement is unreadable": (lambda conn: conn.execute("UPDATE announcement SET late = '?'"), "1 announcement can't be read"),
}


def harm(store: Store, how: Harm) -> None:
    fill(store)
    with store.write() as conn:
        how(conn)


def test_given_a_sound_file_then_nothing_is_found_and_nothing_is_written(store: Store) -> None:
    fill(store)
    changes = store.conn.total_changes
    assert check.check(store) == []
    assert store.conn.total_changes == changes


@pytest.mark.parametrize(("how", "words"), DERIVED.values(), ids=DERIVED.keys())
def test_given_something_worked_out_is_wrong_then_it_is_found_and_made_anew(store: Store, how: Harm, words: str) -> None:
    fill(store)
    before = rows(store)
    with store.write() as conn:
        how(conn)
    found = check.check(store)
    assert [finding.mendable for finding in found] == [True]
    assert words in str(found[0].what)
    assert check.repair(store) == []
    assert rows(store) == before
    assert words_in_index(store) == words_of_values(store)
    assert dates_kept(store) == dates_anew(store)


@pytest.mark.parametrize(("how", "words"), LOST.values(), ids=LOST.keys())
def test_given_something_is_lost_then_it_is_found_and_not_glossed_over(store: Store, how: Harm, words: str) -> None:
    harm(store, how)
    found = check.check(store)
    assert any(words in str(finding.what) and not finding.mendable for finding in found), [str(finding.what) for finding in found]


def test_given_a_page_is_damaged_then_it_says_so_and_what_to_do(store: Store) -> None:
    fill(store)
    page = store.value("SELECT rootpage FROM sqlite_schema WHERE name = 'member_by_name'")
    size = store.value("PRAGMA page_size")
    store.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with store.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    with store.again() as fresh:
        found = check.check(fresh)
    assert [finding.mendable for finding in found] == [False]
    assert "Put the newest backup back" in str(found[0].what)
    assert found[0].remedy is Remedy.RESTORE


def test_given_the_file_can_not_even_be_looked_through_then_that_is_a_sentence(store: Store) -> None:
    fill(store)
    store.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with store.path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 4000)
    with pytest.raises(Trouble, match="damaged"), store.again() as fresh:
        check.check(fresh)
