"""Files and disks that are not as they should be: a sentence each time, the file as it was, nothing lost."""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.community.errors import BelfryError, Trouble
from desktop.community.members import Member
from desktop.store import announcements, bulk, check, connections, database, events, faults, members, occurrences, undo
from desktop.store.database import NewerFile, Store
from desktop.store.driver import connect
from desktop.store.journal import operation
from desktop.store.schema import SCHEMA
from helpers.clock import MovedClock
from helpers.communities import DEVICE, WORK, ana, fill, make, reopen, rows
from helpers.hard_places import as_nobody, holding_the_lock, open_folder, run
from resources.translations import phrase

posix = pytest.mark.skipif(os.name != "posix", reason="the rights and limits of POSIX")


def community(path: Path) -> bytes:
    """A community with a little of everything, closed; gives its bytes."""
    with make(path) as store:
        fill(store)
    return path.read_bytes()


def foreign_database(path: Path) -> bytes:
    conn = connect(str(path), isolation_level=None)
    conn.execute("PRAGMA journal_mode=WAL")
    conn.execute("CREATE TABLE moz_places (id)")
    conn.close()
    return path.read_bytes()


@pytest.mark.parametrize("kind", ["empty", "one byte", "text", "pdf", "zip", "header", "foreign", "random"])
def test_given_a_file_that_is_no_community_then_it_says_so_and_leaves_it(path: Path, kind: str) -> None:
    match kind:
        case "foreign":
            content = foreign_database(path)
        case "header":
            content = community(path)[:4096]
        case "random":
            content = random.Random(1).randbytes(50_000)
        case _:
            content = {"empty": b"", "one byte": b"S", "text": b"name,email\r\n", "pdf": b"%PDF-1.7\n" * 200, "zip": b"PK\x03\x04" * 999}[kind]
    path.write_bytes(content)
    with pytest.raises(faults.NoCommunity, match="left as it was"):
        reopen(path)
    assert path.read_bytes() == content
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_given_a_file_from_a_newer_belfry_then_it_says_so_and_leaves_it(path: Path) -> None:
    community(path)
    conn = connect(str(path), isolation_level=None)
    conn.execute(f"PRAGMA user_version={SCHEMA + 1}")
    conn.close()
    content = path.read_bytes()
    with pytest.raises(NewerFile, match="Install the newest Belfry"):
        reopen(path)
    assert path.read_bytes() == content
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def sentences(*steps: Callable[[], object]) -> str:
    """What each step says, one line each."""
    said = []
    for step in steps:
        try:
            step()
            said.append("it went through")
        except BelfryError as error:
            said.append(f"sentence: {error}")
    return "\n".join(said)


@posix
@pytest.mark.parametrize(("mode", "words"), [(0o444, "can only be read"), (0o000, "can't be opened")])
def test_given_a_file_without_the_right_to_write_or_read_then_it_says_so(mode: int, words: str) -> None:
    with open_folder() as folder:
        path = folder / "club.belfry"
        content = community(path)
        os.chown(path, 65534, 65534) if os.geteuid() == 0 else None
        path.chmod(mode)
        folder.chmod(0o555)
        said = as_nobody(lambda: sentences(lambda: reopen(path)))
        folder.chmod(0o755)
        assert said.startswith("sentence")
        assert words in said
        assert [one.name for one in folder.iterdir()] == [path.name]
        path.chmod(0o600)
        assert path.read_bytes() == content


@posix
def test_given_a_folder_without_the_right_to_write_then_making_and_copying_there_says_so(path: Path) -> None:
    content = community(path)
    with open_folder() as folder:
        own = folder / "own.belfry"
        own.write_bytes(content)
        own.chmod(0o644)
        target = folder / "no" / "club.belfry"
        target.parent.mkdir(mode=0o555)
        target.parent.chmod(0o555)
        said = as_nobody(
            lambda: sentences(lambda: make(target), lambda: database.copy(database.peek(own, clock=MovedClock(), device=DEVICE), target))
        )
        assert said.count("can't be written: Permission denied") == 2, said
        assert list(target.parent.iterdir()) == []


