"""While a backup is put back: a small window that says so, the work on a thread of its own, and what is said afterwards."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop.actions.restoring import SENDS_NOTHING, outcome
from desktop.community.errors import BelfryError
from desktop.store.restore import Restored
from desktop.ui.kit import Kit, Program
from desktop.ui.notices import Offer, Tone
from desktop.ui.sending_here import ask_to_send_here
from desktop.ui.theme import Theme
from desktop.ui.widgets.label import label
from resources.translations import _

BANNER = "restored"


class Restoring(QWidget):
    """Puts a backup in the place of a community that nobody has open.

    Args:
        then: called on the UI thread with what was done, or with the error after which all is as it was.
    """

    _over = Signal(object)

    def __init__(self, theme: Theme, program: Program, path: Path, backup: Path, then: Callable[[Restored | BelfryError], object]) -> None:
        super().__init__()
        self._program, self._path, self._backup, self._then = program, path, backup, then
        self.setWindowTitle(_("Putting the backup back …"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.px(4), theme.px(4), theme.px(4), theme.px(4))
        box.setSpacing(theme.px(2))
        box.addWidget(label(_("Putting the backup back …"), "strong", wrap=True))
        box.addWidget(
            label(_("It is copied, looked through, and then takes the place of the file. The window opens again by itself."), "quiet", wrap=True)
        )
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(self.windowTitle())
        box.addWidget(bar)
        self.resize(theme.px(52), theme.px(20))
        self._executor = ThreadPoolExecutor(1, "belfry-restore")
        self._over.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Show, and begin."""
        self.show()
        self._executor.submit(self._work)

    def closeEvent(self, event: QCloseEvent) -> None:
        """It is not left halfway."""
        event.ignore()

    def _work(self) -> None:
        outcome: object
        try:
            outcome = self._program.restore(self._path, self._backup)
        except BelfryError as error:
            outcome = error
        except BaseException as error:  # not swallowed: raised again on the UI thread, where the report is made
            outcome = error
        self._over.emit(outcome)

    def _end(self, outcome: object) -> None:
        self._executor.shutdown(wait=True)
        self.hide()
        self.deleteLater()
        if isinstance(outcome, Restored | BelfryError):
            self._then(outcome)
        elif isinstance(outcome, BaseException):
            raise outcome


def say_restored(kit: Kit, window: QWidget, done: Restored) -> None:
    """What was done, and that nothing is sent until the person says so."""
    lines = [_("The backup is back."), *map(str, outcome(done)), str(SENDS_NOTHING)]
    send = Offer(_("Send from this computer"), lambda: ask_to_send_here(kit, window, lambda: kit.notices.clear(BANNER)))
    kit.notices.keep(BANNER, " ".join(lines), send, tone=Tone.GOOD)
