"""What is offered where a community can't be opened: its newest sound backup, one press away."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.store.backups import Backup
from desktop.ui.backup_notes import noted
from desktop.ui.backup_words import held, when
from desktop.ui.dates import Dates
from desktop.ui.kit import Program
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.label import ElidedLabel, label
from desktop.ui.window_state import WindowState
from resources.translations import _


class LostFile(QWidget):
    """Looks for backups beside the file and where the window has noted some; shows itself when it has found one.

    Signals:
        offered: a backup is there.
        wanted: (the community's Path, the backup's Path).
    """

    offered = Signal()
    wanted = Signal(object, object)
    _looked = Signal(object)

    def __init__(self, theme: Theme, program: Program, state: WindowState, dates: Dates) -> None:
        super().__init__()
        self._program, self._state, self._dates = program, state, dates
        self._executor = ThreadPoolExecutor(1, "belfry-backups")  # starts its thread when something is looked for
        self._community = Path()
        self.found: Backup | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, theme.px(2))
        box.setSpacing(theme.px(0.75))
        self.told = label("", wrap=True)
        self.file = ElidedLabel("", "quiet small")
        self.restore = button(_("Put it back"), self._want, kind="primary")
        row = QHBoxLayout()
        row.addWidget(self.restore)
        row.addStretch()
        box.addWidget(self.told)
        box.addWidget(self.file)
        box.addLayout(row)
        self._looked.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self.hide()

    def look_for(self, community: Path) -> None:
        """This file can't be opened, or is gone."""
        self._community = community
        paths = noted(self._state, community)
        self._executor.submit(lambda: self._looked.emit(self._program.backups(community, paths)))

    def leave(self) -> None:
        """Nothing is to be found any more."""
        self.hide()
        self._executor.shutdown(wait=True)

    def _show(self, found: list[Backup]) -> None:
        self.found = found[0] if found else None
        self.setVisible(self.found is not None)
        if self.found is not None:
            sentence = _("The newest good backup of {file} is from {when}, with {holds}. What is in its place now is kept beside it.")
            self.told.setText(sentence.format(file=self._community.name, when=when(self.found, self._dates), holds=held(self.found)))
            self.file.setText(str(self.found.path))
            self.restore.setFocus()
            self.offered.emit()

    def _want(self) -> None:
        if self.found is not None:
            self.wanted.emit(self._community, self.found.path)
