"""Pictures of the page “Calendar”."""

from datetime import timedelta

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from desktop.store import events
from desktop.ui.navigation import PageName
from desktop.ui.pages.calendar.inspector import Scope
from desktop.ui.pages.calendar.page import CalendarPage
from helpers.scenes import Community, Scene
from helpers.window import Desktop


def _page(desktop: Desktop) -> CalendarPage:
    assert desktop.window is not None
    desktop.kit.navigation.go(PageName.CALENDAR)
    page = desktop.window.pages.page
    assert isinstance(page, CalendarPage)
    page.do("month")
    page.grid.setFocus()
    _wait()
    return page


def _wait(milliseconds: int = 200) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


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
    _wait()
    return page.window()


def _agenda_one(desktop: Desktop) -> QWidget:
    page = _page(desktop)
    page.do("agenda")
    _wait()
    page.agenda.setFocus()
    page.agenda.setCurrentIndex(page.model.index(3, 0))
    return page.window()


def _december(desktop: Desktop) -> QWidget:
    page = _page(desktop)
    page.do("on")
    return page.window()


SCENES = (
    Scene("calendar-month", _month),
    Scene("calendar-next", _december),
    Scene("calendar-date", _date),
    Scene("calendar-all-dates", _all_dates),
    Scene("calendar-new", _new),
    Scene("calendar-move", _move),
    Scene("calendar-agenda", _agenda),
    Scene("calendar-agenda-one", _agenda_one),
    Scene("calendar-empty", _month, Community.EMPTY),
    Scene("calendar-agenda-empty", _agenda, Community.EMPTY),
)
