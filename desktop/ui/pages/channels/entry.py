"""“Channels”, as the window knows it before it is opened."""

from desktop.ui.kit import Kit
from desktop.ui.navigation import PageName
from desktop.ui.pages.page import Command, Entry, Page
from resources.translations import mark


def _build(kit: Kit, entry: Entry) -> Page:
    from desktop.ui.pages.channels.page import ChannelsPage  # late: a page costs nothing before it is opened

    return ChannelsPage(kit, entry)


CHANNELS = Entry(
    PageName.CHANNELS,
    mark("Channels"),
    "radio",
    _build,
    (
        Command("add", mark("Connect …"), "plus"),
        Command("walk", mark("Post what waits by hand"), "hand", "Ctrl+Return"),
        Command("practice", mark("Open Practice"), "message-circle"),
        Command("pause", mark("Pause or resume the channel"), "pause"),
        Command("delete", mark("Delete the channel"), "trash-2", "Del"),
    ),
)
