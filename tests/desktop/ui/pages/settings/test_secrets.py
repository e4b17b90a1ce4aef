"""Where secrets are kept: choosing it in the window, unlocking at the start, a computer without a keyring."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.community.connections import ConnectionRecord
from desktop.community.ports import NoKeyring, Secret, VaultError, VaultKind
from desktop.engine.vault import FILE_NAME
from desktop.store import connections
from desktop.store.database import Store
from desktop.store.journal import operation
from desktop.ui.dialogs.passphrase import UnlockDialog
from desktop.ui.dialogs.secret_places import SecretPlaces
from desktop.ui.main_window import MainWindow
from desktop.ui.navigation import PageName
from desktop.ui.pages.settings.page import SettingsPage
from desktop.ui.pages.settings.secrets import SecretsSection
from desktop.ui.unlocking import BANNER, Unlocking
from desktop.ui.widgets.banner import Banners
from helpers.accessible import nameless
from helpers.loop_engine import LoopEngine
from helpers.window import Desktop
from resources.translations import phrase

REF, TOKEN = "connection/bot/token", Secret("123456:token")
BELLS = "seven bells in a row"


def with_bot(store: Store) -> None:
    with operation(store, phrase("Connected a bot")) as op:
        connections.put_connection(op, ConnectionRecord("telegram", "Bot", secrets={"token": REF}))


@pytest.fixture
def engine() -> Iterator[LoopEngine]:
    made = LoopEngine()
    yield made
    made.stop()


@pytest.fixture
def bot_desktop(make_desktop: Callable[..., Desktop], engine: LoopEngine) -> Desktop:
    """A community with a bot whose token is in the keyring."""
    made = make_desktop(fill=with_bot)
    made.kit = replace(made.kit, engine=engine)
    made.program.vault.kept[REF] = TOKEN
    return made


@pytest.fixture
def window(qtbot: QtBot, bot_desktop: Desktop) -> MainWindow:
    made = bot_desktop.open_window()
    with qtbot.waitActive(made):
        made.show()
    return made


def section(desktop: Desktop) -> SecretsSection:
    desktop.kit.navigation.go(PageName.SETTINGS)
    assert desktop.window is not None
    page = desktop.window.pages.page
    assert isinstance(page, SettingsPage)
    return page.secrets


def places(qtbot: QtBot, shown: SecretsSection) -> SecretPlaces:
    qtbot.mouseClick(shown.elsewhere, Qt.MouseButton.LeftButton)
    dialog = shown.findChild(SecretPlaces)
    assert dialog is not None
    return dialog


def locked(desktop: Desktop) -> None:
    """The secrets are in a file, and the program has started anew."""
    desktop.program.safe.move(VaultKind.FILE, [REF], Secret(BELLS))
    desktop.program.new_safe()


def test_given_secrets_in_the_keyring_when_a_file_is_chosen_with_the_mouse_then_they_are_moved_and_the_page_says_so(
    qtbot: QtBot, bot_desktop: Desktop, window: MainWindow
) -> None:
    shown = section(bot_desktop)
    assert "keyring" in shown.now.text()
    dialog = places(qtbot, shown)
    assert dialog.place is VaultKind.FILE
    assert not dialog.go.isEnabled()
    assert not nameless(dialog)
    qtbot.keyClicks(dialog.fields.first, BELLS)
    qtbot.keyClicks(dialog.fields.second, "another")
    assert not dialog.go.isEnabled()
    assert "not the same" in dialog.fields.said.text()
    dialog.fields.second.clear()
    qtbot.keyClicks(dialog.fields.second, BELLS)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "passphrase" in shown.now.text())
    assert bot_desktop.program.vault.kept == {}
    assert bot_desktop.program.chosen is VaultKind.FILE
    assert bot_desktop.program.safe.get(REF) == TOKEN
    assert "1 of them came along" in bot_desktop.said[-1].text


def test_given_a_short_passphrase_when_it_is_typed_then_a_hint_says_so_and_it_can_be_used_all_the_same(
    qtbot: QtBot, bot_desktop: Desktop, window: MainWindow
) -> None:
    dialog = places(qtbot, section(bot_desktop))
    for field in (dialog.fields.first, dialog.fields.second):
        qtbot.keyClicks(field, "bells")
    assert "short" in dialog.fields.said.text()
    assert dialog.go.isEnabled()
    assert dialog.fields.first.echoMode() is QLineEdit.EchoMode.Password
    dialog.fields.shown.setFocus()
    qtbot.keyClick(dialog.fields.shown, Qt.Key.Key_Space)
    assert dialog.fields.first.echoMode() is QLineEdit.EchoMode.Normal
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert bot_desktop.program.safe.kind is VaultKind.KEYRING


def test_given_the_keyboard_alone_when_this_run_only_is_chosen_then_nothing_is_written(
    qtbot: QtBot, bot_desktop: Desktop, window: MainWindow
) -> None:
    shown = section(bot_desktop)
    shown.elsewhere.setFocus()
    qtbot.keyClick(shown.elsewhere, Qt.Key.Key_Space)
    dialog = shown.findChild(SecretPlaces)
    assert dialog is not None
    qtbot.waitUntil(dialog.places[VaultKind.FILE].hasFocus)
    qtbot.keyClick(dialog.places[VaultKind.FILE], Qt.Key.Key_Down)
    assert dialog.place is VaultKind.RUN
    assert not dialog.fields.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "until Belfry is quit" in shown.now.text())
    assert bot_desktop.program.vault.kept == {REF: TOKEN}
    assert not (bot_desktop.program.data / FILE_NAME).exists()
    assert bot_desktop.program.chosen is VaultKind.KEYRING


def test_given_a_keyring_that_is_locked_when_secrets_are_moved_then_the_dialog_says_why_and_stays(
    qtbot: QtBot, bot_desktop: Desktop, window: MainWindow
) -> None:
    dialog = places(qtbot, section(bot_desktop))
    bot_desktop.program.vault.trouble = VaultError(phrase("This computer's keyring is locked."))
    for field in (dialog.fields.first, dialog.fields.second):
        qtbot.keyClicks(field, BELLS)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.wrong.isVisible)
    assert "keyring is locked" in dialog.wrong.text()
    assert dialog.go.isEnabled()
    assert bot_desktop.program.safe.kind is VaultKind.KEYRING


@pytest.mark.parametrize(("trouble", "words"), [(None, "It works"), (NoKeyring(phrase("No keyring was found.")), "No keyring")])
def test_given_the_place_when_it_is_tried_out_then_it_says_whether_it_keeps_anything(
    qtbot: QtBot, bot_desktop: Desktop, window: MainWindow, trouble: VaultError | None, words: str
) -> None:
    shown = section(bot_desktop)
    bot_desktop.program.vault.trouble = trouble
    qtbot.mouseClick(shown.try_out, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(shown.found.isVisible)
    assert words in shown.found.text()


def test_given_a_computer_without_a_keyring_when_settings_are_opened_then_that_is_said_and_a_file_with_a_passphrase_is_offered_there(
    qtbot: QtBot, bot_desktop: Desktop, window: MainWindow
) -> None:
    bot_desktop.program.vault.trouble = NoKeyring(phrase("This computer has no safe place for passwords."))
    shown = section(bot_desktop)
    qtbot.waitUntil(shown.file.isVisible)
    assert shown.now.text() == "This computer has no safe place for passwords."
    assert not shown.elsewhere.isVisible()
    shown.file.setFocus()
    qtbot.keyClick(shown.file, Qt.Key.Key_Space)
    dialog = shown.findChild(SecretPlaces)
    assert dialog is not None
    assert dialog.place is VaultKind.FILE
    assert "no safe place" in dialog.sentence.text()
    for field in (dialog.fields.first, dialog.fields.second):
        qtbot.keyClicks(field, BELLS)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "in a file of their own" in shown.now.text())
    assert not shown.file.isVisible()
    assert shown.elsewhere.isVisible()


def test_given_a_keyring_that_is_there_when_settings_are_opened_then_nothing_is_kept_in_it_to_find_out(
    qtbot: QtBot, bot_desktop: Desktop, window: MainWindow
) -> None:
    bot_desktop.program.vault.trouble = VaultError(phrase("This computer's keyring is locked."))  # any use of it would have it ask
    shown = section(bot_desktop)
    qtbot.waitUntil(lambda: not shown._calls.busy)
    assert shown.now.text().startswith("Tokens and passwords are in this computer’s keyring")
    assert not shown.file.isVisible()


# At the start


def begun(desktop: Desktop, window: MainWindow, *, ask: bool = True) -> Unlocking:
    made = Unlocking(desktop.kit, window)
    made.begin(ask=ask)
    return made


def banners(window: MainWindow) -> Banners:
    found = window.findChild(Banners)
    assert found is not None
    return found


def test_given_a_locked_file_when_the_window_opens_then_it_asks_a_wrong_passphrase_is_said_and_the_right_one_unlocks(
    qtbot: QtBot, bot_desktop: Desktop
) -> None:
    locked(bot_desktop)
    window = bot_desktop.open_window()
    with qtbot.waitActive(window):
        window.show()
    begun(bot_desktop, window)
    dialog = window.findChild(UnlockDialog)
    assert dialog is not None
    assert dialog.isVisible()
    assert not nameless(dialog)
    assert banners(window).isVisible()
    qtbot.keyClicks(dialog.fields.first, "eight bells")
    qtbot.keyClick(dialog.fields.first, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.wrong.isVisible)
    assert "not the passphrase" in dialog.wrong.text()
    assert dialog.fields.first.selectedText()
    qtbot.keyClicks(dialog.fields.first, BELLS)
    qtbot.keyClick(dialog.fields.first, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not bot_desktop.program.safe.locked)
    qtbot.waitUntil(lambda: not banners(window).isVisible())
    assert bot_desktop.program.safe.get(REF) == TOKEN


def test_given_a_locked_file_when_it_is_left_for_later_then_the_window_works_and_the_banner_and_settings_offer_to_unlock(
    qtbot: QtBot, bot_desktop: Desktop
) -> None:
    locked(bot_desktop)
    window = bot_desktop.open_window()
    with qtbot.waitActive(window):
        window.show()
    begun(bot_desktop, window)
    first = window.findChild(UnlockDialog)
    assert first is not None
    qtbot.mouseClick(first.cancel, Qt.MouseButton.LeftButton)
    assert bot_desktop.program.safe.locked
    shown = section(bot_desktop)
    assert "locked at the moment" in shown.now.text()
    assert shown.unlock.isVisible()
    assert not shown.elsewhere.isVisible()
    offer = next(one.offer for one in bot_desktop.said if one.key == BANNER)
    assert offer is not None
    offer.do()
    dialog = next(one for one in window.findChildren(UnlockDialog) if one.isVisible())
    qtbot.keyClicks(dialog.fields.first, BELLS)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not shown.unlock.isVisible())
    assert shown.elsewhere.isVisible()


def test_given_a_start_in_the_tray_when_the_file_is_locked_then_nobody_is_asked_and_the_banner_waits(
    qtbot: QtBot, bot_desktop: Desktop, window: MainWindow
) -> None:
    locked(bot_desktop)
    begun(bot_desktop, window, ask=False)
    assert window.findChild(UnlockDialog) is None
    assert banners(window).isVisible()


def test_given_a_community_without_secrets_when_the_file_is_locked_then_nobody_is_asked(
    qtbot: QtBot, sample_desktop: Desktop, engine: LoopEngine
) -> None:
    locked(sample_desktop)
    sample_desktop.kit = replace(sample_desktop.kit, engine=engine)
    window = sample_desktop.open_window()
    begun(sample_desktop, window)
    assert window.findChild(UnlockDialog) is None
    assert not sample_desktop.said


def test_given_no_keyring_when_a_community_with_secrets_opens_then_a_banner_says_so_and_offers_the_two_other_places(
    qtbot: QtBot, bot_desktop: Desktop, window: MainWindow
) -> None:
    bot_desktop.program.vault.trouble = NoKeyring(phrase("This computer has no safe place for passwords."))
    begun(bot_desktop, window)
    qtbot.waitUntil(banners(window).isVisible)
    notice = next(one for one in bot_desktop.said if one.key == BANNER)
    assert "no safe place" in notice.text
    assert notice.offer is not None
    notice.offer.do()
    dialog = window.findChild(SecretPlaces)
    assert dialog is not None
    assert not dialog.places[VaultKind.KEYRING].isEnabled()
    for field in (dialog.fields.first, dialog.fields.second):
        qtbot.keyClicks(field, BELLS)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bot_desktop.program.safe.kind is VaultKind.FILE)
    qtbot.waitUntil(lambda: not banners(window).isVisible())


def test_given_a_keyring_that_waits_to_be_unlocked_when_a_community_opens_then_no_banner_says_that_there_is_none(
    qtbot: QtBot, bot_desktop: Desktop, window: MainWindow
) -> None:
    bot_desktop.program.vault.trouble = VaultError(phrase("This computer's keyring is locked."))
    made = begun(bot_desktop, window)
    qtbot.waitUntil(lambda: not made._calls.busy)
    assert not bot_desktop.said
