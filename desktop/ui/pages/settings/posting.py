"""“I only post”: what somebody sees who was asked to post the announcements and nothing else. Remembered on this computer."""

from PySide6.QtWidgets import QCheckBox

from desktop.ui.habits import Habits
from desktop.ui.kit import Kit
from desktop.ui.pages.settings.rows import Section
from desktop.ui.widgets.label import label
from resources.translations import _


class PostingSection(Section):
    """The one switch, which works at once."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit.theme, _("Posting"))
        self._kit = kit
        self._habits = Habits(kit.state)
        self.only = QCheckBox(_("I only post"))
        self.only.setChecked(kit.navigation.only_post)
        self.only.clicked.connect(self._keep)
        self.add_wide(self.only)
        self.add_wide(
            label(
                _(
                    "The window on this computer then has Today and Announcements, with Undo, and nothing else that could be done by mistake. "
                    "Members, calendar and channels stay as they are; untick it here to see them again."
                ),
                "quiet small",
                wrap=True,
            )
        )

    def _keep(self, only: bool) -> None:
        self._habits.post_only(only)
        self._kit.navigation.narrow(only)
