"""Pictures of the page “Calendar”."""

from datetime import datetime, time, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.actions import event_edits
from desktop.community.events import Event
from desktop.store import events
from desktop.ui.navigation import PageName
from desktop.ui.pages.calendar.inspector import Scope
from desktop.ui.pages.calendar.page import CalendarPage
from helpers.scenes import Community, Scene, settle
from helpers.window import Desktop


def _page(desktop: Desktop) -> CalendarPage:
    assert desktop.window is not None
    desktop.kit.navigation.go(PageName.CALENDAR)
    page = desktop.window.pages.page
    assert isinstance(page, CalendarPage)
    page.do("month")
    page.grid.setFocus()
    settle(desktop)
    return page


def _series(desktop: Desktop) -> str:
    return next(event.id for event in events.every(desktop.kit.store) if event.title == "Greenhouse evening")


def _month(desktop: Desktop) -> QWidget:
    return _page(desktop).window()


def _date(desktop: Desktop) -> QWidget:
    page = _page(desktop)
    page.show_record(_series(desktop))
    return page.window()


def _all_dates(desktop: Desktop) -> QWidget:
    page = _page(desktop)
    page.show_record(_series(desktop))
    page.one._scope(Scope.ALL)
    page.one.column.verticalScrollBar().setValue(150)
    return page.window()


def _wrong(desktop: Desktop) -> QWidget:
    page = _page(desktop)
    page.show_record(_series(desktop))
    for line, typed in ((page.one.when.first.line, "31 Feb"), (page.one.when.ends, "17:00")):
        line.setText(typed)
        line.commit()
    return page.window()


def _day(desktop: Desktop) -> QWidget:
    """The calendar that a day is chosen from."""
    page = _page(desktop)
    page.show_record(_series(desktop))
    settle(desktop)
    page.one.when.first.open.click()
    assert page.one.when.first.calendar is not None
    return page.one.when.first.calendar.window()


def _new(desktop: Desktop) -> QWidget:
    page = _page(desktop)
    day = page.grid.day + timedelta(days=3)
    page.grid.make.emit(day, day + timedelta(days=2))
    return page.window()


def _move(desktop: Desktop) -> QWidget:
    page = _page(desktop)
    one = next(one for one in page.grid.found if one.key[0] == _series(desktop))
    page.grid.moved.emit(one, 1)
    return page.window()


def _agenda(desktop: Desktop) -> QWidget:
    page = _page(desktop)
    page.do("agenda")
    settle(desktop)
    return page.window()


def _agenda_one(desktop: Desktop) -> QWidget:
    page = _page(desktop)
    page.do("agenda")
    settle(desktop)
    page.agenda.setFocus()
    page.agenda.setCurrentIndex(page.model.index(3, 0))
    return page.window()


def _december(desktop: Desktop) -> QWidget:
    page = _page(desktop)
    page.do("on")
    return page.window()


def _in_week(desktop: Desktop) -> CalendarPage:
    page = _page(desktop)
    page.do("week")
    page.week.setFocus()
    settle(desktop)
    return page


def _week(desktop: Desktop) -> QWidget:
    return _in_week(desktop).window()


def _week_new(desktop: Desktop) -> QWidget:
    page = _in_week(desktop)
    start = datetime.combine(page.week.first + timedelta(days=3), time(14))
    page.week.make.emit(start, start + timedelta(hours=2))
    return page.window()


def _week_selected(desktop: Desktop) -> QWidget:
    page = _in_week(desktop)
    page.week.opened.emit(next(one for one in page.week.found if one.key[0] == _series(desktop)))
    return page.window()


def _week_moved(desktop: Desktop) -> QWidget:
    """While a date is dragged."""
    page = _in_week(desktop)
    one = next(one for one in page.week.found if one.key[0] == _series(desktop))
    page.week.show_ghost(one, timedelta(days=1, minutes=-90), Qt.CursorShape.ClosedHandCursor)
    return page.window()


def _week_crowded(desktop: Desktop) -> QWidget:
    """A week of everything: overlaps, a night, whole days, a crowd."""
    store = desktop.kit.store
    monday = desktop.kit.dates.today()
    for day, start, hours, title in (
        (0, 9, 1.5, "Stretching in the park"),
        (0, 9.5, 2, "Repair café"),
        (0, 10, 1, "Choir rehearsal"),
        (0, 13, 0.25, "Keys for the greenhouse"),
        (1, 8, 3, "Market stall"),
        (1, 9, 1, "Seed library"),
        (1, 11, 1, "Seed library again"),
        (2, 18, 2, "Language exchange"),
        (2, 19, 3, "Games night"),
        (3, 22, 5, "Night walk to the sea"),
        *((4, 17 + number / 10, 2, f"Open door {number}") for number in range(14)),
        (5, 7, 12, "A day by the river, with everybody who wants to come along and bring something to eat"),
    ):
        begin = datetime.combine(monday + timedelta(days=day), time()) + timedelta(hours=start)
        event_edits.add(store, Event(title, begin, begin + timedelta(hours=hours), "Europe/Lisbon", place="Jardim da Estrela"))
    for first, days, title in ((-2, 5, "Exhibition: balconies of Alvalade"), (1, 1, "Quota day"), (1, 3, "Visit from Porto"), (2, 1, "Holiday")):
        event_edits.add(store, Event(title, monday + timedelta(days=first), monday + timedelta(days=first + days)))
    return _in_week(desktop).window()


SCENES = (
    Scene("calendar-month", _month),
    Scene("calendar-next", _december),
    Scene("calendar-date", _date),
    Scene("calendar-all-dates", _all_dates),
    Scene("calendar-wrong", _wrong),
    Scene("calendar-day", _day),
    Scene("calendar-new", _new),
    Scene("calendar-move", _move),
    Scene("calendar-week", _week),
    Scene("calendar-week-new", _week_new),
    Scene("calendar-week-selected", _week_selected),
    Scene("calendar-week-moved", _week_moved),
    Scene("calendar-week-crowded", _week_crowded),
    Scene("calendar-week-empty", _week, Community.EMPTY),
    Scene("calendar-agenda", _agenda),
    Scene("calendar-agenda-one", _agenda_one),
    Scene("calendar-empty", _month, Community.EMPTY),
    Scene("calendar-agenda-empty", _agenda, Community.EMPTY),
)
