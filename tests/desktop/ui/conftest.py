"""A window for tests: real store, no desktop around it, a watchdog over the UI thread."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from desktop.actions.sample import fill
from desktop.ui.pages import PAGES
from desktop.ui.warming import load
from helpers.watchdog import FREEZE, WatchedApplication
from helpers.window import Desktop, desktop
from resources import translations


@pytest.fixture(scope="session")
def qapp_cls() -> type[WatchedApplication]:
    return WatchedApplication


@pytest.fixture(scope="session", autouse=True)
def _warm() -> None:
    """As in the program, where the code of the pages is read beside the UI thread."""
    load(PAGES)


@pytest.fixture(autouse=True)
def _watchdog(qapp: WatchedApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    """Lists the tests in which one event kept the UI thread for more than 100 ms, and fails those in which it froze."""
    translations.use("en")
    qapp.slow.clear()
    yield
    slow, qapp.slow = list(qapp.slow), []
    for took, what in slow:
        request.node.user_properties.append(("ui_gap", f"{took * 1000:.0f} ms for {what}"))
    frozen = [(took, what) for took, what in slow if took > FREEZE]
    assert not frozen, "the UI thread was kept: " + ", ".join(f"{took * 1000:.0f} ms for {what}" for took, what in frozen)


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
