"""The marks: an older version or a copy of a community file never sends a second time, and a moved file goes on unasked."""

import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import filelock
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from desktop.engine.marks import CopiedFileError, Mark, Marks, Place, Verdict, judge, place_of
from helpers.keyring_session import ROOT

INCARNATION = "0192f0c1-0000-7000-8000-00000000000a"
OTHER = "0192f0c1-0000-7000-8000-00000000000b"

HERE = Place("/home/ana/club.belfry", 1, 10)
ELSEWHERE = Place("/home/ana/copy.belfry", 1, 11)


@pytest.mark.parametrize(
    ("counter", "here", "mark", "at_mark", "verdict"),
    [
        pytest.param(0, HERE, None, None, Verdict.ORIGINAL, id="never sent"),
        pytest.param(3, HERE, None, None, Verdict.UNKNOWN, id="has sent, mark lost"),
        pytest.param(3, HERE, Mark(HERE, 3), HERE, Verdict.ORIGINAL, id="as it was left"),
        pytest.param(4, HERE, Mark(HERE, 3), HERE, Verdict.ORIGINAL, id="killed between claim and mark"),
        pytest.param(2, HERE, Mark(HERE, 3), HERE, Verdict.BEHIND, id="older content in place"),
        pytest.param(2, Place(HERE.path, 1, 99), Mark(HERE, 3), Place(HERE.path, 1, 99), Verdict.BEHIND, id="older file put in its place"),
        pytest.param(3, Place(HERE.path, 1, 99), Mark(HERE, 3), Place(HERE.path, 1, 99), Verdict.ORIGINAL, id="file put back, nothing sent since"),
        pytest.param(3, Place("/new/club", 1, 10), Mark(HERE, 3), None, Verdict.MOVED, id="renamed"),
        pytest.param(3, Place("/new/club", 2, 77), Mark(HERE, 3), None, Verdict.MOVED, id="moved to another disk"),
        pytest.param(2, Place("/new/club", 2, 77), Mark(HERE, 3), None, Verdict.BEHIND, id="a backup opened after the file was lost"),
        pytest.param(3, ELSEWHERE, Mark(HERE, 3), HERE, Verdict.COPIED, id="copied beside it"),
        pytest.param(3, ELSEWHERE, Mark(HERE, 3), Place(HERE.path, 9, 12), Verdict.COPIED, id="copied, and the disk got new numbers"),
        pytest.param(3, Place("/link", 1, 10), Mark(HERE, 3), HERE, Verdict.MOVED, id="hard link"),
        pytest.param(3, Place("/link", 9, 12), Mark(HERE, 3), Place(HERE.path, 9, 12), Verdict.MOVED, id="hard link, and the disk got new numbers"),
    ],
)
def test_given_a_file_and_its_mark_when_judged_then_it_may_send_or_not(
    counter: int, here: Place, mark: Mark | None, at_mark: Place | None, verdict: Verdict
) -> None:
    assert judge(counter, here, mark, at_mark) is verdict
    assert verdict.is_copy == (verdict in (Verdict.BEHIND, Verdict.COPIED, Verdict.UNKNOWN))
    assert verdict.is_copy == ("from now on" in str(verdict.reason))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "club.belfry"
    path.parent.mkdir()
    path.write_bytes(b"a community")
    return path


@pytest.fixture
def marks(tmp_path: Path) -> Marks:
    return Marks(tmp_path / "data")


def test_given_sends_when_marked_then_the_mark_says_how_far_and_where(marks: Marks, file: Path) -> None:
    assert marks.read(INCARNATION) is None
    for counter in (1, 2, 3):
        marks.write(INCARNATION, file, counter)
    assert marks.read(INCARNATION) == Mark(place_of(file), 3)
    assert marks.read(OTHER) is None
    assert marks.judge(INCARNATION, file, 3) is Verdict.ORIGINAL


def test_given_marks_when_made_then_files_are_0600_and_folders_0700(marks: Marks, file: Path, tmp_path: Path) -> None:
    marks.write(INCARNATION, file, 1)
    folders = tmp_path / "data", tmp_path / "data" / "senders"
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders[1].iterdir()} == {0o600}


def test_given_an_older_copy_put_back_when_it_would_send_then_it_is_refused_and_the_mark_stays(marks: Marks, file: Path) -> None:
    for counter in (1, 2, 3):
        marks.write(INCARNATION, file, counter)
    assert marks.judge(INCARNATION, file, 1) is Verdict.BEHIND
    with pytest.raises(CopiedFileError) as refused:
        marks.write(INCARNATION, file, 2)
    assert refused.value.verdict is Verdict.BEHIND
    assert "older copy" in str(refused.value)
    assert marks.read(INCARNATION) == Mark(place_of(file), 3)


