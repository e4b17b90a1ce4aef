"""Long work: runs on one worker thread with a Store of its own, tells how far it is, can be cancelled."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from desktop.actions.importing import Progress, Stopped
from desktop.store.database import Store
from desktop.store.journal import Changes

Work = Callable[[Store, Progress], Any]
_PAUSE = 0.03  # seconds between two reports to the window


class Job(QObject):
    """One piece of long work, from the window's side.

    Signals:
        progressed: (done, total); total 0 while it is not known.
        ended: it is over, however it went.
    """

    progressed = Signal(int, int)
    ended = Signal()
    _over = Signal(object, object)

    def __init__(self, title: str, then: Callable[["Job"], None]) -> None:
        super().__init__()
        self.title = title
        self.result: Any = None
        self.error: BaseException | None = None
        self.changes: list[Changes] = []
        self.wrote = False
        self._then = then
        self._cancelled = False
        self._last = 0.0
        self._over.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask it to stop; it does at its next step."""
        self._cancelled = True

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled

    def report(self, done: int, total: int) -> None:
        """`Progress` for the work, in its thread. Raises Stopped once it was cancelled."""
        if self._cancelled:
            raise Stopped
        now = time.monotonic()
        if now - self._last >= _PAUSE:
            self._last = now
            self.progressed.emit(min(done, 2**31 - 1), min(total, 2**31 - 1))

    def over(self, result: Any, error: BaseException | None) -> None:
        """The work has ended, in its thread."""
        self._over.emit(result, error)

    def _finish(self, result: Any, error: BaseException | None) -> None:
        self.result, self.error = result, error
        self.ended.emit()
        self._then(self)


class Worker:
    """The one thread for long work, with its own connection to the file."""

    def __init__(self, store: Store) -> None:
        self._source = store
        self._followers = store.followers
        self._store: Store | None = None
        self._executor = ThreadPoolExecutor(1, "belfry-work")
        self._jobs: set[Job] = set()

    def start(self, job: Job, work: Work) -> None:
        """Run it after what runs already."""
        self._jobs.add(job)
        job.ended.connect(lambda: self._jobs.discard(job))
        self._executor.submit(self._run, job, work)

    @property
    def busy(self) -> bool:
        """Whether something runs or waits."""
        return bool(self._jobs)

    def stop(self) -> None:
        """Cancel everything and end the thread."""
        for job in list(self._jobs):
            job.cancel()
        self._executor.submit(self._close)
        self._executor.shutdown(wait=True)

    def _run(self, job: Job, work: Work) -> None:
        try:
            if self._store is None:
                self._store = self._source.again()
            self._store.followers = (*self._followers, lambda _store, changes: job.changes.append(changes))
            before = self._store.conn.total_changes
            try:
                result = work(self._store, job.report)
            finally:
                job.wrote = self._store.conn.total_changes != before
        except BaseException as error:
            job.over(None, error)
        else:
            job.over(result, None)

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
