"""“Settings”: how the community and this computer are set up. Each setting is kept as soon as it is changed."""

import os
from pathlib import Path

from PySide6.QtCore import Qt

from desktop.ui.autostart import autostart_here
from desktop.ui.kit import Kit
from desktop.ui.news import News
from desktop.ui.pages.page import Entry, Page
from desktop.ui.pages.settings.file import FileSection
from desktop.ui.pages.settings.home import HomeSection
from desktop.ui.pages.settings.look import LANGUAGE, SCALE, LookSection
from desktop.ui.pages.settings.posting import PostingSection
from desktop.ui.pages.settings.secrets import SecretsSection
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
        self.secrets = SecretsSection(kit)
        self.posting = PostingSection(kit)
        for section in (self.home, self.sending, self.secrets, self.file, self.look, self.posting):
            column.box.addWidget(section)
        column.box.addStretch()
        self.body.addWidget(column, 1)
        kit.navigation.narrowed.connect(self._narrow)
        self._narrow()

    def refresh(self, news: News) -> None:
        """Show what is set now."""
        self.home.refresh(news)
        self.sending.refresh(news)
        self.secrets.refresh(news)
        self.file.refresh(news)

    def arrive(self) -> None:
        """Begin with the community's name."""
        if self.kit.navigation.only_post:
            self.look.mode.setFocus()
        else:
            self.home.name.setFocus()

    def show_record(self, record: str) -> None:
        """Where the person was when the window was made anew."""
        box = {SCALE: self.look.scale, LANGUAGE: self.look.language}.get(record)
        if box is not None:
            box.setFocus(Qt.FocusReason.TabFocusReason)

    def leave(self) -> bool:
        """Keep what is being typed."""
        self.home.name.commit()
        return True

    def _narrow(self) -> None:
        """Who only posts has no settings but those of the window."""
        for section in (self.home, self.sending, self.secrets, self.file):
            section.setVisible(not self.kit.navigation.only_post)
