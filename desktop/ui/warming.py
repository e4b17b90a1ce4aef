"""Reads the code of the pages beside the UI thread once the window stands, so that opening one for the first time takes no breath."""

import importlib
import sys
import threading
from collections.abc import Sequence

from desktop.ui.pages.page import Entry
from desktop.ui.tidying import settle


def load(entries: Sequence[Entry]) -> None:
    """Import the modules of the pages, and what is needed soon."""
    for entry in entries:
        importlib.import_module(f"desktop.ui.pages.{entry.name.value}.page")
    if sys.platform.startswith("linux"):
        importlib.import_module("PySide6.QtDBus")  # for desktop.ui.sleep
    settle()


def load_beside(entries: Sequence[Entry]) -> None:
    """The same, in a thread of its own that nobody waits for."""
    threading.Thread(target=load, args=(entries,), name="belfry-warming", daemon=True).start()
