"""F1: help with the page that is shown."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.dialogs.help import PURPOSES, HelpDialog
from desktop.ui.navigation import PageName
from helpers.accessible import nameless
from helpers.window import Desktop


@pytest.mark.parametrize("name", [PageName.MEMBERS, PageName.SETTINGS])
def test_given_a_page_when_f1_is_pressed_then_its_purpose_and_keys_show_and_escape_closes(
    qtbot: QtBot, sample_desktop: Desktop, name: PageName
) -> None:
    window = sample_desktop.open_window()
    with qtbot.waitActive(window):
        window.show()
    sample_desktop.kit.navigation.go(name)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    help_shown = window.findChild(HelpDialog)
    assert isinstance(help_shown, HelpDialog)
    assert help_shown.sentence.text() == PURPOSES[name]
    assert not nameless(help_shown)
    qtbot.keyClick(help_shown, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(HelpDialog) is None or not help_shown.isVisible())


def test_given_all_pages_then_each_has_a_purpose() -> None:
    assert set(PURPOSES) == set(PageName)
