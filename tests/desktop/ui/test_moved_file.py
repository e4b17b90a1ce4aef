"""The file of the open community is moved or deleted in the file manager: said at once, with a way out."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.actions import member_edits
from desktop.community.members import Member
from desktop.store import members
from desktop.ui.main_window import MainWindow
from desktop.ui.moved_file import MovedFile
from desktop.ui.widgets.banner import Banner
from helpers.communities import reopen
from helpers.window import Desktop

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody move a file that is open")


def press(window: MainWindow, words: str) -> None:
    """A button that is seen."""
    next(one for one in window.findChildren(QPushButton) if one.text() == words and one.isVisible()).click()


@pytest.fixture
def away(qtbot: QtBot, make_desktop: Callable[..., Desktop]) -> Desktop:
    made = make_desktop(fill=lambda store: member_edits.add(store, Member("Ana")))
    shown = made.open_window()
    MovedFile(made.kit, made.bridge, shown)
    with qtbot.waitActive(shown):
        shown.show()
    return made


def shown(desktop: Desktop) -> list[str]:
    """The banners that are seen."""
    assert desktop.window is not None
    return [banner.accessibleName() for banner in desktop.window.findChildren(Banner) if banner.isVisible()]


def test_given_a_file_that_is_moved_when_somebody_looks_then_it_is_said_and_nothing_is_written_until_it_is_back(
    away: Desktop, tmp_path: Path
) -> None:
    kit, elsewhere = away.kit, tmp_path / "elsewhere" / "choir.belfry"
    elsewhere.parent.mkdir()
    kit.store.path.rename(elsewhere)
    away.bridge.look()
    assert len(shown(away)) == 1
    assert "was moved, renamed, deleted or replaced in another program. Until it is back nothing more is saved." in shown(away)[0]
    with reopen(elsewhere) as moved:
        assert members.count(moved) == 1  # whole by itself

    kit.operations.run(lambda store: member_edits.add(store, Member("Rui")))
    assert "Nothing of this step was kept" in away.said[-1].text
    assert members.count(kit.store) == 1

    elsewhere.rename(kit.store.path)
    away.bridge.look()
    assert shown(away) == []
    kit.operations.run(lambda store: member_edits.add(store, Member("Rui")))
    assert members.count(kit.store) == 2


@pytest.mark.expects_log("could not note where it is")
def test_given_a_file_that_is_deleted_when_a_copy_is_saved_then_it_has_everything_and_can_be_opened(
    qtbot: QtBot, away: Desktop, tmp_path: Path
) -> None:
    kit, window = away.kit, away.window
    assert window is not None
    kit.operations.start("", lambda store, _progress: members.count(store))  # as soon after the start as the worker has the file open
    qtbot.waitUntil(lambda: not kit.operations.busy)
    kit.store.path.unlink()
    away.bridge.look()
    saved = tmp_path / "saved.belfry"
    away.files.answers.append(saved)
    press(window, "Save a copy …")
    qtbot.waitUntil(lambda: f"All of the community is in {saved}." in shown(away))
    with reopen(saved) as copy:
        assert members.count(copy) == 1
    wanted: list[Path] = []
    kit.navigation.opening.connect(wanted.append)
    press(window, "Open it")
    assert wanted == [saved]
