import errno
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from desktop.community.errors import Refused, Remedy, Trouble
from desktop.store import bulk, check, database, faults, members, migrations, placing, schema, sending
from desktop.store.database import Store
from desktop.store.driver import DatabaseError, sqlite_version
from desktop.store.journal import operation
from helpers.clock import MovedClock
from helpers.communities import DEVICE, SETTINGS, WORK, ana, dump, fill, make, mode, reopen, rows, words_in_index

LOCAL_OF_A_COPY = ("incarnation", "copied_at", "sender_computer", "sender_name")
posix = pytest.mark.skipif(os.name != "posix", reason="Windows keeps the profile's folders private by itself")


def beside(path: Path) -> list[str]:
    return sorted(one.name for one in path.parent.iterdir())


def test_the_driver_brings_its_own_sqlite() -> None:
    assert tuple(map(int, sqlite_version.split("."))) >= (3, 51, 3)  # the versions before have the WAL-reset bug


def test_a_new_community_is_one_file_that_says_what_it_is(path: Path) -> None:
    make(path).close()
    assert beside(path) == [path.name]
    content = path.read_bytes()
    assert content[:15] == b"SQLite format 3"
    assert content[68:72] == b"BELF"
    with reopen(path) as store:
        assert store.value("PRAGMA user_version") == schema.SCHEMA == len(migrations.migrations._migrations)
        assert {name: store.setting(name) for name in SETTINGS} == SETTINGS
        assert sending.named(store).fresh


def test_every_connection_writes_safely(store: Store) -> None:
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 200,
        "page_size": database.PAGE_BYTES,
    }
    with reopen(store.path) as other, other.again() as again:
        for one in (other, again):
            assert {name: one.value(f"PRAGMA {name}") for name in expected} == expected


