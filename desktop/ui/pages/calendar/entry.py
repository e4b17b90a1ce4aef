"""“Calendar”, as the window knows it before it is opened."""

from desktop.ui.kit import Kit
from desktop.ui.navigation import PageName
from desktop.ui.pages.page import Command, Entry, Page
from resources.translations import mark


def _build(kit: Kit, entry: Entry) -> Page:
    from desktop.ui.pages.calendar.page import CalendarPage  # late: a page costs nothing before it is opened

    return CalendarPage(kit, entry)


CALENDAR = Entry(PageName.CALENDAR, mark("Calendar"), "calendar-days", _build, (Command("add", mark("New event"), "calendar-plus"),))
