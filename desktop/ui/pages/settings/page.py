"""“Settings”: how the community and this computer are set up."""

from desktop.ui.kit import Kit
from desktop.ui.pages.page import Entry, Page
from desktop.ui.widgets.empty import Empty
from resources.translations import _


class SettingsPage(Page):
    """The page “Settings”."""

    def __init__(self, kit: Kit, entry: Entry) -> None:
        super().__init__(kit, entry)
        self.body.addWidget(
            Empty(kit.theme, kit.icons, entry.icon, _("Settings"), _("Name, colours and language of the community; how this computer sends.")), 1
        )
