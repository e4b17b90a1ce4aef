"""The week by mouse and keyboard."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.actions import event_edits
from desktop.community.events import Event
from desktop.store import events, occurrences
from desktop.ui.navigation import PageName
from desktop.ui.pages.calendar.page import CalendarPage
from helpers.accessible import nameless
from helpers.window import Desktop

TODAY = date(2026, 11, 23)
WEDNESDAY, THURSDAY, FRIDAY = (TODAY + timedelta(days=number) for number in (2, 3, 4))
LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
WORKSHOP, GREENHOUSE = "Workshop: compost on a balcony", "Greenhouse evening"
Open = Callable[[Desktop], CalendarPage]


@pytest.fixture
def open_page(qtbot: QtBot) -> Open:
    """Opens the calendar on the week of today, so high that all hours are seen."""

    def opened(desktop: Desktop) -> CalendarPage:
        occurrences.refresh(desktop.kit.store)
        window = desktop.open_window()
        window.resize(1300, 1500)
        with qtbot.waitActive(window):
            window.show()
        desktop.kit.navigation.go(PageName.CALENDAR)
        page = window.pages.page
        assert isinstance(page, CalendarPage)
        page.do("week")
        page.week.setFocus()
        qtbot.waitUntil(lambda: not desktop.kit.reader.busy and page.week.places.width > 700)
        return page

    return opened


def wall(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute))


def at(page: CalendarPage, day: date, hour: int, minute: int = 0) -> QPoint:
    """Just below a time, beside the blocks of the day."""
    left, wide = page.week.places.column((day - page.week.first).days)
    return QPoint(left + wide - 2, page.week.places.y(hour * 60 + minute) + 3)


def in_day_row(page: CalendarPage, day: date) -> QPoint:
    box = page.week.places.day_row_box((day - page.week.first).days)
    return QPoint(box.right() - 2, box.bottom() - 2)


def block_of(page: CalendarPage, title: str) -> QPoint:
    one = next(one for one in page.week.found if one.occurrence.title == title)
    box = page.week.box_of(one.key)
    assert box is not None
    return box.center()


def drag(qtbot: QtBot, page: CalendarPage, start: QPoint, end: QPoint) -> None:
    seen = page.week.viewport()
    qtbot.mousePress(seen, LEFT, pos=start)
    qtbot.mouseMove(seen, start + (end - start) / 2)
    qtbot.mouseMove(seen, end)
    qtbot.mouseRelease(seen, LEFT, pos=end)


def named(desktop: Desktop, title: str) -> Event:
    return next(event for event in events.every(desktop.kit.store) if event.title == title and not event.series_id)


def dates(page: CalendarPage, title: str) -> list[tuple[datetime | None, datetime | None]]:
    return [(one.at, one.until) for one in page.week.found if one.occurrence.title == title]


def type_title(qtbot: QtBot, page: CalendarPage, title: str) -> None:
    assert page.one.title.hasFocus()
    qtbot.keyClicks(page.one.title, title)
    qtbot.keyClick(page.one.title, Qt.Key.Key_Return)


def test_given_the_sample_when_the_week_opens_then_its_dates_are_there_and_it_is_remembered(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    page = open_page(sample_desktop)
    assert page.period.text() == "23–29 Nov 2026"
    assert dates(page, GREENHOUSE) == [(wall(WEDNESDAY, 18, 30), wall(WEDNESDAY, 21))]
    assert any(one.occurrence.cancelled for one in page.week.found)
    assert sample_desktop.kit.state.text("calendar/view") == "week"
    assert page.back.toolTip() == "The week before"


def test_given_a_click_on_an_empty_half_hour_when_a_title_is_typed_then_the_event_is_made_there(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    page = open_page(sample_desktop)
    qtbot.mouseClick(page.week.viewport(), LEFT, pos=at(page, THURSDAY, 15, 30))
    assert page.week.draft == (wall(THURSDAY, 15, 30), wall(THURSDAY, 16, 30))
    type_title(qtbot, page, "Choir")
    made = named(sample_desktop, "Choir")
    assert (made.start, made.end, made.zone) == (wall(THURSDAY, 15, 30), wall(THURSDAY, 16, 30), "Europe/Lisbon")
    assert page.week.chosen == (made.id, "")
    assert page.week.draft is None


def test_given_a_drag_over_times_when_a_title_is_typed_then_the_event_is_as_long(qtbot: QtBot, sample_desktop: Desktop, open_page: Open) -> None:
    page = open_page(sample_desktop)
    drag(qtbot, page, at(page, THURSDAY, 15, 30), at(page, THURSDAY, 13))
    type_title(qtbot, page, "Choir")
    made = named(sample_desktop, "Choir")
    assert (made.start, made.end) == (wall(THURSDAY, 13), wall(THURSDAY, 16))


def test_given_a_drag_over_the_row_of_whole_days_when_a_title_is_typed_then_the_event_takes_those_days(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    page = open_page(sample_desktop)
    drag(qtbot, page, in_day_row(page, WEDNESDAY), in_day_row(page, FRIDAY))
    type_title(qtbot, page, "Camp")
    made = named(sample_desktop, "Camp")
    assert (made.start, made.end, made.zone) == (WEDNESDAY, FRIDAY + timedelta(days=1), "")
    assert [piece.columns for _box, piece in page.week.bars() if piece.what.occurrence.title == "Camp"] == [3]


def test_given_an_event_when_it_is_clicked_then_it_opens_and_a_double_click_edits_its_title(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    page = open_page(sample_desktop)
    qtbot.mouseClick(page.week.viewport(), LEFT, pos=block_of(page, GREENHOUSE))
    assert (page.one.title.text(), page.one.title.hasFocus()) == (GREENHOUSE, False)
    qtbot.waitUntil(lambda: page.week.places.width < 1000)  # the inspector is beside it
    qtbot.mouseDClick(page.week.viewport(), LEFT, pos=block_of(page, GREENHOUSE))
    assert page.one.title.hasFocus()


def test_given_an_event_that_happens_once_when_it_is_dragged_then_it_moves_by_quarters_of_an_hour_and_undo_puts_it_back(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    page = open_page(sample_desktop)
    start, hour = block_of(page, WORKSHOP), page.week.places.hour
    left = page.week.places.column(3)[0] - page.week.places.column(6)[0]
    drag(qtbot, page, start, start + QPoint(left, round(hour * 1.25)))
    assert not page.moves.bar.isVisible()
    assert dates(page, WORKSHOP) == [(wall(THURSDAY, 11, 15), wall(THURSDAY, 13, 15))]
    sample_desktop.kit.operations.undo()
    qtbot.waitUntil(lambda: dates(page, WORKSHOP) == [(wall(TODAY + timedelta(days=6), 10), wall(TODAY + timedelta(days=6), 12))])


def test_given_a_date_of_a_series_when_it_is_dragged_then_it_is_asked_which_and_only_it_moves(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    page = open_page(sample_desktop)
    start = block_of(page, GREENHOUSE)
    drag(qtbot, page, start, start + QPoint(0, -page.week.places.hour))
    assert page.moves.bar.words.text() == "Move “Greenhouse evening” to Wed 25 Nov 17:30: only this date, or all dates as far?"
    qtbot.keyClick(page.moves.bar.only, Qt.Key.Key_Space)
    assert dates(page, GREENHOUSE) == [(wall(WEDNESDAY, 17, 30), wall(WEDNESDAY, 20))]
    assert named(sample_desktop, GREENHOUSE).start.time() == time(18, 30)  # type: ignore[union-attr]  # a time
    assert page.week.hasFocus()


def test_given_the_lower_edge_of_a_date_when_it_is_dragged_then_all_dates_can_end_later(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    page = open_page(sample_desktop)
    one = next(one for one in page.week.found if one.occurrence.title == GREENHOUSE)
    box = page.week.box_of(one.key)
    assert box is not None
    edge = QPoint(box.center().x(), box.bottom() - 1)
    assert page.week.mouse.at_edge(edge)
    drag(qtbot, page, edge, QPoint(edge.x(), page.week.places.y(22 * 60)))
    qtbot.mouseClick(page.moves.bar.all, LEFT)
    series = named(sample_desktop, GREENHOUSE)
    assert series.length == timedelta(hours=3, minutes=30)
    assert dates(page, GREENHOUSE) == [(wall(WEDNESDAY, 18, 30), wall(WEDNESDAY, 22))]


def test_given_a_drag_when_escape_is_pressed_then_nothing_moves(qtbot: QtBot, sample_desktop: Desktop, open_page: Open) -> None:
    page = open_page(sample_desktop)
    start, seen = block_of(page, WORKSHOP), page.week.viewport()
    qtbot.mousePress(seen, LEFT, pos=start)
    qtbot.mouseMove(seen, start - QPoint(200, 100))
    assert page.week.ghost is not None
    qtbot.keyClick(page.week, Qt.Key.Key_Escape)
    qtbot.mouseRelease(seen, LEFT, pos=start - QPoint(200, 100))
    assert page.week.ghost is None
    assert dates(page, WORKSHOP) == [(wall(TODAY + timedelta(days=6), 10), wall(TODAY + timedelta(days=6), 12))]


def test_given_the_keyboard_alone_when_times_are_marked_and_enter_is_pressed_then_an_event_can_be_made_and_escape_leaves(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    page = open_page(sample_desktop)
    assert (page.week.day, page.week.minute) == (TODAY, 12 * 60)
    qtbot.keyClick(page.week, Qt.Key.Key_Right)
    qtbot.keyClick(page.week, Qt.Key.Key_Down)
    for _step in range(2):
        qtbot.keyClick(page.week, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(page.week, Qt.Key.Key_Return)
    tuesday = TODAY + timedelta(days=1)
    assert page.week.draft == (wall(tuesday, 12, 30), wall(tuesday, 14))
    qtbot.keyClick(page.one.title, Qt.Key.Key_Escape)
    assert not page.one.isVisible()
    assert page.week.hasFocus()
    assert page.week.marked is None


def test_given_the_first_half_hour_when_up_is_pressed_then_whole_days_can_be_made(qtbot: QtBot, sample_desktop: Desktop, open_page: Open) -> None:
    page = open_page(sample_desktop)
    for _step in range(25):
        qtbot.keyClick(page.week, Qt.Key.Key_Up)
    assert page.week.minute is None
    qtbot.keyClick(page.week, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(page.week, Qt.Key.Key_N)
    assert page.week.draft == (TODAY, TODAY + timedelta(days=2))


def test_given_the_dates_of_a_week_when_one_walks_with_alt_then_each_is_told_and_enter_opens_it(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    page = open_page(sample_desktop)
    qtbot.keyClick(page.week, Qt.Key.Key_Down, ALT)
    assert (page.week.day, page.week.minute) == (WEDNESDAY, 18 * 60 + 30)
    assert page.week.accessibleDescription().startswith("Wednesday 25 November 18:30: 1 event\n18:30–21:00 Greenhouse evening, Estufa")
    qtbot.keyClick(page.week, Qt.Key.Key_Return)
    assert page.one.title.text() == GREENHOUSE


def test_given_an_open_event_when_control_and_arrows_are_pressed_then_it_moves_and_with_shift_its_end(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    page = open_page(sample_desktop)
    qtbot.mouseClick(page.week.viewport(), LEFT, pos=block_of(page, WORKSHOP))
    page.week.setFocus()
    qtbot.keyClick(page.week, Qt.Key.Key_Left, CONTROL)
    qtbot.keyClick(page.week, Qt.Key.Key_Down, CONTROL)
    qtbot.keyClick(page.week, Qt.Key.Key_Down, CONTROL | SHIFT)
    saturday = TODAY + timedelta(days=5)
    assert dates(page, WORKSHOP) == [(wall(saturday, 10, 30), wall(saturday, 13))]
    assert (page.week.day, page.week.minute) == (saturday, 10 * 60 + 30)


def test_given_pages_when_they_are_turned_by_key_or_arrow_then_the_weeks_go_on_and_home_comes_back(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    page = open_page(sample_desktop)
    qtbot.keyClick(page.week, Qt.Key.Key_PageDown)
    assert page.period.text() == "30 Nov – 6 Dec 2026"
    qtbot.keyClick(page.week, Qt.Key.Key_Home)
    assert page.period.text() == "23–29 Nov 2026"
    qtbot.keyClick(page.week, Qt.Key.Key_Left)
    assert page.period.text() == "16–22 Nov 2026"
    assert page.week.day == TODAY - timedelta(days=1)


def test_given_a_far_year_when_its_week_is_shown_then_the_grid_is_there_and_fills(qtbot: QtBot, sample_desktop: Desktop, open_page: Open) -> None:
    page = open_page(sample_desktop)
    page._go_to(date(2034, 5, 10))
    assert (page.week.first, list(page.week.found)) == (date(2034, 5, 8), [])
    qtbot.waitUntil(lambda: bool(dates(page, GREENHOUSE)))


def test_given_a_night_when_the_week_is_shown_then_both_days_have_a_part_of_it(qtbot: QtBot, empty_desktop: Desktop, open_page: Open) -> None:
    event_edits.add(empty_desktop.kit.store, Event("Night walk", wall(THURSDAY, 22), wall(FRIDAY, 3), "Europe/Lisbon"))
    page = open_page(empty_desktop)
    assert [(one.day, one.start, one.end) for one in page.week.blocks] == [(3, 22 * 60, 24 * 60), (4, 0, 3 * 60)]


def test_given_a_day_of_very_many_when_the_week_is_shown_then_the_rest_is_counted_and_listed_on_a_click(
    qtbot: QtBot, empty_desktop: Desktop, open_page: Open
) -> None:
    for number in range(70):
        event_edits.add(empty_desktop.kit.store, Event(f"Door {number}", wall(THURSDAY, 10), wall(THURSDAY, 11), "Europe/Lisbon"))
    page = open_page(empty_desktop)
    assert [(day, count) for _box, day, count in page.week.more_boxes()] == [(3, 30)]
    assert sum(crowd.count for _day, crowd in page.week.crowds) + len(page.week.blocks) == 40
    qtbot.mouseClick(page.week.viewport(), LEFT, pos=page.week.places.crowd_box(*page.week.crowds[0]).center())
    assert page.view.name == "agenda"
    assert page.view.day == THURSDAY
    qtbot.waitUntil(lambda: page.model.rowCount() == 70)


def test_given_a_low_window_when_an_event_below_is_opened_then_it_is_scrolled_to(qtbot: QtBot, sample_desktop: Desktop, open_page: Open) -> None:
    page = open_page(sample_desktop)
    page.window().resize(900, 600)
    qtbot.waitUntil(lambda: page.week.places.height < 600)
    one = next(one for one in page.week.found if one.occurrence.title == GREENHOUSE)
    page.week.verticalScrollBar().setValue(0)
    page.week.opened.emit(one)
    box = page.week.box_of(one.key)
    assert box is not None
    assert page.week.places.hours_box().contains(box.topLeft())


def test_given_a_view_when_it_is_chosen_by_its_shortcut_then_it_is_shown_at_the_same_day(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    page = open_page(sample_desktop)
    page._go_to(date(2026, 12, 9))
    qtbot.keyClick(page.week, Qt.Key.Key_1, ALT)
    assert (page.view.name, page.grid.day) == ("month", date(2026, 12, 9))
    qtbot.keyClick(page.grid, Qt.Key.Key_2, ALT)
    assert (page.view.name, page.week.first) == ("week", date(2026, 12, 7))
    qtbot.keyClick(page.week, Qt.Key.Key_3, ALT)
    assert (page.view.name, page.view.day) == ("agenda", date(2026, 12, 9))


def test_given_the_week_when_a_screen_reader_asks_then_all_has_a_name(qtbot: QtBot, sample_desktop: Desktop, open_page: Open) -> None:
    page = open_page(sample_desktop)
    assert nameless(page) == []
    assert page.week.accessibleName() == "Week"


def test_given_no_events_when_the_week_opens_then_it_says_how_to_begin(qtbot: QtBot, empty_desktop: Desktop, open_page: Open) -> None:
    page = open_page(empty_desktop)
    assert page.hint.isVisible()
    qtbot.mouseClick(page.week.viewport(), LEFT, pos=at(page, THURSDAY, 10))
    type_title(qtbot, page, "First")
    assert not page.hint.isVisible()
