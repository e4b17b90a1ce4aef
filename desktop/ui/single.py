"""One window for each community file: a second start asks the first one to come to the front, and ends.

A lock file says who is first (Qt tells a dead owner by its process id); a local socket carries the request.
"""

import hashlib
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

RAISE = b"raise\n"
PATIENCE = 3000  # milliseconds
_LONGEST = 100  # bytes; sun_path holds 108 on Linux, 104 on macOS


class Single(QObject):
    """Who is first.

    Args:
        folder: this computer's data folder, 0700.
        community: the file that the window shows.
    Signals:
        raised: another start asks for this window.
    """

    raised = Signal()

    def __init__(self, folder: Path, community: Path) -> None:
        super().__init__()
        name = hashlib.sha256(str(community.absolute()).encode()).hexdigest()[:16]
        self._lock = QLockFile(str(folder / f"window-{name}.lock"))
        self._lock.setStaleLockTime(0)
        self._address = _address(folder, f"belfry-{name}")
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._asked)

    def claim(self) -> bool:
        """Whether this is the first window; then it listens. False: the first one was asked to come to the front."""
        if self._lock.tryLock(0):
            QLocalServer.removeServer(self._address)
            self._server.listen(self._address)
            return True
        socket = QLocalSocket()
        socket.connectToServer(self._address)
        if socket.waitForConnected(PATIENCE):
            socket.write(RAISE)
            socket.waitForBytesWritten(PATIENCE)
            socket.disconnectFromServer()
        return False

    def release(self) -> None:
        """Let the next start be the first."""
        self._server.close()
        self._lock.unlock()

    def _asked(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.raised.emit()


def _address(folder: Path, name: str) -> str:
    """Where the socket is: in the private data folder where its path is short enough, a pipe's name on Windows."""
    if sys.platform == "win32":
        return name
    wanted = str(folder / f"{name}.socket")
    return wanted if len(wanted.encode()) <= _LONGEST else str(Path(tempfile.gettempdir()) / name)
