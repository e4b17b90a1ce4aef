"""One thread that does calls one after the other, each with a time-out for whoever waits."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class Worker:
    """Not a ThreadPoolExecutor, because that joins its threads when the program ends: a keyring that hangs would hang the end of Belfry too."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._calls: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = queue.SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def call(self, work: Callable[[], Answer], seconds: float) -> Answer:
        """What `work` gives or raises. Raises TimeoutError when that takes longer than `seconds`; a call not begun by then is never made."""
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()
        future: Future[Answer] = Future()
        self._calls.put((future, work))
        try:
            return future.result(seconds)
        finally:
            future.cancel()

    def _work(self) -> None:
        while True:
            future, work = self._calls.get()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(work())
            except BaseException as error:  # not swallowed: it is raised again in the thread that asked
                future.set_exception(error)
            del future, work  # a secret in them must not wait here for the next call
