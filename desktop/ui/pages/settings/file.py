"""The community's file: where it is, a backup, a look through it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.store import check, erase
from desktop.store.check import Finding
from desktop.store.database import Store
from desktop.store.erase import Copy
from desktop.ui.backup_notes import note
from desktop.ui.dialogs.restore import RestoreSheet
from desktop.ui.kit import Kit
from desktop.ui.news import EVERYTHING, News
from desktop.ui.notices import Offer
from desktop.ui.operations import Tell
from desktop.ui.pages.settings.rows import Section
from desktop.ui.ports import Kind
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.label import ElidedLabel, label
from resources.translations import _, ngettext

SHOWN_COPIES = 5


class FileSection(Section):
    """Place, backups, a look through.

    Attributes:
        copies: what is said of the copies there are, a line for each.
    """

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit.theme, _("The file"))
        self._kit = kit
        self.copies = ""
        place = ElidedLabel(str(kit.store.path), "quiet")
        self.add(_("Place"), place, _("All of the community is in this one file. Only you can read it on this computer."))
        buttons = QWidget()
        row = FlowLayout(kit.theme.px(1), parent=buttons)
        row.addWidget(button(_("Show the folder"), self._show_folder))
        row.addWidget(button(_("Look it through"), self._look))
        self.add_wide(buttons)
        self.found = label("", wrap=True)
        self.found.hide()
        self.add_wide(self.found)
        both = QWidget()
        pair = FlowLayout(kit.theme.px(1), parent=both)
        self.backup = button(_("Back up now …"), self._back_up)
        self.restore = button(_("Put a backup back …"), lambda: RestoreSheet(kit, self).open())
        pair.addWidget(self.backup)
        pair.addWidget(self.restore)
        self.add(_("Backups"), both)
        listed = QWidget()
        self._copies = QVBoxLayout(listed)
        self._copies.setContentsMargins(0, 0, 0, 0)
        self._copies.setSpacing(0)
        self.add_wide(listed)
        self.refresh(EVERYTHING)

    def refresh(self, news: News) -> None:
        """Show which copies there are; they are looked for beside the UI thread, for they may be on a slow disk."""
        if news.touches("setting"):
            self._kit.reader.ask("settings/copies", erase.copies, self._show_copies)

    def _show_copies(self, copies: Sequence[Copy]) -> None:
        lines = [_("{when}: {file}").format(when=self._kit.dates.moment(copy.at), file=copy.path) for copy in copies[:SHOWN_COPIES]]
        while (item := self._copies.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for words in lines:
            self._copies.addWidget(ElidedLabel(words, "quiet small"))
        if not lines:
            self._copies.addWidget(label(_("None yet. A backup on another disk is worth a minute."), "quiet small", wrap=True))
        self.copies = "\n".join(lines)

    def _show_folder(self) -> None:
        self._kit.opener.open(str(self._kit.store.path.parent))

    def _back_up(self) -> None:
        today = self._kit.dates.today()
        name = f"{self._kit.store.path.stem}-{today:%Y-%m-%d}.belfry"
        self._kit.files.save(self, _("Where to keep the backup"), name, [Kind(_("Communities"), ("*.belfry",))], self._copy)

    def _copy(self, target: Path) -> None:
        def work(store: Store, _progress: object) -> Path:
            store.copy_to(target)
            return target

        self._kit.operations.start(_("Backing up …"), work, self._copied, tell=Tell.NOTHING)

    def _copied(self, target: Path) -> None:
        opener = self._kit.opener
        self._kit.notices.say(
            _("Backed up to {file} and verified.").format(file=target.name), Offer(_("Show"), lambda: opener.open(str(target.parent)))
        )
        note(self._kit)
        self._kit.operations.news.emit(EVERYTHING)

    def _look(self) -> None:
        self._kit.operations.start(_("Looking through the file …"), lambda store, _progress: check.check(store), self._looked, tell=Tell.NOTHING)

    def _looked(self, findings: list[Finding]) -> None:
        if findings:
            head = ngettext("{n} thing is not as it should be:", "{n} things are not as they should be:", len(findings)).format(n=len(findings))
            self.found.setText("\n".join([head, *(str(finding.what) for finding in findings)]))
        else:
            self.found.setText(_("All is well with the file."))
        self.found.show()
