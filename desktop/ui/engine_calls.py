"""Asks something of a connection on the engine's loop, and brings what comes of it onto the UI thread.

    self._calls = EngineCalls(kit.engine, self)
    self._calls.ask(greet(...), then=self._greeted, failed=self._refused)

What belongs to a widget that is gone is dropped: the widget is the parent, and calls end with it.
"""

from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from desktop.ui.kit import Engine
from desktop.ui.operations import explained

T = TypeVar("T")


class EngineCalls(QObject):
    """Calls of one widget to the engine's loop."""

    _arrived = Signal(object)

    def __init__(self, engine: Engine, parent: QObject) -> None:
        super().__init__(parent)
        self._engine = engine
        self._under_way: set[Future[Any]] = set()
        self._ended = False
        self._arrived.connect(lambda do: do(), Qt.ConnectionType.QueuedConnection)

    def ask(self, work: Coroutine[Any, Any, T], then: Callable[[T], object], failed: Callable[[str], object]) -> "Future[T]":
        """Run it. `then` gets the result, `failed` the sentence of an error that has one; both on the UI thread, neither after `end`."""
        future = self._engine.call(work)
        self._under_way.add(future)

        def over(done: "Future[T]") -> None:
            self.bring(lambda: self._over(done, then, failed))

        future.add_done_callback(over)
        return future

    def bring(self, do: Callable[[], object]) -> None:
        """Do something on the UI thread. From any thread."""
        if not self._ended:
            self._arrived.emit(do)

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return bool(self._under_way)

    def end(self) -> None:
        """Cancel what is under way; nothing comes back any more."""
        self._ended = True
        for future in list(self._under_way):
            future.cancel()
        self._under_way.clear()

    def _over(self, done: "Future[T]", then: Callable[[T], object], failed: Callable[[str], object]) -> None:
        self._under_way.discard(done)
        if self._ended:
            return
        try:
            result = done.result()
        except CancelledError:
            return
        except explained() as error:
            failed(str(error))
            return
        then(result)
