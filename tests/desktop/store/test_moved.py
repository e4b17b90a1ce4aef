"""A file that somebody moves, deletes or replaces while it is open: nothing is written where nobody would find it."""

import sys
from pathlib import Path

import pytest

from desktop.community.members import Member
from desktop.store import members
from desktop.store.database import Store
from desktop.store.faults import Gone
from desktop.store.journal import operation
from helpers.communities import reopen
from resources.translations import phrase

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody move a file that is open")


def add(store: Store, name: str) -> None:
    with operation(store, phrase("Added {name}", name=name)) as op:
        members.add(op, Member(name))


def names(store: Store) -> list[str]:
    return [member.name for member in members.every(store)]


@pytest.mark.parametrize("how", ["moved", "deleted", "replaced"])
def test_given_a_file_that_is_taken_away_when_something_is_written_then_it_is_refused_and_said(store: Store, how: str, tmp_path: Path) -> None:
    add(store, "Ana")
    elsewhere = tmp_path / "elsewhere.belfry"
    if how == "deleted":
        store.path.unlink()
    else:
        store.path.rename(elsewhere)
    if how == "replaced":
        store.path.write_bytes(elsewhere.read_bytes())
    with pytest.raises(Gone, match="was moved, renamed, deleted or replaced while it was open"):
        add(store, "Rui")
    with pytest.raises(Gone):
        store.again()
    assert names(store) == ["Ana"]


def test_given_a_moved_file_when_it_is_back_then_it_is_written_to_again(store: Store, tmp_path: Path) -> None:
    store.path.rename(tmp_path / "elsewhere.belfry")
    with pytest.raises(Gone):
        add(store, "Ana")
    (tmp_path / "elsewhere.belfry").rename(store.path)
    add(store, "Ana")
    assert names(store) == ["Ana"]


def test_given_a_moved_file_when_all_is_gathered_then_it_holds_by_itself_what_was_done_before(store: Store, tmp_path: Path) -> None:
    add(store, "Ana")
    moved = tmp_path / "other" / "elsewhere.belfry"
    moved.parent.mkdir()
    store.path.rename(moved)
    store.gather()
    with reopen(moved) as again:
        assert names(again) == ["Ana"]


@pytest.mark.expects_log("could not note where it is")
def test_given_a_deleted_file_when_a_copy_is_made_then_it_has_everything(store: Store, tmp_path: Path) -> None:
    add(store, "Ana")
    store.path.unlink()
    store.copy_to(tmp_path / "saved.belfry")
    with reopen(tmp_path / "saved.belfry") as again:
        assert names(again) == ["Ana"]
