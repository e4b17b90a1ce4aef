"""R9: whether PySide6 loses references to None, as 6.12.0 on Python 3.11 does: one in each void call, until it aborts."""

import subprocess
import sys

from benchmarks.figure import Figure, Held, Options
from benchmarks.window import offscreen

CALLS, DRIFT = 10_000, 10
_CHILD = f"""
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
widget = QWidget()
before = sys.getrefcount(None)
for _call in range({CALLS}):
    widget.update()
print(abs(sys.getrefcount(None) - before))
"""


def figures(options: Options) -> list[Figure]:
    """In a process of its own: it might abort."""
    ended = subprocess.run([sys.executable, "-c", _CHILD], env=offscreen(), capture_output=True, text=True, check=True)
    note = f"of sys.getrefcount(None); below {DRIFT}"
    return [Figure(f"R9 {CALLS:,} void calls of Qt: drift", float(ended.stdout), "", target=DRIFT - 1, held=Held.VALUE, note=note)]
