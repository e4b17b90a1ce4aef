"""A combo box whose choice has no room ends in an ellipsis."""

import re
from pathlib import Path

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.ui.widgets import combo
from desktop.ui.widgets.combo import Combo


def box(qtbot: QtBot, text: str) -> Combo:
    made = Combo()
    qtbot.addWidget(made)
    made.addItem(text)
    made.resize(120, 30)
    return made


def picture(of: Combo) -> QImage:
    return of.grab().toImage()


def test_given_a_choice_that_is_too_long_when_it_is_drawn_then_it_ends_in_an_ellipsis(qtbot: QtBot) -> None:
    long = box(qtbot, "Greenhouse evening · Wednesday at half past six")
    assert long.shown.endswith("…")
    assert picture(long) == picture(box(qtbot, long.shown))


def test_given_a_choice_that_has_room_when_it_is_drawn_then_it_is_whole(qtbot: QtBot) -> None:
    assert box(qtbot, "Daily").shown == "Daily"


def test_given_the_source_when_boxes_are_looked_for_then_all_end_in_an_ellipsis() -> None:
    sources = Path(combo.__file__).parents[1].rglob("*.py")
    assert [path.name for path in sources if path.name != "combo.py" and re.search(r"QComboBox\(\)|\(QComboBox\)", path.read_text("utf-8"))] == []
