"""A window without a desktop around it: the kit that pages are built with, over a real store, with ports that remember what they were asked."""

from collections.abc import Callable, Coroutine, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QWidget

from desktop.actions import community
from desktop.community.ports import Clock, NoKeyring, Safe, Secret, Vault, VaultError, VaultKind
from desktop.engine.vault import FILE_NAME, Asking, OverheardVault
from desktop.engine.vault.encrypted import Cost, EncryptedVault
from desktop.engine.vault.environment import EnvironmentVault
from desktop.engine.vault.safe import RunSafe
from desktop.start import arrived
from desktop.store import backups, database, sending
from desktop.store import restore as restoring
from desktop.store.backups import Backup
from desktop.store.database import Store
from desktop.store.restore import Restored
from desktop.ui.absence import Absence
from desktop.ui.arrived import Arrived
from desktop.ui.bridge import Bridge
from desktop.ui.dates import Dates
from desktop.ui.habits import Habits
from desktop.ui.icons import Icons
from desktop.ui.kit import Kit
from desktop.ui.logo import Logo
from desktop.ui.main_window import MainWindow, Outside
from desktop.ui.navigation import Navigation
from desktop.ui.news import EngineNews
from desktop.ui.notices import Notice, Notices
from desktop.ui.opening import Opening
from desktop.ui.operations import Operations
from desktop.ui.pages import PAGES
from desktop.ui.photos import Photos
from desktop.ui.ports import Kind
from desktop.ui.reading import Reader
from desktop.ui.reading_order import InSight
from desktop.ui.theme import DEFAULT_ACCENT, Mode, Theme
from desktop.ui.window_state import WindowState
from helpers.clock import MovedClock

DEVICE = "0190a6de-0000-7000-8000-000000000001"


@dataclass
class Files:
    """`FileChooser` that answers with what a test puts into `answers`; without an answer the person has left the dialog."""

    answers: list[Path] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def open(self, parent: QWidget, title: str, kinds: Sequence[Kind], then: Callable[[Path], object]) -> None:
        self._answer(title, then)

    def save(self, parent: QWidget, title: str, name: str, kinds: Sequence[Kind], then: Callable[[Path], object]) -> None:
        self._answer(title, then)

    def _answer(self, title: str, then: Callable[[Path], object]) -> None:
        self.asked.append(title)
        if self.answers:
            then(self.answers.pop(0))


@dataclass
class Answers:
    """`Asker` that says yes, or not, to everything."""

    yes: bool = True
    asked: list[str] = field(default_factory=list)

    def ask(self, parent: QWidget, question: str, detail: str, yes: str, then: Callable[[], object]) -> None:
        self.asked.append(question)
        if self.yes:
            then()


@dataclass
class Opened:
    """`Opener` that remembers; without a program for it, it opens nothing."""

    addresses: list[str] = field(default_factory=list)
    has_program: bool = True

    def open(self, address: str) -> bool:
        if self.has_program:
            self.addresses.append(address)
        return self.has_program


@dataclass
class StillEngine:
    """An engine that sends nothing."""

    woken: int = 0
    running: bool = False

    def start(self) -> None:
        self.running = True

    def call(self, work: Coroutine[Any, Any, Any]) -> "Future[Any]":
        work.close()
        return Future()

    def wake(self) -> None:
        self.woken += 1

    def stop(self, timeout: float | None = None) -> bool:
        self.running = False
        return True


class KeptSecrets:
    """A keyring in memory.

    Attributes:
        trouble: what every use of it ends with.
    """

    def __init__(self) -> None:
        self.kept: dict[str, Secret] = {}
        self.trouble: VaultError | None = None

    def get(self, ref: str) -> Secret | None:
        self._work()
        return self.kept.get(ref)

    def set(self, ref: str, secret: Secret) -> None:
        self._work()
        self.kept[ref] = secret

    def delete(self, ref: str) -> None:
        self._work()
        self.kept.pop(ref, None)

    def look(self) -> None:
        if isinstance(self.trouble, NoKeyring):
            raise self.trouble

    def _work(self) -> None:
        if self.trouble is not None:
            raise self.trouble


