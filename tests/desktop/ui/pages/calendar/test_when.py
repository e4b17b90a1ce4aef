"""When an event is, as people type it: what can't be is said at the field, and nothing that was typed is lost."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.actions import event_edits
from desktop.community.events import Event
from desktop.store import events
from desktop.ui.navigation import PageName
from desktop.ui.news import EVERYTHING
from desktop.ui.pages.calendar.page import CalendarPage
from desktop.ui.pages.calendar.when_box import WhenBox
from desktop.ui.widgets.edited import InPlaceLine
from helpers.window import Desktop


def wall(day: int, hour: int) -> datetime:
    return datetime(2026, 12, day, hour)  # noqa: DTZ001  wall time


def opened(qtbot: QtBot, desktop: Desktop, event: Event) -> tuple[WhenBox, str]:
    event_id = event_edits.add(desktop.kit.store, event)
    window = desktop.open_window()
    with qtbot.waitActive(window):
        window.show()
    desktop.kit.navigation.go(PageName.CALENDAR, event_id)
    page = window.pages.page
    assert isinstance(page, CalendarPage)
    when = page.one.when
    qtbot.waitUntil(when.first.isVisible)
    return when, event_id


def evening(qtbot: QtBot, desktop: Desktop, rule: str = "") -> tuple[WhenBox, str]:
    return opened(qtbot, desktop, Event("Rehearsal", wall(6, 18), wall(6, 20), "Europe/Lisbon", rrule=rule))


def type_into(qtbot: QtBot, line: InPlaceLine, text: str) -> None:
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def times(desktop: Desktop, event_id: str) -> tuple[object, object]:
    found = events.get(desktop.kit.store, event_id)
    return found.start, found.end


def test_given_an_end_before_the_start_when_it_is_typed_then_a_sentence_says_so_and_nothing_changes(qtbot: QtBot, empty_desktop: Desktop) -> None:
    when, event_id = evening(qtbot, empty_desktop)
    type_into(qtbot, when.ends, "17:00")
    assert when.problem.isVisible()
    assert when.problem.text() == "It would end before it begins."
    assert times(empty_desktop, event_id) == (wall(6, 18), wall(6, 20))
    empty_desktop.kit.operations.news.emit(EVERYTHING)
    assert when.ends.text() == "17:00"
    assert when.problem.isVisible()


def test_given_an_end_before_the_start_when_the_next_day_is_meant_then_one_press_says_so(qtbot: QtBot, empty_desktop: Desktop) -> None:
    when, event_id = evening(qtbot, empty_desktop)
    type_into(qtbot, when.ends, "2:00")
    qtbot.mouseClick(when.next_day, Qt.MouseButton.LeftButton)
    assert times(empty_desktop, event_id) == (wall(6, 18), wall(7, 2))
    assert not when.problem.isVisible()
    assert when.last.line.text() == "Mon 7 Dec 2026"


def test_given_an_end_before_the_start_when_the_start_is_mended_then_both_are_as_typed(qtbot: QtBot, empty_desktop: Desktop) -> None:
    when, event_id = evening(qtbot, empty_desktop)
    type_into(qtbot, when.ends, "17:00")
    type_into(qtbot, when.begins, "15:00")
    assert times(empty_desktop, event_id) == (wall(6, 15), wall(6, 17))
    assert not when.problem.isVisible()


@pytest.mark.parametrize("text", ["31 Feb", "soon", "32/12/2026"])
def test_given_a_day_that_is_none_when_it_is_typed_then_a_sentence_says_so_and_it_stays_to_be_mended(
    qtbot: QtBot, empty_desktop: Desktop, text: str
) -> None:
    when, event_id = evening(qtbot, empty_desktop)
    type_into(qtbot, when.first.line, text)
    assert when.first.problem == f"“{text}” is no day. Write it as in 23 Nov 2026."
    empty_desktop.kit.operations.news.emit(EVERYTHING)
    assert when.first.line.text() == text
    assert times(empty_desktop, event_id) == (wall(6, 18), wall(6, 20))
    type_into(qtbot, when.first.line, "13 dec")
    assert when.first.problem == ""
    assert times(empty_desktop, event_id) == (wall(13, 18), wall(13, 20))


def test_given_a_last_day_before_the_first_when_it_is_typed_then_a_sentence_says_so(qtbot: QtBot, empty_desktop: Desktop) -> None:
    when, event_id = opened(qtbot, empty_desktop, Event("Fair", date(2026, 12, 6), date(2026, 12, 8)))
    type_into(qtbot, when.last.line, "5 Dec")
    assert when.problem.text() == "The last day is before the first."
    assert times(empty_desktop, event_id) == (date(2026, 12, 6), date(2026, 12, 8))
    assert when.last.line.text() == "Sat 5 Dec 2026"


def test_given_a_time_that_is_none_when_it_is_typed_then_the_sentence_is_seen(qtbot: QtBot, empty_desktop: Desktop) -> None:
    when, _event_id = evening(qtbot, empty_desktop)
    type_into(qtbot, when.begins, "noonish")
    assert when.problem.isVisible()
    assert when.problem.text() == "“noonish” is no time. Write it as in 18:30."


def test_given_a_repetition_when_its_last_day_is_before_its_first_then_a_sentence_says_so(qtbot: QtBot, empty_desktop: Desktop) -> None:
    _when, event_id = evening(qtbot, empty_desktop, "FREQ=WEEKLY;UNTIL=20270301")
    assert empty_desktop.window is not None
    page = empty_desktop.window.pages.page
    assert isinstance(page, CalendarPage)
    qtbot.mouseClick(page.one.all_dates, Qt.MouseButton.LeftButton)
    until = page.one.repeats.more.until
    type_into(qtbot, until.line, "1 Dec 2026")
    assert until.problem == "It can’t be before Sun 6 Dec."
    assert events.get(empty_desktop.kit.store, event_id).rrule == "FREQ=WEEKLY;UNTIL=20270301"


def test_given_a_day_when_down_is_pressed_with_alt_then_a_calendar_lies_below_it_and_a_day_is_chosen(qtbot: QtBot, empty_desktop: Desktop) -> None:
    when, event_id = evening(qtbot, empty_desktop)
    qtbot.keyClick(when.first.line, Qt.Key.Key_Up)
    assert times(empty_desktop, event_id) == (wall(7, 18), wall(7, 20))
    qtbot.keyClick(when.first.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = when.first.calendar
    assert calendar is not None
    assert calendar.isVisible()
    view = calendar.focusProxy()
    assert view is not None
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert not calendar.isVisible()
    assert times(empty_desktop, event_id) == (wall(8, 18), wall(8, 20))
