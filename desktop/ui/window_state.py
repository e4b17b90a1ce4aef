"""What the window remembers between two starts, in an INI file of the data folder. Never anything about people."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

FILE_NAME = "window.ini"


class WindowState:
    """Remembers texts and Qt's own states under names such as `members/columns`."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / FILE_NAME), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        """What was kept as text."""
        found = self._settings.value(key, default)
        return found if isinstance(found, str) else default

    def keep(self, key: str, value: str | QByteArray) -> None:
        """Remember from now on."""
        self._settings.setValue(key, value)

    def state(self, key: str) -> QByteArray | None:
        """What was kept of a window's, header's or splitter's own state; None where nothing was."""
        found = self._settings.value(key)
        return found if isinstance(found, QByteArray) and not found.isEmpty() else None

    def flush(self) -> None:
        """Write it to the disk now."""
        self._settings.sync()
