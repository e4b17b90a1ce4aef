"""Where no program takes what is to be opened, the window says so and gives what can be copied."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop.store import finding
from desktop.ui.main_window import MainWindow
from desktop.ui.native import NativeOpener
from desktop.ui.navigation import PageName
from desktop.ui.opening import NotOpened, unopened
from desktop.ui.pages.channels.connect_dialog import Start
from desktop.ui.pages.channels.page import ChannelsPage
from desktop.ui.widgets.toasts import Toast
from helpers.window import Desktop


def opened(qtbot: QtBot, desktop: Desktop, page: PageName) -> MainWindow:
    desktop.opener.has_program = False
    window = desktop.open_window()
    with qtbot.waitActive(window):
        window.show()
    desktop.kit.navigation.go(page)
    return window


def press(qtbot: QtBot, window: MainWindow, words: str) -> None:
    found = next(one for one in window.findChildren(QPushButton) if one.text() == words and one.isVisible())
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def test_given_no_file_manager_when_the_folder_is_to_be_shown_then_a_sentence_says_so_and_copies_the_path(
    qtbot: QtBot, empty_desktop: Desktop
) -> None:
    window = opened(qtbot, empty_desktop, PageName.SETTINGS)
    folder = str(empty_desktop.kit.store.path.parent)
    press(qtbot, window, "Show the folder")
    assert empty_desktop.said[-1].text == f"This computer has no program that could show {folder}."
    press(qtbot, window, "Copy the path")
    assert QGuiApplication.clipboard().text() == folder
    assert [toast.key for toast in window.findChildren(Toast) if toast.isVisible()] == ["opening"]


def test_given_no_mail_program_when_a_member_is_written_to_then_the_address_can_be_copied(qtbot: QtBot, sample_desktop: Desktop) -> None:
    window = opened(qtbot, sample_desktop, PageName.MEMBERS)
    sample_desktop.kit.navigation.go(PageName.MEMBERS, finding.members(sample_desktop.kit.store, "catarina", 1)[0][0])
    ways: list[QToolButton] = []

    def shown() -> bool:
        ways[:] = [one for one in window.findChildren(QToolButton) if one.accessibleName() == "Write by E-mail"]
        return bool(ways)

    qtbot.waitUntil(shown)
    qtbot.mouseClick(ways[0], Qt.MouseButton.LeftButton)
    address = sample_desktop.said[-1].text.partition("write to ")[2].partition(" or call")[0]
    assert "@" in address
    press(qtbot, window, "Copy the address")
    assert QGuiApplication.clipboard().text() == address


def test_given_no_browser_when_a_link_of_a_dialog_is_opened_then_the_sentence_stands_over_the_dialog(qtbot: QtBot, empty_desktop: Desktop) -> None:
    window = opened(qtbot, empty_desktop, PageName.CHANNELS)
    page = window.pages.page
    assert isinstance(page, ChannelsPage)
    dialog = page.open_steps(Start.CHOOSE)
    dialog.choose("telegram")
    qtbot.mouseClick(dialog.token.open, Qt.MouseButton.LeftButton)
    sheet = dialog.findChild(NotOpened)
    assert sheet is not None
    assert sheet.isVisible()
    assert sheet.sentence.text() == "This computer opened no browser for t.me."
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == "https://t.me/BotFather?text=%2Fnewbot"
    page.close_steps()


@pytest.mark.parametrize(
    ("address", "copied"),
    [
        ("mailto:ana@example.org?body=Hello", "ana@example.org"),
        ("tel:+351912345678", "+351912345678"),
        ("tg://resolve?domain=belfry", "tg://resolve?domain=belfry"),
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("/home/ana/Belfry", "/home/ana/Belfry"),
    ],
)
def test_given_what_no_program_takes_when_it_is_copied_then_it_can_be_used_as_it_is(address: str, copied: str) -> None:
    assert unopened(address).copied == copied


def test_given_a_system_that_opens_nothing_when_the_programs_own_opener_is_asked_then_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def opens_nothing(url: QUrl) -> bool:
        asked.append(url.toString())
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", opens_nothing)
    assert not NativeOpener().open("https://example.org")
    assert not NativeOpener().open("/home/ana")
    assert asked == ["https://example.org", "file:///home/ana"]
