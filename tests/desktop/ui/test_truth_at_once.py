"""The strip and the tray say what is so at once, with the real engine beside the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.engine import thread
from desktop.ui.navigation import PageName
from desktop.ui.pages.settings.page import SettingsPage
from helpers.telegram_server import TelegramServer
from helpers.tour import Computer, computer
from helpers.watchdog import WatchedApplication
from helpers.window import Answers


@pytest.fixture
def here(qapp: WatchedApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Computer]:
    monkeypatch.setattr(thread, "STAND_BY", 600.0)  # what comes within a test does not come by itself
    qapp.paused = True  # a whole session opens and closes in one go
    with TelegramServer() as telegram, computer(qapp, tmp_path, telegram) as made:
        made.session._asker = Answers()
        yield made
    qapp.paused = False


def test_given_a_copy_that_is_open_when_this_computer_takes_over_then_strip_and_tray_say_at_once_that_it_sends(qtbot: QtBot, here: Computer) -> None:
    original = here.folder / "original.belfry"
    with here.program.create(original, name="Riverside Choir", zone="Europe/Lisbon", country="PT") as store:
        store.copy_to(here.program.community)
    here.session.open(here.program.community)
    kit = here.session._kit
    assert kit is not None
    qtbot.waitUntil(lambda: "This file is a copy" in here.window.strip._said, timeout=20_000)
    kit.navigation.go(PageName.SETTINGS)
    page = here.window.pages.page
    assert isinstance(page, SettingsPage)
    qtbot.mouseClick(page.sending.take_over, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: here.window.strip._said == "Nothing is on its way out.", timeout=20_000)
    citizen = here.session._citizen
    assert citizen is not None
    qtbot.waitUntil(lambda: citizen.tray.next.text() == "Nothing is on its way out.")
