"""Before the computer sleeps: names what falls due until it is usually opened again. When it is awake: the sender looks, and the window after it."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QObject, QTimer

from desktop.ui import quitting
from desktop.ui.kit import Kit
from desktop.ui.navigation import PageName
from desktop.ui.ports import Notifier
from desktop.ui.sleep import Sleep
from resources.translations import ngettext

NIGHT = timedelta(hours=12)
"""Nobody is told at lid-closing of what they will open the lid for in time."""
CATCHES_UP = 4000  # milliseconds that the sender is given for what it missed, so that the one sentence about it is whole


class BeforeSleep(QObject):
    """Tells, never twice for one thing: a lid that is opened and closed again says only what is new.

    Args:
        show: takes the person to a page, when they click the notification.
        awake: the window looks at what happened meanwhile.
    """

    def __init__(self, kit: Kit, sleep: Sleep, notifier: Notifier, show: Callable[[PageName], object], awake: Callable[[], object]) -> None:
        super().__init__()
        self._kit, self._sleep, self._notifier, self._show = kit, sleep, notifier, show
        self._told: set[str] = set()
        self._timer = QTimer(self, singleShot=True, interval=CATCHES_UP)
        self._timer.timeout.connect(awake)
        sleep.near.connect(self._say)
        sleep.over.connect(self._look)

    def stop(self) -> None:
        """Say nothing any more."""
        self._sleep.near.disconnect(self._say)
        self._sleep.over.disconnect(self._look)
        self._timer.stop()

    def _say(self) -> None:
        self._timer.stop()
        groups = quitting.falls_due(self._kit.store, NIGHT)
        new = {f"{one} {group.due_at.isoformat()}" for group in groups for one in group.ids} - self._told
        if not new:
            return
        self._told |= new
        title = ngettext("This is due while the computer sleeps", "{n} things are due while the computer sleeps", len(groups)).format(n=len(groups))
        self._notifier.tell("sleep", title, quitting.detail(groups, self._kit.dates), lambda: self._show(PageName.TODAY))

    def _look(self) -> None:
        self._kit.engine.wake()
        self._timer.start()
