"""“Channels”: where do we live?"""

from desktop.ui.kit import Kit
from desktop.ui.pages.page import Entry, Page
from desktop.ui.widgets.empty import Empty
from resources.translations import _


class ChannelsPage(Page):
    """The page “Channels”."""

    def __init__(self, kit: Kit, entry: Entry) -> None:
        super().__init__(kit, entry)
        self.body.addWidget(
            Empty(kit.theme, kit.icons, entry.icon, _("No channels yet"), _("Your groups on Telegram, WhatsApp and elsewhere stand here.")), 1
        )