@posix
def test_files_are_0600_and_folders_0700(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deeper" / "club.belfry"
    kept = os.umask(0)
    try:
        with make(path) as store:
            fill(store)
            store.copy_to(tmp_path / "backups" / "copy.belfry")
            made = {one.name: mode(one) for one in path.parent.iterdir()}
    finally:
        os.umask(kept)
    assert made == {path.name: 0o600, f"{path.name}-wal": 0o600, f"{path.name}-shm": 0o600}
    assert [mode(tmp_path / folder) for folder in ("new", "new/deeper", "backups")] == [0o700] * 3
    assert mode(tmp_path / "backups" / "copy.belfry") == 0o600


@posix
def test_given_others_may_read_the_file_when_it_is_opened_then_they_may_not_any_more(path: Path) -> None:
    make(path).close()
    path.chmod(0o644)
    reopen(path).close()
    assert mode(path) == 0o600


def test_given_a_name_that_is_taken_then_nothing_is_made_or_copied_there(store: Store, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_bytes(b"mine")
    with pytest.raises(Refused, match="exists already"):
        make(taken)
    with pytest.raises(Refused, match="exists already"):
        store.copy_to(taken)
    assert taken.read_bytes() == b"mine"
    assert not list(tmp_path.glob(".*.part*"))


def test_given_no_file_then_it_says_how_to_make_one(tmp_path: Path) -> None:
    for missing in (tmp_path / "none.belfry", tmp_path):
        with pytest.raises(Refused, match="no community at") as caught:
            reopen(missing)
        assert caught.value.remedy is Remedy.MAKE_COMMUNITY


def test_given_an_error_while_a_community_is_made_then_there_is_no_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(db: Database) -> None:
        raise Trouble(WORK)

    monkeypatch.setattr(migrations.migrations, "apply", fail)
    with pytest.raises(Trouble):
        make(path)
    assert beside(path) == []


def test_a_copy_holds_all_but_who_sends(store: Store, path: Path, tmp_path: Path) -> None:
    fill(store)
    sending.name_first(store, "computer", "Laptop")
    target = tmp_path / "backups" / "copy.belfry"
    store.copy_to(target)
    incarnation = store.setting("incarnation")
    found = rows(store)
    store.close()

    assert beside(target) == ["copy.belfry"]
    original = [line for line in dump(path, *LOCAL_OF_A_COPY) if not line.startswith("copy:")]
    assert dump(target, *LOCAL_OF_A_COPY) == original
    with reopen(target) as copy:
        assert rows(copy) == found
        assert check.check(copy) == []
        named = sending.named(copy)
        assert (named.computer, named.copied) == ("", True)
        assert named.incarnation not in ("", incarnation)


def test_given_another_program_writes_while_a_copy_is_made_then_the_copy_is_of_one_moment(store: Store, tmp_path: Path) -> None:
    class Writes:
        """Writes into the community between two steps of the backup."""

        reached = 0

        def reach(self, point: str) -> None:
            self.reached += 1
            with operation(other, WORK) as op:
                members.add(op, ana())

    fill(store)
    with store.write() as conn:
        conn.execute("INSERT INTO file VALUES ('x', '', zeroblob(80000000))")  # more than one step of the backup
    before = rows(store)
    with reopen(store.path) as other:
        store.probe = Writes()
        store.copy_to(tmp_path / "copy.belfry")
    assert Writes.reached == 0 < store.probe.reached < 10
    with reopen(tmp_path / "copy.belfry") as copy:
        assert rows(copy) == before
        assert check.check(copy)[0].what.params["n"] == 1  # the zeros are no file with that hash
    assert members.count(store) == 2 + store.probe.reached


def test_given_a_copy_that_was_damaged_on_the_way_then_there_is_none(store: Store, tmp_path: Path) -> None:
    """A page of the source is bad: the backup takes it along, and is looked through before it gets its name."""
    fill(store)
    store.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    page = store.value("SELECT rootpage FROM sqlite_schema WHERE name = 'member_by_name'")
    size = store.value("PRAGMA page_size")
    store.close()
    with store.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(os.urandom(size))
    with reopen(store.path) as broken, pytest.raises(faults.NoCommunity, match="damaged"):
        broken.copy_to(tmp_path / "copy.belfry")
    assert not (tmp_path / "copy.belfry").exists()
    assert not list(tmp_path.glob(".*.part*"))


@posix
@pytest.mark.parametrize("answer", [errno.EPERM, errno.EOPNOTSUPP])
def test_given_a_disk_without_links_then_a_copy_still_replaces_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: int
) -> None:
    def no_links(source: Path, target: Path) -> None:
        raise OSError(answer, os.strerror(answer))

    monkeypatch.setattr(os, "link", no_links)
    fill(store)
    target = tmp_path / "copy.belfry"
    store.copy_to(target)
    with reopen(target) as copy:
        assert rows(copy) == rows(store)
    content = target.read_bytes()
    part = tmp_path / "part"
    part.write_bytes(b"other")
    with pytest.raises(FileExistsError):
        placing.put_new(part, target)
    assert target.read_bytes() == content
    assert part.exists()


def test_given_the_name_is_taken_while_the_copy_is_made_then_what_is_there_stays(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.belfry"

    class Takes:
        def reach(self, point: str) -> None:
            target.write_bytes(b"mine")

    store.probe = Takes()
    with pytest.raises(Refused, match="exists already"):
        store.copy_to(target)
    assert target.read_bytes() == b"mine"


def test_the_file_knows_its_copies(store: Store, tmp_path: Path) -> None:
    store.copy_to(tmp_path / "one")
    store.copy_to(tmp_path / "two")
    assert [row[0] for row in store.rows("SELECT path FROM copy ORDER BY path")] == [str(tmp_path / "one"), str(tmp_path / "two")]


KEY = "correct horse"


def test_given_a_key_then_the_file_and_its_copies_open_with_it_alone(path: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy.belfry"
    with make(path, key=KEY) as store:
        fill(store)
        with bulk.staging(store) as staged:
            members.stage(staged, ana())
            staged.finish()
            assert b"Ana Lima" not in staged.path.read_bytes()
            bulk.load(store, staged, WORK)
        store.copy_to(copy)
        before = rows(store)
    for file in (path, copy):
        content = file.read_bytes()
        assert b"SQLite format" not in content
        assert b"Ana Lima" not in content
        with reopen(file, key=KEY) as opened:
            assert rows(opened) == before
            with opened.again() as again:
                assert again.value("PRAGMA secure_delete") == 1
        for wrong in ("wrong", ""):
            left = file.read_bytes()
            with pytest.raises(faults.NoCommunity) as raised:
                reopen(file, key=wrong or None)
            assert ("with this key" in str(raised.value)) is bool(wrong)
            assert file.read_bytes() == left
    make(tmp_path / "plain.belfry").close()
    with pytest.raises(faults.NoCommunity):
        reopen(tmp_path / "plain.belfry", key=KEY)
    assert capfd.readouterr() == ("", "")
    with reopen(path, key=KEY) as store:
        assert KEY not in repr(store)


def test_a_store_belongs_to_its_thread_and_another_thread_has_its_own(store: Store) -> None:
    fill(store)

    def elsewhere() -> tuple[bool, int]:
        try:
            members.count(store)
        except DatabaseError:
            refused = True
        with store.again() as own:
            with operation(own, WORK) as op:
                members.add(op, ana())
            return refused, members.count(own)

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(elsewhere).result() == (True, 3)
    assert members.count(store) == 3


def test_given_four_threads_write_at_once_then_each_write_is_kept(store: Store) -> None:
    ready = threading.Barrier(4)

    def work() -> None:
        with database.open(store.path, clock=store.clock, device=DEVICE) as own:
            ready.wait()
            for _ in range(10):
                with operation(own, WORK) as op:
                    members.add(op, ana())

    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(work) for _ in range(4)]:
            future.result()
    assert members.count(store) == 40
    assert len(set(store.rows("SELECT hlc FROM operation"))) == 40
    assert check.check(store) == []
    assert len(words_in_index(store)) == 40


def test_given_many_make_the_same_file_at_once_then_one_does_and_all_others_are_told(path: Path) -> None:
    ready = threading.Barrier(4)

    def work() -> bool:
        ready.wait()
        try:
            make(path).close()
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        made = [pool.submit(work) for _ in range(4)]
        assert sorted(one.result() for one in made) == [False, False, False, True]
    with reopen(path) as store:
        assert check.check(store) == []
    assert beside(path) == [path.name]


@pytest.fixture
def next_schema(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A Belfry whose schema has one step more; the list says how often it was taken. What it takes may be made to fail by adding "fail" to it."""
    taken: list[str] = []
    newer = Migrations("belfry")
    newer._migrations.extend(migrations.migrations._migrations)

    @newer()
    def v999_shoes(db: Database) -> None:
        db.execute("ALTER TABLE member ADD COLUMN shoe TEXT NOT NULL DEFAULT ''")
        if "fail" in taken:
            raise Trouble(WORK)
        taken.append("taken")

    monkeypatch.setattr(migrations, "migrations", newer)
    monkeypatch.setattr(database, "SCHEMA", schema.SCHEMA + 1)
    return taken


def older(path: Path) -> bytes:
    """A community of the present schema, closed; gives its bytes."""
    with make(path) as store:
        fill(store)
    return path.read_bytes()


def test_given_an_older_file_then_it_is_copied_and_brought_up_to_date(path: Path, request: pytest.FixtureRequest) -> None:
    older(path)
    before = [line for line in dump(path, *LOCAL_OF_A_COPY) if not line.startswith("sqlite_stat")]
    request.getfixturevalue("next_schema")
    with reopen(path) as store:
        assert store.value("PRAGMA user_version") == schema.SCHEMA + 1
        assert store.value("SELECT shoe FROM member") == ""
        kept = Path(store.value("SELECT path FROM copy"))
        assert (kept.parent, mode(kept) if os.name == "posix" else 0o600) == (path.parent, 0o600)
        assert check.check(store) == []
    assert dump(kept, *LOCAL_OF_A_COPY) == before


def test_given_a_migration_fails_then_the_file_is_what_it_was_byte_for_byte(path: Path, request: pytest.FixtureRequest) -> None:
    before = older(path)
    request.getfixturevalue("next_schema").append("fail")
    with pytest.raises(Trouble):
        reopen(path)
    assert path.read_bytes() == before
    assert beside(path) == [path.name]


def test_given_two_programs_open_an_older_file_at_once_then_it_is_brought_up_to_date_once(path: Path, request: pytest.FixtureRequest) -> None:
    older(path)
    taken = request.getfixturevalue("next_schema")
    ready = threading.Barrier(2)

    def work() -> int:
        ready.wait()
        with database.open(path, clock=MovedClock(), device=DEVICE) as own:
            return int(own.value("PRAGMA user_version"))

    with ThreadPoolExecutor(2) as pool:
        versions = [one.result() for one in [pool.submit(work) for _ in range(2)]]
    assert versions == [schema.SCHEMA + 1] * 2
    assert taken == ["taken"]
    assert len(list(path.parent.glob("*.before-schema-*"))) == 1


def test_given_a_program_is_killed_in_the_middle_of_a_write_then_all_before_it_is_there(path: Path) -> None:
    script = (
        "import os, sys\n"
        f"sys.path[:0] = {[str(Path(members.__file__).parents[2]), str(Path(__file__).parents[2])]!r}\n"
        "from pathlib import Path\n"
        "from desktop.store import members\n"
        "from desktop.store.journal import operation\n"
        "from helpers.communities import WORK, ana, fill, make\n"
        "store = make(Path(sys.argv[1]))\n"
        "fill(store)\n"
        "with operation(store, WORK) as op:\n"
        "    members.add(op, ana())\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=False, capture_output=True)
    assert done.returncode == -9, done.stderr.decode()
    with reopen(path) as store:
        assert members.count(store) == 2
        assert check.check(store) == []
