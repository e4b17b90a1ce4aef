"""SIGINT and SIGTERM end the program as Quit does: what is on its way out is waited for."""

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


class Interrupts(QObject):
    """Brings signals of the operating system into Qt's event loop, which Python's own handlers would wait for.

    Args:
        ended: called on the UI thread.
    """

    def __init__(self, ended: Callable[[], object]) -> None:
        super().__init__()
        self._ended = ended
        self._out, self._in = socket.socketpair()
        self._out.setblocking(False)
        self._in.setblocking(False)
        signal.set_wakeup_fd(self._in.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda _number, _frame: None)  # what is to be done is done by `_woken`
        self._notifier = QSocketNotifier(self._out.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def _woken(self) -> None:
        if set(self._out.recv(64)) & {signal.SIGINT, signal.SIGTERM}:
            self._ended()