def test_given_a_copy_from_before_the_first_send_when_both_would_send_then_only_the_first_does(marks: Marks, file: Path) -> None:
    copy = Path(shutil.copy(file, file.with_name("copy.belfry")))
    assert marks.judge(INCARNATION, copy, 0) is Verdict.ORIGINAL
    marks.write(INCARNATION, file, 1)
    for counter in (1, 2, 3):  # a copy that does not listen does not get through later either
        with pytest.raises(CopiedFileError):
            marks.write(INCARNATION, copy, counter)
    marks.write(INCARNATION, file, 2)


def test_given_a_renamed_file_when_it_sends_then_nobody_is_asked_and_a_copy_at_the_old_place_is_found_out(marks: Marks, file: Path) -> None:
    marks.write(INCARNATION, file, 1)
    kept = file.read_bytes()
    moved = file.rename(file.with_name("moved.belfry"))
    assert marks.judge(INCARNATION, moved, 1) is Verdict.MOVED
    marks.write(INCARNATION, moved, 2)
    file.write_bytes(kept)
    assert marks.judge(INCARNATION, file, 2) is Verdict.COPIED
    assert marks.judge(INCARNATION, moved, 2) is Verdict.ORIGINAL


def test_given_a_file_that_is_gone_when_its_copy_on_another_disk_is_as_new_then_it_was_moved(marks: Marks, file: Path) -> None:
    marks.write(INCARNATION, file, 1)
    moved = Path(shutil.copy(file, file.with_name("moved.belfry")))
    assert marks.judge(INCARNATION, moved, 1) is Verdict.COPIED
    file.unlink()
    assert marks.judge(INCARNATION, moved, 1) is Verdict.MOVED


def test_given_a_link_to_the_file_when_it_is_opened_by_the_link_then_it_is_the_file(marks: Marks, file: Path) -> None:
    marks.write(INCARNATION, file, 1)
    link = file.with_name("link.belfry")
    link.symlink_to(file)
    assert marks.judge(INCARNATION, link, 1) is Verdict.ORIGINAL


def test_given_a_copy_when_a_person_says_it_sends_now_then_it_does_and_the_earlier_file_on_this_computer_does_not(marks: Marks, file: Path) -> None:
    marks.write(INCARNATION, file, 1)
    copy = Path(shutil.copy(file, file.with_name("copy.belfry")))
    marks.adopt(OTHER, copy, 1, instead_of=INCARNATION)
    assert marks.judge(OTHER, copy, 1) is Verdict.ORIGINAL
    marks.write(OTHER, copy, 2)
    assert marks.judge(INCARNATION, file, 1) is Verdict.BEHIND
    with pytest.raises(CopiedFileError):
        marks.write(INCARNATION, file, 2)


@pytest.mark.parametrize("content", [b"", b"\0" * 60, b"00000000000000000003", b"00000000000000000003[]", b"x" * 200])
def test_given_a_damaged_mark_when_judged_then_a_file_that_has_sent_asks_and_a_new_one_goes_on(content: bytes, marks: Marks, file: Path) -> None:
    marks.write(INCARNATION, file, 1)
    (path,) = [path for path in (file.parents[1] / "data" / "senders").iterdir() if path.name == INCARNATION]
    path.write_bytes(content)
    with pytest.raises(OSError, match="damaged"):
        marks.read(INCARNATION)
    assert marks.judge(INCARNATION, file, 1) is Verdict.UNKNOWN
    with pytest.raises(CopiedFileError):
        marks.write(INCARNATION, file, 2)
    assert marks.judge(INCARNATION, file, 0) is Verdict.ORIGINAL


def test_given_an_incarnation_out_of_a_foreign_file_when_it_is_a_path_then_it_is_refused(marks: Marks, file: Path) -> None:
    for evil in ("../../etc/passwd", "a/b", "", "a.lock", "a" * 65, "a\n"):
        with pytest.raises(ValueError, match="no incarnation"):
            marks.write(evil, file, 1)


def test_given_a_sender_killed_at_any_moment_when_its_mark_is_read_then_it_is_whole_and_not_behind_what_left(marks: Marks, file: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from desktop.engine.marks import Marks; m = Marks(Path(sys.argv[1])); n = int(sys.argv[3])\n"
        f"while True:\n  n += 1; m.write({INCARNATION!r}, Path(sys.argv[2]), n); print(n, flush=True)"
    )
    left = 0
    for lines in (1, 50, 400):
        command = [sys.executable, "-c", script, str(file.parents[1] / "data"), str(file), str(left)]
        sender = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert sender.stdout is not None
        said = [sender.stdout.readline() for _ in range(lines)]
        sender.send_signal(signal.SIGKILL)
        said += sender.stdout.readlines()
        sender.wait(60)
        sender.stdout.close()
        left = int(said[-1])
        mark = marks.read(INCARNATION)
        assert mark is not None
        assert mark.counter in (left, left + 1)
        left = mark.counter


def test_given_a_sender_killed_between_its_first_claim_and_the_mark_when_it_begins_again_then_nobody_is_asked(marks: Marks, file: Path) -> None:
    assert marks.enter(INCARNATION, file, 0) is Verdict.ORIGINAL
    assert marks.enter(INCARNATION, file, 1) is Verdict.ORIGINAL
    marks.write(INCARNATION, file, 2)


