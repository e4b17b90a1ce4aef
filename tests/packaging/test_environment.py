"""Making an environment, with a real venv and a real pip, from a small project with a lock of its own and without a network."""

import hashlib
import json
import platform
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from develop.environment import Environment, Part, locked_names
from develop.fetching import meaning
from develop.ground import Problem
from develop.pythons import Python, probe, this_python, usable

ROOT = Path(__file__).parents[2]

# A build backend without dependencies (PEP 517 and 660), so that the last step, pip install -e, is the real one.
BACKEND = """
import zipfile

def build_editable(folder, settings=None, metadata=None):
    name = "bell-1.0-py3-none-any.whl"
    with zipfile.ZipFile(folder + "/" + name, "w") as wheel:
        wheel.writestr("bell.pth", __file__.rpartition("/")[0])
        wheel.writestr("bell-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: bell\\nVersion: 1.0\\n")
        wheel.writestr("bell-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("bell-1.0.dist-info/RECORD", "")
    return name
"""


def wheel(folder: Path, name: str) -> str:
    """A wheel with one module; gives its line for a lock."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.py", "")
        archive.writestr(f"{name}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{name}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{name}-1.0.dist-info/RECORD", "")
    return f"{name}==1.0 \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project `bell` that needs `clapper` to run and `ear` to be tested, both in a folder beside it."""
    project = tmp_path / "bell"
    locks = project / "packaging" / "locks"
    locks.mkdir(parents=True)
    source = f"--no-index\n--find-links {tmp_path.as_posix()}\n"
    clapper, ear = wheel(tmp_path, "clapper"), wheel(tmp_path, "ear")
    (locks / "run.txt").write_text(source + clapper, "utf-8")
    (locks / "test.txt").write_text(source + clapper + ear, "utf-8")
    (project / "backend.py").write_text(BACKEND, "utf-8")
    (project / "pyproject.toml").write_text('[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n', "utf-8")
    return project


@pytest.fixture
def environment(project: Path) -> Environment:
    return Environment(project / ".venv", project)


def packages(environment: Environment) -> set[str]:
    """What can be imported there of what the lock names."""
    code = "import importlib.util as u; print(*[n for n in ('clapper', 'ear', 'backend') if u.find_spec(n)])"
    return set(
        subprocess.run([environment.executable, "-P", "-c", code], capture_output=True, text=True, check=True, cwd=environment.folder).stdout.split()
    )


def test_given_a_fresh_clone_when_it_is_made_ready_twice_then_the_second_time_nothing_is_done(
    environment: Environment, capfd: pytest.CaptureFixture[str]
) -> None:
    environment.make_ready(Part.RUN, this_python())
    assert environment.is_ready(Part.RUN)
    assert not environment.is_ready(Part.TEST)
    assert packages(environment) == {"clapper", "backend"}
    capfd.readouterr()
    before = {path: path.stat().st_mtime_ns for path in environment.folder.rglob("*")}
    environment.make_ready(Part.RUN, this_python())
    assert capfd.readouterr() == ("", "")
    assert {path: path.stat().st_mtime_ns for path in environment.folder.rglob("*")} == before

    environment.make_ready(Part.TEST, this_python())  # adds to what is there
    assert packages(environment) == {"clapper", "backend", "ear"}
    assert environment.is_ready(Part.RUN)
    assert environment.is_ready(Part.TEST)

    project = environment.project / "pyproject.toml"
    project.write_text(project.read_text("utf-8") + "# another version\n", "utf-8")
    assert not environment.is_ready(Part.RUN)
    environment.make_ready(Part.RUN, this_python())
    assert packages(environment) == {"clapper", "backend", "ear"}, "a changed project alone is no reason to begin anew"

    lock = environment.lock(Part.TEST)
    lock.write_text(re.sub(r"ear==.*\n.*\n", "", lock.read_text("utf-8")), "utf-8")
    assert not environment.is_ready(Part.TEST)
    environment.make_ready(Part.TEST, this_python())
    assert packages(environment) == {"clapper", "backend"}, "what the list no longer names is gone"


def test_given_a_package_that_is_not_the_locked_one_when_it_is_installed_then_it_is_refused_and_the_next_start_begins_anew(
    environment: Environment,
) -> None:
    lock = environment.lock(Part.RUN)
    right = lock.read_text("utf-8")
    lock.write_text(re.sub(r"sha256:\w+", "sha256:" + "0" * 64, right), "utf-8")
    with pytest.raises(Problem, match="is not the one that Belfry was tested with"):
        environment.make_ready(Part.RUN, this_python())
    assert not environment.is_ready(Part.RUN)
    assert "clapper" not in packages(environment)
    lock.write_text(right, "utf-8")
    environment.make_ready(Part.RUN, this_python())
    assert environment.is_ready(Part.RUN)


def test_given_a_set_up_that_was_killed_when_it_is_started_again_then_it_is_completed(environment: Environment) -> None:
    code = """
import sys
from pathlib import Path
from develop.environment import Environment, Part
from develop.pythons import this_python
Environment(Path(sys.argv[1]), Path(sys.argv[2])).make_ready(Part.RUN, this_python())
"""
    with subprocess.Popen(
        [sys.executable, "-c", code, environment.folder, environment.project],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(ROOT / "packaging"), "PATH": "/usr/bin:/bin"},
    ) as process:
        assert process.stdout
        for line in process.stdout:
            if line.startswith("Fetching"):  # the folder is there, and nothing is in it yet
                process.kill()
                break
    assert environment.executable.exists()
    assert not environment.is_ready(Part.RUN)
    environment.make_ready(Part.RUN, this_python())
    assert environment.is_ready(Part.RUN)
    assert packages(environment) == {"clapper", "backend"}


