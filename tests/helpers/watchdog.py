"""A watchdog over the UI thread: nothing should keep it for more than 100 ms, in any test.

A stretch begins when an event loop hands out an event and ends when that is done, or when a loop that runs inside the event hands out one of its own
or goes to rest. All the time in it that is ours counts: computing, and waiting of our own will, for a lock, another of our threads, the file. What
counts and is above LIMIT fails the test; what is above LISTED is listed at the end of the run, so that it is seen to grow before it fails.

Not ours, for it says something of the machine or of the watchdog alone (Linux knows it, elsewhere all counts):

- the watchdog itself: while an event is under way, those that Qt sends within it don't come by here (`_Blinds`), which would be half as much again;
- the time in which the thread stood ready to run and the cores were given to others;
- of the time in which it waited, as much as our other threads, on which it waited perhaps, stood so one after the other;
- a core that computes more slowly because it is shared: beside a stretch that would be listed a piece of work of known length is done, and computing
  counts as it would have taken at the quickest pace of the run, half of what it took at the least;
- waiting here and there that nobody can tell from the machine's own (Python's turn, a page of memory), as long as it is below FREEZE; such a stretch
  is listed. Waiting that was seen at one place of ours counts: a lock, a sleep, a busy file;
- the wait of a COMMIT for the disk, once per stretch. An event may write a row (the house's rule), which is one fsync, and a disk may stand still for
  as long as it likes; such a stretch is listed. A second COMMIT counts whole, and so does waiting for another program that writes.
"""

import ctypes
import linecache
import os
import sys
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import PySide6
import shiboken6
from PySide6.QtCore import QEvent, QObject, QThread
from PySide6.QtWidgets import QApplication

LIMIT = 0.100  # seconds; more fails
LISTED = 0.050  # seconds; more is listed
FREEZE = 0.400  # seconds of waiting; more fails, whatever it was for
AT_MOST = 2.0  # times as slow as ever before: more is not put down to the machine
_LOOKS = 0.010  # seconds between two looks at a long stretch
_TASKS = Path("/proc/self/task")
_ROOT = Path(__file__).parents[2]
_WIDGETS = Path(PySide6.__file__).parent / "Qt" / "lib" / "libQt6Widgets.so.6"
_DESKTOP = f"{_ROOT / 'desktop'}{os.sep}"
_IN_QT = "in Qt"  # with no line of ours above it: Qt draws or lays out, which waits for nobody
COMMIT = 'self.conn.execute("COMMIT")'


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch in which the thread could hear nobody.

    Attributes:
        seconds: what counts of it.
        took: the whole of it, without what the thread stood ready.
        busy: the part of that in which it computed.
        disk: the part in which it waited for the disk, at a COMMIT.
        slow: how many times slower it computed than it can.
        what: the event.
        where: lines of our code that it was seen at, the most frequent first.
    """

    seconds: float
    took: float
    busy: float
    disk: float
    slow: float
    what: str
    where: str = ""

    def __str__(self) -> str:
        parts = f"{_ms(self.took)} of which {_ms(self.busy)} computing and {_ms(self.disk)} at the disk, {self.slow:.1f} times as slow as it can"
        return f"{_ms(self.seconds)} ({parts}) for {self.what}; {self.where}"


@dataclass(slots=True)
class _Stretch:
    """What is under way."""

    level: int
    what: str
    began: float = 0.0
    busy: float = 0.0
    stood: float = 0.0
    resting: bool = False
    seen: Counter[str] = field(default_factory=Counter)
    commits: list[int] = field(default_factory=list)
    """For each COMMIT that it was seen at, in how many looks."""


class _Blinds:
    """Lets Qt hand out events without a word to Python, which takes several times as long with it as without.

    An object in C++ begins with the address of the table of its virtual functions. As long as the blinds are down, that is the table of a
    QApplication and not of ours.
    """

    def __init__(self, app: QApplication) -> None:
        self._table: ctypes.c_void_p | None = None
        if _WIDGETS.exists():
            self._table = ctypes.c_void_p.from_address(shiboken6.getCppPointer(app)[0])
            self._ours = self._table.value
            table = ctypes.c_char.in_dll(ctypes.CDLL(str(_WIDGETS)), "_ZTV12QApplication")
            self._plain = ctypes.addressof(table) + 2 * ctypes.sizeof(ctypes.c_void_p)  # the functions come after two other entries

    def lower(self, down: bool) -> None:
        """Down, or up again."""
        if self._table is not None:
            self._table.value = self._plain if down else self._ours


class WatchedApplication(QApplication):
    """An application that knows what kept its thread.

    Attributes:
        gaps: those above LISTED.
        paused: what belongs to the test and not to the program is not watched.
    """

    paused = True  # until it is made

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.gaps: list[Gap] = []
        self._under_way: list[_Stretch] = []
        self._here = QThread.currentThread()
        self._pace = min(_work() for _time in range(50))
        own = _TASKS / str(threading.get_native_id()) / "schedstat"
        self._stat = os.open(own, os.O_RDONLY) if own.exists() else -1
        self._others: deque[tuple[float, dict[str, float]]] = deque(maxlen=200)
        self._ident = threading.get_ident()
        self._at_commit = False
        self._blinds = _Blinds(self)
        self.eventDispatcher().aboutToBlock.connect(lambda: self._rests())  # not a slot of ours, which the blinds would hide
        self.paused = False
        threading.Thread(target=self._look_on, name="watchdog", daemon=True).start()

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver an event, with an eye on the clock."""
        if self.paused or threading.get_ident() != self._ident:
            return super().notify(receiver, event)
        level = self._here.loopLevel()
        outer = self._under_way[-1] if self._under_way else None
        if outer is not None and level <= outer.level:
            return super().notify(receiver, event)
        if outer is not None:
            self._end(outer)
        stretch = _Stretch(level, f"{event.type().name} to {type(receiver).__name__}")
        self._begin(stretch)
        self._under_way.append(stretch)
        self._blinds.lower(True)
        try:
            return super().notify(receiver, event)
        finally:
            self._blinds.lower(False)
            self._under_way.pop()
            self._end(stretch)
            if outer is not None:
                self._begin(outer)

    def _begin(self, stretch: _Stretch) -> None:
        stretch.seen.clear()
        stretch.commits.clear()
        stretch.resting = False
        stretch.stood, stretch.busy, stretch.began = self._stood(), time.thread_time(), time.perf_counter()

    def _end(self, stretch: _Stretch) -> None:
        """Judge it."""
        if stretch.resting:
            return
        took = time.perf_counter() - stretch.began
        if took < LISTED or (took := took - (self._stood() - stretch.stood)) < LISTED:
            return
        busy = min(time.thread_time() - stretch.busy, took)
        waited = took - busy
        disk = min(max(stretch.commits, default=0) * _LOOKS, waited)
        slow, counts = 1.0, took - disk
        if counts > LISTED:
            slow = self._slow()
            starved = self._starved(stretch.began)
            unknown = max(waited - disk - starved, 0)
            counts = busy / slow + (unknown if unknown > FREEZE or _stands(stretch) else 0)
        if busy / slow + waited < LISTED:
            return
        where = ", ".join(line for line, _times in stretch.seen.most_common(3))
        self.gaps.append(Gap(counts, took, busy, disk, slow, stretch.what, where))

    def _slow(self) -> float:
        """How many times slower this thread computes now than it has been seen to."""
        now = [_work() for _time in range(20)]
        self._pace = min(self._pace, *now)
        return min(sum(now) / len(now) / self._pace, AT_MOST)

    def _starved(self, since: float) -> float:
        """Seconds that our other threads have stood ready to run, one after the other."""
        before = next((stood for at, stood in reversed(self._others) if at <= since), {})
        return sum(stood - before[task] for task, stood in _standing().items() if task in before)

    def _rests(self) -> None:
        """An event loop has nothing to do: where it runs inside an event, that one keeps nobody."""
        if self._under_way and self._here.loopLevel() > self._under_way[-1].level:
            self._end(self._under_way[-1])
            self._under_way[-1].resting = True
            self._blinds.lower(False)

    def _stood(self) -> float:
        """Seconds that this thread has been ready to run and did not."""
        return int(os.pread(self._stat, 64, 0).split()[1]) / 1e9 if self._stat >= 0 else 0.0

    def _look_on(self) -> None:
        """In a thread of its own: where the UI thread is, while a stretch is long already."""
        while True:
            time.sleep(_LOOKS)
            stretch = next(iter(self._under_way[-1:]), None)
            if stretch is None or stretch.resting:
                self._others.append((time.perf_counter(), _standing()))
                self._at_commit = False
            elif time.perf_counter() - stretch.began > 2 * _LOOKS:
                self._see(stretch, sys._current_frames().get(self._ident))

    def _see(self, stretch: _Stretch, frame: FrameType | None) -> None:
        lines = _lines(frame)
        stretch.seen[" < ".join(lines) or _IN_QT] += 1
        commits = _is_commit(frame)
        if commits and self._at_commit and stretch.commits:
            stretch.commits[-1] += 1
        elif commits:
            stretch.commits.append(1)
        self._at_commit = commits


