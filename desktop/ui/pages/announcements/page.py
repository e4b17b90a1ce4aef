"""“Announcements”: what goes out, where and when?"""

from desktop.ui.kit import Kit
from desktop.ui.pages.page import Entry, Page
from desktop.ui.widgets.empty import Empty
from resources.translations import _


class AnnouncementsPage(Page):
    """The page “Announcements”."""

    def __init__(self, kit: Kit, entry: Entry) -> None:
        super().__init__(kit, entry)
        self.body.addWidget(
            Empty(
                kit.theme, kit.icons, entry.icon, _("Nothing announced yet"), _("Write once, and it goes out to all your groups at the right time.")
            ),
            1,
        )
