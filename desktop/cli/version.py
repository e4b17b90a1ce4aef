"""Which Belfry this is: as it was installed, or as its source says."""

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_SOURCE = Path(__file__).parents[2] / "pyproject.toml"


def belfry_version(source: Path = _SOURCE) -> str:
    """`0.1.0`; empty where nothing says it."""
    try:
        return version("belfry")
    except PackageNotFoundError:
        pass
    try:
        return str(tomllib.loads(source.read_text("utf-8"))["project"]["version"])
    except (OSError, ValueError, KeyError):
        return ""
