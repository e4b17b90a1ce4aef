"""Text up to 200 % in the smallest window that is promised: every page, dialog and step can be read and reached (tests/helpers/fits.py).

What is looked at are the scenes of `dev.py screens`: a new page or state is looked at here as soon as it has a picture there.
"""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from screens.__main__ import OF_PAGES, SCENES

from desktop.actions.sample import fill
from desktop.ui.first_start import FirstStart
from desktop.ui.theme import Theme
from desktop.ui.widgets.lines import Column
from helpers.fits import misfits
from helpers.scenes import Community, Scene, settle
from helpers.window import Desktop
from resources import translations

SMALLEST = (900, 600)
POINTS = 10.0  # as desktops have it; the offscreen platform has 9


@pytest.fixture(autouse=True)
def _usual_font(qapp: QApplication) -> Iterator[None]:
    """Every theme takes its text from the application's font: each test begins with the same."""
    before = qapp.font()
    font = QFont(before)
    font.setPointSizeF(POINTS)
    qapp.setFont(font)
    yield
    qapp.setStyleSheet("")
    qapp.setFont(before)


@pytest.mark.parametrize(("scale", "language"), [(2.0, "en_GB"), (2.0, "pt_PT"), (1.5, "pt_PT")])
@pytest.mark.parametrize("scene", OF_PAGES, ids=lambda scene: scene.name)
def test_given_large_text_in_a_small_window_when_it_is_shown_then_all_of_it_can_be_read_and_reached(
    qapp: QApplication, make_desktop: Callable[..., Desktop], scene: Scene, scale: float, language: str
) -> None:
    translations.use(language)
    options = {"fill": fill} if scene.community is Community.SAMPLE else {}
    desktop = make_desktop(scale=scale, locale=language, **options)
    window = desktop.open_window()
    window.resize(*SMALLEST)
    window.show()
    qapp.processEvents()
    shown = scene.prepare(desktop)
    settle(desktop)
    assert misfits(shown) == []


@pytest.mark.parametrize("language", ["en_GB", "pt_PT"])
def test_given_large_text_when_belfry_starts_for_the_first_time_then_all_of_it_can_be_read(
    qtbot: QtBot, make_desktop: Callable[..., Desktop], language: str
) -> None:
    translations.use(language)
    kit = make_desktop(scale=2.0, locale=language).kit
    first = FirstStart(kit.theme, kit.icons, kit.program, kit.files)
    qtbot.addWidget(first)
    first.resize(*SMALLEST)
    first.show()
    settle()
    assert misfits(first) == []
    assert first.height() <= SMALLEST[1]


def test_given_something_that_is_cut_or_covered_when_it_is_looked_at_then_it_is_found(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme(qapp)
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(300, 200)
    column = Column(theme)
    box = QVBoxLayout(holder)
    box.addWidget(column)
    wide = QPushButton("So wide that it has no room in a column of this width, whatever one does")
    column.box.addWidget(wide)
    narrow = QPushButton("Cut off at its own edges", holder)
    narrow.setGeometry(20, 160, 30, 20)
    over = QLabel("Over it", holder)
    over.setGeometry(22, 162, 60, 16)
    holder.show()
    settle()
    found = "\n".join(misfits(holder))
    assert "is cut at the side" in found
    assert "wide and needs" in found
    assert "lie over each other" in found


def test_given_the_pictures_when_they_are_counted_then_every_one_has_a_name_of_its_own() -> None:
    names = [one.name for one in SCENES]
    assert sorted(set(names)) == sorted(names)
