"""Ctrl+Z is about what was done last, says so quietly, and never takes something else back without a word."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.actions.channel_edits import add_by_hand
from desktop.community.announcements import Announcement
from desktop.community.deliveries import State
from desktop.store import announcements, ledger
from desktop.store.database import Store
from desktop.store.journal import operation
from desktop.ui.byhand.entry import open_runner
from desktop.ui.main_window import MainWindow
from desktop.ui.navigation import PageName
from desktop.ui.notices import Tone
from desktop.ui.pages.announcements.page import AnnouncementsPage
from desktop.ui.pages.today.page import TodayPage
from desktop.ui.pages.today.words import Deed
from desktop.ui.widgets.toasts import Toast
from helpers.hand import hand_over
from helpers.window import Desktop
from resources.translations import phrase

ASIDE = "1 posting is ticked off.\nThat stays so. Done before it: Announced “Soup for all”"


def soup(store: Store) -> None:
    forum = add_by_hand(store, "Forum", "https://example.org/forum", "plain")
    with operation(store, phrase("Announced “{text}”", text="Soup for all")) as op:
        announcements.add(op, Announcement("Soup for all", (forum,)))
    hand_over(store)


def opened(qtbot: QtBot, desktop: Desktop, page: PageName = PageName.TODAY) -> MainWindow:
    window = desktop.open_window()
    with qtbot.waitActive(window):
        window.show()
    desktop.kit.navigation.go(page)
    return window


def undo(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def toasts(window: MainWindow) -> list[Toast]:
    return window.toasts.toasts()


def states(desktop: Desktop) -> list[State]:
    return [one.state for one in ledger.listed(desktop.kit.store.conn)]


def test_given_nothing_done_when_ctrl_z_is_pressed_twice_then_one_quiet_toast_says_so(qtbot: QtBot, empty_desktop: Desktop) -> None:
    window = opened(qtbot, empty_desktop)
    for times in (1, 2):
        undo(qtbot, window)
        qtbot.waitUntil(lambda times=times: len(empty_desktop.said) == times)  # type: ignore[misc]  # of this turn
    assert [(notice.text, notice.tone) for notice in empty_desktop.said] == [("There is nothing to undo.", Tone.PLAIN)] * 2
    assert len(toasts(window)) == 1


def test_given_a_posting_ticked_off_in_the_runner_when_ctrl_z_is_pressed_then_the_announcement_stays_and_a_sentence_offers_it(
    qtbot: QtBot, make_desktop: Callable[..., Desktop]
) -> None:
    desktop = make_desktop(fill=soup)
    window = opened(qtbot, desktop)
    runner = open_runner(desktop.kit, window.pages)
    for _press in range(2):
        qtbot.keyClick(runner.forth, Qt.Key.Key_Space)
    assert states(desktop) == [State.SENT]
    undo(qtbot, window)
    assert desktop.said[-1].text == ASIDE
    assert len(list(announcements.every(desktop.kit.store))) == 1
    assert states(desktop) == [State.SENT]
    [toast] = toasts(window)
    qtbot.mouseClick(next(one for one in toast.findChildren(QPushButton) if one.text() == "Undo that"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "is out in 1 group already" in desktop.said[-1].text)
    assert len(list(announcements.every(desktop.kit.store))) == 1


def test_given_what_waits_is_left_on_today_when_ctrl_z_is_pressed_then_that_is_taken_back(qtbot: QtBot, make_desktop: Callable[..., Desktop]) -> None:
    desktop = make_desktop(fill=soup)
    window = opened(qtbot, desktop)
    page = window.pages.page
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: bool(page.waits.rows))
    [row] = page.waits.rows.values()
    qtbot.mouseClick(row.deeds[Deed.LEAVE], Qt.MouseButton.LeftButton)
    assert states(desktop) == [State.CANCELLED]
    undo(qtbot, window)
    assert states(desktop) == [State.QUEUED]
    assert desktop.said[-1].text == "Undone: “Soup for all” is not going out to Forum."
    assert len(toasts(window)) == 1
    undo(qtbot, window)
    qtbot.waitUntil(lambda: desktop.said[-1].text == "Undone: Announced “Soup for all”")


def test_given_something_new_done_after_a_tick_when_ctrl_z_is_pressed_then_that_is_undone(qtbot: QtBot, make_desktop: Callable[..., Desktop]) -> None:
    desktop = make_desktop(fill=soup)
    window = opened(qtbot, desktop)
    runner = open_runner(desktop.kit, window.pages)
    for _press in range(2):
        qtbot.keyClick(runner.forth, Qt.Key.Key_Space)
    desktop.kit.operations.run(lambda store: add_by_hand(store, "Board", "", "plain"))
    undo(qtbot, window)
    qtbot.waitUntil(lambda: desktop.said[-1].text.startswith("Undone:"))
    assert "Board" in desktop.said[-1].text


def test_given_a_draft_that_was_kept_by_itself_when_it_is_undone_then_it_is_called_a_new_draft(
    qtbot: QtBot, make_desktop: Callable[..., Desktop]
) -> None:
    desktop = make_desktop(fill=soup)
    window = opened(qtbot, desktop, PageName.ANNOUNCEMENTS)
    page = window.pages.page
    assert isinstance(page, AnnouncementsPage)
    page.compose()
    qtbot.keyClicks(page.composer.editor.field, "Cake")
    qtbot.keyClick(page.composer.editor.field, Qt.Key.Key_Escape)
    undo(qtbot, window)
    qtbot.waitUntil(lambda: [notice.text for notice in desktop.said] == ["Undone: New draft “Cake”"])
