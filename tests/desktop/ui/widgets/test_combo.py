"""A combo box whose choice has no room ends in an ellipsis."""

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.combo import Combo


def picture(qtbot: QtBot, text: str, width: int) -> QImage:
    box = Combo()
    qtbot.addWidget(box)
    box.addItem(text)
    box.resize(width, 30)
    return box.grab().toImage()


def test_given_a_choice_that_is_too_long_when_it_is_drawn_then_it_ends_in_an_ellipsis(qtbot: QtBot) -> None:
    long = "Greenhouse evening · Wednesday at half past six"
    fitting = [f"{long[:letters]}…" for letters in range(3, 14) if Combo().fontMetrics().horizontalAdvance(f"{long[:letters]}…") < 80]
    assert len(fitting) > 3
    assert picture(qtbot, long, 120) not in [picture(qtbot, long[:letters], 120) for letters in range(3, 10)]
    assert any(picture(qtbot, long, width) == picture(qtbot, short, width) for short in fitting for width in range(70, 121, 2))
