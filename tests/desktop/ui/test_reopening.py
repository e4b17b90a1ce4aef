"""The next start opens the community that was open last; at log-in, in the background, that of this computer."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QSize
from pytestqt.qtbot import QtBot

from desktop.ui.appearing import Appear
from desktop.ui.language import speak
from desktop.ui.navigation import PageName
from desktop.ui.pages.settings.page import SettingsPage
from desktop.ui.start import Session
from desktop.ui.theme import Mode, Theme
from desktop.ui.window_state import WindowState
from helpers.clock import MovedClock
from helpers.watchdog import WatchedApplication
from helpers.window import TestProgram

Start = Callable[[], tuple[Session, WindowState]]


@pytest.fixture
def program(tmp_path: Path) -> TestProgram:
    made = TestProgram(tmp_path / "data", MovedClock())
    made.data.mkdir()
    return made


@pytest.fixture
def start(qapp: WatchedApplication, program: TestProgram) -> Iterator[Start]:
    """Starts the program anew, after what was open has been closed."""
    qapp.paused = True  # whole sessions open and close in one go
    font = qapp.font()
    made: list[Session] = []

    def begin() -> tuple[Session, WindowState]:
        for session in made:
            session.close()
        state = WindowState(program.data)
        made.append(Session(qapp, program, Theme(qapp, Mode.LIGHT), state, QLocale("en_GB")))
        return made[-1], state

    yield begin
    for session in made:
        session.close()
    QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
    qapp.processEvents()
    qapp.setFont(font)
    qapp.paused = False


def create(program: TestProgram, path: Path) -> Path:
    program.create(path, name=path.stem, zone="Europe/Lisbon", country="PT").close()
    return path


def test_given_the_sample_was_open_last_when_belfry_starts_again_then_it_opens_the_sample(start: Start, program: TestProgram, tmp_path: Path) -> None:
    own, sample = create(program, program.community), create(program, tmp_path / "sample.belfry")
    session, state = start()
    assert session.usual(Appear.WINDOW) == own
    session.open(own)
    session.open(sample)
    state.flush()
    again, _state = start()
    assert again.usual(Appear.WINDOW) == sample
    assert again.usual(Appear.TRAY) == own


def test_given_the_last_one_is_gone_when_belfry_starts_again_then_it_opens_the_one_of_this_computer(
    start: Start, program: TestProgram, tmp_path: Path
) -> None:
    own, other = create(program, program.community), create(program, tmp_path / "other.belfry")
    session, state = start()
    session.open(other)
    state.flush()
    session.close()
    other.unlink()
    again, _state = start()
    assert again.usual(Appear.WINDOW) == own
    own.unlink()
    assert again.usual(Appear.WINDOW) == other  # what was lost is looked for


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody move a file that is open")
def test_given_the_open_file_was_deleted_when_a_copy_under_its_name_is_wanted_then_that_one_is_opened(start: Start, program: TestProgram) -> None:
    own = create(program, program.community)
    session, _state = start()
    session.open(own)
    assert session.window is not None
    before, content = session.window, own.read_bytes()
    own.unlink()
    own.write_bytes(content)
    session._open_instead(own)
    assert session.window is not None
    assert session.window is not before
    assert session.window.isVisible()


@pytest.mark.parametrize(("row", "value"), [("scale", "2"), ("language", "pt")])
def test_given_another_size_or_language_when_it_is_chosen_then_the_whole_window_has_it_at_once(
    qtbot: QtBot, start: Start, program: TestProgram, row: str, value: str
) -> None:
    session, state = start()
    session.open(create(program, program.community))
    before = session.window
    assert before is not None
    before.pages.open(PageName.SETTINGS)
    before.resize(760, 600)
    page = before.pages.page
    assert isinstance(page, SettingsPage)
    box = getattr(page.look, row)
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: session.window is not before and session.window is not None and session.window.isVisible())
    window = session.window
    assert window is not None
    page = window.pages.page
    assert isinstance(page, SettingsPage)
    assert window.size() == QSize(760, 600)
    assert window.focusWidget() is getattr(page.look, row)
    assert page.title.text() == ("Definições" if row == "language" else "Settings")
    assert page.kit.theme.scale == (2.0 if row == "scale" else 1.0)
    state.keep("language", "en")
    speak(session._app, "en_GB")
