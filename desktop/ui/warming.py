"""Reads the code of the pages beside the UI thread once the window stands, so that opening one for the first time takes no breath."""

import importlib
import pkgutil
import sys
import threading
from collections.abc import Sequence

from desktop.ui.pages.page import Entry
from desktop.ui.tidying import settle

_BESIDE_PAGES = ("desktop.ui.byhand", "desktop.ui.dialogs", "desktop.ui.palette")
_LIBRARIES = ("markdown_it", "phonenumbers", "segno")  # imported late by those who use them, in the middle of what a person does


def load(entries: Sequence[Entry]) -> None:
    """Import the modules of the pages with their dialogs, and what is needed soon."""
    for package in (*(f"desktop.ui.pages.{entry.name.value}" for entry in entries), *_BESIDE_PAGES):
        for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
            importlib.import_module(f"{package}.{module.name}")
    for library in _LIBRARIES:
        importlib.import_module(library)
    if sys.platform.startswith("linux"):
        importlib.import_module("PySide6.QtDBus")  # for desktop.ui.sleep
    settle()


def load_beside(entries: Sequence[Entry]) -> None:
    """The same, in a thread of its own that nobody waits for."""
    threading.Thread(target=load, args=(entries,), name="belfry-warming", daemon=True).start()