def _stands(stretch: _Stretch) -> bool:
    """Whether it was seen at one place for most of a long time: it waits there of its own will."""
    return max((times for line, times in stretch.seen.items() if line != _IN_QT), default=0) * _LOOKS > LIMIT / 2


def _standing() -> dict[str, float]:
    """For each of our threads but this one, seconds that it has been ready to run and did not."""
    found: dict[str, float] = {}
    own = str(threading.get_native_id())
    for task in _TASKS.iterdir() if _TASKS.exists() else ():
        if task.name != own:
            try:
                found[task.name] = int((task / "schedstat").read_bytes().split()[1]) / 1e9
            except OSError:
                continue  # it has ended meanwhile
    return found


def _work() -> float:
    """Seconds of computing that a piece of work takes, the same each time: about a millisecond."""
    began, found = time.thread_time(), {}
    for number in range(5_000):
        found[number % 97] = str(number)
    return time.thread_time() - began


def _is_commit(frame: FrameType | None) -> bool:
    """Whether the thread is where the store commits."""
    while frame is not None and not frame.f_code.co_filename.startswith(_DESKTOP):
        frame = frame.f_back
    if frame is None or not frame.f_code.co_filename.endswith("database.py"):
        return False
    return linecache.getline(frame.f_code.co_filename, frame.f_lineno).strip() == COMMIT


def _lines(frame: FrameType | None) -> list[str]:
    """The innermost lines of ours in a stack, down to where the event was handed out."""
    found: list[str] = []
    while frame is not None and len(found) < 3:
        path = Path(frame.f_code.co_filename)
        if path == Path(__file__):
            break
        if path.is_relative_to(_ROOT) and ".venv" not in path.parts:
            found.append(f"{path.stem}:{frame.f_lineno}")
        frame = frame.f_back
    return found


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