class TestProgram:
    """`desktop.ui.kit.Program` in a folder of a test."""

    __test__ = False

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.data = folder
        self.clock = clock
        self.community = folder / "community.belfry"
        self.still = StillEngine()
        self.vault = KeptSecrets()
        self.chosen = VaultKind.KEYRING
        self.safe = self.new_safe()

    def open(self, path: Path | None = None) -> Store:
        return database.open(path or self.community, clock=self.clock, device=DEVICE)

    def create(self, path: Path, *, name: str, zone: str, country: str) -> Store:
        return community.new(path, clock=self.clock, computer=DEVICE, computer_name="test", name=name, zone=zone, country=country)

    def restore(self, path: Path, backup: Path) -> Restored:
        return restoring.restore(path, backup, clock=self.clock, device=DEVICE, patience=0.2)

    def backups(self, path: Path, noted: Iterable[Path]) -> list[Backup]:
        return backups.sound(path, noted, clock=self.clock, device=DEVICE)

    def secrets(self) -> Safe:
        return self.safe

    def new_safe(self) -> RunSafe:
        """The safe as the next start of the program finds it."""

        def open(kind: VaultKind, ask: Callable[[Asking], Secret]) -> OverheardVault:
            inside: Vault = self.vault
            if kind is VaultKind.FILE:
                inside = EncryptedVault(self.data / FILE_NAME, ask=ask, cost=Cost(1, 1, 8))
            elif kind is VaultKind.RUN:
                inside = EnvironmentVault({})
            return OverheardVault(inside, lambda _secret: None)

        def keep(kind: VaultKind) -> None:
            self.chosen = kind if kind is not VaultKind.RUN else self.chosen

        self.safe = RunSafe(self.chosen, open=open, file=self.data / FILE_NAME, keep=keep, given=Secret(""))
        return self.safe

    def take_over(self, store: Store) -> int:
        return sending.take_over(store, DEVICE, "test")[1]

    def arrived(self, store: Store, connection_id: str) -> Sequence[Arrived]:
        return arrived(store, connection_id)

    def engine(self, path: Path, hear: Callable[[EngineNews], None]) -> StillEngine:
        return self.still


@dataclass
class Desktop:
    """All that a test looks at.

    Attributes:
        said: every notice so far, toasts and banners.
    """

    kit: Kit
    bridge: Bridge
    program: TestProgram
    files: Files
    asker: Answers
    opener: Opened
    said: list[Notice] = field(default_factory=list)
    window: MainWindow | None = None
    in_sight: InSight | None = None

    def open_window(self) -> MainWindow:
        """The main window, not shown yet."""
        self.window = MainWindow(self.kit, self.bridge, PAGES, Outside(lambda: None, lambda: None))
        return self.window

    def close(self) -> None:
        """Take everything down, as the program does; a dialog that is left open would keep the mouse from the next test's window."""
        for window in QApplication.topLevelWidgets():
            window.hide()
            if isinstance(window, MainWindow):
                window.deleteLater()
        if self.in_sight is not None:
            self.in_sight.deleteLater()
        self.bridge.watch(False)
        self.kit.operations.stop()
        self.kit.reader.stop()
        self.kit.store.close()


def desktop(
    app: QApplication,
    folder: Path,
    *,
    clock: MovedClock | None = None,
    fill: Callable[[Store], object] = lambda _store: None,
    mode: Mode = Mode.LIGHT,
    locale: str = "en_GB",
    accent: str = DEFAULT_ACCENT,
    scale: float = 1.0,
) -> Desktop:
    """A new community in `folder`, filled by `fill`, and the kit over it."""
    clock = clock or MovedClock()
    program = TestProgram(folder, clock)
    if not program.community.exists():
        with program.create(program.community, name="Riverside Choir", zone="Europe/Lisbon", country="PT") as made:
            fill(made)
    store = program.open()
    notices = Notices()
    theme = Theme(app, mode, accent, scale)
    files, asker, opener = Files(), Answers(), Opened()
    reader = Reader(store, notices)
    state = WindowState(folder)
    kit = Kit(
        store=store,
        reader=reader,
        photos=Photos(reader),
        logo=Logo(store, reader, theme),
        theme=theme,
        icons=Icons(theme),
        operations=Operations(store, notices),
        notices=notices,
        navigation=Navigation(only_post=Habits(state).only_post),
        dates=Dates(clock, "Europe/Lisbon", QLocale(locale)),
        files=files,
        asker=asker,
        opener=Opening(opener, notices, theme),
        state=state,
        absence=Absence(store, state, clock),
        program=program,
        engine=program.still,
    )
    made_desktop = Desktop(kit, Bridge(store), program, files, asker, opener, in_sight=InSight(app))
    notices.said.connect(made_desktop.said.append)
    notices.stays.connect(made_desktop.said.append)
    return made_desktop
