"""The page “Channels” with an engine that runs coroutines, and a Telegram on loopback."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.actions import telegram_setup
from desktop.ui.navigation import PageName
from desktop.ui.pages.channels.page import ChannelsPage
from helpers.loop_engine import LoopEngine
from helpers.telegram_server import TelegramServer
from helpers.window import Desktop


@pytest.fixture
def engine() -> Iterator[LoopEngine]:
    made = LoopEngine()
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits three seconds for the next look."""
    monkeypatch.setattr(telegram_setup, "EACH", 0.2)


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    with TelegramServer() as server:
        yield server


@pytest.fixture
def open_page(qtbot: QtBot, engine: LoopEngine) -> Iterator[Callable[[Desktop], ChannelsPage]]:
    """Opens the window on the page."""
    pages: list[ChannelsPage] = []

    def open_on(desktop: Desktop) -> ChannelsPage:
        desktop.kit = replace(desktop.kit, engine=engine)
        window = desktop.open_window()
        window.show()
        qtbot.waitActive(window)
        desktop.kit.navigation.go(PageName.CHANNELS)
        page = window.pages.page
        assert isinstance(page, ChannelsPage)
        pages.append(page)
        return page

    yield open_on
    for page in pages:
        page.close_steps()
    qtbot.waitUntil(lambda: engine.under_way() == 0, timeout=10_000)
