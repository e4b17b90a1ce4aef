"""Notifications of the system for what waits and what failed, while the person is elsewhere. Never two for one thing."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desktop.actions import deliveries
from desktop.actions.today import summary
from desktop.community.deliveries import State
from desktop.community.errors import Refused
from desktop.store import connections
from desktop.store.database import Store
from desktop.ui.navigation import PageName
from desktop.ui.news import EngineNews, Told
from desktop.ui.ports import Notifier
from resources.translations import _, mark, ngettext

GATHER = 2000  # milliseconds: what comes at once is told at once
_LINES = 4
_TITLES = {
    State.WAITING: mark("Time to post by hand"),
    State.UNSURE: mark("Unsure whether it is out"),
    State.MISSED: mark("Too late, not sent"),
    State.REJECTED: mark("Not taken by the service"),
    State.HELD: mark("Waits for approval"),
}


class Notifications(QObject):
    """Hears the engine and tells the person.

    Args:
        looking: whether the person is looking at the window now, which says it all itself.
        show: takes them to a page.
    """

    def __init__(self, store: Store, notifier: Notifier, looking: Callable[[], bool], show: Callable[[PageName], object]) -> None:
        super().__init__()
        self._store, self._notifier, self._looking, self._show = store, notifier, looking, show
        self._told: set[tuple[str, str]] = set()
        self._new: dict[str, State] = {}
        self._timer = QTimer(self, singleShot=True, interval=GATHER)
        self._timer.timeout.connect(self.flush)

    def hear(self, told: EngineNews) -> None:
        """News of the engine."""
        match told.kind:
            case Told.MOVED if told.state in _TITLES and self._first(told.id, told.state):
                self._new[told.id] = told.state
                self._timer.start()
            case Told.MOVED if told.state not in (*_TITLES, State.QUEUED):
                self._new.pop(told.id, None)  # settled before it was told
                self._told = {(one, state) for one, state in self._told if one != told.id}
            case Told.PAUSED if self._first(told.id, str(told.reason)):
                self._tell(told.id, _("A connection needs you"), str(told.reason), PageName.CHANNELS)
            case Told.HALTED if self._first("", str(told.reason)):
                self._tell("halted", _("Nothing is being sent"), str(told.reason), PageName.TODAY)

    def flush(self) -> None:
        """Tell what has gathered, as far as it is still so."""
        new, self._new = self._new, {}
        found = [(row_id, state, line) for row_id, state in new.items() if (line := self._line(row_id, state))]
        if not found:
            return
        key, state, text = found[0]
        if len(found) == 1:
            self._tell(key, _(_TITLES[state]), text, PageName.TODAY)
            return
        lines = [line for _id, _state, line in found[:_LINES]]
        if len(found) > _LINES:
            more = len(found) - _LINES
            lines.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
        title = ngettext("{n} thing waits for you", "{n} things wait for you", len(found)).format(n=len(found))
        self._tell(key, title, "\n".join(lines), PageName.TODAY)

    def stop(self) -> None:
        """Say nothing any more."""
        self._timer.stop()

    def _first(self, what: str, how: str) -> bool:
        first = (what, how) not in self._told
        self._told.add((what, how))
        return first

    def _tell(self, key: str, title: str, text: str, page: PageName) -> None:
        if not self._looking():
            self._notifier.tell(key, title, text, lambda: self._show(page))

    def _line(self, delivery_id: str, state: State) -> str:
        """`“Soup on Sunday” – Neighbours`; empty where it is settled."""
        try:
            delivery = deliveries.find(self._store, delivery_id)
            if delivery.state is not state:
                return ""
            place = connections.channel(self._store, delivery.channel_id).name
        except Refused:
            return ""
        return _("“{text}” – {place}").format(text=summary(deliveries.text_of(self._store, delivery)), place=place)
