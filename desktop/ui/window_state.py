"""What the window remembers between two starts, in a small file of the data folder. Never anything about people.

It is read once and written beside the UI thread: a disk that sleeps keeps no window waiting.
"""

import base64
import contextlib
import json
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QByteArray

FILE_NAME = "window.json"
_LONGEST = 2.0  # seconds that closing the window waits for the disk


class WindowState:
    """Remembers texts and Qt's own states under names such as `members/columns`."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE_NAME
        self._kept = _read(self._file)
        self._writer = ThreadPoolExecutor(1, "belfry-window-state")
        self._writing: Future[None] | None = self._writer.submit(lambda: None)  # starts the thread, which takes a while beside busy programs

    def text(self, key: str, default: str = "") -> str:
        """What was kept as text."""
        return self._kept.get(key, default)

    def keep(self, key: str, value: str | QByteArray) -> None:
        """Remember from now on."""
        text = value if isinstance(value, str) else base64.b64encode(value.data()).decode("ascii")
        if self._kept.get(key) == text:
            return
        self._kept = {**self._kept, key: text}  # a new one: the writer may be reading the old one
        if self._writing is None or self._writing.running() or self._writing.done():
            self._writing = self._writer.submit(self._write)

    def state(self, key: str) -> QByteArray | None:
        """What was kept of a window's, header's or splitter's own state; None where nothing was."""
        try:
            found = base64.b64decode(self._kept.get(key, ""), validate=True)
        except ValueError:
            return None
        return QByteArray(found) if found else None

    def flush(self) -> None:
        """Have it on the disk now, unless the disk takes too long for that: then it is written before the program ends."""
        if self._writing is not None:
            with contextlib.suppress(TimeoutError):
                self._writing.result(_LONGEST)

    def _write(self) -> None:
        part = self._file.with_suffix(".part")
        with contextlib.suppress(OSError):  # a full disk or a folder that can't be written: the window opens as usual next time
            part.write_text(json.dumps(self._kept, indent=1, sort_keys=True), "utf-8")
            part.replace(self._file)


def _read(file: Path) -> dict[str, str]:
    """What was kept; nothing where the file is missing or broken."""
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {key: value for key, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}