def test_given_another_program_that_holds_the_mark_when_it_lets_go_then_the_mark_is_written(marks: Marks, file: Path) -> None:
    marks.write(INCARNATION, file, 1)
    lock = filelock.FileLock(file.parents[1] / "data" / "senders" / f"{INCARNATION}.lock", thread_local=False)
    lock.acquire()
    timer = threading.Timer(0.1, lock.release)
    timer.start()
    marks.write(INCARNATION, file, 2)
    timer.join()
    assert marks.read(INCARNATION) == Mark(place_of(file), 2)


def test_given_two_copies_that_never_sent_when_one_sender_has_begun_then_the_other_is_a_copy(marks: Marks, file: Path) -> None:
    copy = Path(shutil.copy(file, file.with_name("copy.belfry")))
    assert marks.enter(INCARNATION, copy, 0) is Verdict.ORIGINAL
    assert marks.enter(INCARNATION, file, 0) is Verdict.COPIED
    assert marks.read(INCARNATION) == Mark(place_of(copy), 0)


def test_given_two_programs_with_two_copies_when_both_send_as_fast_as_they_can_then_no_counter_is_used_twice(marks: Marks, file: Path) -> None:
    copy = Path(shutil.copy(file, file.with_name("copy.belfry")))
    script = (
        "import sys; from pathlib import Path; from desktop.engine.marks import CopiedFileError, Marks; m = Marks(Path(sys.argv[1]))\n"
        "for n in range(1, 101):\n"
        f"  try: m.write({INCARNATION!r}, Path(sys.argv[2]), n); print(n)\n"
        "  except CopiedFileError: pass"
    )
    commands = [[sys.executable, "-c", script, str(file.parents[1] / "data"), str(path)] for path in (file, copy)]
    senders = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for command in commands]
    sent = [sender.communicate(timeout=60)[0].split() for sender in senders]
    assert sorted(map(len, sent)) == [0, 100]


class OneComputer(RuleBasedStateMachine):
    """Files of one community that are copied, moved, put back and deleted at will on one computer. Each sends when it may."""

    files = Bundle("files")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.marks = Marks(self.folder / "data")
        self.senders: set[Path] = set()
        self.sent: list[int] = []
        self.names = 0

    @initialize(target=files)
    def original(self) -> Path:
        path = self.folder / "original"
        path.write_text("0")
        return path

    def fresh(self) -> Path:
        self.names += 1
        return self.folder / f"file{self.names}"

    @rule(target=files, source=files)
    def copy(self, source: Path) -> Path:
        target = self.fresh()
        if source.exists():
            shutil.copy(source, target)
        return target

    @rule(source=files, target=files)
    def put_back(self, source: Path) -> Path:
        """A copy goes over the original's place, in a new inode."""
        if source.exists() and source != self.folder / "original":
            shutil.copy(source, self.folder / "new")
            (self.folder / "new").replace(self.folder / "original")
        return self.folder / "original"

    @rule(target=files, source=files)
    def move(self, source: Path) -> Path:
        target = self.fresh()
        if source.exists():
            source.rename(target)
        return target

    @rule(source=files)
    def delete(self, source: Path) -> None:
        source.unlink(missing_ok=True)

    @rule(source=files, listens=st.booleans(), killed=st.sampled_from(["not", "not", "not", "before the mark", "after the mark"]))
    def send(self, source: Path, listens: bool, killed: str) -> None:
        """A sender that has judged long ago, judges now, or (it is wrong) not at all."""
        if not source.exists():
            return
        if source not in self.senders and listens and self.marks.enter(INCARNATION, source, int(source.read_text())).is_copy:
            return
        self.senders.add(source)
        counter = int(source.read_text())
        source.write_text(str(counter + 1))
        if killed == "before the mark":
            self.senders.remove(source)
            return
        try:
            self.marks.write(INCARNATION, source, counter + 1)
        except CopiedFileError:
            source.write_text(str(counter))
            self.senders.remove(source)
            return
        if killed == "after the mark":
            self.senders.remove(source)
            return
        self.sent.append(counter + 1)

    @invariant()
    def nothing_went_out_twice(self) -> None:
        assert len(self.sent) == len(set(self.sent))

    def teardown(self) -> None:
        shutil.rmtree(self.folder)


TestOneComputer = OneComputer.TestCase


def test_given_many_marks_when_written_then_the_one_file_is_written_over_and_none_is_made(marks: Marks, file: Path) -> None:
    marks.write(INCARNATION, file, 1)
    before = (file.parents[1] / "data" / "senders" / INCARNATION).stat().st_ino
    for counter in range(2, 50):
        marks.write(INCARNATION, file, counter)
    assert (file.parents[1] / "data" / "senders" / INCARNATION).stat().st_ino == before
    assert {path.name for path in (file.parents[1] / "data" / "senders").iterdir()} == {INCARNATION, f"{INCARNATION}.lock"}
