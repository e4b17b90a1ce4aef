"""The watchdog over the UI thread bites, and holds nothing against us that is not ours (tests/helpers/watchdog.py)."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.store import database
from helpers.watchdog import COMMIT, LIMIT, WatchedApplication

ROOT = Path(__file__).parents[3]
LONG = 0.3  # seconds, in which a watchdog that has to wait for a core itself looks often enough

GUARDED = """
import importlib.util

found = importlib.util.spec_from_file_location("guards", "{path}")
guards = importlib.util.module_from_spec(found)
found.loader.exec_module(guards)
qapp_cls, _warm, _watchdog = guards.qapp_cls, guards._warm, guards._watchdog
"""
BROKEN = """
import time
from PySide6.QtCore import QTimer


def test_a_button_that_takes_long(qtbot):
    done = []
    QTimer.singleShot(0, lambda: (busy(), done.append(True)))
    qtbot.waitUntil(lambda: bool(done))


def busy():
    until = time.thread_time() + 0.25
    while time.thread_time() < until:
        pass
"""


class SlowDisk:
    """A connection whose file lies on a disk that stands still."""

    def execute(self, _statement: str) -> None:
        time.sleep(LONG)


def busy() -> None:
    until = time.thread_time() + 2 * LONG  # so often, for a core that is shared
    while time.thread_time() < until:
        pass


def locked() -> None:
    lock = threading.Lock()
    lock.acquire()
    lock.acquire(timeout=LONG)


def loop(milliseconds: int, *events: tuple[int, Callable[[], object]]) -> None:
    """An event loop inside an event, as a modal dialog has one."""
    inner = QEventLoop()
    for after, do in events:
        QTimer.singleShot(after, do)
    QTimer.singleShot(milliseconds, inner.quit)
    inner.exec()


def commit() -> None:
    """The store's own line, on a slow disk."""
    path = Path(database.__file__)
    line = next(number for number, text in enumerate(path.read_text("utf-8").splitlines(), 1) if text.strip() == COMMIT)
    exec(compile("\n" * (line - 1) + COMMIT, str(path), "exec"), {"self": type("Store", (), {"conn": SlowDisk()})})


def before_a_loop() -> None:
    time.sleep(LONG)
    loop(0)


def after_a_loop() -> None:
    loop(10)
    time.sleep(LONG)


def commit_twice() -> None:
    commit()
    time.sleep(0.08)
    commit()


@pytest.fixture
def count(qapp: WatchedApplication, qtbot: QtBot) -> Iterator[Callable[[Callable[[], object]], float]]:
    """Runs something as an event, and gives what the watchdog counts: the longest of its gaps."""

    def run(slot: Callable[[], object]) -> float:
        done: list[object] = []
        qapp.gaps.clear()
        QTimer.singleShot(0, lambda: done.append((slot(), 1)))
        qtbot.waitUntil(lambda: bool(done))
        return max((gap.seconds for gap in qapp.gaps), default=0.0)

    yield run
    qapp.gaps.clear()  # they were meant


@pytest.mark.parametrize(
    "slot",
    [
        pytest.param(busy, id="computes"),
        pytest.param(lambda: time.sleep(LONG), id="sleeps"),
        pytest.param(locked, id="waits for a lock"),
        pytest.param(before_a_loop, id="before a loop of its own"),
        pytest.param(lambda: loop(200, (10, lambda: time.sleep(LONG))), id="in a loop of its own"),
        pytest.param(after_a_loop, id="after a loop of its own"),
        pytest.param(commit_twice, id="waits for the disk twice"),
    ],
)
def test_given_an_event_that_keeps_the_thread_when_it_is_over_then_it_counts(
    count: Callable[[Callable[[], object]], float], slot: Callable[[], object]
) -> None:
    assert count(slot) > LIMIT


@pytest.mark.parametrize(
    "slot",
    [
        pytest.param(lambda: time.sleep(0.02), id="is short"),
        pytest.param(lambda: loop(300), id="has a loop that rests"),
        pytest.param(lambda: loop(400, *((40 * n, lambda: time.sleep(0.02)) for n in range(9))), id="has a loop with many short ones"),
        pytest.param(commit, id="waits for the disk once"),
    ],
)
def test_given_an_event_that_lets_the_thread_hear_when_it_is_over_then_it_does_not_count(
    count: Callable[[Callable[[], object]], float], slot: Callable[[], object]
) -> None:
    assert count(slot) < LIMIT


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the events inside an event come by, too")
def test_given_an_event_when_qt_sends_others_within_it_then_the_watchdog_takes_no_time_for_them(
    count: Callable[[Callable[[], object]], float],
) -> None:
    seen: list[str] = []

    def slot() -> None:
        sys.setprofile(lambda frame, what, _more: seen.append(frame.f_code.co_name) if what == "call" else None)
        QPlainTextEdit().setProperty("kind", "any")
        sys.setprofile(None)

    count(slot)
    assert "notify" not in seen


def test_given_the_machine_stands_still_while_qt_draws_when_it_is_over_then_it_does_not_count(qapp: WatchedApplication, qtbot: QtBot) -> None:
    done: list[bool] = []
    qapp.gaps.clear()
    QTimer.singleShot(0, partial(time.sleep, LONG))  # without a line of ours, as within Qt
    QTimer.singleShot(10, lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done))
    assert max(gap.took for gap in qapp.gaps) > LIMIT
    assert max(gap.seconds for gap in qapp.gaps) < LIMIT


def test_given_a_test_with_a_slot_that_is_too_long_when_it_is_run_then_it_fails_and_says_where(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(GUARDED.format(path=Path(__file__).with_name("conftest.py")))
    (tmp_path / "test_broken.py").write_text(BROKEN)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "test_broken.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "tests"), str(ROOT)))},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 1, run.stdout + run.stderr
    assert "1 passed, 1 error" in run.stdout
    assert "the UI thread was kept: " in run.stdout
