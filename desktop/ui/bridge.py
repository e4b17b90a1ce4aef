"""Between the window and what happens elsewhere: the engine's thread (one queued signal), and other programs that write into the file (a poll)."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.community.errors import BelfryError
from desktop.store.database import Store
from desktop.ui.news import EVERYTHING, EngineNews, News, Told

POLL = 1000  # milliseconds


class Bridge(QObject):
    """Brings what happened elsewhere onto the UI thread.

    Signals:
        news: a `News`: something may look different.
        engine: an `EngineNews`.
        moved: whether the file is away from where it was opened, when that changes.
    Attributes:
        halted: why nothing leaves, as the engine told last; empty where nothing is in the way.
    """

    news = Signal(object)
    engine = Signal(object)
    moved = Signal(bool)
    _arrived = Signal(object)

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._version = store.data_version()
        self._away = False
        self.halted = ""
        self.engine.connect(self._note)  # first of all who hear it
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self, interval=POLL)
        self._timer.timeout.connect(self.look)

    def hear(self, told: EngineNews) -> None:
        """Take news from the engine. From any thread."""
        self._arrived.emit(told)

    def watch(self, visible: bool) -> None:
        """Look at the file each second while the window can be seen, and at once when it appears."""
        if visible and not self._timer.isActive():
            self.look()
            self._timer.start()
        elif not visible:
            self._timer.stop()

    def look(self) -> None:
        """See whether another connection has written since the last look, and whether the file is still there."""
        away = not self._store.is_in_place()
        if away != self._away:
            self._away = away
            self.moved.emit(away)
        try:
            version = self._store.data_version()
        except BelfryError:
            return  # the file is away for a moment; whoever reads it next says so
        if version != self._version:
            self._version = version
            self.news.emit(EVERYTHING)

    def _note(self, told: EngineNews) -> None:
        if told.kind in (Told.HALTED, Told.RESUMED):
            self.halted = str(told.reason) if told.kind is Told.HALTED else ""

    def _take(self, told: EngineNews) -> None:
        self.engine.emit(told)
        self.news.emit(News(frozenset({"health"} if told.kind is Told.PAUSED else {"delivery"})))
