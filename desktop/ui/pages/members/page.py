"""“Members”: who are we?"""

from desktop.ui.kit import Kit
from desktop.ui.pages.page import Entry, Page
from desktop.ui.widgets.empty import Empty


class MembersPage(Page):
    """The page “Members”."""

    def __init__(self, kit: Kit, entry: Entry) -> None:
        super().__init__(kit, entry)
        self.body.addWidget(Empty(kit.theme, kit.icons, entry.icon, "x", "y"), 1)
