"""The page “Settings” by keyboard and mouse, over a real file."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.actions.community import ACCENT
from desktop.store import database, erase, planning, sending
from desktop.ui.autostart import XdgAutostart
from desktop.ui.habits import Closing, Habits
from desktop.ui.navigation import PageName
from desktop.ui.news import EVERYTHING
from desktop.ui.pages.settings.choices import Swatch
from desktop.ui.pages.settings.look import LookSection
from desktop.ui.pages.settings.page import SettingsPage
from desktop.ui.theme import Mode
from helpers.accessible import nameless
from helpers.window import DEVICE, Desktop


@pytest.fixture
def page(qtbot: QtBot, sample_desktop: Desktop) -> SettingsPage:
    window = sample_desktop.open_window()
    with qtbot.waitActive(window):
        window.show()
    sample_desktop.kit.navigation.go(PageName.SETTINGS)
    shown = window.pages.page
    assert isinstance(shown, SettingsPage)
    return shown


def test_given_a_new_name_when_entered_then_it_is_kept_and_an_empty_one_is_refused_in_words(
    qtbot: QtBot, sample_desktop: Desktop, page: SettingsPage
) -> None:
    name = page.home.name
    name.selectAll()
    qtbot.keyClicks(name, "Alvalade Verde II")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert sample_desktop.kit.store.setting("name") == "Alvalade Verde II"

    name.selectAll()
    qtbot.keyClick(name, Qt.Key.Key_Delete)
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert sample_desktop.kit.store.setting("name") == "Alvalade Verde II"
    assert name.toolTip()


def test_given_a_colour_when_chosen_then_the_window_and_the_file_have_it(qtbot: QtBot, sample_desktop: Desktop, page: SettingsPage) -> None:
    swatch = next(one for one in page.home.colours.findChildren(Swatch) if one.accessibleName() == "Green")
    qtbot.mouseClick(swatch, Qt.MouseButton.LeftButton)
    assert sample_desktop.kit.store.setting(ACCENT) == "#2f7d4f" == sample_desktop.kit.theme.accent


def test_given_another_zone_when_chosen_then_all_dates_are_told_in_it(qtbot: QtBot, sample_desktop: Desktop, page: SettingsPage) -> None:
    box = page.home.zone
    assert [box.itemText(number) for number in range(box.count())] == ["Europe/Lisbon"]
    box.fill()  # as when the focus comes to it
    assert box.currentData() == "Europe/Lisbon"
    box.setCurrentIndex(box.findData("Asia/Tokyo"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: sample_desktop.kit.store.setting("zone") == "Asia/Tokyo" and sample_desktop.kit.dates.zone.key == "Asia/Tokyo")


def test_given_a_grace_time_when_set_then_messages_wait_that_long(qtbot: QtBot, sample_desktop: Desktop, page: SettingsPage) -> None:
    page.sending.grace.setValue(30)
    page.sending.grace.editingFinished.emit()
    assert planning.grace(sample_desktop.kit.store).total_seconds() == 30


def test_given_another_computer_sends_when_this_one_takes_over_then_a_person_was_asked_and_it_sends(
    qtbot: QtBot, sample_desktop: Desktop, page: SettingsPage
) -> None:
    store = sample_desktop.kit.store
    with store.write() as conn:
        database.set_setting(conn, sending.COMPUTER, "another")
        database.set_setting(conn, sending.NAME, "Ana’s laptop")
    sample_desktop.kit.operations.news.emit(EVERYTHING)
    assert "Ana’s laptop" in page.sending.who.text()
    qtbot.mouseClick(page.sending.take_over, Qt.MouseButton.LeftButton)
    assert store.setting(sending.COMPUTER) == DEVICE
    assert sample_desktop.asker.asked
    assert not page.sending.take_over.isVisible()


def test_given_a_place_when_backed_up_then_a_verified_copy_is_there_and_listed(
    qtbot: QtBot, sample_desktop: Desktop, page: SettingsPage, tmp_path: Path
) -> None:
    target = tmp_path / "copy.belfry"
    sample_desktop.files.answers.append(target)
    qtbot.mouseClick(page.file.backup, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: str(target) in page.file.copies)
    assert [copy.path for copy in erase.copies(sample_desktop.kit.store)] == [target]


def test_given_a_sound_file_when_looked_through_then_it_says_that_all_is_well(qtbot: QtBot, page: SettingsPage) -> None:
    page.file._look()
    qtbot.waitUntil(lambda: page.file.found.isVisible())
    assert "well" in page.file.found.text()


def test_given_dark_when_chosen_then_the_window_is_dark_now_and_next_time(qtbot: QtBot, sample_desktop: Desktop, page: SettingsPage) -> None:
    box = page.look.mode
    box.setCurrentIndex(box.findData(Mode.DARK.value))
    box.activated.emit(box.currentIndex())
    assert sample_desktop.kit.theme.dark
    assert sample_desktop.kit.state.text("look/mode") == Mode.DARK


def test_given_the_page_then_every_control_has_a_name(page: SettingsPage) -> None:
    assert not nameless(page)


def test_given_what_closing_means_when_chosen_then_it_is_remembered(sample_desktop: Desktop, page: SettingsPage) -> None:
    box = page.look.closing
    box.setCurrentIndex(box.findData(Closing.QUIT.value))
    box.activated.emit(box.currentIndex())
    assert Habits(sample_desktop.kit.state).closing is Closing.QUIT


def test_given_start_at_log_in_when_ticked_then_the_system_starts_belfry_and_unticked_it_does_not(
    qtbot: QtBot, sample_desktop: Desktop, tmp_path: Path
) -> None:
    autostart = XdgAutostart(tmp_path / "config")
    section = LookSection(sample_desktop.kit, autostart)
    qtbot.addWidget(section)
    section.at_login.click()
    assert autostart.enabled
    section.at_login.click()
    assert not autostart.enabled
