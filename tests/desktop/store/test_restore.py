import os
from pathlib import Path

import pytest

from desktop.community.errors import BelfryError, Refused
from desktop.community.members import Member
from desktop.store import check, erase, faults, members, placing, restore, sending, undo
from desktop.store.database import NewerFile
from desktop.store.driver import connect
from desktop.store.journal import operation
from helpers.clock import MovedClock
from helpers.communities import DEVICE, WORK, ana, fill, make, mode, reopen, rows
from resources.translations import phrase


def put_back(path: Path, backup: Path) -> restore.Restored:
    return restore.restore(path, backup, clock=MovedClock(), device=DEVICE, patience=0.2)


def with_backup(path: Path, backup: Path) -> None:
    """A community with a backup of it, and a member who came later; closed."""
    with make(path) as store:
        fill(store)
        sending.name_first(store, "computer", "Laptop")
        store.copy_to(backup)
        with operation(store, WORK) as op:
            members.add(op, Member("Late Larry"))


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "monday.belfry"


def names(path: Path) -> list[str]:
    with reopen(path) as store:
        assert check.check(store) == []
        return [member.name for member in members.every(store)]


def test_given_a_backup_when_restored_then_it_is_in_the_place_and_the_present_file_is_kept(path: Path, backup: Path) -> None:
    with_backup(path, backup)
    before = backup.read_bytes()

    done = put_back(path, backup)

    assert done.aside is not None
    assert done.aside.parent == path.parent
    assert names(path) == ["Ana Lima", "Łukasz Żak"]
    assert names(done.aside) == ["Ana Lima", "Late Larry", "Łukasz Żak"]
    assert backup.read_bytes() == before
    assert sorted(one.name for one in path.parent.iterdir()) == sorted([path.name, done.aside.name, "backups"])
    if os.name == "posix":
        assert mode(path) == 0o600


def test_given_a_restore_then_nothing_leaves_from_either_file_until_a_person_takes_over(path: Path, backup: Path) -> None:
    with_backup(path, backup)
    done = put_back(path, backup)
    assert done.aside is not None
    seen = set()
    for file in (path, done.aside):
        with reopen(file) as store:
            named = sending.named(store)
            assert (named.computer, named.copied, named.fresh) == ("", True, False)
            seen.add(named.incarnation)
    with reopen(backup) as store:
        seen.add(store.setting("incarnation"))
    assert len(seen) == 3


def test_given_people_were_erased_since_then_the_restored_file_has_forgotten_them(path: Path, backup: Path) -> None:
    with make(path) as store:
        ana_id = fill(store)
        store.copy_to(backup)
        erase.erase(store, ana_id)
    assert b"Ana Lima" in backup.read_bytes()

    assert put_back(path, backup).erased == 1

    assert names(path) == ["Łukasz Żak"]
    assert b"Ana Lima" not in path.read_bytes()
    assert b"ana@example.org" not in path.read_bytes()
    with reopen(path) as store:
        assert erase.erased_ids(store) == [ana_id]
        assert [copy.path for copy in erase.copies_with(store, ana_id)] == [backup]


