"""Packages of the operating system: seen when missing, installed after a yes, named where we can't install them.

apt-get and sudo are scripts that write down their arguments.
"""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from develop.ground import Problem
from develop.system import MANAGERS, QT, TESTING, Need, install_command, provide, venv_need

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has packages to install")

Programs = Callable[..., Path]


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """Puts scripts of these names, and nothing else, on PATH. Each writes its arguments to the file that is given back.

    `apt-get install` makes the file `tower`, or fails with `apt_status`.
    """
    folder, calls = tmp_path / "bin", tmp_path / "calls"
    folder.mkdir()
    calls.touch()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("CI", raising=False)

    def put(*names: str, apt_status: int = 0) -> Path:
        (folder / "env").symlink_to("/usr/bin/env")
        for name in names:
            script = f'#!/bin/sh\necho "{name} $*" >> {calls}\n'
            if name == "sudo":
                script += 'case "$1" in -n) shift;; esac\nexec "$@"\n'
            if name == "apt-get" and apt_status:
                script += f'[ "$1" = install ] && echo "E: Unable to locate package tower" && exit {apt_status}\nexit 0\n'
            elif name == "apt-get":
                script += f'[ "$1" = install ] && : > {tmp_path}/tower\nexit 0\n'
            (folder / name).write_text(script, "utf-8")
            (folder / name).chmod(0o755)
        return calls

    return put


@pytest.fixture
def tower(tmp_path: Path) -> Need:
    """A need that is missing until the file is there."""
    return Need("the tower", (tmp_path / "tower").exists, ("tower", "tower-rpm", "tower-suse", "tower-arch"))


def as_nobody(monkeypatch: pytest.MonkeyPatch, answer: str = "") -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))


def test_given_that_nothing_is_missing_when_it_is_provided_for_then_nobody_is_called(programs: Programs) -> None:
    calls = programs("apt-get", "sudo")
    provide([Need("here", lambda: True, ("a", "b", "c", "d"))], "Belfry")
    assert calls.read_text("utf-8") == ""


def test_given_root_when_something_is_missing_then_it_is_installed_without_a_question(
    programs: Programs, tower: Need, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_nobody(monkeypatch, "")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    calls = programs("apt-get", "sudo")
    provide([tower], "Belfry")
    update, install = calls.read_text("utf-8").splitlines()
    assert update.startswith("apt-get update")
    assert install.startswith("apt-get install -y --no-install-recommends tower")


def test_given_a_person_who_says_yes_when_something_is_missing_then_it_is_installed_with_sudo(
    programs: Programs, tower: Need, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_nobody(monkeypatch, "yes\n")
    calls = programs("apt-get", "sudo")
    provide([tower], "Belfry")
    assert "sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends tower" in calls.read_text("utf-8")


@pytest.mark.parametrize("answer", ["n\n", "\n", "", "perhaps\n"])
def test_given_a_person_who_does_not_say_yes_when_something_is_missing_then_nothing_is_called_and_the_command_is_shown(
    programs: Programs, tower: Need, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    as_nobody(monkeypatch, answer)
    calls = programs("apt-get", "sudo")
    with pytest.raises(Problem, match="Nothing was installed") as told:
        provide([tower], "Belfry")
    assert "sudo apt-get install -y --no-install-recommends tower" in str(told.value)
    assert calls.read_text("utf-8") == ""


def test_given_ci_when_something_is_missing_then_sudo_is_used_without_a_question_or_a_password(
    programs: Programs, tower: Need, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_nobody(monkeypatch, "n\n")
    monkeypatch.setenv("CI", "true")
    calls = programs("apt-get", "sudo")
    provide([tower], "Belfry")
    assert "sudo -n env" in calls.read_text("utf-8")


def test_given_no_sudo_when_something_is_missing_then_the_command_is_shown(programs: Programs, tower: Need, monkeypatch: pytest.MonkeyPatch) -> None:
    as_nobody(monkeypatch, "yes\n")
    programs("apt-get")
    with pytest.raises(Problem, match="looks after this computer"):
        provide([tower], "Belfry")


@pytest.mark.parametrize(
    ("manager", "command"),
    [("dnf", "sudo dnf install -y tower-rpm"), ("zypper", "sudo zypper install -y tower-suse"), ("pacman", "sudo pacman -S --needed tower-arch")],
)
def test_given_another_package_manager_when_something_is_missing_then_its_exact_command_is_shown(
    programs: Programs, tower: Need, manager: str, command: str
) -> None:
    calls = programs(manager, "sudo")
    with pytest.raises(Problem) as told:
        provide([tower], "Belfry")
    assert command in str(told.value)
    assert calls.read_text("utf-8") == ""


def test_given_apt_that_fails_when_something_is_missing_then_its_reason_is_told(
    programs: Programs, tower: Need, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    programs("apt-get", apt_status=100)
    with pytest.raises(Problem, match="Unable to locate package tower"):
        provide([tower], "Belfry")


def test_given_packages_that_bring_not_what_was_missing_when_they_are_installed_then_that_is_told(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    programs("apt-get")
    with pytest.raises(Problem, match=r"still not found: the spire"):
        provide([Need("the spire", lambda: False, ("spire",) * 4)], "Belfry")


def test_given_two_needs_of_one_package_when_the_command_is_made_then_it_names_the_package_once() -> None:
    dnf = install_command(QT, "dnf")
    assert dnf.count("libxcb") == 1
    assert install_command(QT, "apt-get")[:2] == ["apt-get", "install"]


def test_given_every_need_when_its_packages_are_read_then_each_manager_has_one() -> None:
    for need in (*QT, *TESTING, venv_need()):
        for manager in MANAGERS:
            assert need.package(manager), need.name


def test_given_a_library_that_does_not_exist_when_it_is_looked_for_then_it_is_missing_and_libc_is_not() -> None:
    from develop.system import _library

    assert not _library("libbelfry-tower.so.7", "a", "b", "c", "d").present()
    assert _library("libc.so.6", "a", "b", "c", "d").present()


def test_given_that_all_needs_are_met_when_qt_is_linked_then_no_library_is_missing() -> None:
    import PySide6

    missing_needs = [need.name for need in QT if not need.present()]
    assert not missing_needs, "dev.py test installs these"
    folder = Path(PySide6.__file__).parent
    modules = [folder / f"{name}.abi3.so" for name in ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtDBus", "QtTest", "QtPrintSupport")]
    plugins = [*(folder / "Qt/plugins/platforms").glob("*.so"), *(folder / "Qt/plugins/xcbglintegrations").glob("*.so")]
    needed = [path for path in (*modules, *plugins) if path.exists()]
    assert len(needed) > len(modules)
    said = subprocess.run(["/usr/bin/ldd", *needed], capture_output=True, text=True, check=True).stdout
    missing = {line.split()[0] for line in said.splitlines() if "not found" in line and not line.strip().startswith("libQt6")}
    assert not missing, "add them to develop/system.py"