def add_many(store: Store, count: int) -> None:
    with operation(store, WORK) as op:
        for number in range(count):
            members.add(op, Member(f"Member {number} of {count}", notes="x" * 400 * count))


def test_given_a_disk_that_is_full_at_any_write_then_the_step_is_not_kept_and_all_before_it_is(store: Store) -> None:
    """SQLite's own limit of pages stands for the disk: it fails in the middle of a step wherever the next page is needed."""
    fill(store)
    failed = kept = 0
    for more in range(40):
        limit = store.value("PRAGMA page_count") + more % 5
        store.conn.execute(f"PRAGMA max_page_count={limit}")
        before, steps = rows(store), len(undo.history(store, -1))
        said = sentences(lambda more=more: add_many(store, more))  # type: ignore[misc]
        if said.startswith("sentence"):
            assert "The disk is full" in said
            assert (rows(store), len(undo.history(store, -1))) == (before, steps)
        failed, kept = failed + said.startswith("sentence"), kept + said.startswith("it went")
        store.conn.execute("PRAGMA max_page_count=1000000")
        assert check.check(store) == []
    assert failed > 10
    assert kept > 2
    fill(store)


def test_given_a_full_disk_when_many_are_loaded_then_none_are_and_it_works_again_after(store: Store) -> None:
    fill(store)
    before = rows(store)
    store.conn.execute(f"PRAGMA max_page_count={store.value('PRAGMA page_count') + 3}")
    for _ in range(2):
        with bulk.staging(store) as staged:
            for number in range(2_000):
                members.stage(staged, Member(f"Member {number}", notes="x" * 100))
            with pytest.raises(Trouble, match="The disk is full"):
                bulk.load(store, staged, phrase("Imported"))
        assert rows(store) == before
        assert check.check(store) == []
    store.conn.execute("PRAGMA max_page_count=1000000")
    with bulk.staging(store) as staged:
        members.stage(staged, ana())
        bulk.load(store, staged, phrase("Imported"))
    assert members.count(store) == 3
    assert not list(store.path.parent.glob(".belfry-import-*"))


