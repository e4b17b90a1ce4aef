"""A real keyring for a test: gnome-keyring in a D-Bus session of its own (Debian: `gnome-keyring`, `dbus`), gone when the test ends."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "the keyring's own password"
SECONDS = 60

# The daemon must live and die with the session: it is a child of this shell, and the bus goes when the shell does.
_UNLOCKED = 'printf %s "$KEYRING_PASSWORD" | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec "$@"'
_WITHOUT = 'exec "$@"'


@dataclass(frozen=True, slots=True)
class KeyringSession:
    """A home and a D-Bus session in which scripts find a keyring.

    Attributes:
        home: an empty folder; what the keyring stores lies in it, so a second script finds what the first one kept.
    """

    home: Path

    def run(self, script: str, *arguments: str, **environ: str) -> "subprocess.CompletedProcess[str]":
        """Run Python code (with Belfry and `helpers` importable) where the keyring is unlocked. Its text output comes back; time-out: a minute."""
        return self._run(_UNLOCKED, script, arguments, environ)

    def run_without(self, script: str, *arguments: str, **environ: str) -> "subprocess.CompletedProcess[str]":
        """The same where the session has no unlocked keyring: the first use starts a locked one, and nobody is there to unlock it."""
        return self._run(_WITHOUT, script, arguments, environ)

    def _run(self, shell: str, script: str, arguments: tuple[str, ...], environ: dict[str, str]) -> "subprocess.CompletedProcess[str]":
        runtime = self.home / "runtime"
        runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        return subprocess.run(
            ["dbus-run-session", "--", "sh", "-c", shell, "sh", sys.executable, "-c", script, *arguments],
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.home),
                "XDG_DATA_HOME": str(self.home / "data"),
                "XDG_CONFIG_HOME": str(self.home / "config"),
                "XDG_CACHE_HOME": str(self.home / "cache"),
                "XDG_RUNTIME_DIR": str(runtime),
                "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests"))),
                "KEYRING_PASSWORD": PASSWORD,
                **environ,
            },
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )


def keyring_session(home: Path) -> KeyringSession:
    """A session under `home`. Where the programs are missing the test is skipped, but in CI (the variable CI is set) it fails."""
    missing = [program for program in ("dbus-run-session", "gnome-keyring-daemon") if shutil.which(program) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"not installed: {', '.join(missing)} (apt-get install gnome-keyring dbus)")
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (apt-get install gnome-keyring dbus)")
    return KeyringSession(home)


@contextmanager
def pause_keyring() -> Iterator[None]:
    """For a script in a session: the keyring stands still and answers nobody until the block ends."""
    asked = subprocess.run(
        ["dbus-send", "--print-reply=literal", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.GetConnectionUnixProcessID",
         "string:org.freedesktop.secrets"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    process = int(asked.stdout.split()[-1])
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)
