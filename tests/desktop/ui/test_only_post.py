"""“I only post”: the window leaves Today, Announcements and Undo, at once, and gives everything back."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.community.members import Member
from desktop.store import ledger, members
from desktop.store.journal import operation
from desktop.ui.byhand.runner import Runner
from desktop.ui.dialogs.help import HelpDialog
from desktop.ui.habits import Habits
from desktop.ui.main_window import MainWindow
from desktop.ui.navigation import PageName
from desktop.ui.news import EVERYTHING
from desktop.ui.pages.announcements.page import AnnouncementsPage
from desktop.ui.pages.settings.page import SettingsPage
from desktop.ui.pages.today.page import TodayPage
from desktop.ui.palette.sources import records
from helpers.hand import hand_over
from helpers.window import Desktop
from integrations.practice.manifest import MANIFEST as PRACTICE
from resources.translations import phrase

POSTING = [PageName.TODAY, PageName.ANNOUNCEMENTS, PageName.SETTINGS]
OTHERS = [PageName.MEMBERS, PageName.CALENDAR, PageName.CHANNELS]


def places(window: MainWindow) -> list[str]:
    """The names in the rail that can be seen."""
    return [name for name, button in window.rail._buttons.items() if button.isVisible()]


def menus(window: MainWindow) -> list[str]:
    return [action.text() for action in window.menuBar().actions() if action.isVisible()]


def shown(desktop: Desktop) -> PageName:
    assert desktop.window is not None
    page = desktop.window.pages.page
    assert page is not None
    return page.entry.name


def opened(qtbot: QtBot, desktop: Desktop) -> MainWindow:
    window = desktop.open_window()
    with qtbot.waitActive(window):
        window.show()
    return window


def settings(desktop: Desktop) -> SettingsPage:
    desktop.kit.navigation.go(PageName.SETTINGS)
    assert desktop.window is not None
    page = desktop.window.pages.page
    assert isinstance(page, SettingsPage)
    return page


@pytest.fixture
def poster(qtbot: QtBot, sample_desktop: Desktop) -> Desktop:
    """The sample, in the hands of somebody who only posts."""
    Habits(sample_desktop.kit.state).post_only(True)
    sample_desktop.kit.navigation.narrow(True)
    opened(qtbot, sample_desktop)
    return sample_desktop


def test_given_the_switch_when_it_is_ticked_with_the_mouse_then_three_places_are_left_and_unticked_all_are_back(
    qtbot: QtBot, sample_desktop: Desktop
) -> None:
    window = opened(qtbot, sample_desktop)
    every = menus(window)
    page = settings(sample_desktop)
    qtbot.mouseClick(page.posting.only, Qt.MouseButton.LeftButton, pos=page.posting.only.rect().topLeft() + page.posting.only.rect().center() / 8)
    assert places(window) == POSTING
    assert Habits(sample_desktop.kit.state).only_post
    assert not page.home.isVisible()
    assert not page.file.isVisible()
    assert page.look.isVisible()
    assert "Members" not in menus(window)
    assert {"Today", "Announcements", "Edit"} <= set(menus(window))

    page.posting.only.setFocus()
    qtbot.keyClick(page.posting.only, Qt.Key.Key_Space)
    assert len(places(window)) == len(PageName)
    assert menus(window) == every
    assert page.home.isVisible()
    assert not Habits(sample_desktop.kit.state).only_post


def test_given_only_posting_when_keys_are_pressed_then_they_go_to_the_three_places_and_no_further(qtbot: QtBot, poster: Desktop) -> None:
    window = poster.window
    assert window is not None
    seen = []
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_6):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        seen.append(shown(poster))
    assert seen == [*POSTING, *[PageName.SETTINGS] * 3]
    tips = [window.rail._buttons[name.value].toolTip() for name in POSTING]
    assert ["1" in tips[0], "2" in tips[1], "3" in tips[2]] == [True] * 3


def test_given_only_posting_when_anything_is_looked_for_then_no_member_event_or_foreign_command_is_found(poster: Desktop) -> None:
    window, kit = poster.window, poster.kit
    assert window is not None
    with operation(kit.store, phrase("Added a member")) as op:
        members.add(op, Member("Soupina Silva"))
    find = records(kit.store, kit.navigation)
    found = {one.detail for letter in "aeiou" for one in find(letter)}
    assert found == {"Announcement"}
    offered = {action.text() for action in window.commands.every()}
    assert {"New announcement", "Show the drafts", "Undo", "Today", "Announcements", "Settings"} <= offered
    assert not {"Members", "Calendar", "Channels", "Connect …", "Open another community …"} & offered
    kit.navigation.narrow(False)
    assert {one.detail for letter in "aeiou" for one in find(letter)} == {"Member", "Event", "Announcement"}


def test_given_only_posting_when_something_leads_elsewhere_then_it_leads_to_today(poster: Desktop) -> None:
    for page in OTHERS:
        poster.kit.navigation.go(PageName.ANNOUNCEMENTS)
        poster.kit.navigation.go(page, "some-id")
        assert shown(poster) is PageName.TODAY


def test_given_only_posting_when_today_is_seen_then_events_are_read_and_lead_nowhere(qtbot: QtBot, poster: Desktop) -> None:
    poster.kit.navigation.go(PageName.TODAY)
    assert poster.window is not None
    page = poster.window.pages.page
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: bool(page.events.rows))
    assert not any(row.isEnabled() for row in page.events.rows)
    assert page.going.rows[0].isEnabled()
    qtbot.mouseClick(page.events.rows[0], Qt.MouseButton.LeftButton)
    assert shown(poster) is PageName.TODAY
    poster.kit.navigation.narrow(False)
    assert all(row.isEnabled() for row in page.events.rows)


def test_given_only_posting_when_a_connection_is_paused_then_today_says_whom_to_tell(qtbot: QtBot, poster: Desktop) -> None:
    store = poster.kit.store
    connection = store.value("SELECT id FROM connection WHERE service = ?", (PRACTICE.id,))
    with store.write() as conn:
        ledger.pause(conn, connection, phrase("The bot was thrown out."))
    poster.kit.navigation.go(PageName.TODAY)
    assert poster.window is not None
    page = poster.window.pages.page
    assert isinstance(page, TodayPage)
    page.refresh(EVERYTHING)
    qtbot.waitUntil(lambda: bool(page.waits.paused))
    row = next(iter(page.waits.paused.values()))
    assert row._reason.isVisible()
    assert not row.button.isVisible()
    poster.kit.navigation.narrow(False)
    assert row.button.isVisible()


def test_given_only_posting_when_what_waits_is_posted_by_hand_then_the_runner_opens_and_comes_back(qtbot: QtBot, poster: Desktop) -> None:
    window = poster.window
    assert window is not None
    hand_over(poster.kit.store, 2)
    poster.kit.navigation.go(PageName.TODAY)
    page = window.pages.page
    assert isinstance(page, TodayPage)
    page.refresh(EVERYTHING)
    qtbot.waitUntil(lambda: page.can("walk"))
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: isinstance(window.pages.currentWidget(), Runner))
    runner = window.pages.currentWidget()
    assert isinstance(runner, Runner)
    runner.left.emit()
    assert shown(poster) is PageName.TODAY


def test_given_only_posting_and_no_group_when_somebody_writes_then_they_are_told_whom_to_ask(qtbot: QtBot, empty_desktop: Desktop) -> None:
    empty_desktop.kit.navigation.narrow(True)
    window = opened(qtbot, empty_desktop)
    empty_desktop.kit.navigation.go(PageName.TODAY)
    today = window.pages.page
    assert isinstance(today, TodayPage)
    qtbot.waitUntil(lambda: today._views.currentIndex() == 1)
    assert today._write.isVisible()
    qtbot.mouseClick(today._write, Qt.MouseButton.LeftButton)
    page = window.pages.page
    assert isinstance(page, AnnouncementsPage)
    page.compose()
    assert not page.composer.places._connect.isVisible()
    assert "organizer" in page.composer.places._none.text()
    empty_desktop.kit.navigation.narrow(False)
    assert page.composer.places._connect.isVisible()


def test_given_only_posting_when_undo_is_pressed_then_the_last_change_is_taken_back(qtbot: QtBot, poster: Desktop) -> None:
    store, window = poster.kit.store, poster.window
    assert window is not None
    with operation(store, phrase("Added a member")) as op:
        members.add(op, Member("Soupina Silva"))
    before = members.count(store)
    poster.kit.navigation.go(PageName.SETTINGS)
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: members.count(store) == before - 1)


def test_given_only_posting_when_help_is_opened_then_it_names_the_keys_that_are_left(qtbot: QtBot, poster: Desktop) -> None:
    window = poster.window
    assert window is not None
    qtbot.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(HelpDialog)
    assert dialog is not None
    texts = [one.text() for one in dialog.findChildren(type(dialog.sentence))]
    assert any("Ctrl+1 … Ctrl+3" in text for text in texts)
    assert not any("member" in text for text in texts)
    dialog.reject()


def test_given_members_was_open_last_when_it_starts_for_who_only_posts_then_today_opens(qtbot: QtBot, sample_desktop: Desktop) -> None:
    sample_desktop.kit.state.keep("window/page", PageName.MEMBERS.value)
    sample_desktop.kit.navigation.narrow(True)
    opened(qtbot, sample_desktop)
    assert shown(sample_desktop) is PageName.TODAY
