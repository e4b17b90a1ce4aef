"""Reads that take longer than a blink: on a thread of their own, with a connection of their own. Of the questions with one key the newest counts.

reader.ask("members/list", lambda store: …, self._show)     # `_show` gets the answer on the UI thread, unless something newer was asked
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from desktop.community.errors import BelfryError
from desktop.store.database import Store
from desktop.ui.notices import Notices

T = TypeVar("T")


class Reader(QObject):
    """Answers questions to the store beside the UI thread."""

    _answered = Signal(str, int, object, object)

    def __init__(self, store: Store, notices: Notices) -> None:
        super().__init__()
        self._source = store
        self._notices = notices
        self._store: Store | None = None
        self._executor = ThreadPoolExecutor(1, "belfry-read")
        self._newest: dict[str, int] = {}
        self._waiting: dict[str, Callable[[Any], object]] = {}
        self._asked = 0
        self._stopped = False
        self._answered.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def ask(self, key: str, question: Callable[[Store], T], then: Callable[[T], object]) -> None:
        """Ask the store something; `then` gets the answer on the UI thread. A question with the same key that still waits is dropped.

        After `stop` nothing is asked: a page may outlive its community by an event or two.
        """
        if self._stopped:
            return
        self._asked += 1
        self._newest[key] = self._asked
        self._waiting[key] = then
        self._executor.submit(self._answer, key, self._asked, question)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._waiting)

    def forget(self, prefix: str) -> None:
        """Whoever asked under keys that begin so is gone."""
        for key in [key for key in self._waiting if key.startswith(prefix)]:
            del self._waiting[key]
            self._newest.pop(key, None)

    def stop(self) -> None:
        """End the thread."""
        self._stopped = True
        self._newest.clear()
        self._waiting.clear()
        self._executor.submit(self._close)
        self._executor.shutdown(wait=True)

    def _answer(self, key: str, number: int, question: Callable[[Store], Any]) -> None:
        if self._newest.get(key) != number:
            return
        try:
            if self._store is None:
                self._store = self._source.again()
            answer, error = question(self._store), None
        except BaseException as caught:
            answer, error = None, caught
        self._answered.emit(key, number, answer, error)

    def _take(self, key: str, number: int, answer: Any, error: BaseException | None) -> None:
        if self._newest.get(key) != number:
            return
        then = self._waiting.pop(key)
        if isinstance(error, BelfryError):
            self._notices.problem(str(error), key=key)
        elif error is not None:
            raise error
        else:
            then(answer)

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
