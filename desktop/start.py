"""Whether a window can open here, and opening it: the seam between the program and `desktop.ui`, which alone knows Qt."""

import gc
import importlib.util
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from desktop import app
from desktop.app import Program
from desktop.community.ports import Clock, Safe
from desktop.engine.news import ConnectionPaused, DeliveryMoved, Halted, News, Resumed
from desktop.engine.thread import EngineThread
from desktop.store.database import Store
from desktop.ui.appearing import Appear
from desktop.ui.arrived import Arrived
from desktop.ui.news import EngineNews, Told

if TYPE_CHECKING:
    from desktop.engine.sender import Sender  # it comes with the engine, in its thread
    from desktop.store.backups import Backup  # these when they are needed
    from desktop.store.restore import Restored


def window_possible(environ: Mapping[str, str]) -> bool:
    """Whether PySide6 is installed and there is a display to open a window on."""
    if importlib.util.find_spec("PySide6") is None:
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY") or environ.get("QT_QPA_PLATFORM"))


def open_window(program: Program, path: Path | None = None, appear: Appear = Appear.WINDOW) -> int:
    """Open the window on a community (the default one where none is named). Gives the exit status when the person has quit."""
    window = window_code()
    with program.log():
        return int(window.run(WindowProgram(program, program.safe()), path, appear))


def window_code() -> ModuleType:
    """Load the code of the window, `desktop.ui.start`, as quickly as it can be."""
    from desktop.ui.features import look_at_no_source  # late: Qt is only loaded where a window opens

    gc.disable()  # all that is made from here to the open window stays: `run` looks again
    look_at_no_source()
    from desktop.ui import start

    return start


def arrived(store: Store, connection_id: str) -> Sequence[Arrived]:
    """What lies in the groups of a Practice connection, the oldest first: the window may not read a service's own shelf itself."""
    from desktop.store.connections import StoreShelf  # late, as all that the first look at the window does without
    from integrations.practice.inbox import received

    return [
        Arrived(one.id, one.target, one.text, one.at, one.silent, one.edited, one.attachments)
        for one in received(StoreShelf(store, connection_id).read())
    ]


@dataclass(frozen=True, slots=True)
class WindowProgram:
    """The program as the window sees it (desktop.ui.kit.Program)."""

    inner: Program
    safe: Safe

    @property
    def data(self) -> Path:
        """This computer's data folder."""
        return self.inner.data

    @property
    def clock(self) -> Clock:
        """The time."""
        return self.inner.clock

    @property
    def community(self) -> Path:
        """The community file that is used where none is named."""
        return self.inner.community

    def open(self, path: Path | None = None) -> Store:
        """Open a community file."""
        return self.inner.open(path)

    def create(self, path: Path, *, name: str, zone: str, country: str) -> Store:
        """Make a community file and open it; this computer sends from it."""
        from desktop.actions import community

        here = self.inner.computer
        return community.new(path, clock=self.inner.clock, computer=here.id, computer_name=here.name, name=name, zone=zone, country=country)

    def restore(self, path: Path, backup: Path) -> "Restored":
        """Put a copy of a backup in the place of a community."""
        from desktop.store import restore as restoring

        return restoring.restore(path, backup, clock=self.inner.clock, device=self.inner.computer.id)

    def backups(self, path: Path, noted: Iterable[Path]) -> "list[Backup]":
        """The sound backups of a community, the newest first."""
        from desktop.store import backups

        return backups.sound(path, noted, clock=self.inner.clock, device=self.inner.computer.id)

    def secrets(self) -> Safe:
        """Where secrets are kept."""
        return self.safe

    def arrived(self, store: Store, connection_id: str) -> Sequence[Arrived]:
        """What lies in the groups of a Practice connection, the oldest first."""
        return arrived(store, connection_id)

    def take_over(self, store: Store) -> int:
        """This computer sends from this file from now on."""
        return self.inner.take_over(store)

    def engine(self, path: Path, hear: Callable[[EngineNews], None]) -> EngineThread:
        """The sender for a file, in a thread of its own."""

        def told(news: News) -> None:
            match news:
                case DeliveryMoved(delivery_id, state, reason):
                    hear(EngineNews(Told.MOVED, reason, delivery_id, state))
                case ConnectionPaused(connection_id, reason):
                    hear(EngineNews(Told.PAUSED, reason, connection_id))
                case Halted(reason):
                    hear(EngineNews(Told.HALTED, reason))
                case Resumed():
                    hear(EngineNews(Told.RESUMED))

        def build() -> tuple["Sender", Callable[[], None]]:
            store = self.inner.open(path)
            return self.inner.sender(store, self.safe, told), store.close

        return EngineThread(build, told)


def at_login() -> int:
    """Start in the tray, as the system does when the person logs in: nothing where there is no community yet. Gives the exit status."""
    made = app.program()
    if not made.community.exists() or not window_possible(made.environ):
        return 0
    return open_window(made, appear=Appear.TRAY)


if __name__ == "__main__":
    sys.exit(at_login())
