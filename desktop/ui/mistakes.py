"""Mistakes of Belfry's own: a sentence, a report file without personal data, and the program goes on where it can.

The report holds where in the code it happened and on what machine; no message of the exception and no values, for those may hold names or numbers.
"""

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion

from desktop.community.errors import BelfryError
from desktop.ui.notices import Notices, Offer
from desktop.ui.ports import Opener
from resources.translations import _

log = logging.getLogger(__name__)
KEY = "mistake"


class Mistakes(QObject):
    """Hears of every exception that nobody caught, in any thread.

    Args:
        folder: where reports are written; made when the first one is.
        now: the time, for the report's name.
    """

    _happened = Signal(object)

    def __init__(self, folder: Path, notices: Notices, opener: Opener, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._folder, self._notices, self._opener, self._now = folder, notices, opener, now
        self._before = (sys.excepthook, threading.excepthook)
        self._happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Hear of them from now on."""
        sys.excepthook = self.heard
        threading.excepthook = lambda args: self.heard(args.exc_type, args.exc_value, args.exc_traceback)

    def remove(self) -> None:
        """Leave it to whoever heard before."""
        sys.excepthook, threading.excepthook = self._before

    def heard(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """One exception. From any thread."""
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error or kind(), trace)
            return
        if isinstance(error, BelfryError):
            self._happened.emit(error)
            return
        log.error("A mistake of Belfry's own", exc_info=(kind, error or kind(), trace))
        self._happened.emit(self._write(report(kind, trace)))

    def _write(self, text: str) -> Path:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / f"{self._now():%Y-%m-%d-%H%M%S}.txt"
        path.write_text(text, "utf-8")
        return path

    def _tell(self, what: BelfryError | Path) -> None:
        if isinstance(what, Path):
            sentence = _("Belfry made a mistake of its own. Everything saved before is safe; look whether your last step was done.")
            self._notices.keep(KEY, sentence, Offer(_("Show the report"), lambda: self._opener.open(str(what))))
        else:
            self._notices.problem(str(what))


def report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """What a person can send: versions, kind of the exception, the lines of code it went through."""
    from importlib import metadata  # late: it takes longer to come than the window has, and mistakes are rare

    lines = [f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)]
    try:
        belfry = metadata.version("belfry")
    except metadata.PackageNotFoundError:
        belfry = "from its source"
    head = f"Belfry {belfry}, Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}"
    return "\n".join((head, f"{kind.__module__}.{kind.__qualname__}", *lines, ""))
