"""Connecting a bot where its token can't be kept: another place is offered on the spot, and what was typed stays (figure X2)."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.community.ports import NoKeyring, Secret, VaultKind
from desktop.store import connections
from desktop.ui.dialogs.passphrase import UnlockDialog
from desktop.ui.dialogs.secret_places import SecretPlaces
from desktop.ui.pages.channels.connect_dialog import ConnectDialog, Start
from desktop.ui.pages.channels.page import ChannelsPage
from helpers.telegram_server import TelegramServer
from helpers.window import Desktop
from resources.translations import phrase

Open = Callable[[Desktop], ChannelsPage]
BELLS = "seven bells in a row"


def with_token(page: ChannelsPage, telegram: TelegramServer) -> ConnectDialog:
    QGuiApplication.clipboard().clear()
    dialog = page.open_steps(Start.CHOOSE)
    dialog.choose("telegram")
    dialog.token.server.setText(telegram.url)
    dialog.token.line.setText(telegram.token)
    return dialog


def test_given_no_keyring_when_a_token_is_to_be_kept_then_a_file_is_offered_and_the_bot_is_connected_with_it(
    qtbot: QtBot, empty_desktop: Desktop, open_page: Open, telegram: TelegramServer
) -> None:
    empty_desktop.program.vault.trouble = NoKeyring(phrase("This computer has no safe place for passwords."))
    dialog = with_token(open_page(empty_desktop), telegram)
    qtbot.keyClick(dialog.token.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.findChild(SecretPlaces) is not None, timeout=15_000)
    places = dialog.findChild(SecretPlaces)
    assert places is not None
    assert "no safe place" in places.sentence.text()
    assert connections.connections(empty_desktop.kit.store) == []
    for field in (places.fields.first, places.fields.second):
        qtbot.keyClicks(field, BELLS)
    qtbot.mouseClick(places.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.groups.add.isVisible() and dialog.groups.add.isEnabled(), timeout=15_000)
    [record] = connections.connections(empty_desktop.kit.store)
    safe = empty_desktop.program.safe
    assert safe.kind is VaultKind.FILE
    assert [safe.get(ref) for ref in record.secrets.values()] == [Secret(telegram.token)]
    dialog.reject()


def test_given_a_locked_file_when_a_token_is_to_be_kept_then_the_passphrase_is_asked_for_and_it_goes_on(
    qtbot: QtBot, empty_desktop: Desktop, open_page: Open, telegram: TelegramServer
) -> None:
    empty_desktop.program.safe.move(VaultKind.FILE, [], Secret(BELLS))
    empty_desktop.program.new_safe()
    dialog = with_token(open_page(empty_desktop), telegram)
    qtbot.keyClick(dialog.token.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.findChild(UnlockDialog) is not None, timeout=15_000)
    asked = dialog.findChild(UnlockDialog)
    assert asked is not None
    qtbot.keyClicks(asked.fields.first, BELLS)
    qtbot.mouseClick(asked.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.groups.add.isVisible() and dialog.groups.add.isEnabled(), timeout=15_000)
    assert len(connections.connections(empty_desktop.kit.store)) == 1
    dialog.reject()
