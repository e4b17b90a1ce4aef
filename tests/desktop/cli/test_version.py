"""`belfry --version`, installed and not."""

import importlib.metadata
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from desktop.cli import main
from desktop.cli.version import belfry_version

ROOT = Path(__file__).parents[3]


@pytest.fixture
def not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.meta_path", [one for one in sys.meta_path if not hasattr(one, "find_distributions")])


@pytest.mark.usefixtures("not_installed")
def test_given_belfry_runs_from_its_source_when_asked_for_its_version_then_it_says_what_the_source_says() -> None:
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.version("belfry")
    said = CliRunner().invoke(main, ["--version"])
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert (said.exit_code, said.output) == (0, f"belfry, version {declared}\n")


@pytest.mark.usefixtures("not_installed")
@pytest.mark.parametrize("source", ["", "not toml", "[project]\nname = 'belfry'\n"])
def test_given_nothing_says_the_version_then_it_is_empty(tmp_path: Path, source: str) -> None:
    file = tmp_path / "pyproject.toml"
    if source:
        file.write_text(source, "utf-8")
    assert belfry_version(file) == ""
