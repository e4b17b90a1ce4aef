"""Starts the window: the application, its look and language, one window for each file, the store, the engine; and takes all of it down again."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from desktop.community.errors import BelfryError
from desktop.store.database import Store
from desktop.ui.appearing import Appear
from desktop.ui.autostart import Autostart, autostart_here
from desktop.ui.bridge import Bridge
from desktop.ui.citizen import Citizen
from desktop.ui.dates import Dates
from desktop.ui.first_start import FirstStart
from desktop.ui.icons import Icons
from desktop.ui.interrupts import Interrupts
from desktop.ui.kit import Kit, Program
from desktop.ui.language import speak
from desktop.ui.main_window import MainWindow, Outside
from desktop.ui.mistakes import Mistakes
from desktop.ui.native import NativeAsker, NativeFileChooser, NativeOpener
from desktop.ui.navigation import Navigation
from desktop.ui.notices import Notices
from desktop.ui.operations import Operations
from desktop.ui.pages import PAGES
from desktop.ui.photos import Photos
from desktop.ui.ports import Asker, FileChooser, Kind, Opener
from desktop.ui.reading import Reader
from desktop.ui.reading_order import InSight
from desktop.ui.single import Single
from desktop.ui.theme import DEFAULT_ACCENT, Mode, Theme
from desktop.ui.tray import Tray
from desktop.ui.warming import load_beside
from desktop.ui.window_state import WindowState
from resources.translations import _

WARMING = 700  # milliseconds after the window is there
STOPPING = 20.0  # seconds that the sender is given to end what is on its way


def run(program: Program, community: Path | None = None, appear: Appear = Appear.WINDOW) -> int:
    """Open the window and stay until the person quits. Gives the exit status."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Belfry")
    app.setDesktopFileName("belfry")
    app.setQuitOnLastWindowClosed(False)
    state = WindowState(program.data)
    locale = speak(app, state.text("language"))
    theme = theme_of(app, state)
    InSight(app)
    session = Session(app, program, theme, state, locale)
    session.open(community or program.community, appear)
    interrupts = Interrupts(session.quit)
    status = app.exec()
    del interrupts
    return status


def theme_of(app: QApplication, state: WindowState) -> Theme:
    """The look that this person has chosen on this computer."""
    mode = state.text("look/mode", Mode.SYSTEM)
    scale = state.text("look/scale", "1")
    return Theme(app, Mode(mode) if mode in set(Mode) else Mode.SYSTEM, scale=float(scale) if scale.replace(".", "", 1).isdigit() else 1.0)


class Session:
    """What is open while the program runs: at most one community, or the first start."""

    def __init__(
        self, app: QApplication, program: Program, theme: Theme, state: WindowState, locale: QLocale, files: FileChooser | None = None
    ) -> None:
        self._app, self._program, self._theme, self._state, self._locale = app, program, theme, state, locale
        self._icons = Icons(theme)
        self._opener: Opener = NativeOpener()
        self._files: FileChooser = files or NativeFileChooser()
        self._asker: Asker = NativeAsker()
        self._first: FirstStart | None = None
        self._single: Single | None = None
        self._kit: Kit | None = None
        self._autostart: Autostart = autostart_here(os.environ, Path.home())
        self._citizen: Citizen | None = None
        self.window: MainWindow | None = None
        self._mistakes: Mistakes | None = None

    def open(self, path: Path, appear: Appear = Appear.WINDOW) -> None:
        """Show this community, or the first start where there is none yet. Where it is open already, that window comes to the front."""
        if not path.exists():
            self._show_first()
            return
        single = Single(self._program.data, path)
        if not single.claim():
            if self.window is None:
                self._end()
            return
        try:
            store = self._program.open(path)
        except BelfryError as error:
            single.release()
            self._show_first(str(error))
            return
        self.close()
        self._single = single
        single.raised.connect(self._to_front)
        self._show(store, appear)

    def close(self) -> None:
        """Let go of the community: the sender ends what is on its way."""
        if self._citizen is not None:
            self._citizen.stop()
        if self.window is not None and self._kit is not None:
            self.window.hide()
            self.window.deleteLater()
            self._kit.engine.stop(STOPPING)
            self._kit.operations.stop()
            self._kit.reader.stop()
            self._kit.store.close()
        if self._mistakes is not None:
            self._mistakes.remove()
        if self._single is not None:
            self._single.release()
        self.window = self._kit = self._single = self._mistakes = self._citizen = None

    def _show(self, store: Store, appear: Appear) -> None:
        notices = Notices()
        bridge = Bridge(store)
        self._mistakes = Mistakes(self._program.data / "reports", notices, self._opener, self._program.clock.now)
        self._mistakes.install()
        self._theme.choose(accent=store.setting("accent", DEFAULT_ACCENT))
        reader = Reader(store, notices)
        self._kit = Kit(
            store=store,
            reader=reader,
            photos=Photos(reader),
            theme=self._theme,
            icons=self._icons,
            operations=Operations(store, notices),
            notices=notices,
            navigation=Navigation(),
            dates=Dates(self._program.clock, store.setting("zone", "UTC"), self._locale),
            files=self._files,
            asker=self._asker,
            opener=self._opener,
            state=self._state,
            program=self._program,
            engine=self._program.engine(store.path, bridge.hear),
        )
        self.window = MainWindow(self._kit, bridge, PAGES, Outside(self._choose, self._left), closing=self._closed)
        self._citizen = Citizen(self._kit, bridge, self.window, self.quit, Tray(self._theme, self._icons), self._autostart)
        self._citizen.appear(appear)
        if self._first is not None:
            self._first.close()
            self._first = None
        self._kit.engine.start()
        QTimer.singleShot(WARMING, self.window, lambda: load_beside(PAGES))

    def _show_first(self, problem: str = "") -> None:
        if self._first is None:
            self._first = FirstStart(self._theme, self._icons, self._program, self._files)
            self._first.chosen.connect(self.open)
            self._first.left.connect(self._end)
        self._first.say(problem)
        self._first.show()

    def _choose(self) -> None:
        if self.window is not None:
            self._files.open(self.window, _("Open a community"), [Kind(_("Communities"), ("*.belfry",))], self.open)

    def _to_front(self) -> None:
        if self.window is not None:
            self.window.bring_to_front()

    def _closed(self) -> bool:
        return self._citizen is None or self._citizen.close()

    def _left(self) -> None:
        if self._citizen is not None:
            self._citizen.ask_to_quit()

    def quit(self) -> None:
        """Let go of the community and end the program."""
        self.close()
        self._end()

    def _end(self) -> None:
        """Before the event loop runs there is nothing to quit yet: it is quit as soon as it does."""
        QTimer.singleShot(0, self._app.quit)
