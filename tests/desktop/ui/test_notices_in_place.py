"""Where toasts and banners are seen: never over a page's buttons, and what is about one page is not said on another."""

from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.actions.members import import_members
from desktop.ui.byhand.entry import open_runner
from desktop.ui.main_window import MainWindow
from desktop.ui.navigation import PageName
from desktop.ui.pages.announcements.page import AnnouncementsPage
from desktop.ui.widgets.banner import Banner
from helpers.announcing import LEFT, write
from helpers.hand import hand_over
from helpers.window import Desktop


def opened(qtbot: QtBot, desktop: Desktop, page: PageName) -> MainWindow:
    window = desktop.open_window()
    window.resize(900, 600)
    with qtbot.waitActive(window):
        window.show()
    desktop.kit.navigation.go(page)
    return window


def place(widget: QWidget, window: MainWindow) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def test_given_the_composer_when_toasts_are_shown_then_they_lie_above_its_foot_and_the_sheets(qtbot: QtBot, sample_desktop: Desktop) -> None:
    window = opened(qtbot, sample_desktop, PageName.ANNOUNCEMENTS)
    page = window.pages.page
    assert isinstance(page, AnnouncementsPage)
    for number in range(3):
        sample_desktop.kit.notices.say(f"Said {number}")
    on_the_lists = window.toasts.geometry().bottom()
    write(qtbot, page, sample_desktop, "Tea at four", "Newsletter")
    qtbot.waitUntil(lambda: place(page.composer.foot, window).top() > place(window.toasts, window).bottom())
    qtbot.mouseClick(page.composer.send, LEFT)
    assert page.stack.currentWidget() is page.sheet
    qtbot.waitUntil(lambda: place(page.sheet.foot, window).top() > place(window.toasts, window).bottom())
    page.to_beginning()
    qtbot.waitUntil(lambda: window.toasts.geometry().bottom() == on_the_lists)


def test_given_the_runner_when_a_toast_is_shown_then_it_lies_above_its_buttons(qtbot: QtBot, sample_desktop: Desktop) -> None:
    hand_over(sample_desktop.kit.store, 4)
    window = opened(qtbot, sample_desktop, PageName.TODAY)
    runner = open_runner(sample_desktop.kit, window.pages)
    sample_desktop.kit.notices.say("Said")
    qtbot.waitUntil(lambda: place(runner.forth, window).top() > place(window.toasts, window).bottom())


def test_given_something_wrong_on_a_page_when_another_is_opened_then_it_is_not_said_there_and_undo_still_is(
    qtbot: QtBot, sample_desktop: Desktop
) -> None:
    window = opened(qtbot, sample_desktop, PageName.MEMBERS)
    sample_desktop.kit.notices.problem("That could not be.")
    sample_desktop.kit.notices.say("Added Ana", key="undo")
    assert len(window.toasts.toasts()) == 2
    sample_desktop.kit.navigation.go(PageName.CALENDAR)
    assert [toast.key for toast in window.toasts.toasts()] == ["undo"]


def test_given_rows_that_were_left_out_of_an_import_when_another_page_is_opened_then_the_banner_waits_on_its_own(
    qtbot: QtBot, empty_desktop: Desktop, tmp_path: Path
) -> None:
    from desktop.ui.pages.members.import_dialog import tell_left_out

    table = tmp_path / "people.csv"
    table.write_text("Name,Birthday\nAna,1980-12-10\n,1980-12-11\n", "utf-8")
    window = opened(qtbot, empty_desktop, PageName.MEMBERS)
    empty_desktop.kit.operations.run(lambda store: import_members(store, table, {}), lambda report: tell_left_out(empty_desktop.kit, report))
    [banner] = window.findChildren(Banner)
    assert banner.isVisible()
    empty_desktop.kit.navigation.go(PageName.CALENDAR)
    assert not banner.isVisible()
    empty_desktop.kit.navigation.go(PageName.MEMBERS)
    assert banner.isVisible()
