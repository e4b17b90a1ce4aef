"""The same change to many rows at once: as if each had been made alone, in one step of the history."""

from collections.abc import Callable

import pytest

from desktop.actions import member_edits
from desktop.actions.importing import Stopped
from desktop.community.members import ContactKind, ContactPoint, Member
from desktop.store import bulk, check, members, undo
from desktop.store.database import Store
from desktop.store.journal import operation
from helpers.communities import WORK, fill, rows, words_in_index, words_of_values
from resources.translations import phrase

MANY = 1_203


def load(store: Store) -> list[str]:
    """Many members, every second one tagged; gives their ids."""
    with bulk.staging(store) as staged:
        for number in range(MANY):
            way = ContactPoint(ContactKind.EMAIL, f"m{number}@example.org")
            members.stage(staged, Member(f"Member {number}", contact_points=(way,), tags=("choir",) if number % 2 else ()))
        bulk.load(store, staged, phrase("Imported {file}", file="people.csv"))
        members.index(store, staged)
    return [one.id for one in members.every(store, "member")]


EDITS: dict[str, Callable[[Store, list[str]], int]] = {
    "delete": member_edits.delete,
    "tag": lambda store, ids: member_edits.tag(store, ids, "Choir"),
    "new tag": lambda store, ids: member_edits.tag(store, ids, "Board"),
    "untag": lambda store, ids: member_edits.untag(store, ids, "choir"),
}
HALF = MANY // 2


@pytest.mark.parametrize(("edit", "changed"), [("delete", MANY), ("tag", MANY - HALF), ("new tag", MANY), ("untag", HALF)])
def test_given_many_members_when_they_are_changed_at_once_then_one_undo_brings_all_back_and_redo_changes_them_again(
    store: Store, edit: str, changed: int
) -> None:
    fill(store)
    people = load(store)
    before = rows(store)
    assert EDITS[edit](store, people) == changed
    after = rows(store)
    assert after != before
    for _ in range(2):
        assert words_in_index(store) == words_of_values(store)
        assert check.check(store) == []
        assert undo.undo(store).kept == 0
        assert rows(store) == before
        assert words_in_index(store) == words_of_values(store)
        assert undo.redo(store).kept == 0
        assert rows(store) == after
    assert check.check(store) == []


@pytest.mark.parametrize("edit", list(EDITS))
def test_given_many_members_when_the_change_is_stopped_then_nothing_was_changed(store: Store, edit: str) -> None:
    people = load(store)
    before, history = rows(store), len(undo.history(store))
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if done:
            raise Stopped

    acts: dict[str, Callable[[], int]] = {
        "delete": lambda: member_edits.delete(store, people, stop),
        "untag": lambda: member_edits.untag(store, people, "choir", stop),
    }
    act = acts.get(edit, lambda: member_edits.tag(store, people, "Singers", stop))
    with pytest.raises(Stopped, match="Nothing was changed"):
        act()
    assert (0, MANY) in seen
    assert rows(store) == before
    assert len(undo.history(store)) == history
    assert words_in_index(store) == words_of_values(store)


def test_given_members_deleted_at_once_when_some_were_brought_back_since_then_undo_leaves_those_and_counts_the_changed(store: Store) -> None:
    people = load(store)
    member_edits.delete(store, people[:50])
    first = undo.history(store, 1)[0].id
    with operation(store, WORK) as op:
        op.put("member", people[0], deleted_at=None)  # somebody wants this one back
        op.put("member", people[1], notes="Left in May")  # and writes of another, who stays deleted
    assert undo.undo(store, first).kept == 0
    assert members.get(store, people[0]).name
    assert members.get(store, people[1]).notes == "Left in May"
    assert members.count(store) == MANY
    assert check.check(store) == []


def test_given_a_tag_given_to_many_when_one_was_changed_since_then_undo_leaves_that_one(store: Store) -> None:
    people = load(store)
    member_edits.tag(store, people, "Board")
    tagged = undo.history(store, 1)[0].id
    one = store.value("SELECT id FROM member_tag WHERE folded = 'board' AND member_id = ?", (people[3],))
    with operation(store, WORK) as op:
        op.put("member_tag", one, tag="BOARD")
    assert undo.undo(store, tagged).kept == 1
    assert [member.id for member in members.every(store, "board")] == [people[3]]
    assert check.check(store) == []


def test_given_many_of_whom_some_are_gone_when_they_are_deleted_or_tagged_then_only_the_others_are_counted(store: Store) -> None:
    people = load(store)
    member_edits.delete(store, people[:10])
    assert member_edits.tag(store, people, "Board") == MANY - 10
    assert member_edits.delete(store, people) == MANY - 10
    assert members.count(store) == 0
