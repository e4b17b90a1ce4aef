"""The locks: every package with its hashes, nothing of the window in a plain install, wheels for the systems that Belfry is for."""

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.tags import compatible_tags, cpython_tags, mac_platforms
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).parents[2]
LOCKS = ROOT / "packaging" / "locks"
BOTH = pytest.mark.parametrize("lock", [LOCKS / "run.txt", LOCKS / "test.txt"], ids=["run", "test"])
PYTHONS = (11, 12, 13)

# Where a package of the lock has no wheel, and what that means there. Whoever adds one here has found that nothing better is to be had.
KNOWN_HOLES = {
    # Qt's own builds for ARM ask for glibc 2.39: Debian 13 or Ubuntu 24.04, and not Debian 12, which is what is looked at.
    ("pyside6-essentials", "Linux aarch64"),
    ("shiboken6", "Linux aarch64"),
    # Its makers publish none for Intel Macs in this version: pip builds it there, with Rust.
    ("cryptography", "macOS x86_64"),
}


@dataclass(frozen=True, slots=True)
class System:
    """A system that Belfry is for, as wheels and markers name it."""

    name: str
    tags: tuple[str, ...]
    sys_platform: str
    machine: str

    def markers(self, minor: int) -> dict[str, str]:
        return {
            "implementation_name": "cpython",
            "implementation_version": f"3.{minor}.0",
            "os_name": "nt" if self.sys_platform == "win32" else "posix",
            "platform_machine": self.machine,
            "platform_release": "",
            "platform_system": {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}[self.sys_platform],
            "platform_version": "",
            "python_full_version": f"3.{minor}.0",
            "platform_python_implementation": "CPython",
            "python_version": f"3.{minor}",
            "sys_platform": self.sys_platform,
        }


def manylinux(machine: str) -> tuple[str, ...]:
    """What Debian 12 (glibc 2.36) takes."""
    return (
        *(f"manylinux_2_{n}_{machine}" for n in range(36, 4, -1)),
        f"manylinux2014_{machine}",
        f"manylinux2010_{machine}",
        f"manylinux1_{machine}",
    )


SYSTEMS = (
    System("Linux x86_64", manylinux("x86_64"), "linux", "x86_64"),
    System("Linux aarch64", manylinux("aarch64"), "linux", "aarch64"),
    System("Windows x86_64", ("win_amd64",), "win32", "AMD64"),
    System("macOS arm64", tuple(mac_platforms((13, 0), "arm64")), "darwin", "arm64"),
    System("macOS x86_64", tuple(mac_platforms((13, 0), "x86_64")), "darwin", "x86_64"),
)


def entries(lock: Path) -> Iterator[tuple[Requirement, list[str]]]:
    """What a lock holds, each with its SHA-256 hashes."""
    text = re.sub(r"\\\n", " ", lock.read_text("utf-8"))
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            requirement, *rest = line.split("--hash=sha256:")
            yield Requirement(requirement), [digest.strip() for digest in rest]


@BOTH
def test_given_a_lock_when_it_is_read_then_every_package_is_pinned_and_has_hashes(lock: Path) -> None:
    found = list(entries(lock))
    assert found
    for requirement, hashes in found:
        assert re.fullmatch(r"==[\w.!+]+", str(requirement.specifier)), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in hashes), requirement


@BOTH
def test_given_a_lock_when_it_is_read_then_it_names_no_registry(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert not re.search(r"://|--index|--extra-index|--find-links|--trusted", text)


def test_given_the_two_locks_when_they_are_compared_then_what_is_tested_is_what_runs() -> None:
    tested = {f"{requirement.name}{requirement.specifier}": hashes for requirement, hashes in entries(LOCKS / "test.txt")}
    for requirement, hashes in entries(LOCKS / "run.txt"):
        assert tested[f"{requirement.name}{requirement.specifier}"] == hashes


def test_given_the_project_when_its_requirements_are_read_then_the_locks_hold_them_all_and_meet_them() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    needed = {
        "run.txt": [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["window"], *groups["build"]],
        "test.txt": groups["test"],
    }
    for lock, requirements in needed.items():
        locked = {canonicalize_name(requirement.name): str(requirement.specifier)[2:] for requirement, _hashes in entries(LOCKS / lock)}
        for requirement in map(Requirement, requirements):
            version = locked.get(canonicalize_name(requirement.name))
            assert version is not None, f"{requirement.name} is not in {lock}: run dev.py lock"
            assert requirement.specifier.contains(version, prereleases=True), f"{requirement} is locked at {version}: run dev.py lock"


def test_given_the_lock_to_run_when_it_is_read_then_it_has_no_test_tools() -> None:
    names = {requirement.name for requirement, _hashes in entries(LOCKS / "run.txt")}
    assert not names & {"pytest", "mypy", "ruff", "hypothesis", "import-linter", "aiogram", "pip-audit"}


def test_given_a_plain_install_when_its_requirements_are_read_then_nothing_of_the_window_is_among_them() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert not [name for name in project["dependencies"] if re.match(r"(?i)pyside|shiboken|pyqt", name)]
    window = next(Requirement(name) for name in project["optional-dependencies"]["window"] if name.startswith("PySide6"))
    assert window.specifier.contains("6.11.3")
    assert not window.specifier.contains("6.12.0"), "6.12 drops references to None and aborts (house.md)"


def test_given_the_list_of_wheels_when_it_is_compared_with_the_lock_then_both_were_made_together() -> None:
    wheels = json.loads((LOCKS / "wheels.json").read_text("utf-8"))
    locked = {f"{requirement.name}{requirement.specifier}": hashes for requirement, hashes in entries(LOCKS / "test.txt")}
    assert wheels.keys() == locked.keys()
    for name, files in wheels.items():
        assert files, f"{name} has no wheel at all"
        assert set(files.values()) <= {digest[:16] for digest in locked[name]}, name


def test_given_the_systems_that_belfry_is_for_when_the_locked_packages_are_looked_up_then_only_the_known_holes_are_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    wheels = json.loads((LOCKS / "wheels.json").read_text("utf-8"))
    holes: dict[tuple[str, str], list[str]] = {}
    for minor in PYTHONS:
        for system in SYSTEMS:
            tags = {*cpython_tags((3, minor), platforms=system.tags), *compatible_tags((3, minor), f"cp3{minor}", system.tags)}
            for requirement, _hashes in entries(LOCKS / "test.txt"):
                wanted = requirement.marker is None or requirement.marker.evaluate({**system.markers(minor)})
                files = wheels[f"{requirement.name}{requirement.specifier}"]
                if wanted and not any(parse_wheel_filename(file)[3] & tags for file in files):
                    holes.setdefault((requirement.name, system.name), []).append(f"3.{minor}")
    with capsys.disabled():
        for (package, system_name), pythons in sorted(holes.items()):
            sys.stdout.write(f"\nno wheel: {package} on {system_name}, Python {', '.join(pythons)}")
    assert holes.keys() == KNOWN_HOLES
