"""The file of the open community is moved, deleted or replaced in another program: said at once, and nothing more is written meanwhile."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.community.errors import BelfryError
from desktop.store.database import Store
from desktop.ui.bridge import Bridge
from desktop.ui.kit import Kit
from desktop.ui.notices import Offer, Tone
from desktop.ui.operations import Tell
from desktop.ui.ports import Kind
from resources.translations import _

BANNER = "moved"


class MovedFile(QObject):
    """Tells of it as long as it is so, and offers to keep all of the community in another place."""

    def __init__(self, kit: Kit, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._kit, self._window = kit, window
        bridge.moved.connect(self._tell)

    def _tell(self, away: bool) -> None:
        notices = self._kit.notices
        notices.clear(BANNER)
        if not away:
            notices.say(_("The file is in its place again."))
            return
        try:
            self._kit.store.gather()
        except BelfryError as trouble:  # deleted on a full disk, say: the copy below still has all of it
            notices.problem(str(trouble))
        text = _(
            "{file} was moved, renamed, deleted or replaced in another program. Until it is back nothing more is saved. "
            "Open it where it is now (Ctrl+O), or save all that is here under a new name."
        )
        notices.keep(BANNER, text.format(file=self._kit.store.path), Offer(_("Save a copy …"), self._choose), tone=Tone.BAD)

    def _choose(self) -> None:
        kinds = [Kind(_("Communities"), ("*.belfry",))]
        self._kit.files.save(self._window, _("Where to save the community"), self._kit.store.path.name, kinds, self._save)

    def _save(self, target: Path) -> None:
        def work(store: Store, _progress: object) -> Path:
            store.copy_to(target)
            return target

        self._kit.operations.start(_("Saving …"), work, self._saved, tell=Tell.NOTHING)

    def _saved(self, target: Path) -> None:
        offer = Offer(_("Open it"), lambda: self._kit.navigation.open_community(target))
        self._kit.notices.keep("moved/saved", _("All of the community is in {file}.").format(file=target), offer, tone=Tone.GOOD)
