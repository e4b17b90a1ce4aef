"""What this computer remembers, outside the community file, of how far it has sent: so that a copy or an older version of the file is found out.

For each incarnation of a file that sends from here, `<data>/senders/<incarnation>` holds where the file lies and a counter of its claims. Every claim
adds one to the file's own counter and is committed; then the mark follows; only then does the first byte leave. So for the true file the mark is
never ahead, whatever is killed when, and nothing has left that the mark does not know.

Two copies on one computer can't both send: `write` judges again under a lock, before each send. What no mark can show: the power fails and takes the
last seconds of the mark along, and then an older copy is put back in the file's place.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path

from desktop.engine.private import FILE_MODE, private_folder, write_private
from resources.translations import Phrase, phrase

FOLDER_NAME = "senders"
LOCK_SECONDS = 20.0
_DIGITS = 20  # the counter has a place of its own at the start of the mark: one write of 20 bytes in one sector, never half done
_RETIRED = 10**_DIGITS - 1  # no file's own counter gets there


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file lies and which one it is.

    Attributes:
        path: absolute, symlinks resolved.
        device, inode: `st_dev`, `st_ino`; on Windows the volume's serial number and the file's index. Both may change when a disk is mounted again.
    """

    path: str
    device: int
    inode: int

    def same_file(self, other: "Place") -> bool:
        """One file, perhaps under two names (moved, or a hard link)."""
        return (self.device, self.inode) == (other.device, other.inode)


@dataclass(frozen=True, slots=True)
class Mark:
    """The file that sent last under an incarnation, and its counter then."""

    place: Place
    counter: int


class Verdict(Enum):
    """What the mark says of a file that names this computer as its sender."""

    ORIGINAL = "the file that sent last, or one that never sent"
    MOVED = "the same file in another place"
    BEHIND = "an older copy, put back: it does not know all that was sent"
    COPIED = "a copy beside the file that sent last"
    UNKNOWN = "has sent, but this computer remembers nothing of it"

    @property
    def is_copy(self) -> bool:
        """Nothing may leave from it until a person says that it sends now."""
        return self not in (Verdict.ORIGINAL, Verdict.MOVED)

    @property
    def reason(self) -> Phrase | None:
        """For the person: why nothing leaves from this file, and what to do; None where it may send."""
        match self:
            case Verdict.ORIGINAL | Verdict.MOVED:
                return None
            case Verdict.BEHIND:
                return phrase(
                    "This file is an older copy: messages went out since it was made that it does not know of. Nothing is sent from it. "
                    "If this is the file to go on with, let this computer send from it from now on."
                )
            case Verdict.COPIED:
                return phrase(
                    "This file is a copy, and the one that sends is still on this computer. Nothing is sent from the copy. "
                    "If this is the file to go on with, let this computer send from it from now on."
                )
            case Verdict.UNKNOWN:
                return phrase("This computer remembers nothing of what this file has sent. Nothing is sent until you let it send from now on.")


def judge(counter: int, here: Place, mark: Mark | None, at_mark: Place | None) -> Verdict:
    """May this file send? Pure.

    Args:
        counter: the file's own count of claims.
        here: where it lies.
        mark: what is remembered of its incarnation.
        at_mark: what lies at the mark's path now; None where nothing does.

    - No mark: a file that never sent is new. One that has sent had a mark, flushed to the disk before its first send; who lost it (the data folder
      was emptied, an old one was put back) can't know what has gone out since, so a person is asked.
    - Behind the mark: a claim is missing in it whose message may be out. Always a copy.
    - In the mark's place, or the same inode elsewhere: it is the file, replaced or moved. It has all that was sent, so nothing can go out twice.
    - Another place and another inode: a copy while anything lies at the old place. When nothing does, it was moved to another disk; the one on the
      old disk, should it come back, is then itself beside the file that sends, and behind it after the first send.
    """
    if mark is None:
        return Verdict.ORIGINAL if counter == 0 else Verdict.UNKNOWN
    if counter < mark.counter:
        return Verdict.BEHIND
    if here.path == mark.place.path:
        return Verdict.ORIGINAL
    if here.same_file(mark.place) or at_mark is None or here.same_file(at_mark):
        return Verdict.MOVED
    return Verdict.COPIED


class CopiedFileError(Exception):
    """A mark was not written because the file is a copy: the claim that wanted it must not be sent. `verdict` says why.

    Put the file's own counter back to what it was before the claim: a copy must not count itself level with the file that sends.
    """

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.value)
        self.verdict = verdict

    def __str__(self) -> str:
        return str(self.verdict.reason or self.verdict.value)


