"""What every page is handed: its tools, made once by `start`. A dialog or widget takes the few of them that it needs."""

from collections.abc import Callable, Coroutine, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from desktop.community.ports import Clock, Safe
from desktop.store.database import Store
from desktop.ui.absence import Absence
from desktop.ui.arrived import Arrived
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.logo import Logo
from desktop.ui.navigation import Navigation
from desktop.ui.news import EngineNews
from desktop.ui.notices import Notices
from desktop.ui.operations import Operations
from desktop.ui.photos import Photos
from desktop.ui.ports import Asker, FileChooser, Opener
from desktop.ui.reading import Reader
from desktop.ui.theme import Theme
from desktop.ui.window_state import WindowState

if TYPE_CHECKING:
    from desktop.store.backups import Backup  # these come when a file has to be mended
    from desktop.store.restore import Restored

T = TypeVar("T")


class Engine(Protocol):
    """The sender's thread, as far as the window uses it."""

    def start(self) -> None:
        """Begin to send."""
        ...

    def call(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        """Run a coroutine (a connection's check, its list of groups) on the engine's loop."""
        ...

    def wake(self) -> None:
        """Look at the file now: something was written to it."""
        ...

    def stop(self, timeout: float | None = None) -> bool:
        """Stop sending; False where it did not end in time."""
        ...


class Program(Protocol):
    """What the window needs of the run of Belfry that it belongs to (desktop.app.Program, and desktop.start for the engine)."""

    @property
    def data(self) -> Path:
        """This computer's data folder."""
        ...

    @property
    def clock(self) -> Clock:
        """The time."""
        ...

    @property
    def community(self) -> Path:
        """The community file that is used where none is named."""
        ...

    def open(self, path: Path | None = None) -> Store:
        """Open a community file."""
        ...

    def create(self, path: Path, *, name: str, zone: str, country: str) -> Store:
        """Make a community file and open it."""
        ...

    def restore(self, path: Path, backup: Path) -> "Restored":
        """Put a copy of a backup in the place of the community at `path`, which nobody has open. Takes long. Raises BelfryError."""
        ...

    def backups(self, path: Path, noted: Iterable[Path]) -> "list[Backup]":
        """The sound backups of a community that may be damaged or gone, the newest first. Takes long."""
        ...

    def secrets(self) -> Safe:
        """Where secrets are kept. Never called on the UI thread but to get the safe itself and its quick properties."""
        ...

    def arrived(self, store: Store, connection_id: str) -> Sequence[Arrived]:
        """What lies in the groups of a Practice connection, the oldest first."""
        ...

    def take_over(self, store: Store) -> int:
        """This computer sends from this file from now on. Gives how many deliveries are unsure because of it."""
        ...

    def engine(self, path: Path, hear: Callable[[EngineNews], None]) -> Engine:
        """The sender for this file; `hear` takes `EngineNews`, in the engine's thread."""
        ...


@dataclass(frozen=True, slots=True)
class Kit:
    """The tools of a page.

    Attributes:
        store: for short reads on the UI thread (a few ms). Writes go through `operations`.
        reader: longer reads, on a thread of their own.
        photos: pictures of the store, as they are needed.
        logo: the community's own picture.
        operations: runs actions, offers Undo.
        notices: toasts, banners.
        navigation: takes the person to another page.
        dates: moments as people say them.
        files, asker, opener: the desktop around the window.
        state: small things to remember between two starts (a chosen tab, the width of a column).
        absence: since when the person was away.
        program, engine: the run that this window belongs to; the engine's loop runs coroutines of connections.
    """

    store: Store
    reader: Reader
    photos: Photos
    logo: Logo
    theme: Theme
    icons: Icons
    operations: Operations
    notices: Notices
    navigation: Navigation
    dates: Dates
    files: FileChooser
    asker: Asker
    opener: Opener
    state: WindowState
    absence: Absence
    program: Program
    engine: Engine