def test_given_a_folder_that_somebody_else_made_when_the_environment_is_made_then_theirs_is_kept_beside_it(environment: Environment) -> None:
    environment.folder.mkdir()
    (environment.folder / "theirs").write_text("dear to them", "utf-8")
    environment.make_ready(Part.RUN, this_python())
    assert environment.is_ready(Part.RUN)
    assert (environment.project / ".venv.before-1" / "theirs").read_text("utf-8") == "dear to them"


def damage_place(environment: Environment, stamp: dict[str, object]) -> None:
    stamp["folder"] = "/elsewhere/.venv"


def damage_machine(environment: Environment, stamp: dict[str, object]) -> None:
    stamp["machine"] = "sunos-sparc"


def damage_base(environment: Environment, stamp: dict[str, object]) -> None:
    stamp["base"] = "/usr/bin/python3.9"


def damage_finish(environment: Environment, stamp: dict[str, object]) -> None:
    stamp["unfinished"] = True


def remove_python(environment: Environment, stamp: dict[str, object]) -> None:
    environment.executable.unlink()


@pytest.mark.parametrize("damage", [damage_place, damage_machine, damage_base, damage_finish, remove_python])
def test_given_a_ready_environment_when_what_its_stamp_says_no_longer_holds_then_it_is_not_ready(
    tmp_path: Path, damage: Callable[[Environment, dict[str, object]], None]
) -> None:
    environment = Environment(tmp_path / ".venv", ROOT)
    environment.executable.parent.mkdir(parents=True)
    environment.executable.symlink_to(Path(this_python().path).resolve())
    digests = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in ("pyproject.toml", "packaging/locks/run.txt")}
    stamp: dict[str, object] = {
        "folder": str(environment.folder),
        "machine": f"{sys.platform}-{platform.machine()}",
        "python": this_python().minor,
        "base": str(environment.executable.resolve()),
        "locks": {"run": digests["packaging/locks/run.txt"]},
        "project": digests["pyproject.toml"],
    }
    file = environment.folder / "belfry.json"
    file.write_text(json.dumps(stamp), "utf-8")
    assert environment.is_ready(Part.RUN)
    damage(environment, stamp)
    file.write_text(json.dumps(stamp), "utf-8")
    assert not environment.is_ready(Part.RUN)


@pytest.mark.parametrize("torn", ["", "{", "[]", '{"folder": '])
def test_given_a_stamp_that_was_torn_when_it_is_read_then_the_environment_is_not_ready(tmp_path: Path, torn: str) -> None:
    (tmp_path / "belfry.json").write_text(torn, "utf-8")
    assert not Environment(tmp_path, ROOT).is_ready(Part.RUN)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "WARNING: Retrying … NewConnectionError('… Temporary failure in name resolution')\nERROR: No matching distribution found",
            "can't be reached",
        ),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the one that Belfry was tested with"),
        ("ERROR: No matching distribution found for x==1", "not to be had for this computer"),
        ("ERROR: something unheard of", "something unheard of"),
    ],
)
def test_given_what_pip_said_when_it_failed_then_the_sentence_says_why(said: str, told: str) -> None:
    assert told in meaning(said)


def test_given_a_network_that_is_not_there_when_the_environment_is_made_then_a_sentence_says_so(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")  # the discard port: nobody listens
    monkeypatch.setenv("PIP_RETRIES", "0")
    lock = environment.lock(Part.RUN)
    lock.write_text("nowhere==1.0 --hash=sha256:" + "0" * 64 + "\n", "utf-8")
    with pytest.raises(Problem, match="can't be reached"):
        environment.make_ready(Part.RUN, this_python())


def test_given_a_lock_with_markers_when_its_names_are_read_then_each_package_is_there_once() -> None:
    names = locked_names(ROOT / "packaging/locks/run.txt")
    assert len(names) == len(set(names)) > 20
    assert all(re.fullmatch(r"[a-z0-9.-]+==\S+", name) for name in names)


def test_given_this_computer_when_pythons_are_looked_for_then_launchers_that_lead_nowhere_are_left_out(tmp_path: Path) -> None:
    broken = tmp_path / "python3.12"
    broken.write_text("#!/bin/sh\necho 'pyenv: python3.12: command not found' >&2\nexit 127\n", "utf-8")
    broken.chmod(0o755)
    assert probe(str(broken)) is None
    assert probe(str(tmp_path / "nothing")) is None
    here = this_python()
    assert usable([str(broken), here.path, here.path]) == [Python(here.path, here.version)] or usable([here.path])[0].version == here.version


def test_given_a_disk_that_is_nearly_full_when_the_environment_is_made_then_it_says_how_much_is_needed(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(environment.project)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=1_000_000))
    with pytest.raises(Problem, match="nearly full"):
        environment.make_ready(Part.RUN, this_python())
    assert not environment.folder.exists()
