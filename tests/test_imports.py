"""What is in memory when: a sender has no Qt, reading the manifests loads no service's library. Each in a Python of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Runs the rest of the command line as code, and whatever it ends with says last which modules were loaded.
_TELL = """
import atexit, json, sys
atexit.register(lambda: print("\\n" + json.dumps(sorted(sys.modules))))
"""


def loaded(code: str, *arguments: str, home: Path) -> set[str]:
    """The modules that this code had loaded when it ended, which has to be with 0."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    run = subprocess.run(
        [sys.executable, "-c", _TELL + code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=home,
        env=kept | {"HOME": str(home), "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stdout.splitlines()[-1]))


def tops(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


def test_given_every_room_but_the_window_when_all_are_imported_then_there_is_no_qt(tmp_path: Path) -> None:
    rooms = (path for folder in ("desktop", "integrations", "resources") for path in (ROOT / folder).rglob("*.py"))
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in rooms]
    wanted = sorted(name for name in names if not name.startswith("desktop.ui") and not name.endswith("__main__"))
    modules = loaded("import importlib\nfor name in sys.argv[1:]: importlib.import_module(name)", *wanted, home=tmp_path)
    assert set(wanted) <= modules
    assert not tops(modules) & {"PySide6", "shiboken6"}


def test_given_the_manifests_when_they_are_read_then_no_library_of_a_service_is_loaded(tmp_path: Path) -> None:
    modules = loaded("import integrations", home=tmp_path)
    assert {f"integrations.{service}.manifest" for service in ("byhand", "practice", "telegram")} <= modules
    assert not tops(modules) & {"telegram", "httpx", "aiohttp", "cryptography", "keyring"}


@pytest.mark.skipif(not (ROOT / "desktop" / "cli" / "__init__.py").exists(), reason="there is no command line yet")
def test_given_a_community_when_belfry_sends_then_there_is_no_qt(tmp_path: Path) -> None:
    file = str(tmp_path / "village.belfry")
    belfry = "from desktop.cli import main\nmain()"
    loaded(belfry, "new", file, "--sample", home=tmp_path)
    modules = loaded(belfry, "--community", file, "send", "--once", home=tmp_path)
    assert "desktop.engine" in modules
    assert not tops(modules) & {"PySide6", "shiboken6"}
