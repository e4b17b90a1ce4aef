"""“Settings”: how the community and this computer are set up. Each setting is kept as soon as it is changed.

The sections below the first are made once the page stands.
"""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt

from desktop.ui.autostart import autostart_here
from desktop.ui.kit import Kit
from desktop.ui.later import Later
from desktop.ui.news import News
from desktop.ui.pages.page import Entry, Page
from desktop.ui.pages.settings.file import FileSection
from desktop.ui.pages.settings.home import HomeSection
from desktop.ui.pages.settings.look import LANGUAGE, SCALE, LookSection
from desktop.ui.pages.settings.posting import PostingSection
from desktop.ui.pages.settings.rows import Section
from desktop.ui.pages.settings.secrets import SecretsSection
from desktop.ui.pages.settings.sending import SendingSection
from desktop.ui.widgets.lines import Column

SectionT = TypeVar("SectionT", bound=Section)


class SettingsPage(Page):
    """The page “Settings”."""

    def __init__(self, kit: Kit, entry: Entry) -> None:
        super().__init__(kit, entry)
        self._column = Column(kit.theme)
        self._makers: dict[type[Section], Callable[[], Section]] = {  # in their order
            HomeSection: lambda: HomeSection(kit),
            SendingSection: lambda: SendingSection(kit),
            SecretsSection: lambda: SecretsSection(kit),
            FileSection: lambda: FileSection(kit),
            LookSection: lambda: LookSection(kit, autostart_here(os.environ, Path.home())),
            PostingSection: lambda: PostingSection(kit),
        }
        self._made: dict[type[Section], Section] = {}
        self._column.box.addStretch()
        self.body.addWidget(self._column, 1)
        first, *more = [section for section in self._makers if self._is_shown(section)]
        self._section(first)
        Later(self, *(partial(self._section, section) for section in more))
        kit.navigation.narrowed.connect(self._narrow)

    @property
    def home(self) -> HomeSection:
        """The community."""
        return self._section(HomeSection)

    @property
    def sending(self) -> SendingSection:
        """Which computer sends."""
        return self._section(SendingSection)

    @property
    def secrets(self) -> SecretsSection:
        """Where secrets are kept."""
        return self._section(SecretsSection)

    @property
    def file(self) -> FileSection:
        """The community's file."""
        return self._section(FileSection)

    @property
    def look(self) -> LookSection:
        """This computer's window."""
        return self._section(LookSection)

    @property
    def posting(self) -> PostingSection:
        """Who only posts."""
        return self._section(PostingSection)

    def refresh(self, news: News) -> None:
        """Show what is set now."""
        for section in self._made.values():
            section.refresh(news)

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
        if HomeSection in self._made:
            self.home.name.commit()
        return True

    def _section(self, kind: type[SectionT]) -> SectionT:
        """A section; made now if this is the first time that it is needed, in its place among the others."""
        made = self._made.get(kind)
        if made is None:
            made = self._made[kind] = self._makers[kind]()
            self._column.box.insertWidget([one for one in self._makers if one in self._made].index(kind), made)
            made.setVisible(self._is_shown(kind))
        assert isinstance(made, kind)
        return made

    def _is_shown(self, kind: type[Section]) -> bool:
        """Who only posts has no settings but those of the window."""
        return not self.kit.navigation.only_post or kind in (LookSection, PostingSection)

    def _narrow(self) -> None:
        for kind in self._makers:
            if self._is_shown(kind):
                self._section(kind)
        for kind, section in self._made.items():
            section.setVisible(self._is_shown(kind))
