"""The calendar in large text and a small window: the head in two rows, the month scrolled, its day always in sight."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from desktop.ui.navigation import PageName
from desktop.ui.pages.calendar.page import CalendarPage
from helpers.window import Desktop


@pytest.fixture
def large(qtbot: QtBot, make_desktop: Callable[..., Desktop]) -> Desktop:
    desktop = make_desktop(scale=2.0)
    window = desktop.open_window()
    window.resize(900, 600)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    desktop.kit.navigation.go(PageName.CALENDAR)
    return desktop


@pytest.fixture
def page(large: Desktop) -> CalendarPage:
    assert large.window is not None
    found = large.window.pages.page
    assert isinstance(found, CalendarPage)
    return found


def _area(page: CalendarPage) -> QScrollArea:
    found = page.stack.widget(0)
    assert isinstance(found, QScrollArea)
    return found


def _seen(page: CalendarPage) -> bool:
    """Whether the day of the keyboard is wholly in sight, below the names of the days."""
    grid, area = page.grid, _area(page)
    box = grid.painter.day_box((grid.day - grid.first).days)
    top = area.verticalScrollBar().value()
    return top + grid.painter.names <= box.top() and box.bottom() < top + area.viewport().height()


def test_given_little_room_when_the_view_is_chosen_then_it_is_in_one_box_that_has_a_name(qtbot: QtBot, page: CalendarPage) -> None:
    assert page.choice.box.isVisible()
    assert not any(chip.isVisible() for chip in page.choice.chips)
    assert page.choice.box.accessibleDescription() == "View of the calendar"
    page.choice.box.setFocus()
    qtbot.keyClick(page.choice.box, Qt.Key.Key_Down)
    assert page.view.name == "week"


def test_given_the_box_when_the_window_grows_then_there_are_chips_again_and_the_focus_stays(qtbot: QtBot, large: Desktop, page: CalendarPage) -> None:
    assert large.window is not None
    page.choice.box.setFocus()
    qtbot.waitUntil(page.choice.box.hasFocus)
    large.window.resize(2560, 1440)
    qtbot.waitUntil(lambda: page.choice.chips[0].isVisible())
    assert not page.choice.box.isVisible()
    assert QApplication.focusWidget() is page.choice.chips[0]


def test_given_a_month_without_room_when_the_keyboard_goes_through_it_then_its_day_is_in_sight(qtbot: QtBot, page: CalendarPage) -> None:
    qtbot.waitUntil(lambda: _area(page).verticalScrollBar().maximum() > 0)
    page.grid.setFocus()
    page.grid.go_to(page.grid.month)
    for _week in range(4):
        qtbot.keyClick(page.grid, Qt.Key.Key_Down)
        assert _seen(page)
    for _week in range(4):
        qtbot.keyClick(page.grid, Qt.Key.Key_Up)
        assert _seen(page)


def test_given_a_month_that_is_scrolled_when_the_names_of_the_days_are_pressed_then_no_day_is(qtbot: QtBot, page: CalendarPage) -> None:
    bar = _area(page).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    page.grid.go_to(page.grid.last - timedelta(days=page.grid.last.day + 1))
    assert bar.value() > 0
    assert page.grid.day_at(QPoint(100, page.grid.scrolled + 3)) is None
    assert page.grid.day_at(QPoint(100, page.grid.scrolled + page.grid.painter.names + 3)) is not None