class Marks:
    """The marks of this computer, in its data folder. Safe from any thread and from several programs. All of it raises OSError when the disk does."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER_NAME

    def read(self, incarnation: str) -> Mark | None:
        """What is remembered; None where there is nothing. A mark that can't be read raises OSError: it is not the same as none."""
        path = self._path(incarnation)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        try:
            place = json.loads(content[_DIGITS:])
            return Mark(Place(str(place["path"]), int(place["device"]), int(place["inode"])), int(content[:_DIGITS]))
        except (ValueError, KeyError, TypeError) as error:
            raise OSError(f"the mark {path} is damaged") from error

    def judge(self, incarnation: str, path: Path, counter: int) -> Verdict:
        """`judge` for the community file at `path`, whose own counter is `counter`. Writes nothing."""
        return _judge(counter, place_of(path), self._read_or_none(incarnation))

    def enter(self, incarnation: str, path: Path, counter: int) -> Verdict:
        """Like `judge`, for a sender that begins: where the file may send, its place is remembered now, flushed to the disk.

        So there is a mark before the first claim, and a sender killed between that claim and its mark needs nobody's word to go on.
        """
        here = place_of(path)
        with self._alone(incarnation):
            mark = self._read_or_none(incarnation)
            verdict = _judge(counter, here, mark)
            if not verdict.is_copy and (mark is None or mark.place != here):
                self._put(incarnation, Mark(here, counter))
        return verdict

    def _read_or_none(self, incarnation: str) -> Mark | None:
        """Like `read`, but a damaged mark counts as lost: a file that has sent is then judged UNKNOWN."""
        try:
            return self.read(incarnation)
        except OSError:
            if self._path(incarnation).exists():
                return None
            raise

    def write(self, incarnation: str, path: Path, counter: int) -> None:
        """Remember that the file at `path` has committed the claim that made its counter `counter`. Call it before the first byte leaves.

        Judges the file once more, as it was before this claim. Raises CopiedFileError where it is a copy: then the claim must not be sent.
        Takes about a twentieth of a millisecond: only the first mark and a new place are flushed to the disk. A killed program loses no written byte.
        """
        here = place_of(path)
        with self._alone(incarnation):
            mark = self._read_or_none(incarnation)
            verdict = _judge(counter - 1, here, mark)
            if verdict.is_copy:
                raise CopiedFileError(verdict)
            if mark is None or mark.place != here:
                self._put(incarnation, Mark(here, counter))
                return
            handle = os.open(self._path(incarnation), os.O_WRONLY | getattr(os, "O_BINARY", 0))
            try:
                os.write(handle, _counter(counter))
            finally:
                os.close(handle)

    def adopt(self, incarnation: str, path: Path, counter: int, *, instead_of: str | None = None) -> None:
        """A person says that this file sends from here now: remember it without judging, flushed to the disk.

        Args:
            incarnation: a fresh one, so that files of the earlier one are known from this.
            instead_of: the incarnation that the file had until now. Its files on this computer send no more: they are BEHIND.
        """
        here = place_of(path)
        if instead_of is not None:
            with self._alone(instead_of):
                self._put(instead_of, Mark(here, _RETIRED))
        with self._alone(incarnation):
            self._put(incarnation, Mark(here, counter))

    def _put(self, incarnation: str, mark: Mark) -> None:
        write_private(self._path(incarnation), _counter(mark.counter) + json.dumps(asdict(mark.place)).encode())

    @contextmanager
    def _alone(self, incarnation: str) -> Iterator[None]:
        import filelock  # late: only a sender marks

        lock = f"{self._path(incarnation)}.lock"
        handle = self._open_lock(lock)
        try:
            # FileLock with its time-out costs a hundred times as much as the lock itself: only for when somebody else is at it.
            if filelock.lock_descriptor(handle, blocking=False):
                yield
                return
        finally:
            os.close(handle)
        with filelock.FileLock(lock, timeout=LOCK_SECONDS, mode=FILE_MODE):
            yield

    def _open_lock(self, lock: str) -> int:
        try:
            return os.open(lock, os.O_RDWR | os.O_CREAT, FILE_MODE)
        except FileNotFoundError:
            private_folder(self._folder.parent)
            private_folder(self._folder)
            return os.open(lock, os.O_RDWR | os.O_CREAT, FILE_MODE)

    def _path(self, incarnation: str) -> Path:
        if not re.fullmatch(r"[0-9A-Za-z-]{1,64}", incarnation):  # it comes out of a file that may be anybody's
            raise ValueError(f"no incarnation: {incarnation!r}")
        return self._folder / incarnation


def place_of(path: Path) -> Place:
    """Where the file lies now. Raises FileNotFoundError where there is none."""
    found = path.resolve(strict=True)
    status = found.stat()
    return Place(str(found), status.st_dev, status.st_ino)


def _judge(counter: int, here: Place, mark: Mark | None) -> Verdict:
    if mark is None or mark.place.path == here.path:
        return judge(counter, here, mark, here)
    return judge(counter, here, mark, _place_if_any(mark.place))


def _place_if_any(place: Place) -> Place | None:
    try:
        return place_of(Path(place.path))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return place  # something may be there that can't be looked at: as good as there


def _counter(counter: int) -> bytes:
    return f"{counter:0{_DIGITS}d}".encode()
