"""A process with a window that nobody sees, in which one benchmark of the window is measured: `window_child.py MODULE FOLDER OPTIONS`."""

import importlib
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

from benchmarks.desk import Desk  # noqa: E402  the path is set first
from benchmarks.figure import Options  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from desktop.community.zones import pin_tzdata  # noqa: E402
from desktop.ui.pages import PAGES  # noqa: E402
from desktop.ui.warming import load  # noqa: E402
from helpers.clock import MovedClock  # noqa: E402
from helpers.window import desktop  # noqa: E402


def main(module: str, folder: str, options: str) -> None:
    """Measure and print the figures after a line that begins with `#`."""
    pin_tzdata()
    app = QApplication(["belfry"])
    load(PAGES)
    desk = Desk(app, desktop(app, Path(folder), clock=MovedClock(datetime.now(UTC))))
    try:
        figures = importlib.import_module(f"benchmarks.{module}").measure(desk, Options(**json.loads(options)))
    finally:
        desk.desktop.close()
    print("\n#" + json.dumps([one.as_fields() for one in figures]), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
