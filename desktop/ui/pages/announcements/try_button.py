"""“Try it first”: send it to oneself, or rehearse all of it in Practice."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton

from desktop.actions import rehearsals
from desktop.actions.announcement_edits import Written
from desktop.actions.rehearsals import Rehearsed
from desktop.store.database import Store
from desktop.ui.kit import Kit
from desktop.ui.operations import Tell
from resources.translations import _

_OWN_PLACE = "announcements/own-place"
_AT_ONCE = 3  # places


class TryButton(QPushButton):
    """The button with its menu. `written`: what is on the page; None where that can't be read.

    Signals:
        tried: a `Rehearsed`.
    """

    tried = Signal(object)

    def __init__(self, kit: Kit, written: Callable[[], Written | None]) -> None:
        super().__init__(_("Try it first"))
        self._kit, self._written = kit, written
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self.fill(menu))
        self.setMenu(menu)

    def fill(self, menu: QMenu) -> None:
        """Offer the places of one's own, the one used last first."""
        menu.clear()
        own = rehearsals.own_places(self._kit.store)
        remembered = self._kit.state.text(_OWN_PLACE)
        own.sort(key=lambda one: one.id != remembered)
        if not own:
            menu.addAction(_("Send it to me first, in Practice"), lambda: self.send_to_me(""))
        for one in own:
            menu.addAction(_("Send it to me first, in {channel}").format(channel=one.name), partial(self.send_to_me, one.id))
        menu.addSeparator()
        act = menu.addAction(_("Rehearse: everything goes to Practice, which reaches nobody"), self.rehearse)
        written = self._written()
        act.setEnabled(bool(written and written.announcement.channels))

    def send_to_me(self, channel_id: str) -> None:
        """Send it to a channel of one's own; to Practice for an empty id."""
        written = self._written()
        if written is not None:
            if channel_id:
                self._kit.state.keep(_OWN_PLACE, channel_id)
            self._do(written, lambda store: rehearsals.send_to_me(store, written, channel_id), places=1)

    def rehearse(self) -> None:
        """Send what each channel would get to Practice."""
        written = self._written()
        if written is not None:
            self._do(written, lambda store: rehearsals.rehearse(store, written), places=len(written.announcement.channels))

    def _do(self, written: Written, action: Callable[[Store], Rehearsed], *, places: int) -> None:
        """Now, where it is a few rows; on the worker, where it is a file or many places."""
        if written.files or places > _AT_ONCE:
            self._kit.operations.start("", lambda store, _progress: action(store), self.tried.emit, tell=Tell.NOTHING)
        else:
            self._kit.operations.run(action, self.tried.emit, tell=Tell.NOTHING)
