"""Where tokens and passwords are kept: what is so, trying it out, unlocking, another place."""

import asyncio

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.community.ports import VaultKind
from desktop.ui.dialogs.passphrase import unlock
from desktop.ui.dialogs.secret_places import NOW, choose_place
from desktop.ui.engine_calls import EngineCalls
from desktop.ui.kit import Kit
from desktop.ui.news import EVERYTHING, News
from desktop.ui.pages.settings.rows import Section
from desktop.ui.unlocking import unlocked, without_keyring
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.label import label, restyle
from resources.translations import _


class SecretsSection(Section):
    """The place of the secrets on this computer."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit.theme, _("Secrets"))
        self._kit = kit
        self._safe = kit.program.secrets()
        self._calls = EngineCalls(kit.engine, self)
        self._lacks = ""
        self.now = label("", wrap=True)
        self.add(_("Where they are"), self.now)
        buttons = QWidget()
        row = FlowLayout(kit.theme.px(1), parent=buttons)
        self.unlock = button(_("Unlock …"), lambda: unlock(kit, self, lambda: unlocked(kit)))
        self.try_out = button(_("Try it out"), self._try)
        self.elsewhere = button(_("Keep them elsewhere …"), lambda: choose_place(kit, self))
        self.file = button(_("Use a file with a passphrase …"), lambda: choose_place(kit, self, self._lacks), kind="primary")
        for each in (self.file, self.unlock, self.try_out, self.elsewhere):
            row.addWidget(each)
        self.add_wide(buttons)
        self.found = label("", wrap=True)
        self.found.hide()
        self.add_wide(self.found)
        self.refresh(EVERYTHING)

    def refresh(self, news: News) -> None:
        """Show what is so now."""
        if not news.touches("setting"):
            return
        self._say()
        if self.isVisible():
            self._look()

    def showEvent(self, event: QShowEvent) -> None:
        """Where they are to be kept may not be there: that is said before anything is lost there."""
        super().showEvent(event)
        self._look()

    def _look(self) -> None:
        if self._safe.kind is VaultKind.KEYRING and not self._calls.busy:
            self._calls.ask(without_keyring(self._safe.look), self._looked, lambda _why: None)

    def _looked(self, lacks: str) -> None:
        if lacks != self._lacks:
            self._lacks = lacks
            self._say()

    def _say(self) -> None:
        locked, lacks = self._safe.locked, self._lacks if self._safe.kind is VaultKind.KEYRING else ""
        where = _(NOW[self._safe.kind])
        self.now.setText(lacks or (_("{where} It is locked at the moment.").format(where=where) if locked else where))
        restyle(self.now, look="warn" if lacks else "")
        self.file.setVisible(bool(lacks))
        self.unlock.setVisible(locked)
        self.try_out.setVisible(not locked)
        self.elsewhere.setVisible(not locked and not lacks)

    def _try(self) -> None:
        self.try_out.setEnabled(False)
        self._calls.ask(
            asyncio.to_thread(self._safe.try_out),
            lambda _nothing: self._tried(_("It works: what was kept for a trial came back, and is forgotten."), "good"),
            lambda why: self._tried(why, "bad"),
        )

    def _tried(self, what: str, look: str) -> None:
        self.try_out.setEnabled(True)
        self.found.setText(what)
        restyle(self.found, look=look)
        self.found.show()
