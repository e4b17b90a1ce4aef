"""The sheet before a backup is put back: which one, from when, what it holds, what becomes of what is there now."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget
from shiboken6 import isValid

from desktop.store import backups
from desktop.store.backups import Backup
from desktop.ui.backup_words import listed
from desktop.ui.dialogs.sheet import Sheet
from desktop.ui.kit import Kit
from desktop.ui.operations import Tell
from desktop.ui.ports import Kind
from desktop.ui.theme import LARGE
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.label import ElidedLabel, label
from desktop.ui.widgets.lines import Column
from resources.translations import _

T = TypeVar("T")
_ROLE = Qt.ItemDataRole.UserRole


class RestoreSheet(Sheet):
    """Lists the known backups; another file can be chosen."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(
            kit.theme,
            _("Put a backup back"),
            _("The community becomes what it was then. What is there now is kept beside it, under another name; the backup stays as it is."),
            _("Put it back"),
            self._restore,
            parent,
            size=(72, 66),
        )
        self._kit = kit
        self.list = QListWidget()
        self.list.setAccessibleName(_("Backups"))
        self.list.currentItemChanged.connect(lambda _now, _before: self._show())
        self.none = label(_("Looking for backups …"), "quiet", wrap=True)
        box = self.box
        if kit.theme.scale >= LARGE:  # then all of it scrolls
            column = Column(kit.theme, margin=0)
            self.box.addWidget(column, 1)
            box = column.box
            self.list.setMinimumHeight(kit.theme.px(10))
        box.addWidget(self.list, 100)
        box.addWidget(self.none)
        row = QHBoxLayout()
        self.other = button(_("Another file …"), self._choose)
        row.addWidget(self.other)
        row.addStretch()
        box.addLayout(row)
        self.file = ElidedLabel("", "quiet small")
        self.told = label("", wrap=True)
        self.wrong = label("", "bad", wrap=True)
        for widget in (self.told, self.file, self.wrong):
            box.addWidget(widget)
            widget.hide()
        box.addStretch()
        self.list.hide()
        self.go.setEnabled(False)
        kit.operations.start("", lambda store, _progress: backups.known(store), self._if_here(self._list), tell=Tell.NOTHING)

    @property
    def chosen(self) -> Backup | None:
        """The one that is selected."""
        found = self.list.currentIndex().data(_ROLE)
        return found if isinstance(found, Backup) else None

    def take(self, path: Path) -> None:
        """Look into a file that the person has chosen."""
        self.wrong.hide()
        device = self._kit.store.device

        def work(store: object, _progress: object) -> Backup:
            return backups.look(path, clock=self._kit.program.clock, device=device)

        self._kit.operations.start("", work, self._if_here(self._add), tell=Tell.NOTHING, failed=self._if_here(self._refuse))

    def _if_here(self, then: Callable[[T], object]) -> Callable[[T], object]:
        """The answer may come when the person has left."""
        return lambda answer: then(answer) if isValid(self) else None

    def _list(self, found: Sequence[Backup]) -> None:
        for backup in found:
            self.list.addItem(self._item(backup))
        self._name()
        self.list.setVisible(bool(self.list.count()))
        self.none.setText(_("No sound backup is known on this computer. Choose the file of one."))
        self.none.setVisible(not self.list.count())
        if self.list.count():
            self.list.setCurrentRow(0)
            self.list.setFocus()
        else:
            self.other.setFocus()

    def _add(self, backup: Backup) -> None:
        row = next((n for n in range(self.list.count()) if self.list.item(n).data(_ROLE).path == backup.path), -1)
        if row < 0:
            self.list.insertItem(0, self._item(backup))
            row = 0
            self._name()
        self.list.show()
        self.none.hide()
        self.list.setCurrentRow(row)
        self.list.setFocus()

    def _item(self, backup: Backup) -> QListWidgetItem:
        item = QListWidgetItem()
        item.setToolTip(_("{when} – {file}").format(when=self._kit.dates.full(backup.at), file=backup.path))
        item.setData(_ROLE, backup)
        item.setSizeHint(QSize(10, self._kit.theme.px(6.5)))
        return item

    def _name(self) -> None:
        """Say what each is, so that no two look the same."""
        items = [self.list.item(row) for row in range(self.list.count())]
        for item, words in zip(items, listed([item.data(_ROLE) for item in items], self._kit.dates), strict=True):
            item.setText(words)

    def _show(self) -> None:
        backup = self.chosen
        self.go.setEnabled(backup is not None)
        for widget in (self.told, self.file):
            widget.setVisible(backup is not None)
        if backup is not None:
            self.wrong.hide()
            sentence = _(
                "“{name}” as it was on {when}. Who was erased since stays erased. Nothing is sent from it until you say so: "
                "what went out after the backup was made can't be known to it."
            )
            self.told.setText(sentence.format(name=backup.name, when=self._kit.dates.full(backup.at)))
            self.file.setText(str(backup.path))

    def _choose(self) -> None:
        self._kit.files.open(self, _("A backup"), [Kind(_("Communities"), ("*.belfry", "*.belfry.*"))], self.take)

    def _refuse(self, error: Exception) -> None:
        self.wrong.setText(str(error))
        self.wrong.show()

    def _restore(self) -> None:
        backup = self.chosen
        if backup is not None:
            self.accept()
            self._kit.navigation.restore(backup.path)
