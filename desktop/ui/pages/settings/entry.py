"""“Settings”, as the window knows it before it is opened."""

from desktop.ui.kit import Kit
from desktop.ui.navigation import PageName
from desktop.ui.pages.page import Entry, Page
from resources.translations import mark


def _build(kit: Kit, entry: Entry) -> Page:
    from desktop.ui.pages.settings.page import SettingsPage  # late: a page costs nothing before it is opened

    return SettingsPage(kit, entry)


SETTINGS = Entry(PageName.SETTINGS, mark("Settings"), "settings", _build)
