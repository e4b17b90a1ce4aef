"""“Today”: what needs me?"""

from desktop.ui.kit import Kit
from desktop.ui.pages.page import Entry, Page
from desktop.ui.widgets.empty import Empty
from resources.translations import _


class TodayPage(Page):
    """The page “Today”."""

    def __init__(self, kit: Kit, entry: Entry) -> None:
        super().__init__(kit, entry)
        self.body.addWidget(
            Empty(
                kit.theme,
                kit.icons,
                entry.icon,
                _("Nothing waits for you"),
                _("What you have to post or decide, and what goes out next, stands here."),
            ),
            1,
        )
