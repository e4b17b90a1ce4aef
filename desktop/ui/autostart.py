"""Starting with the person's session, by the platform's own means: XDG autostart, Windows' Run key, a LaunchAgent. Pure of Qt and of the store."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

NAME = "Belfry"
AGENT = "org.belfry.Belfry"
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
"""Where the Task Manager notes what the person has switched off: an odd first byte means off."""


class Autostart(Protocol):
    """Whether Belfry starts at log-in."""

    @property
    def enabled(self) -> bool:
        """It starts at the next log-in, as far as the system lets one know."""
        ...

    def enable(self, command: Sequence[str]) -> None:
        """Start this command at each log-in. Raises OSError."""
        ...

    def disable(self) -> None:
        """Start nothing any more. Raises OSError."""
        ...


class Registry(Protocol):
    """Values of keys below HKEY_CURRENT_USER."""

    def get(self, key: str, name: str) -> str | bytes | None:
        """A value; None where there is none."""
        ...

    def set(self, key: str, name: str, text: str) -> None:
        """Write a text."""
        ...

    def delete(self, key: str, name: str) -> None:
        """Remove a value, if it is there."""
        ...


class XdgAutostart:
    """A desktop entry in the autostart folder (Desktop Application Autostart Specification 0.5)."""

    def __init__(self, config: Path) -> None:
        self.file = config / "autostart" / "belfry.desktop"

    @property
    def enabled(self) -> bool:
        """The entry is there and nothing in it says that it is off."""
        try:
            lines = [line.replace(" ", "").lower() for line in self.file.read_text("utf-8").splitlines()]
        except (OSError, UnicodeDecodeError):
            return False
        return "hidden=true" not in lines and "x-gnome-autostart-enabled=false" not in lines

    def enable(self, command: Sequence[str]) -> None:
        """Write the entry."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        lines = ("[Desktop Entry]", "Type=Application", f"Name={NAME}", f"Exec={desktop_exec(command)}", "Terminal=false", "Icon=belfry")
        self.file.write_text("\n".join(lines) + "\n", "utf-8")

    def disable(self) -> None:
        """Remove it."""
        self.file.unlink(missing_ok=True)


class RunKey:
    """A value of the Run key of the person's own registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    @property
    def enabled(self) -> bool:
        """The value is there, and the Task Manager has not switched it off."""
        approved = self._registry.get(APPROVED, NAME)
        off = isinstance(approved, bytes) and bool(approved) and approved[0] % 2 == 1
        return self._registry.get(RUN, NAME) is not None and not off

    def enable(self, command: Sequence[str]) -> None:
        """Write the value."""
        self._registry.set(RUN, NAME, subprocess.list2cmdline(command))
        self._registry.delete(APPROVED, NAME)

    def disable(self) -> None:
        """Remove it."""
        self._registry.delete(RUN, NAME)


class LaunchAgent:
    """A property list in the person's LaunchAgents."""

    def __init__(self, home: Path) -> None:
        self.file = home / "Library" / "LaunchAgents" / f"{AGENT}.plist"

    @property
    def enabled(self) -> bool:
        """The list is there and does not say that it is off."""
        import plistlib  # late: on macOS alone

        try:
            return not plistlib.loads(self.file.read_bytes()).get("Disabled", False)
        except (OSError, plistlib.InvalidFileException, ValueError):
            return False

    def enable(self, command: Sequence[str]) -> None:
        """Write the list."""
        import plistlib

        self.file.parent.mkdir(parents=True, exist_ok=True)
        agent = {"Label": AGENT, "ProgramArguments": list(command), "RunAtLoad": True, "LimitLoadToSessionType": "Aqua", "ProcessType": "Interactive"}
        self.file.write_bytes(plistlib.dumps(agent))

    def disable(self) -> None:
        """Remove it."""
        self.file.unlink(missing_ok=True)


def desktop_exec(command: Sequence[str]) -> str:
    """A command as the Exec key has it (Desktop Entry Specification, “The Exec key”)."""

    def quoted(word: str) -> str:
        for special in ("\\", '"', "`", "$"):
            word = word.replace(special, "\\" + special)
        return '"' + word.replace("\\", "\\\\").replace("%", "%%") + '"'

    return " ".join(quoted(word) for word in command)


def login_command() -> list[str]:
    """What starts Belfry in the background, from the place where it is installed."""
    python = Path(sys.executable)
    silent = python.with_name("pythonw.exe")  # opens no console
    return [str(silent if sys.platform == "win32" and silent.exists() else python), "-m", "desktop.start"]


def autostart_here(environ: Mapping[str, str], home: Path) -> Autostart:
    """The means of this platform."""
    if sys.platform == "win32":
        return RunKey(WindowsRegistry())
    if sys.platform == "darwin":
        return LaunchAgent(home)
    config = Path(environ.get("XDG_CONFIG_HOME", ""))
    return XdgAutostart(config if config.is_absolute() else home / ".config")


if sys.platform == "win32":
    import winreg

    class WindowsRegistry:
        """`Registry` of Windows."""

        def get(self, key: str, name: str) -> str | bytes | None:
            """A value; None where there is none."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                    value = winreg.QueryValueEx(opened, name)[0]
            except FileNotFoundError:
                return None
            return value if isinstance(value, str | bytes) else None

        def set(self, key: str, name: str, text: str) -> None:
            """Write a text."""
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, text)

        def delete(self, key: str, name: str) -> None:
            """Remove a value, if it is there."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as opened:
                    winreg.DeleteValue(opened, name)
            except FileNotFoundError:
                return
