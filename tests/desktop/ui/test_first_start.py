"""The three ways to begin: a community of one's own, the sample, a file that is there."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.actions import sample
from desktop.store import members
from desktop.ui.first_start import SAMPLE, FirstStart
from desktop.ui.icons import Icons
from desktop.ui.theme import Mode, Theme
from helpers.clock import MovedClock
from helpers.watchdog import WatchedApplication
from helpers.window import Files, TestProgram


@pytest.fixture
def program(tmp_path: Path) -> TestProgram:
    return TestProgram(tmp_path, MovedClock())


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
def first(qapp: WatchedApplication, qtbot: QtBot, program: TestProgram, files: Files) -> FirstStart:
    theme = Theme(qapp, Mode.LIGHT)
    made = FirstStart(theme, Icons(theme), program, files)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_given_no_name_when_it_opens_then_only_a_name_lets_it_begin(qtbot: QtBot, first: FirstStart) -> None:
    assert not first.begin.isEnabled()
    qtbot.keyClicks(first.name, "Tuesday Runners")
    assert first.begin.isEnabled()


def test_given_a_name_when_enter_is_pressed_then_an_empty_community_of_that_name_is_there(
    qtbot: QtBot, first: FirstStart, program: TestProgram
) -> None:
    qtbot.keyClicks(first.name, "Tuesday Runners")
    with qtbot.waitSignal(first.chosen) as chosen:
        qtbot.keyClick(first.name, Qt.Key.Key_Return)
    assert chosen.args == [program.community]
    with program.open() as store:
        assert store.setting("name") == "Tuesday Runners"
        assert store.setting("zone")
        assert not members.count(store)


def test_given_nothing_when_the_sample_is_opened_then_it_is_made_in_a_file_of_its_own(qtbot: QtBot, first: FirstStart, program: TestProgram) -> None:
    with qtbot.waitSignal(first.chosen) as chosen:
        qtbot.mouseClick(first.sample, Qt.MouseButton.LeftButton)
    assert chosen.args == [program.data / SAMPLE]
    with program.open(program.data / SAMPLE) as store:
        assert (store.setting("name"), store.setting("zone"), store.setting("country")) == (sample.NAME, sample.ZONE, sample.COUNTRY)
        assert members.count(store)
    assert not program.community.exists()


def test_given_a_sample_that_was_changed_when_it_is_opened_again_then_it_is_as_it_was_left(
    qtbot: QtBot, first: FirstStart, program: TestProgram
) -> None:
    program.create(program.data / SAMPLE, name="Changed", zone=sample.ZONE, country=sample.COUNTRY).close()
    with qtbot.waitSignal(first.chosen):
        qtbot.mouseClick(first.sample, Qt.MouseButton.LeftButton)
    with program.open(program.data / SAMPLE) as store:
        assert store.setting("name") == "Changed"


def test_given_half_a_sample_from_a_killed_start_when_the_sample_is_opened_then_it_is_whole(
    qtbot: QtBot, first: FirstStart, program: TestProgram
) -> None:
    program.create(program.data / "sample.making", name="Half", zone=sample.ZONE, country=sample.COUNTRY).close()
    with qtbot.waitSignal(first.chosen):
        qtbot.mouseClick(first.sample, Qt.MouseButton.LeftButton)
    with program.open(program.data / SAMPLE) as store:
        assert members.count(store)


def test_given_a_folder_in_the_way_when_the_sample_is_opened_then_a_sentence_says_so_and_it_can_be_tried_again(
    qtbot: QtBot, first: FirstStart, program: TestProgram
) -> None:
    (program.data / "sample.making").mkdir()
    qtbot.mouseClick(first.sample, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: first.problem.startswith("The sample could not be made"))
    assert first.sample.isEnabled()
    assert not (program.data / SAMPLE).exists()


def test_given_a_file_when_it_is_chosen_then_it_is_the_community(qtbot: QtBot, first: FirstStart, files: Files, tmp_path: Path) -> None:
    files.answers.append(tmp_path / "choir.belfry")
    with qtbot.waitSignal(first.chosen) as chosen:
        qtbot.mouseClick(first.file, Qt.MouseButton.LeftButton)
    assert chosen.args == [tmp_path / "choir.belfry"]
