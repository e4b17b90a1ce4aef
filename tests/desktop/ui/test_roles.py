"""Titles are heard as headings, messages as alerts, the month and the week as tables."""

import gc

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.navigation import PageName
from desktop.ui.pages.calendar.page import CalendarPage
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.toasts import Toast
from helpers.window import Desktop


def heard(widget: QWidget) -> tuple[QAccessible.Role, str]:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.role(), found.text(QAccessible.Text.Name)


def test_given_every_page_when_it_is_heard_then_its_title_is_a_heading(qtbot: QtBot, sample_desktop: Desktop) -> None:
    window = sample_desktop.open_window()
    window.show()
    for name in PageName:
        sample_desktop.kit.navigation.go(name)
        assert window.pages.page is not None
        assert heard(window.pages.page.title) == (QAccessible.Role.Heading, window.pages.page.title.text())


def test_given_the_calendar_when_it_is_heard_then_month_and_week_are_tables(qtbot: QtBot, sample_desktop: Desktop) -> None:
    window = sample_desktop.open_window()
    window.show()
    sample_desktop.kit.navigation.go(PageName.CALENDAR)
    page = window.pages.page
    assert isinstance(page, CalendarPage)
    page.do("week")
    assert [heard(grid)[0] for grid in (page.grid, page.week)] == [QAccessible.Role.Table] * 2
    assert all(heard(grid)[1] for grid in (page.grid, page.week))


def test_given_toasts_and_a_banner_when_they_are_heard_then_they_are_alerts_and_come_and_go_without_harm(
    qtbot: QtBot, empty_desktop: Desktop
) -> None:
    window = empty_desktop.open_window()
    window.show()
    empty_desktop.kit.notices.keep("kept", "Something to know.")
    for number in range(30):
        empty_desktop.kit.notices.say(f"Said {number}")
        gc.collect()
        [*_before, toast] = window.findChildren(Toast)
        assert heard(toast) == (QAccessible.Role.AlertMessage, f"Said {number}")
        QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
    assert [heard(banner) for banner in window.findChildren(Banner)] == [(QAccessible.Role.AlertMessage, "Something to know.")]


def test_given_a_label_of_no_special_role_when_it_is_heard_then_qt_says_what_it_is(qtbot: QtBot) -> None:
    plain = QLabel("Plain")
    qtbot.addWidget(plain)
    assert heard(plain) == (QAccessible.Role.StaticText, "Plain")
