"""“Today”, as the window knows it before it is opened."""

from desktop.ui.kit import Kit
from desktop.ui.navigation import PageName
from desktop.ui.pages.page import Command, Entry, Page
from resources.translations import mark


def _build(kit: Kit, entry: Entry) -> Page:
    from desktop.ui.pages.today.page import TodayPage  # late: a page costs nothing before it is opened

    return TodayPage(kit, entry)


TODAY = Entry(
    PageName.TODAY,
    mark("Today"),
    "sun",
    _build,
    (
        Command("walk", mark("Post by hand"), "hand", "Ctrl+Shift+P"),
        Command("seen", mark("Forget what happened while you were away"), "check"),
    ),
)
