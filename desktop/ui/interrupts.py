"""SIGINT and SIGTERM end the program as Quit does: what is on its way out is waited for."""

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

_NUMBERS = (signal.SIGINT, signal.SIGTERM)


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
        self._fd = signal.set_wakeup_fd(self._in.fileno(), warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, lambda _number, _frame: None) for number in _NUMBERS}  # what is to be done is done by `_woken`
        self._notifier = QSocketNotifier(self._out.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def end(self) -> None:
        """The event loop has ended, in whatever way: from now on a signal does what it did before, for nobody would hear of it here."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._fd)
        self._notifier.setEnabled(False)
        self._out.close()
        self._in.close()

    def _woken(self) -> None:
        if set(self._out.recv(64)) & set(_NUMBERS):
            self._ended()
