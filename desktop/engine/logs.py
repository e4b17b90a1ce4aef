"""The log file: rotating, bounded, 0600, and without secrets: neither those the vault handed out in this run nor what looks like one.

Secrets are taken out of the finished text of an entry, so those in a traceback or in an exception's words go too.
"""

import base64
import json
import logging
import logging.handlers
import os
import re
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from io import FileIO, TextIOWrapper
from pathlib import Path
from types import TracebackType

from desktop.community.ports import Secret
from desktop.engine.private import narrow_file, private_folder, private_opener
from resources.translations import _

FILE_NAME = "belfry.log"
MAX_BYTES = 1_000_000
KEPT_FILES = 4
HIDDEN = "•••"
# Talkative libraries; httpx even prints each URL, and the token of a Telegram bot is in it.
TAMED = ("apscheduler", "asyncio", "filelock", "httpcore", "httpx", "keyring", "telegram", "tzlocal", "urllib3")
_SHORT = 6  # characters; a shorter secret is only taken out where it stands as a word of its own, or the log could not be read any more

# What looks like a credential. The group `keep` stays.
_PATTERNS = (
    r"(?P<keep>/bot)[0-9]+(?::|%3A)[^/\s'\"]+",  # https://core.telegram.org/bots/api#authorizing-your-bot
    r"(?P<keep>\b)[0-9]{6,}(?::|%3A)[A-Za-z0-9_-]{30,}",
    r"(?P<keep>\b(?:proxy-)?authorization['\"]?\s*[:=,]\s*(?:b(?=['\"]))?['\"]?(?:(?:basic|bearer|digest|token|bot)\s+)?)[^\s'\",;)]+",
    r"(?P<keep>\b(?:x-api-key|api[-_]?key|access_token|refresh_token|client_secret|password|passwd|passphrase|cookie)['\"]?\s*[:=,]\s*(?:b(?=['\"]))?['\"]?)[^\s'\",;)&]+",
    r"(?P<keep>\bbearer\s+)[A-Za-z0-9._~+/=-]{8,}",
    r"(?P<keep>[?&](?:token|key|secret|sig|signature)=)[^&\s'\"#]+",
    r"(?P<keep>://[^/\s:@'\"]*:)[^/\s@'\"]+(?=@)",
    r"(?P<keep>/webhooks/[0-9]+/)[A-Za-z0-9_-]+",
)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in _PATTERNS)


class Redactor:
    """Takes secrets out of text. Safe from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._texts: set[str] = set()
        self._known: re.Pattern[str] | None = None

    def add(self, secret: Secret) -> None:
        """Never show this one again, in any of the guises that a log gives it: quoted for a URL, JSON or Python, base64, one line of several."""
        text = secret.reveal()
        if not text:
            return
        with self._lock:
            if text in self._texts:
                return
            self._texts.add(text)
            guises = {guise for known in self._texts for guise in _guises(known)}
            self._known = re.compile("|".join(_alone(guise) for guise in sorted(guises, key=len, reverse=True)))

    def clean(self, text: str) -> str:
        """The text without secrets."""
        known = self._known
        if known is not None:
            text = known.sub(HIDDEN, text)
        for pattern in _patterns():
            text = pattern.sub(rf"\g<keep>{HIDDEN}", text)
        return text


class LogFormatter(logging.Formatter):
    """One entry as text, times in UTC, without secrets: neither in the message nor in the traceback."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__("%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s")
        self.default_time_format = "%Y-%m-%dT%H:%M:%S"
        self.default_msec_format = "%s.%03dZ"
        self.converter = time.gmtime
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        text = self._redactor.clean(super().format(record))
        record.exc_text = None  # the base class keeps the traceback there for other handlers, with the secrets in it
        return text


