"""SIGTERM and SIGINT end the program as Quit does; and once the event loop is gone they end it all the same."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.ui.interrupts import Interrupts

TREE = Path(__file__).parents[3]
LOOP = """
import os, signal
from PySide6.QtCore import QCoreApplication, QTimer
from desktop.ui.interrupts import Interrupts
app = QCoreApplication([])
heard = Interrupts(app.quit)
QTimer.singleShot(0, lambda: os.kill(os.getpid(), signal.{number}))
app.exec()
print("quit", flush=True)
heard.end()
os.kill(os.getpid(), signal.{number})
print("deaf", flush=True)
"""
GONE = """
import threading
from PySide6.QtCore import QCoreApplication
from desktop import app as composition
from desktop.start import WindowProgram, window_code
window = window_code()
inner = composition.program()
program = WindowProgram(inner, inner.safe())
program.create(program.community, name="Choir", zone="Europe/Lisbon", country="PT").close()
threading.Timer(3, QCoreApplication.exit).start()  # the loop ends, and nobody has quit
print(window.run(program), flush=True)
"""


def run(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHONPATH": str(TREE), "QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "BELFRY_DATA": str(home / "data")}
    return subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, timeout=40, check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", ["SIGTERM", "SIGINT"])
def test_given_a_loop_when_a_signal_comes_then_it_ends_and_a_later_one_is_not_swallowed(tmp_path: Path, number: str) -> None:
    done = run(LOOP.format(number=number), tmp_path)
    assert done.stdout == "quit\n"
    assert "Bad file descriptor" not in done.stderr
    assert done.returncode == -getattr(signal, number)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_given_a_window_whose_loop_ended_by_itself_when_it_is_gone_then_the_sender_has_stopped_and_the_process_ends(tmp_path: Path) -> None:
    done = run(GONE, tmp_path)
    assert done.stdout == "0\n", done.stderr
    assert done.returncode == 0, done.stderr


def test_given_handlers_from_before_when_it_has_ended_then_they_are_there_again() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    Interrupts(lambda: None).end()
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before