def test_given_a_file_in_which_nobody_is_known_as_erased_when_restored_twice_then_the_first_erasure_still_counts(path: Path, backup: Path) -> None:
    with make(path) as store:
        ana_id = fill(store)
        store.copy_to(backup)
        erase.erase(store, ana_id)
    put_back(path, backup)
    assert put_back(path, backup).erased == 1
    assert names(path) == ["Łukasz Żak"]


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "garbage", "header"])
def test_given_the_present_file_is_missing_or_damaged_then_the_backup_is_restored_all_the_same(path: Path, backup: Path, damage: str) -> None:
    with_backup(path, backup)
    content = path.read_bytes()
    match damage:
        case "missing":
            path.unlink()
        case "empty":
            path.write_bytes(b"")
        case "cut":
            path.write_bytes(content[: len(content) // 2 + 77])
        case "garbage":
            path.write_bytes(os.urandom(20_000))
        case "header":
            path.write_bytes(content[:100] + b"\xff" * 3000 + content[3100:])
    left = None if damage == "missing" else path.read_bytes()

    done = put_back(path, backup)

    assert names(path) == ["Ana Lima", "Łukasz Żak"]
    assert (done.aside is None) is (damage == "missing")
    if done.aside and damage != "cut":
        assert done.aside.read_bytes() == left


def test_given_a_wal_is_left_beside_a_damaged_or_missing_file_then_it_does_not_spoil_the_restored_one(path: Path, backup: Path) -> None:
    with_backup(path, backup)
    with reopen(path) as store:
        with operation(store, WORK) as op:
            members.add(op, ana())
        wal = Path(f"{path}-wal").read_bytes()
    for left in (b"broken" * 1000, None):
        path.unlink()
        if left:
            path.write_bytes(left)
        Path(f"{path}-wal").write_bytes(wal)
        done = put_back(path, backup)
        assert names(path) == ["Ana Lima", "Łukasz Żak"]
        assert (done.aside is not None) is (left is not None)
    kept = [one for one in path.parent.glob("*before-restore*-wal") if one.read_bytes() == wal]
    assert len(kept) == 2


def test_given_another_program_has_the_file_open_then_nothing_is_changed(path: Path, backup: Path) -> None:
    with_backup(path, backup)
    with reopen(path) as other:
        before = rows(other)
        with pytest.raises(faults.Busy, match="close Belfry"):
            put_back(path, backup)
        assert rows(other) == before
        with operation(other, WORK) as op:
            members.add(op, ana())
    assert names(path) == ["Ana Lima", "Ana Lima", "Late Larry", "Łukasz Żak"]
    assert not list(path.parent.glob("*before-restore*"))
    assert not list(path.parent.glob(".*.part*"))


def test_given_a_backup_that_is_none_then_it_is_refused_and_all_is_as_it_was(path: Path, backup: Path, tmp_path: Path) -> None:
    with_backup(path, backup)
    content = backup.read_bytes()
    newer = tmp_path / "newer"
    newer.write_bytes(content)
    conn = connect(str(newer), isolation_level=None)
    conn.execute("PRAGMA user_version=9999")
    conn.close()
    (tmp_path / "cut").write_bytes(content[: len(content) // 2])
    (tmp_path / "text").write_bytes(b"name,phone\n")
    (tmp_path / "empty").write_bytes(b"")
    spoiled = bytearray(content)
    spoiled[-8192:] = b"\xff" * 8192
    (tmp_path / "spoiled").write_bytes(spoiled)
    before = names(path)
    kinds: list[tuple[Path, type[BelfryError]]] = [
        (newer, NewerFile),
        (tmp_path / "cut", faults.NoCommunity),
        (tmp_path / "text", faults.NoCommunity),
        (tmp_path / "empty", faults.NoCommunity),
        (tmp_path / "spoiled", faults.NoCommunity),
        (tmp_path / "none", Refused),
        (path, Refused),
    ]
    for bad, kind in kinds:
        left = bad.read_bytes() if bad.exists() else None
        with pytest.raises(kind):
            put_back(path, bad)
        assert (bad.read_bytes() if bad.exists() else None) == left or bad == path
        assert names(path) == before
        assert not [one for one in tmp_path.iterdir() if "before-restore" in one.name or ".part" in one.name]


def test_given_the_swap_fails_then_the_present_file_is_in_its_place(path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_backup(path, backup)

    def fail(part: Path, target: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(placing, "put_instead", fail)
    with pytest.raises(BelfryError, match="Input/output error"):
        put_back(path, backup)
    assert names(path) == ["Ana Lima", "Late Larry", "Łukasz Żak"]
    assert not list(path.parent.glob("*before-restore*"))


def test_the_restored_file_knows_the_copies_and_the_file_put_aside(path: Path, backup: Path, tmp_path: Path) -> None:
    with_backup(path, backup)
    with reopen(path) as store:
        store.copy_to(tmp_path / "backups" / "tuesday.belfry")
    done = put_back(path, backup)
    assert done.aside is not None
    with reopen(path) as store:
        known = {copy.path for copy in erase.copies(store)}
    assert known == {backup, tmp_path / "backups" / "tuesday.belfry", done.aside}


def test_given_two_restores_in_one_second_then_both_old_files_are_kept(path: Path, backup: Path) -> None:
    with_backup(path, backup)
    first, second = put_back(path, backup).aside, put_back(path, backup).aside
    assert first is not None
    assert second is not None
    assert names(first) == ["Ana Lima", "Late Larry", "Łukasz Żak"]
    assert names(second) == ["Ana Lima", "Łukasz Żak"]


def test_given_a_key_then_backup_and_community_are_restored_with_it(path: Path, backup: Path) -> None:
    with make(path, key="secret") as store:
        ana_id = fill(store)
        store.copy_to(backup)
        erase.erase(store, ana_id)
    done = restore.restore(path, backup, "secret", clock=MovedClock(), device=DEVICE)
    assert done.erased == 1
    with reopen(path, key="secret") as store:
        assert [member.name for member in members.every(store)] == ["Łukasz Żak"]


def test_given_a_file_with_history_then_the_restored_one_can_be_undone_as_before(path: Path, backup: Path) -> None:
    with_backup(path, backup)
    put_back(path, backup)
    with reopen(path) as store:
        last = undo.last_done(store)
        assert last is not None
        assert last.name == phrase("Announced")
        undo.undo(store)
        undo.redo(store)
        assert check.check(store) == []
