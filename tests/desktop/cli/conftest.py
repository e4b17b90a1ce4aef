"""Computers to call the command on: fresh, with a community, with places to announce in."""

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


@pytest.fixture
def choir(cli: Cli) -> Cli:
    """A computer with a community on it."""
    cli("new", "--name", "Choir", "--zone", "Europe/Lisbon", "--country", "PT")
    return cli


@pytest.fixture
def posting(choir: Cli) -> Cli:
    """With a Practice group and a place posted by hand, to announce in, and no grace time."""
    choir("set", "--grace", "0")
    choir("connections", "add", "practice", "Try out")
    choir("channels", "add", "Try out", "Choir group", "--target", "choir")
    choir("connections", "add", "byhand", "By hand")
    choir("channels", "add", "By hand", "WhatsApp")
    return choir


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    """A Telegram on loopback."""
    with TelegramServer() as server:
        yield server


@pytest.fixture
def process(tmp_path: Path) -> Belfry:
    """The command as a process of its own, on the same computer as `cli`."""
    return Belfry(tmp_path, tmp_path / "data")
