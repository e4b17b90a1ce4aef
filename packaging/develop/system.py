"""What Belfry needs from the operating system: sees what is missing, and installs it with apt or says how."""

import ctypes
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from develop.ground import Problem, asked_yes, in_ci, say

MANAGERS: Mapping[str, tuple[str, ...]] = {
    "apt-get": ("apt-get", "install", "-y", "--no-install-recommends"),
    "dnf": ("dnf", "install", "-y"),
    "zypper": ("zypper", "install", "-y"),
    "pacman": ("pacman", "-S", "--needed"),
}


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that must be there.

    Attributes:
        name: as a person may look it up.
        present: looks whether it is there; cheap.
        packages: its package for each of MANAGERS.
    """

    name: str
    present: Callable[[], bool]
    packages: tuple[str, str, str, str]

    def package(self, manager: str) -> str:
        return self.packages[list(MANAGERS).index(manager)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _library(soname: str, apt: str, dnf: str, zypper: str, pacman: str) -> Need:
    return Need(soname, lambda: _loads(soname), (apt, dnf, zypper, pacman))


def _program(name: str, apt: str, dnf: str, zypper: str, pacman: str) -> Need:
    return Need(name, lambda: shutil.which(name) is not None, (apt, dnf, zypper, pacman))


# What PySide6's own libraries and its xcb and wayland plug-ins are linked with and do not bring (ldd on PySide6-Essentials 6.11).
QT = (
    _library("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd", "libglvnd"),
    _library("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd", "libglvnd"),
    _library("libglib-2.0.so.0", "libglib2.0-0", "glib2", "libglib-2_0-0", "glib2"),
    _library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "libdbus-1-3", "dbus"),
    _library("libfontconfig.so.1", "libfontconfig1", "fontconfig", "libfontconfig1", "fontconfig"),
    _library("libfreetype.so.6", "libfreetype6", "freetype", "libfreetype6", "freetype2"),
    _library("libX11.so.6", "libx11-6", "libX11", "libX11-6", "libx11"),
    _library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libX11-xcb1", "libx11"),
    _library("libxcb.so.1", "libxcb1", "libxcb", "libxcb1", "libxcb"),
    _library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "libxcb-cursor0", "xcb-util-cursor"),
    _library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "libxcb-icccm4", "xcb-util-wm"),
    _library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "libxcb-image0", "xcb-util-image"),
    _library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "libxcb-keysyms1", "xcb-util-keysyms"),
    _library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil", "libxcb-render-util0", "xcb-util-renderutil"),
    _library("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb-randr0", "libxcb"),
    _library("libxcb-render.so.0", "libxcb-render0", "libxcb", "libxcb-render0", "libxcb"),
    _library("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb-shape0", "libxcb"),
    _library("libxcb-shm.so.0", "libxcb-shm0", "libxcb", "libxcb-shm0", "libxcb"),
    _library("libxcb-sync.so.1", "libxcb-sync1", "libxcb", "libxcb-sync1", "libxcb"),
    _library("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb", "libxcb-xfixes0", "libxcb"),
    _library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb-xkb1", "libxcb"),
    _library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon0", "libxkbcommon"),
    _library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    _library("libwayland-client.so.0", "libwayland-client0", "libwayland-client", "libwayland-client0", "wayland"),
    _library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor", "libwayland-cursor0", "wayland"),
    _library("libwayland-egl.so.1", "libwayland-egl1", "libwayland-egl", "libwayland-egl1", "wayland"),
)

TESTING = (
    _program("Xvfb", "xvfb", "xorg-x11-server-Xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb"),
    _program("dbus-run-session", "dbus", "dbus-daemon", "dbus-1-daemon", "dbus"),
    _program("gnome-keyring-daemon", "gnome-keyring", "gnome-keyring", "gnome-keyring", "gnome-keyring"),
)


def venv_need() -> Need:
    """That this Python can make environments. Debian keeps that part in a package of its own for each version."""
    is_default = Path(sys.executable).resolve() == Path("/usr/bin/python3").resolve()
    apt = "python3-venv" if is_default else f"python3.{sys.version_info[1]}-venv"
    present = all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))
    return Need("Python's venv module", lambda: present or _has_venv(), (apt, "python3-libs", "python3", "python"))


def _has_venv() -> bool:
    """Asked again in a new process: what was just installed is not seen by this one."""
    return subprocess.run([sys.executable, "-I", "-c", "import venv, ensurepip"], capture_output=True, check=False).returncode == 0


def manager() -> str | None:
    """The package manager of this computer, where it is one of MANAGERS."""
    return next((name for name in MANAGERS if shutil.which(name)), None)


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def install_command(missing: Sequence[Need], name: str) -> list[str]:
    """What installs these with this package manager, each package once."""
    return [*MANAGERS[name], *dict.fromkeys(need.package(name) for need in missing)]


def provide(needs: Sequence[Need], what_for: str) -> None:
    """See to it that all of these are there. Does nothing, and calls nobody, where they are.

    With apt it installs what is missing, after a question unless root or `CI` says that nobody is to be asked. Elsewhere it names the command.
    Raises Problem when something that is needed can't be had.
    """
    missing = [need for need in needs if not need.present()]
    if not missing:
        return
    names = ", ".join(need.name for need in missing)
    name = manager()
    if name is None:
        if any(need.packages == venv_need().packages for need in missing):
            raise Problem(f"This Python can't make environments ({names} is missing). Install a complete Python and start again.")
        say(f"Not found on this computer: {names}. Going on without; install what they belong to if something does not start.")
        return
    command = install_command(missing, name)
    by_hand = f"    {shlex.join(['sudo', *command])}"
    if name != "apt-get":
        raise Problem(f"{what_for} needs some packages of your system ({names}). Install them with\n{by_hand}\nand start again.")
    _apt(command, what_for, by_hand)
    left = [need.name for need in missing if not need.present()]
    if left:
        raise Problem(f"The packages were installed, but these are still not found: {', '.join(left)}.")


def _apt(command: list[str], what_for: str, by_hand: str) -> None:
    packages = " ".join(command[len(MANAGERS["apt-get"]) :])
    sudo: list[str] = []
    if not is_root():
        if not shutil.which("sudo"):
            raise Problem(f"{what_for} needs some packages of your system. Ask whoever looks after this computer to run\n{by_hand}\nand start again.")
        sudo = ["sudo", "-n"] if in_ci() else ["sudo"]
        if not in_ci() and not asked_yes(f"{what_for} needs these packages of your system: {packages}.\nInstall them now with sudo?"):
            raise Problem(f"Nothing was installed. To go on, install them with\n{by_hand}\nand start again.")
    say(f"Installing with apt: {packages}")
    settings = ["env", "DEBIAN_FRONTEND=noninteractive"]
    patience = ["-o", "DPkg::Lock::Timeout=300"]
    # A list that can't be renewed (one broken source among many) need not stand in the way; the install tells.
    _quietly([*sudo, *settings, "apt-get", "update", *patience])
    said = _quietly([*sudo, *settings, *command, *patience])
    if said is not None:
        reason = next((line for line in said.splitlines() if line.startswith("E:")), "")
        raise Problem(f"apt could not install the packages. {reason}\nSee to it that the network is there, or install them yourself with\n{by_hand}")


def _quietly(command: list[str]) -> str | None:
    """Run it; None when it went well, else all that it said. A password may be asked for on the terminal."""
    try:
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
    except OSError as error:
        return f"E: {error}"
    return run.stdout if run.returncode else None
