"""“Calendar” by mouse and keyboard."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.actions.sample import fill
from desktop.community.calendar import Window
from desktop.community.events import Event, EventStatus, Occurrence
from desktop.store import events, occurrences
from desktop.ui.navigation import PageName
from desktop.ui.pages.calendar.page import CalendarPage
from helpers.accessible import nameless
from helpers.window import Desktop

TODAY = date(2026, 11, 23)
LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def open_page(qtbot: QtBot, desktop: Desktop) -> CalendarPage:
    occurrences.refresh(desktop.kit.store)
    window = desktop.open_window()
    with qtbot.waitActive(window):
        window.show()
    desktop.kit.navigation.go(PageName.CALENDAR)
    page = window.pages.page
    assert isinstance(page, CalendarPage)
    page.do("month")
    page.grid.setFocus()
    settled(qtbot, desktop)
    return page


def settled(qtbot: QtBot, desktop: Desktop) -> None:
    qtbot.waitUntil(lambda: not desktop.kit.reader.busy and not desktop.kit.operations.busy)


def every(desktop: Desktop, title: str) -> list[Event]:
    return [event for event in events.every(desktop.kit.store) if event.title == title]


def on(desktop: Desktop, day: date, title: str) -> list[Occurrence]:
    start = datetime.combine(day, time(), UTC)
    found = occurrences.between(desktop.kit.store, Window(start, start + timedelta(days=1)))
    return [one for one in found if one.title == title and one.start.year == day.year and one.start.day == day.day]


def at(page: CalendarPage, day: date) -> QPoint:
    """The empty lower end of a day."""
    box = page.grid.painter.day_box((day - page.grid.first).days)
    return QPoint(box.center().x(), box.bottom() - 3)


def event_at(page: CalendarPage, day: date, title: str) -> QPoint:
    one = next(one for one in page.grid.on_day(day) if one.occurrence.title == title)
    box = page.grid.box_of(one.key)
    assert box is not None
    return box.center()


def drag(qtbot: QtBot, page: CalendarPage, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(page.grid, LEFT, pos=start)
    qtbot.mouseMove(page.grid, start + QPoint(20, 3))
    qtbot.mouseMove(page.grid, end)
    qtbot.mouseRelease(page.grid, LEFT, pos=end)


def drop(page: CalendarPage, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    page.dropEvent(event)
    assert event.isAccepted()


def test_given_the_sample_when_the_page_opens_then_the_month_shows_its_dates_and_the_cancelled_ones(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    assert [one.occurrence.title for one in page.grid.on_day(date(2026, 11, 25))] == ["Greenhouse evening"]
    assert page.grid.on_day(date(2026, 11, 27))[0].occurrence.cancelled
    fair = next(one for one in page.grid.found if one.occurrence.title.startswith("Feira"))
    assert (fair.first, fair.last, fair.bar) == (date(2026, 12, 5), date(2026, 12, 6), True)


def test_given_a_click_on_a_day_when_a_title_is_typed_then_the_event_is_made_there(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    qtbot.mouseClick(page.grid, LEFT, pos=at(page, date(2026, 11, 24)))
    assert page.one.title.hasFocus()
    qtbot.keyClicks(page.one.title, "Choir")
    qtbot.keyClick(page.one.title, Qt.Key.Key_Return)
    made = every(sample_desktop, "Choir")[0]
    assert (made.start, made.zone) == (datetime(2026, 11, 24, 18), "Europe/Lisbon")  # noqa: DTZ001  wall time
    assert page.grid.chosen == (made.id, "")
    sample_desktop.kit.operations.undo()
    qtbot.waitUntil(lambda: not every(sample_desktop, "Choir"))
    qtbot.waitUntil(lambda: not page.one.isVisible())


def test_given_a_drag_over_days_when_a_title_is_typed_then_the_event_takes_those_days(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    drag(qtbot, page, at(page, date(2026, 11, 9)), at(page, date(2026, 11, 12)))
    qtbot.keyClicks(page.one.title, "Camp")
    qtbot.keyClick(page.one.title, Qt.Key.Key_Return)
    made = every(sample_desktop, "Camp")[0]
    assert (made.start, made.end) == (date(2026, 11, 9), date(2026, 11, 13))


def test_given_the_keyboard_alone_when_days_are_marked_and_n_is_pressed_then_an_event_can_be_made_and_escape_leaves(
    qtbot: QtBot, sample_desktop: Desktop
) -> None:
    page = open_page(qtbot, sample_desktop)
    qtbot.keyClick(page.grid, Qt.Key.Key_Down)
    qtbot.keyClick(page.grid, Qt.Key.Key_Right, SHIFT)
    assert page.grid.days == (date(2026, 11, 30), date(2026, 12, 1))
    qtbot.keyClick(page.grid, Qt.Key.Key_N)
    assert page.one.title.hasFocus()
    qtbot.keyClick(page.one.title, Qt.Key.Key_Escape)
    assert not page.one.isVisible()
    assert page.grid.hasFocus()


def test_given_a_day_with_an_event_when_enter_is_pressed_then_it_opens_and_is_told(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    for _step in range(2):
        qtbot.keyClick(page.grid, Qt.Key.Key_Right)
    assert "Greenhouse evening" in page.grid.accessibleDescription()
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    assert page.one.title.text() == "Greenhouse evening"
    assert page.one.scopes.isVisible()


def test_given_one_date_of_a_series_when_it_is_edited_then_the_others_stay_and_it_can_be_made_like_them_again(
    qtbot: QtBot, sample_desktop: Desktop
) -> None:
    page = open_page(qtbot, sample_desktop)
    qtbot.mouseClick(page.grid, LEFT, pos=event_at(page, date(2026, 11, 25), "Greenhouse evening"))
    page.one.place.setFocus()
    page.one.place.selectAll()
    qtbot.keyClicks(page.one.place, "At Ana's")
    qtbot.keyClick(page.one.place, Qt.Key.Key_Return)
    assert on(sample_desktop, date(2026, 11, 25), "Greenhouse evening")[0].place == "At Ana's"
    assert on(sample_desktop, date(2026, 11, 18), "Greenhouse evening")[0].place.startswith("Estufa")
    qtbot.mouseClick(page.one.alike, LEFT)
    assert on(sample_desktop, date(2026, 11, 25), "Greenhouse evening")[0].place.startswith("Estufa")


@pytest.mark.parametrize("field", ["place", "url"])
def test_given_a_place_or_an_address_that_can_t_be_kept_when_it_is_typed_then_a_sentence_below_says_why(
    qtbot: QtBot, sample_desktop: Desktop, field: str
) -> None:
    page = open_page(qtbot, sample_desktop)
    qtbot.mouseClick(page.grid, LEFT, pos=event_at(page, date(2026, 11, 25), "Greenhouse evening"))
    line = getattr(page.one, field)
    sample_desktop.kit.store.conn.execute("PRAGMA query_only=ON")
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "elsewhere")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    said = [one for one in page.one.findChildren(QLabel) if one.isVisible() and "can only be read" in one.text()]
    assert len(said) == 1
    assert said[0].mapTo(page.one, QPoint()).y() >= line.mapTo(page.one, QPoint(0, line.height())).y()
    assert line.text() == "elsewhere"
    sample_desktop.kit.store.conn.execute("PRAGMA query_only=OFF")


def test_given_all_dates_when_the_title_and_time_are_edited_then_all_follow(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    qtbot.mouseClick(page.grid, LEFT, pos=event_at(page, date(2026, 11, 25), "Greenhouse evening"))
    qtbot.mouseClick(page.one.all_dates, LEFT)
    page.one.when.begins.setFocus()
    page.one.when.begins.selectAll()
    qtbot.keyClicks(page.one.when.begins, "7pm")
    qtbot.keyClick(page.one.when.begins, Qt.Key.Key_Return)
    assert on(sample_desktop, date(2026, 11, 18), "Greenhouse evening")[0].start == datetime(2026, 11, 18, 19)  # noqa: DTZ001  wall time
    assert on(sample_desktop, date(2026, 12, 9), "Greenhouse evening")[0].cancelled
    assert page.one.key == (every(sample_desktop, "Greenhouse evening")[0].id, "20261125T190000")


def test_given_one_date_when_it_is_cancelled_then_it_is_struck_through_and_takes_place_again_when_taken_back(
    qtbot: QtBot, sample_desktop: Desktop
) -> None:
    page = open_page(qtbot, sample_desktop)
    qtbot.mouseClick(page.grid, LEFT, pos=event_at(page, date(2026, 11, 25), "Greenhouse evening"))
    qtbot.mouseClick(page.one.call, LEFT)
    assert page.grid.on_day(date(2026, 11, 25))[0].occurrence.cancelled
    assert page.one.off.text() == "Cancelled"
    qtbot.mouseClick(page.one.call, LEFT)
    assert not page.grid.on_day(date(2026, 11, 25))[0].occurrence.cancelled


def test_given_a_date_of_a_series_when_it_is_dragged_then_it_is_asked_which_and_only_it_moves(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    drag(qtbot, page, event_at(page, date(2026, 11, 25), "Greenhouse evening"), at(page, date(2026, 11, 26)))
    assert page.moves.bar.isVisible()
    assert page.moves.bar.only.hasFocus()
    qtbot.keyClick(page.moves.bar.only, Qt.Key.Key_Space)
    assert not page.moves.bar.isVisible()
    assert on(sample_desktop, date(2026, 11, 26), "Greenhouse evening")[0].start == datetime(2026, 11, 26, 18, 30)  # noqa: DTZ001  wall time
    assert on(sample_desktop, date(2026, 11, 18), "Greenhouse evening")


def test_given_a_date_of_a_series_when_all_are_moved_then_the_rule_moves_along(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    drag(qtbot, page, event_at(page, date(2026, 11, 25), "Greenhouse evening"), at(page, date(2026, 11, 26)))
    qtbot.mouseClick(page.moves.bar.all, LEFT)
    assert on(sample_desktop, date(2026, 11, 19), "Greenhouse evening")
    assert not on(sample_desktop, date(2026, 11, 18), "Greenhouse evening")
    assert on(sample_desktop, date(2026, 12, 10), "Greenhouse evening")[0].cancelled


def test_given_an_event_that_happens_once_when_it_is_moved_by_keyboard_then_it_moves_at_once(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    qtbot.mouseClick(page.grid, LEFT, pos=event_at(page, date(2026, 11, 29), "Workshop: compost on a balcony"))
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_Left, CONTROL)
    assert on(sample_desktop, date(2026, 11, 28), "Workshop: compost on a balcony")


def test_given_the_last_days_of_a_month_when_the_arrows_go_on_then_the_next_month_is_shown(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    for _week in range(2):
        qtbot.keyClick(page.grid, Qt.Key.Key_Down)
    assert page.period.text() == "December 2026"
    qtbot.keyClick(page.grid, Qt.Key.Key_PageUp)
    assert page.grid.day == TODAY
    assert page.period.text() == "November 2026"


def test_given_a_month_beyond_what_is_worked_out_ahead_when_it_is_shown_then_the_grid_is_there_and_fills(
    qtbot: QtBot, sample_desktop: Desktop
) -> None:
    page = open_page(qtbot, sample_desktop)
    page._go_to(date(2034, 5, 10))
    assert (page.period.text(), list(page.grid.found)) == ("May 2034", [])
    qtbot.waitUntil(lambda: any(one.occurrence.title == "Greenhouse evening" for one in page.grid.found))


def test_given_the_repeat_rule_when_it_is_edited_as_a_sentence_then_the_rrule_says_it(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    qtbot.mouseClick(page.grid, LEFT, pos=event_at(page, date(2026, 11, 29), "Workshop: compost on a balcony"))
    box = page.one.repeats
    box.pattern.setCurrentIndex(box.pattern.findText("Every week"))
    box.pattern.activated.emit(box.pattern.currentIndex())
    tuesday = next(day for day in box.more.days if day.accessibleName() == "Tuesday")
    page.one.column.ensureWidgetVisible(tuesday)
    if page.one.scope.name == "ONE":
        qtbot.mouseClick(page.one.all_dates, LEFT)
    qtbot.mouseClick(tuesday, LEFT)
    box.more.ends.setCurrentIndex(2)
    box.more.ends.activated.emit(2)
    assert every(sample_desktop, "Workshop: compost on a balcony")[0].rrule == "FREQ=WEEKLY;BYDAY=TU,SU;COUNT=10"
    assert box.sentence.text() == "Every Tuesday and Sunday, 10 times"


def test_given_the_agenda_when_a_line_is_chosen_then_it_opens_and_the_model_is_sound(
    qtbot: QtBot, sample_desktop: Desktop, qtmodeltester: ModelTester
) -> None:
    page = open_page(qtbot, sample_desktop)
    qtbot.mouseClick(page.choice.chips[2], LEFT)
    qtbot.waitUntil(lambda: page.model.rowCount() > 5)
    qtmodeltester.check(page.model)
    page.agenda.setFocus()
    qtbot.keyClick(page.agenda, Qt.Key.Key_Down)
    qtbot.keyClick(page.agenda, Qt.Key.Key_Down)
    assert page.one.isVisible()
    qtbot.keyClick(page.agenda, Qt.Key.Key_Return)
    assert page.one.title.hasFocus()


def test_given_a_calendar_file_when_it_is_dropped_then_its_events_are_there_and_undo_takes_them_out(
    qtbot: QtBot, sample_desktop: Desktop, tmp_path: Path
) -> None:
    page = open_page(qtbot, sample_desktop)
    file = tmp_path / "team.ics"
    file.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1@x\r\nDTSTART:20261124T180000Z\r\nDTEND:20261124T190000Z\r\nSUMMARY:Team\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    drop(page, file)
    qtbot.waitUntil(lambda: bool(page.grid.on_day(date(2026, 11, 24))))
    said = sample_desktop.said[-1]
    assert said.text == "1 event is new from team.ics."
    assert said.offer is not None
    said.offer.do()
    qtbot.waitUntil(lambda: not page.grid.on_day(date(2026, 11, 24)))


def test_given_events_when_they_are_exported_then_the_file_holds_them(qtbot: QtBot, sample_desktop: Desktop, tmp_path: Path) -> None:
    page = open_page(qtbot, sample_desktop)
    sample_desktop.files.answers.append(tmp_path / "out.ics")
    page.do("export")
    qtbot.waitUntil(lambda: any("out.ics" in notice.text for notice in sample_desktop.said))
    assert "Greenhouse evening" in (tmp_path / "out.ics").read_text("utf-8")


def test_given_an_event_when_it_is_deleted_then_the_inspector_closes_and_undo_brings_it_back(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    qtbot.mouseClick(page.grid, LEFT, pos=event_at(page, date(2026, 11, 29), "Workshop: compost on a balcony"))
    page.do("delete")
    assert not page.one.isVisible()
    assert not page.grid.on_day(date(2026, 11, 29))
    sample_desktop.kit.operations.undo()
    qtbot.waitUntil(lambda: bool(page.grid.on_day(date(2026, 11, 29))))


def test_given_every_state_when_a_screen_reader_asks_then_all_has_a_name(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    assert nameless(page) == []
    page.show_record(every(sample_desktop, "Greenhouse evening")[0].id)
    qtbot.mouseClick(page.one.all_dates, LEFT)
    assert nameless(page) == []
    page.do("agenda")
    settled(qtbot, sample_desktop)
    assert nameless(page) == []


def test_given_no_events_when_the_page_opens_then_it_says_how_to_begin(qtbot: QtBot, empty_desktop: Desktop) -> None:
    page = open_page(qtbot, empty_desktop)
    assert page.hint.isVisible()
    page.do("agenda")
    settled(qtbot, empty_desktop)
    assert button(page, "New event").isVisible()


def test_given_a_search_hit_when_it_is_shown_then_its_next_date_is_open(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    sample_desktop.kit.navigation.go(PageName.CALENDAR, every(sample_desktop, "Board meeting")[0].id)
    assert page.grid.day == date(2026, 12, 3)
    assert page.one.value is not None
    assert page.one.value.status is EventStatus.CONFIRMED


def button(within: QWidget, text: str) -> QPushButton:
    return next(one for one in within.findChildren(QPushButton) if one.text() == text and one.isVisible())


@pytest.mark.parametrize(("locale", "scale"), [("en_GB", 1.0), ("en_US", 1.0), ("pt_PT", 1.0), ("pt_PT", 1.5)])
def test_given_a_narrow_inspector_when_an_event_is_shown_then_its_days_and_times_are_whole(
    qtbot: QtBot, make_desktop: Callable[..., Desktop], locale: str, scale: float
) -> None:
    desktop = make_desktop(fill=fill, locale=locale, scale=scale)
    page = open_page(qtbot, desktop)
    page.window().resize(900, 600)
    page.show_record(every(desktop, "Greenhouse evening")[0].id)
    qtbot.waitUntil(lambda: page.one.when.last.isVisible())
    settled(qtbot, desktop)
    when = page.one.when
    for field in (when.first.line, when.last.line, when.begins, when.ends):
        room = field.viewport()
        text = field.text()
        assert room.fontMetrics().horizontalAdvance(text) <= room.width(), text
        assert when.rect().contains(QRect(field.mapTo(when, QPoint()), field.size())), text
