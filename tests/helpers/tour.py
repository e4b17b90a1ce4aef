"""A computer on which Belfry was just installed, for the first tour through the window: its folders, a Telegram on loopback, the program."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from desktop import app as composition
from desktop.engine.vault import VaultKind
from desktop.start import WindowProgram
from desktop.store.database import Store
from desktop.ui.first_start import FirstStart
from desktop.ui.main_window import MainWindow
from desktop.ui.reading_order import InSight
from desktop.ui.start import Session
from desktop.ui.theme import Mode, Theme
from desktop.ui.window_state import WindowState
from helpers.telegram_server import TelegramServer
from helpers.window import Files

SCHEMES = ("https", "http", "mailto", "tel", "whatsapp")


class Browser(QObject):
    """What opens web addresses on this computer: it notes them."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    @Slot(QUrl)
    def visit(self, url: QUrl) -> None:
        self.addresses.append(url.toString())


class Ending(QObject):
    """The application, as far as the session ends it: the one of the tests goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.quits = 0

    def quit(self) -> None:
        self.quits += 1
        sweep()


@dataclass
class Computer:
    """What a test looks at."""

    folder: Path
    session: Session
    telegram: TelegramServer
    program: WindowProgram
    files: Files
    browser: Browser = field(default_factory=Browser)
    ending: Ending = field(default_factory=Ending)

    @property
    def window(self) -> MainWindow:
        assert self.session.window is not None
        return self.session.window

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The community's file, read from beside the program."""
        store = self.program.open()
        try:
            yield store
        finally:
            store.close()


def sweep() -> None:
    """Delete what waits for it, as the program's own loop does at once: the loops of a test are too deep for that."""
    QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


@contextmanager
def computer(qapp: QApplication, folder: Path, telegram: TelegramServer) -> Iterator[Computer]:
    """Start Belfry for the first time."""
    environ = {composition.DATA_VARIABLE: str(folder / "data"), "BELFRY_PASSPHRASE": "for the tests", "HOME": str(folder)}
    inner = composition.program(environ=environ)
    inner.choose_vault(VaultKind.FILE)
    program = WindowProgram(inner, inner.safe())
    browser, ending = Browser(), Ending()
    for scheme in SCHEMES:
        QDesktopServices.setUrlHandler(scheme, browser, "visit")  # type: ignore[arg-type]  # the stubs want bytes, PySide itself a str
    session = Session(
        ending,  # type: ignore[arg-type]  # only `quit` is called
        program,
        Theme(qapp, Mode.LIGHT),
        WindowState(program.data),
        QLocale("en_GB"),
        files := Files(),  # Qt's own dialog for files, which stands in where there is no native one, now and then crashes under the keys of a test
    )
    in_sight = InSight(qapp)
    try:
        yield Computer(folder, session, telegram, program, files, browser, ending)
    finally:
        for scheme in SCHEMES:
            QDesktopServices.unsetUrlHandler(scheme)
        session.close()
        sweep()
        in_sight.deleteLater()
        for window in QApplication.topLevelWidgets():
            if isinstance(window, FirstStart | MainWindow):
                window.close()
                window.deleteLater()
        sweep()
