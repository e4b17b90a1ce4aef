"""“Settings”: how the community and this computer are set up. Each setting is kept as soon as it is changed."""

import os
from pathlib import Path

from desktop.ui.autostart import autostart_here
from desktop.ui.kit import Kit
from desktop.ui.news import News
from desktop.ui.pages.page import Entry, Page
from desktop.ui.pages.settings.file import FileSection
from desktop.ui.pages.settings.home import HomeSection
from desktop.ui.pages.settings.look import LookSection
from desktop.ui.pages.settings.sending import SendingSection
from desktop.ui.widgets.lines import Column


class SettingsPage(Page):
    """The page “Settings”."""

    def __init__(self, kit: Kit, entry: Entry) -> None:
        super().__init__(kit, entry)
        column = Column(kit.theme)
        self.home = HomeSection(kit)
        self.sending = SendingSection(kit)
        self.file = FileSection(kit)
        self.look = LookSection(kit, autostart_here(os.environ, Path.home()))
        for section in (self.home, self.sending, self.file, self.look):
            column.box.addWidget(section)
        column.box.addStretch()
        self.body.addWidget(column, 1)

    def refresh(self, news: News) -> None:
        """Show what is set now."""
        self.home.refresh(news)
        self.sending.refresh(news)
        self.file.refresh(news)

    def arrive(self) -> None:
        """Begin with the community's name."""
        self.home.name.setFocus()

    def leave(self) -> bool:
        """Keep what is being typed."""
        self.home.name.commit()
        return True