class PrivateRotatingFile(logging.handlers.RotatingFileHandler):
    """A rotating file that is 0600 from its first moment, and that several programs may write at once."""

    def __init__(self, path: Path, *, max_bytes: int, kept: int) -> None:
        super().__init__(path, maxBytes=max_bytes, backupCount=kept, encoding="utf-8", errors="backslashreplace")

    def _open(self) -> TextIOWrapper:
        stream = TextIOWrapper(FileIO(self.baseFilename, self.mode, opener=private_opener), encoding=self.encoding, errors=self.errors)
        narrow_file(Path(self.baseFilename))
        return stream

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self.stream is not None and self._was_rotated():
                self.stream.close()
                self.stream = self._open()
        except OSError:
            self.handleError(record)
        else:
            super().emit(record)

    def doRollover(self) -> None:
        import filelock  # late: most runs write little

        # On Windows a file that another program holds open can't be renamed; then this one grows until that program is gone.
        with suppress(OSError, filelock.Timeout), filelock.FileLock(f"{self.baseFilename}.lock", timeout=2, mode=0o600):
            if not self._was_rotated():
                super().doRollover()
        if self.stream is None:
            self.stream = self._open()

    def handleError(self, record: logging.LogRecord) -> None:
        # A full disk must not turn each entry into a traceback on the person's screen. A wrong log call is still shown.
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)

    def _was_rotated(self) -> bool:
        if self.stream is None:
            return False
        try:
            return not os.path.samestat(os.fstat(self.stream.fileno()), Path(self.baseFilename).stat())
        except OSError:
            return True


@contextmanager
def log_to(folder: Path, redactor: Redactor, *, level: int = logging.INFO, max_bytes: int = MAX_BYTES, kept: int = KEPT_FILES) -> Iterator[Path]:
    """Log into `belfry.log` in this folder (made 0700) until the block ends; gives the file. At most about (`kept` + 1) * `max_bytes`.

    Errors that nobody caught, in any thread, go there too and not to the screen, where their traceback would help nobody and might show a secret.
    Raises OSError where the folder can't be made or written.
    """
    handler = PrivateRotatingFile(private_folder(folder) / FILE_NAME, max_bytes=max_bytes, kept=kept)
    handler.setFormatter(LogFormatter(redactor))
    root = logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in ("", *TAMED)}
    root.setLevel(level)
    for name in TAMED:
        logging.getLogger(name).setLevel(logging.WARNING)
    root.addHandler(handler)
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    sys.excepthook = _uncaught
    threading.excepthook = _thread_died
    sys.unraisablehook = _unraisable
    try:
        yield Path(handler.baseFilename)
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
        root.removeHandler(handler)
        handler.close()
        for name, before in levels.items():
            logging.getLogger(name).setLevel(before)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, Exception):  # Ctrl+C and the like are no errors
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger(__name__).critical("Nobody caught this error", exc_info=(kind, error, trace))
    sys.stderr.write(_("Something went wrong inside Belfry. Nothing that was saved is lost. The log file says more.") + "\n")


def _thread_died(seen: threading.ExceptHookArgs) -> None:
    if seen.exc_value is not None and not isinstance(seen.exc_value, SystemExit):
        name = seen.thread.name if seen.thread else "?"
        logging.getLogger(__name__).error("Nobody caught this error in the thread %s", name, exc_info=seen.exc_value)


def _unraisable(seen: "sys.UnraisableHookArgs") -> None:
    logging.getLogger(__name__).error("Nobody could catch this error", exc_info=seen.exc_value)


def _guises(text: str) -> Iterator[str]:
    raw = text.encode("utf-8", "surrogatepass")  # a console may hand over bytes that are no text, as lone surrogates
    yield text
    yield urllib.parse.quote(raw, safe="")
    yield urllib.parse.quote(raw)
    yield urllib.parse.quote_plus(raw)
    yield json.dumps(text)[1:-1]
    yield json.dumps(text, ensure_ascii=False)[1:-1]
    yield repr(text)[1:-1]
    yield repr(raw)[2:-1]
    yield base64.b64encode(raw).decode()
    yield base64.urlsafe_b64encode(raw).decode()
    yield from (line for line in text.splitlines() if len(line) >= _SHORT)


def _alone(guise: str) -> str:
    return re.escape(guise) if len(guise) >= _SHORT else rf"(?<!\w){re.escape(guise)}(?!\w)"
