"""“Calendar”: what happens when?"""

from desktop.ui.kit import Kit
from desktop.ui.pages.page import Entry, Page
from desktop.ui.widgets.empty import Empty
from resources.translations import _


class CalendarPage(Page):
    """The page “Calendar”."""

    def __init__(self, kit: Kit, entry: Entry) -> None:
        super().__init__(kit, entry)
        self.body.addWidget(
            Empty(kit.theme, kit.icons, entry.icon, _("No events yet"), _("Meetings, walks and concerts stand here, with everybody who comes.")), 1
        )
