"""A start that is measured from outside: `start_child.py WHAT BEGAN`, WHAT being `bare`, `members`, `today` or `doubt`.

BEGAN is when the process was started. Prints how long it took until the window was painted and at rest, and the memory a while later. `doubt`: until
Today shows what is unsure and what was missed.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

LOOK, SETTLES = 4, 2_500  # milliseconds


def main(what: str, began: float) -> None:
    """Start it; ends the process."""
    if what == "bare":
        _bare(began)
    else:
        from desktop.kept_code import kept_code  # as the program does

        with kept_code():
            _belfry(what, began)


def _bare(began: float) -> None:
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QTableView

    app = QApplication([])
    model = QStandardItemModel(20, 4)
    for row in range(20):
        for column in range(4):
            model.setItem(row, column, QStandardItem(f"{row} {column}"))
    table = QTableView()
    table.setModel(model)
    table.resize(1180, 760)
    table.show()
    kept = [_tell_when(lambda: table, lambda: True, began, app.quit)]
    app.exec()
    del kept


def _belfry(what: str, began: float) -> None:
    from desktop.__main__ import start
    from desktop.start import window_code

    window_code()  # as the program does
    from shiboken6 import isValid

    from desktop.community.deliveries import State
    from desktop.ui import start as starting
    from desktop.ui.appearing import Appear

    class Watched(starting.Session):
        """Told apart from the real one by nothing but that somebody looks at it."""

        def open(self, path: Path, appear: Appear = Appear.WINDOW) -> None:
            super().open(path, appear)
            assert self.window is not None
            assert self._kit is not None
            page: Any = self.window.pages.page
            reader = self._kit.reader
            if what == "members":
                self.kept = _tell_when(lambda: page.table.viewport(), lambda: page.model.rowCount() > 0 and not reader.busy, began, self.quit)
            elif what == "today":
                self.kept = _tell_when(lambda: page, lambda: page.shown is not None and not reader.busy, began, self.quit)
            else:
                self.kept = _tell_when(lambda: page, lambda: _states(page) >= {State.UNSURE, State.MISSED}, began, self.quit)

    def _states(page: Any) -> set[State]:
        """Of what stands on Today, each row of it seen."""
        rows = page.waits.rows.values()  # Today: what is in doubt comes before the page that was open last
        return {row.group.state for row in rows if isValid(row) and row.isVisible()}

    starting.Session = Watched  # type: ignore[misc]  # for this process
    sys.argv[1:] = []
    start()


def _tell_when(widget: Callable[[], Any], done: Callable[[], bool], began: float, then: Callable[[], object]) -> object:
    """Print what it took until the widget was painted with `done`, and nothing is left to do; a while later the memory."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Look(QObject):
        painted = False
        found = 0.0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint and done():
                self.painted = True
            return False

        def look(self) -> None:
            """Called when all events before it have been dealt with."""
            if self.painted and done():
                self.found = time.monotonic() - began
                timer.stop()
                QTimer.singleShot(SETTLES, self.tell)
            elif done() and not self.painted:
                watched.update()

        def tell(self) -> None:
            print(json.dumps({"seconds": self.found, "megabytes": _megabytes()}), flush=True)
            then()

    watched = widget()
    look = Look()
    watched.installEventFilter(look)
    timer = QTimer(look, interval=LOOK)
    timer.timeout.connect(look.look)
    timer.start()
    return look


def _megabytes() -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmRSS:")) / 1024


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
