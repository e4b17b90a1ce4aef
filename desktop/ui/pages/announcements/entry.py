"""“Announcements”, as the window knows it before it is opened."""

from desktop.ui.kit import Kit
from desktop.ui.navigation import PageName
from desktop.ui.pages.page import Command, Entry, Page
from resources.translations import mark


def _build(kit: Kit, entry: Entry) -> Page:
    from desktop.ui.pages.announcements.page import AnnouncementsPage  # late: a page costs nothing before it is opened

    return AnnouncementsPage(kit, entry)


ANNOUNCEMENTS = Entry(
    PageName.ANNOUNCEMENTS,
    mark("Announcements"),
    "megaphone",
    _build,
    (
        Command("add", mark("New announcement"), "megaphone"),
        Command("edit", mark("Edit the announcement"), "pencil", "Ctrl+Shift+E"),
        Command("duplicate", mark("Duplicate the announcement"), "copy", "Ctrl+D"),
        Command("take_back", mark("Take the announcement back"), "undo-2", "Del"),
        Command("timeline", mark("Show the timeline"), "calendar-days", "Alt+1"),
        Command("drafts", mark("Show the drafts"), "notebook-pen", "Alt+2"),
        Command("log", mark("Show the log"), "history", "Alt+3"),
    ),
)
