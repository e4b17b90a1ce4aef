"""What tells this machine from another with the same files: a fingerprint of the id that its system was given when it was installed."""

import hashlib
import hmac
import sys
import uuid
from pathlib import Path

_LINUX = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


def fingerprint() -> str:
    """32 hex digits that stay the same on this machine and differ on another; empty where the system has no such id.

    Keyed and hashed, as machine-id(5) asks: the id itself is not for applications to store.
    """
    machine = _machine_id()
    return hmac.new(b"Belfry", machine.encode(), hashlib.sha256).hexdigest()[:32] if machine else ""


def _machine_id() -> str:
    try:
        match sys.platform:
            case "win32":
                return _windows()
            case "darwin":
                return _macos()
            case _:
                return _linux()
    except (OSError, AttributeError):
        return ""


def _linux() -> str:
    for path in _LINUX:
        if path.is_file():
            text = path.read_text(encoding="ascii", errors="replace").strip()
            if len(text) == 32:  # "uninitialized" before the first boot is done
                return text
    return ""


def _windows() -> str:
    if sys.platform != "win32":
        return ""
    import winreg

    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography", 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as key:
        return str(winreg.QueryValueEx(key, "MachineGuid")[0])


def _macos() -> str:
    import ctypes

    # gethostuuid(2): 16 bytes, and a time to wait for them.
    found, wait = ctypes.create_string_buffer(16), (ctypes.c_long * 2)(1, 0)
    if ctypes.CDLL(None, use_errno=True).gethostuuid(found, wait) != 0:
        return ""
    return uuid.UUID(bytes=found.raw).hex