@posix
def test_given_a_disk_that_takes_no_more_then_making_copying_and_working_each_say_so(path: Path, tmp_path: Path) -> None:
    """A limit on the length of files, set by the system for one process: every write beyond it fails, as on a disk that is full or fails."""
    content = community(path)
    script = (
        "from pathlib import Path\n"
        "from desktop.community.errors import BelfryError\n"
        "from desktop.store import restore\n"
        "from helpers.communities import *\n"
        "path, target = Path(sys.argv[1]), Path(sys.argv[2])\n"
        "store = database.peek(path, clock=MovedClock(), device=DEVICE)\n"
        "def work():\n"
        "    with reopen(path) as own:\n"
        "        for number in range(1000):\n"
        "            fill(own)\n"
        "for step in (work, lambda: make(target), lambda: database.copy(store, target),"
        " lambda: restore.restore(target, path, clock=MovedClock(), device=DEVICE)):\n"
        "    try:\n"
        "        step()\n"
        "        print('it went through')\n"
        "    except BelfryError as error:\n"
        "        print('sentence:', error)\n"
    )
    done = run(script, path, tmp_path / "target.belfry", file_limit=len(content) // 8192 * 8192 // 2)
    assert done.stderr == ""
    assert done.stdout.count("sentence:") == 4, done.stdout
    assert [one.name for one in tmp_path.iterdir() if not one.name.startswith(path.name)] == []
    with reopen(path) as store:
        assert check.check(store) == []
        assert members.count(store) >= 2


def test_given_another_program_writes_then_it_says_so_in_time_and_reading_goes_on(path: Path, tmp_path: Path) -> None:
    community(path)
    with reopen(path, patience=0.2) as store:
        before = rows(store)
        with holding_the_lock(path):
            began = time.monotonic()
            with pytest.raises(faults.Busy, match="try again in a moment"), operation(store, WORK) as op:
                members.add(op, ana())
            assert 0.1 < time.monotonic() - began < 5
            assert rows(store) == before
            with reopen(path) as second:
                assert rows(second) == before
                with pytest.raises(faults.Busy):
                    undo.undo(second)
        with operation(store, WORK) as op:
            members.add(op, ana())
        assert members.count(store) == 3


@pytest.mark.expects_log("could not note where it is")
def test_given_another_program_writes_then_a_backup_is_made_all_the_same(path: Path, tmp_path: Path) -> None:
    community(path)
    with reopen(path, patience=0.2) as store, holding_the_lock(path):
        store.copy_to(tmp_path / "copy.belfry")
        before = rows(store)
    with reopen(tmp_path / "copy.belfry") as copy:
        assert rows(copy) == before


def use_all(path: Path) -> None:
    """Look through everything in a file, read it, and write some more."""
    with reopen(path) as store:
        check.check(store)
        list(members.every(store))
        list(members.every(store, "ana"))
        list(events.every(store))
        list(announcements.every(store))
        undo.history(store)
        connections.connections(store)
        connections.channels(store)
        occurrences.kept(store)
        fill(store)
        undo.undo(store)


@pytest.mark.parametrize("part", [0, 1, 2, 3])
def test_given_flipped_bits_then_there_is_a_sentence_or_all_can_be_read(path: Path, part: int) -> None:
    content = community(path)
    chance = random.Random(part)
    for _ in range(25):
        damaged = bytearray(content)
        for _ in range(chance.choice([1, 1, 20])):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        sentences(lambda: use_all(path))  # nothing but a sentence comes out of it
        for left in path.parent.glob(f"{path.name}-*"):
            left.unlink()


def test_given_a_file_that_was_cut_or_has_a_page_of_zeros_then_it_is_found_and_nothing_is_written_to_it(path: Path) -> None:
    content = community(path)
    pages = len(content) // 8192
    with reopen(path) as store:
        used = {row[0] for row in store.rows("SELECT pageno FROM dbstat")} if _has_dbstat(store) else set(range(1, pages + 1))
    for page in range(1, pages):
        path.write_bytes(content[: page * 8192])
        left = path.read_bytes()
        with pytest.raises(BelfryError):
            _found_wrong(path)
        assert path.read_bytes() == left
    for page in used - {1}:
        zeroed = bytearray(content)
        zeroed[(page - 1) * 8192 : page * 8192] = bytes(8192)
        path.write_bytes(zeroed)
        if any(content[(page - 1) * 8192 : page * 8192]):
            with pytest.raises(BelfryError):
                _found_wrong(path)


def _has_dbstat(store: Store) -> bool:
    return bool(store.value("SELECT count(*) FROM pragma_module_list WHERE name = 'dbstat'"))


def _found_wrong(path: Path) -> None:
    """Open and look through; a finding counts as a sentence."""
    with reopen(path) as store:
        for finding in check.check(store):
            raise Trouble(finding.what)


def test_given_the_wal_is_missing_then_the_file_is_what_it_was_at_the_last_checkpoint(path: Path) -> None:
    community(path)
    with reopen(path) as store:
        before = rows(store)
        with operation(store, WORK) as op:
            members.add(op, ana())
        content = path.read_bytes()
    path.write_bytes(content)
    with reopen(path) as store:
        assert rows(store) == before
        assert check.check(store) == []


def test_given_the_wal_is_cut_in_the_middle_then_what_was_committed_before_the_cut_is_there(path: Path) -> None:
    community(path)
    with reopen(path) as store:
        states = [rows(store)]
        for _ in range(3):
            with operation(store, WORK) as op:
                members.add(op, ana())
            states.append(rows(store))
        content, wal = path.read_bytes(), Path(f"{path}-wal").read_bytes()
    for length in range(0, len(wal), 3001):
        path.write_bytes(content)
        Path(f"{path}-wal").write_bytes(wal[:length])
        with reopen(path) as store:
            assert rows(store) in states
            assert check.check(store) == []
