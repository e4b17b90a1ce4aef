"""The import contracts of pyproject.toml: each rule of the house is shown to be caught when it is broken, in a small tree that breaks it."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def lint(tree: Path) -> tuple[int, str]:
    """import-linter's exit status and words for a tree, under our contracts."""
    shutil.copy(ROOT / "pyproject.toml", tree)
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tree,
        env={"PYTHONPATH": str(ROOT / "packaging"), "PATH": "/usr/bin:/bin", "COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return run.returncode, run.stdout + run.stderr


def write(tree: Path, module: str, text: str) -> None:
    """A module, with packages above it; the roots are always there."""
    path = tree.joinpath(*module.split(".")).with_suffix(".py")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    folders = {path.parent, *(tree / root for root in ("desktop", "integrations", "resources"))}
    for folder in folders:
        while folder != tree:
            folder.mkdir(exist_ok=True)
            (folder / "__init__.py").touch()
            folder = folder.parent


BREACHES = [
    ("desktop.community.a", "import httpx"),
    ("desktop.community.a", "import desktop.store.b"),
    ("desktop.store.a", "import desktop.actions.b"),
    ("desktop.store.a", "import apscheduler"),
    ("desktop.exchange.a", "import desktop.store.b"),
    ("desktop.actions.a", "import desktop.engine.b"),
    ("desktop.actions.a", "import integrations.telegram.b"),
    ("desktop.actions.a", "import sqlite_utils"),
    ("desktop.engine.a", "import desktop.actions.b"),
    ("desktop.engine.a", "def f():\n    import telegram"),
    ("desktop.ui.a", "import desktop.engine.b"),
    ("desktop.ui.a", "import sqlcipher3"),
    ("desktop.app", "import PySide6.QtCore"),
    ("desktop.cli", "def f():\n    from PySide6.QtWidgets import QApplication"),
    ("desktop.cli", "import keyring"),
    ("desktop.app", "import telegram"),
    ("integrations.telegram.a", "import desktop.community.b"),
    ("integrations.telegram.a", "import integrations.practice.b"),
    ("integrations.practice.a", "import telegram"),
    ("integrations.base", "import httpx"),
    ("resources.a", "import desktop.community.b"),
]


@pytest.mark.parametrize(("module", "text"), BREACHES, ids=[f"{module}: {text.split()[-1]}" for module, text in BREACHES])
def test_given_a_tree_when_a_module_imports_what_its_room_may_not_then_the_contracts_name_it(tmp_path: Path, module: str, text: str) -> None:
    write(tmp_path, module, text)
    imported = next(word for word in reversed(text.split()) if "." in word or word.islower())
    if imported.startswith(("desktop.", "integrations.")):
        write(tmp_path, imported, "")
    status, said = lint(tmp_path)
    assert status == 1
    assert f"{module} imports" in said


def test_given_a_tree_that_keeps_to_the_table_when_it_is_checked_then_all_contracts_hold_also_where_rooms_are_missing(tmp_path: Path) -> None:
    allowed = {
        "desktop.community.a": "import dateutil, json\nimport resources.translations",
        "desktop.store.a": "import desktop.community.a, sqlite_utils, sqlcipher3.dbapi2",
        "desktop.actions.a": "import desktop.store.a, integrations, integrations.base",
        "desktop.engine.a": "import desktop.store.a, integrations.telegram.a, apscheduler.schedulers.asyncio, keyring",
        "desktop.app": "import desktop.actions.a, desktop.engine.a, keyring",
        "desktop.cli": "import click\n\ndef window():\n    import desktop.ui.a",
        "desktop.ui.a": "import PySide6.QtWidgets, desktop.actions.a",
        "integrations.base": "import integrations.message",
        "integrations.message": "import markdown_it",
        "integrations.telegram.a": "import httpx, integrations.base\n\ndef connect():\n    import telegram",
        "resources.translations": "import gettext",
    }
    for module, text in allowed.items():
        write(tmp_path, module, text)
    status, said = lint(tmp_path)
    assert status == 0, said
    shutil.rmtree(tmp_path / "desktop" / "ui")
    (tmp_path / "desktop" / "cli.py").unlink()
    assert lint(tmp_path)[0] == 0


def test_given_the_house_when_its_packages_are_listed_then_each_has_a_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    held = {str(room).lstrip("=") for contract in contracts if "room" in contract for room in _listed(contract["room"])}
    rooms = {
        f"{folder}.{path.stem}"
        for folder in ("desktop", "integrations")
        for path in (ROOT / folder).iterdir()
        if (path / "__init__.py").exists() or (path.suffix == ".py" and path.stem != "__init__")
    }
    assert rooms <= held, "give the new room a contract in pyproject.toml"


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
