"""“Announcements”, as the window knows it before it is opened."""

from desktop.ui.kit import Kit
from desktop.ui.navigation import PageName
from desktop.ui.pages.page import Command, Entry, Page
from resources.translations import mark


def _build(kit: Kit, entry: Entry) -> Page:
    from desktop.ui.pages.announcements.page import AnnouncementsPage  # late: a page costs nothing before it is opened

    return AnnouncementsPage(kit, entry)


ANNOUNCEMENTS = Entry(PageName.ANNOUNCEMENTS, mark("Announcements"), "megaphone", _build, (Command("add", mark("New announcement"), "megaphone"),))
