"""A window for tests: real store, no desktop around it, a watchdog over the UI thread."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from desktop.actions.sample import fill
from desktop.ui import roles
from desktop.ui.pages import PAGES
from desktop.ui.tidying import settle
from desktop.ui.turns import take_short_turns
from desktop.ui.warming import load
from helpers.watchdog import LIMIT, WatchedApplication
from helpers.window import Desktop, desktop
from resources import translations


@pytest.fixture(scope="session")
def qapp_cls() -> type[WatchedApplication]:
    return WatchedApplication


@pytest.fixture(scope="session", autouse=True)
def _warm(qapp: WatchedApplication) -> None:
    """As in the program, where the code of the pages is read beside the UI thread, and threads take short turns."""
    take_short_turns()
    roles.install()
    load(PAGES)


@pytest.fixture(autouse=True)
def _watchdog(qapp: WatchedApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test in which something kept the UI thread for more than 100 ms, and lists what came near."""
    translations.use("en")
    gc.collect()  # what earlier tests have left behind is not this one's, as in the program (desktop.ui.tidying)
    settle()
    qapp.gaps.clear()
    yield
    gaps, qapp.gaps = list(qapp.gaps), []
    request.node.user_properties.extend(("ui_gap", str(gap)) for gap in gaps)
    gc.enable()
    kept = [str(gap) for gap in gaps if gap.seconds > LIMIT]
    assert not kept, "the UI thread was kept: " + "; ".join(kept)


@pytest.fixture
def make_desktop(qapp: WatchedApplication, tmp_path: Path) -> Iterator[Callable[..., Desktop]]:
    """Makes a desktop over a community of its own: `make_desktop(fill=…)`."""
    made: list[Desktop] = []
    font = qapp.font()

    def make(**options: object) -> Desktop:
        made.append(desktop(qapp, tmp_path, **options))  # type: ignore[arg-type]  # handed through
        return made[-1]

    yield make
    for one in made:
        one.close()
    qapp.paused = True
    QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
    qapp.processEvents()
    qapp.setFont(font)  # a theme with larger text takes the application's for its own
    qapp.paused = False


@pytest.fixture
def empty_desktop(make_desktop: Callable[..., Desktop]) -> Desktop:
    """A desktop over a new, empty community."""
    return make_desktop()


@pytest.fixture
def sample_desktop(make_desktop: Callable[..., Desktop]) -> Desktop:
    """A desktop over the sample community."""
    return make_desktop(fill=fill)
