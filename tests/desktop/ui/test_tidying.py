"""Python's own tidying stops the window: it is done when nobody is there."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.tidying import Tidying, settle


class Circle:
    """Refers to itself."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def tidying() -> Iterator[Tidying]:
    made = Tidying()
    yield made
    made.deleteLater()


def test_given_something_left_in_a_circle_when_nobody_is_at_the_window_then_it_is_taken_away(qtbot: QtBot, tidying: Tidying) -> None:
    left = weakref.ref(Circle())
    tidying._timer.timeout.emit()
    assert left() is None


def test_given_a_person_at_the_window_when_the_time_comes_then_the_window_is_left_alone(qtbot: QtBot, tidying: Tidying) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    gc.collect()
    left = weakref.ref(Circle())
    tidying._timer.timeout.emit()
    assert left() is not None


def test_given_a_program_that_has_settled_when_it_goes_on_then_what_is_there_is_not_searched_again() -> None:
    here = [Circle()]
    settle()
    assert not gc.isenabled()
    assert not any(one is here for one in gc.get_objects())
