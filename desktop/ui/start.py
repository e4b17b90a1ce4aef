"""Starts the window: the application, its look and language, one window for each file, the store, the engine; and takes all of it down again."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop.community.errors import BelfryError
from desktop.store import connections, leftovers, undo
from desktop.store.database import Store
from desktop.store.faults import NoCommunity
from desktop.store.glance import glance
from desktop.ui import roles
from desktop.ui.absence import Absence
from desktop.ui.appearing import Appear
from desktop.ui.autostart import Autostart, autostart_here
from desktop.ui.backup_notes import note
from desktop.ui.bridge import Bridge
from desktop.ui.citizen import Citizen
from desktop.ui.dates import Dates
from desktop.ui.habits import Habits
from desktop.ui.icons import Icons
from desktop.ui.interrupts import Interrupts
from desktop.ui.kit import Kit, Program
from desktop.ui.language import speak
from desktop.ui.logo import Logo
from desktop.ui.lost_file import LostFile
from desktop.ui.main_window import MainWindow, Outside
from desktop.ui.mistakes import Mistakes
from desktop.ui.moved_file import MovedFile
from desktop.ui.native import NativeAsker, NativeFileChooser, NativeOpener
from desktop.ui.navigation import Navigation, PageName
from desktop.ui.notices import Notices, Tone
from desktop.ui.opening import Opening
from desktop.ui.operations import Operations, Tell
from desktop.ui.pages import PAGES
from desktop.ui.parting import part
from desktop.ui.photos import Photos
from desktop.ui.ports import Asker, FileChooser, Kind
from desktop.ui.reading import Reader
from desktop.ui.reading_order import InSight
from desktop.ui.single import Single
from desktop.ui.sleep import sleep_here
from desktop.ui.theme import DEFAULT_ACCENT, Mode, Theme
from desktop.ui.tidying import Tidying, settle
from desktop.ui.tray import Tray
from desktop.ui.turns import take_short_turns
from desktop.ui.unlocking import Unlocking
from desktop.ui.warming import load_beside
from desktop.ui.window_state import WindowState
from resources.translations import _

if TYPE_CHECKING:
    from desktop.ui.first_start import FirstStart
    from desktop.ui.restoring import Restoring

SENDING = 100  # milliseconds after the window is there: it is painted first
WARMING = 700  # milliseconds after the window is there
LISTENING = 3000  # the same, for the computer's sleep: nobody closes the lid before
_LAST = "window/community"
SWEEPING = 5000  # the same, for what a killed import has left
STOPPING = 20.0  # seconds that the sender is given to end what is on its way


def run(program: Program, community: Path | None = None, appear: Appear = Appear.WINDOW) -> int:
    """Open the window and stay until the person quits. Gives the exit status."""
    take_short_turns()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Belfry")
    app.setDesktopFileName("belfry")
    app.setQuitOnLastWindowClosed(False)
    state = WindowState(program.data)
    locale = speak(app, state.text("language"))
    theme = theme_of(app, state)
    InSight(app)
    roles.install()
    session = Session(app, program, theme, state, locale)
    session.open(community or session.usual(appear), appear)
    interrupts, tidying = Interrupts(session.quit), Tidying()
    settle()
    status = app.exec()
    interrupts.end()
    session.close()  # the display may have gone, and the loop with it, without anybody having quit
    del tidying
    return status


def theme_of(app: QApplication, state: WindowState) -> Theme:
    """The look that this person has chosen on this computer."""
    mode = state.text("look/mode", Mode.SYSTEM)
    return Theme(app, Mode(mode) if mode in set(Mode) else Mode.SYSTEM, scale=scale_of(state))


def scale_of(state: WindowState) -> float:
    """The size of text that this person has chosen on this computer."""
    scale = state.text("look/scale", "1")
    return float(scale) if scale.replace(".", "", 1).isdigit() else 1.0


class Session:
    """What is open while the program runs: at most one community, or the first start."""

    def __init__(
        self, app: QApplication, program: Program, theme: Theme, state: WindowState, locale: QLocale, files: FileChooser | None = None
    ) -> None:
        self._app, self._program, self._theme, self._state, self._locale = app, program, theme, state, locale
        self._icons = Icons(theme)
        self._files: FileChooser = files or NativeFileChooser(theme)
        self._asker: Asker = NativeAsker(theme)
        self._first: FirstStart | None = None
        self._single: Single | None = None
        self._kit: Kit | None = None
        self._autostart: Autostart = autostart_here(os.environ, Path.home())
        self._citizen: Citizen | None = None
        self._unlocking: Unlocking | None = None
        self.window: MainWindow | None = None
        self._mistakes: Mistakes | None = None
        self._lost: LostFile | None = None
        self._restoring: Restoring | None = None

    def usual(self, appear: Appear) -> Path:
        """The community that was open last; in the background that of this computer, where it has one: an invented one sends nothing."""
        last, own = self._state.text(_LAST), self._program.community
        return Path(last) if last and (not own.exists() or (appear is Appear.WINDOW and Path(last).exists())) else own

    def open(self, path: Path, appear: Appear = Appear.WINDOW) -> None:
        """Show this community, or the first start where there is none yet. Where it is open already, that window comes to the front."""
        if not path.exists():
            self._show_first(lost=path)
            return
        single = Single(self._program.data, path)
        if not single.claim():
            if self.window is None:
                self._end()
            return
        try:
            store = self._opened(path)
        except BelfryError as error:
            single.release()
            self._show_first(str(error), path if isinstance(error, NoCommunity) else None)
            return
        self.close()
        self._single = single
        single.raised.connect(self._to_front)
        self._show(store, appear)

    def _opened(self, path: Path) -> Store:
        """The file, of which at least what the window begins with can be read: a damaged one may open all the same. Raises BelfryError."""
        store = self._program.open(path)
        try:
            store.setting("name")
            glance(store)
            connections.connections(store)
            undo.history(store, limit=1)
        except BelfryError:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Let go of the community: the sender ends what is on its way."""
        if self._citizen is not None:
            self._citizen.stop()
        if self.window is not None and self._kit is not None:
            self.window.pages.leave()  # what is typed is kept, whatever ends the program
            self.window.remember()
            self.window.hide()
            for timer in self.window.findChildren(QTimer):  # the window goes a moment later than the file that they would read
                timer.stop()
            self.window.deleteLater()
            if self._unlocking is not None:
                self._unlocking.end()
            self._kit.engine.stop(STOPPING)
            self._kit.operations.stop()
            self._kit.reader.stop()
            self._kit.store.close()
        if self._mistakes is not None:
            self._mistakes.remove()
        if self._single is not None:
            self._single.release()
        self.window = self._kit = self._single = self._mistakes = self._citizen = self._unlocking = None

    def _show(self, store: Store, appear: Appear) -> None:
        notices = Notices()
        bridge = Bridge(store)
        opener = Opening(NativeOpener(), notices, self._theme)
        self._mistakes = Mistakes(self._program.data / "reports", notices, opener, self._program.clock.now)
        self._mistakes.install()
        self._theme.choose(accent=store.setting("accent", DEFAULT_ACCENT))
        reader = Reader(store, notices)
        self._kit = Kit(
            store=store,
            reader=reader,
            photos=Photos(reader),
            logo=Logo(store, reader, self._theme),
            theme=self._theme,
            icons=self._icons,
            operations=Operations(store, notices),
            notices=notices,
            navigation=Navigation(only_post=Habits(self._state).only_post),
            dates=Dates(self._program.clock, store.setting("zone", "UTC"), self._locale),
            files=self._files,
            asker=self._asker,
            opener=opener,
            state=self._state,
            absence=Absence(store, self._state, self._program.clock),
            program=self._program,
            engine=self._program.engine(store.path, bridge.hear),
        )
        self.window = MainWindow(self._kit, bridge, PAGES, Outside(self._choose, self._left), closing=self._closed)
        self._citizen = Citizen(self._kit, bridge, self.window, self.quit, Tray(self._theme, self._icons), self._autostart, sleep=sleep_here())
        self._citizen.appear(appear)
        self._state.keep(_LAST, str(store.path.absolute()))
        if self._first is not None:
            self._first.hide()  # closed while it is seen it would mean that the person leaves
            self._first.close()
            self._first = self._lost = None
        self._kit.navigation.restoring.connect(self._restore_open)
        self._kit.navigation.opening.connect(self._open_instead)
        self._kit.navigation.anew.connect(self._open_anew, Qt.ConnectionType.QueuedConnection)  # the box that was chosen in goes with the window
        MovedFile(self._kit, bridge, self.window)
        QTimer.singleShot(SENDING, self.window, self._kit.engine.start)
        note(self._kit)
        self._unlocking = Unlocking(self._kit, self.window)
        self._unlocking.begin(ask=appear is Appear.WINDOW)
        QTimer.singleShot(WARMING, self.window, lambda: load_beside(PAGES))
        QTimer.singleShot(LISTENING, self._citizen, self._citizen.listen)
        operations = self._kit.operations
        QTimer.singleShot(SWEEPING, self.window, lambda: operations.start("", lambda store, _progress: leftovers.sweep(store), tell=Tell.NOTHING))

    def _show_first(self, problem: str = "", lost: Path | None = None) -> None:
        """The first start. `lost`: a community that can't be opened or is gone, of which there may be a backup."""
        if self.window is not None and self._kit is not None:  # the community that is open stays
            self._kit.notices.problem(problem)
            return
        if self._first is None:
            from desktop.ui.first_start import FirstStart, here_zone  # late: it is seen once

            self._lost = LostFile(self._theme, self._program, self._state, Dates(self._program.clock, here_zone(), self._locale))
            self._lost.wanted.connect(self._restore)
            self._first = FirstStart(self._theme, self._icons, self._program, self._files, self._lost)
            self._first.chosen.connect(self.open)
            self._first.left.connect(self._end)
            self._theme.dress(self._first)
        self._first.say(problem)
        self._first.show()
        if lost is not None and self._lost is not None:
            self._lost.look_for(lost)

    def _restore_open(self, backup: Path) -> None:
        """Put a backup in the place of the community that is open."""
        if self._kit is not None and self.window is not None:
            path = self._kit.store.path

            def put_back() -> None:
                self.close()
                self._restore(path, backup)

            part(self.window.pages, self._asker, self.window, put_back)

    def _restore(self, path: Path, backup: Path) -> None:
        """Put a backup in the place of a community that is not open, then open it; also where that could not be done, for all is as it was."""
        from desktop.store.restore import Restored  # late: hardly ever
        from desktop.ui.restoring import Restoring, say_restored

        if self._first is not None:
            self._first.hide()

        def over(outcome: Restored | BelfryError) -> None:
            self._restoring = None
            if isinstance(outcome, Restored):
                self.open(path)
                if self._kit is not None and self.window is not None:
                    say_restored(self._kit, self.window, outcome)
                return
            self._open_again(path, str(outcome))

        self._restoring = Restoring(self._theme, self._program, path, backup, over)
        self._restoring.begin()

    def _open_again(self, path: Path, problem: str) -> None:
        if self._first is not None:
            self._first.say(problem)
            self._first.show()
            return
        self.open(path)
        if self._kit is not None:
            self._kit.notices.keep("restored", problem, tone=Tone.BAD)

    def _choose(self) -> None:
        if self.window is not None:
            self._files.open(self.window, _("Open a community"), [Kind(_("Communities"), ("*.belfry",))], self._open_instead)

    def _open_instead(self, path: Path) -> None:
        if self.window is not None:
            part(self.window.pages, self._asker, self.window, lambda: self._exchange(path))

    def _exchange(self, path: Path) -> None:
        if self._kit is not None and path.absolute() == self._kit.store.path and not self._kit.store.is_in_place():
            self.close()  # another file has the name of the one that is open
        self.open(path)

    def _open_anew(self, record: str) -> None:
        """Open the same community in a window of another language, or with text of another size."""
        if self._kit is None or self.window is None:
            return
        path = self._kit.store.path

        def open_again() -> None:
            self.close()
            self._locale = speak(self._app, self._state.text("language"))
            self._theme.choose(scale=scale_of(self._state))
            self.open(path)
            if self._kit is not None:
                self._kit.navigation.go(PageName.SETTINGS, record)

        part(self.window.pages, self._asker, self.window, open_again)

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
