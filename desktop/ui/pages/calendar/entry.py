"""“Calendar”, as the window knows it before it is opened."""

from desktop.ui.kit import Kit
from desktop.ui.navigation import PageName
from desktop.ui.pages.page import Command, Entry, Page
from resources.translations import mark


def _build(kit: Kit, entry: Entry) -> Page:
    from desktop.ui.pages.calendar.page import CalendarPage  # late: a page costs nothing before it is opened

    return CalendarPage(kit, entry)


CALENDAR = Entry(
    PageName.CALENDAR,
    mark("Calendar"),
    "calendar-days",
    _build,
    (
        Command("add", mark("New event"), "calendar-plus"),
        Command("today", mark("Go to today"), "calendar", "Ctrl+T"),
        Command("back", mark("Show the month or week before"), "chevron-left", "Alt+PgUp"),
        Command("on", mark("Show the next month or week"), "chevron-right", "Alt+PgDown"),
        Command("month", mark("Show the month"), "calendar-days", "Alt+1"),
        Command("week", mark("Show the week"), "columns-3", "Alt+2"),
        Command("agenda", mark("Show the agenda"), "list", "Alt+3"),
        Command("import", mark("Import a calendar …"), "upload", "Ctrl+I"),
        Command("export", mark("Export the calendar …"), "download", "Ctrl+E"),
        Command("cancel", mark("Cancel the selected date, or take that back"), "x", "Ctrl+Shift+X"),
        Command("delete", mark("Delete the selected date"), "trash-2", "Del"),
    ),
)
