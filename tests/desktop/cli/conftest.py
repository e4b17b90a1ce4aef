"""Computers to call the command on: fresh, with a community, with places to announce in."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.cli import Cli
from helpers.command import Belfry
from helpers.telegram_server import TelegramServer


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """A fresh computer: no community yet."""
    return Cli(tmp_path)


@pytest.fixture(scope="session")
def choir_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a computer with a community on it; to be copied."""
    cli = Cli(tmp_path_factory.mktemp("choir"))
    cli("new", "--name", "Choir", "--zone", "Europe/Lisbon", "--country", "PT")
    return cli.home


@pytest.fixture(scope="session")
def posting_made(tmp_path_factory: pytest.TempPathFactory, choir_made: Path) -> Path:
    """The same with a Practice group and a place posted by hand, and no grace time; to be copied."""
    cli = Cli(tmp_path_factory.mktemp("posting") / "home")
    shutil.copytree(choir_made, cli.home)
    cli("set", "--grace", "0")
    cli("connections", "add", "practice", "Try out")
    cli("channels", "add", "Try out", "Choir group", "--target", "choir")
    cli("connections", "add", "byhand", "By hand")
    cli("channels", "add", "By hand", "WhatsApp")
    return cli.home


@pytest.fixture
def choir(cli: Cli, choir_made: Path) -> Cli:
    """A computer with a community on it, from which nothing was sent yet."""
    shutil.copytree(choir_made, cli.home, dirs_exist_ok=True)
    return cli


@pytest.fixture
def posting(cli: Cli, posting_made: Path) -> Cli:
    """With a Practice group and a place posted by hand, to announce in, and no grace time."""
    shutil.copytree(posting_made, cli.home, dirs_exist_ok=True)
    return cli


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    """A Telegram on loopback."""
    with TelegramServer() as server:
        yield server


@pytest.fixture
def process(tmp_path: Path) -> Belfry:
    """The command as a process of its own, on the same computer as `cli`."""
    return Belfry(tmp_path, tmp_path / "data")
