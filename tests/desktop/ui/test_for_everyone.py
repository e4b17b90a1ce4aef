"""The window for those who hear it, and for those who press keys: names, roles and states through the accessibility interface, a focus that is seen.

What is looked at are the scenes of `dev.py screens` (pages, dialogs, steps, the inspectors, the runner, the composer, the palette, toasts).
"""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from screens.__main__ import OF_PAGES

from desktop.actions.sample import fill
from desktop.ui.navigation import PageName
from desktop.ui.pages import PAGES
from desktop.ui.reading_order import reached
from helpers.accessible import misspoken, nameless
from helpers.hands import in_sight, name_of
from helpers.scenes import Community, Scene, settle
from helpers.window import Desktop


@pytest.mark.parametrize("scene", OF_PAGES, ids=lambda scene: scene.name)
def test_given_a_scene_when_a_screen_reader_walks_through_then_names_roles_and_states_are_right(
    qapp: QApplication, make_desktop: Callable[..., Desktop], scene: Scene
) -> None:
    desktop = make_desktop(**({"fill": fill} if scene.community is Community.SAMPLE else {}))
    window = desktop.open_window()
    window.resize(1180, 760)
    window.show()
    qapp.processEvents()
    shown = scene.prepare(desktop)
    settle()
    assert nameless(shown) == []
    assert misspoken(shown) == []


@pytest.mark.parametrize("page", [entry.name for entry in PAGES])
def test_given_a_page_when_tab_goes_all_the_way_round_then_every_control_has_its_turn_in_sight(
    qtbot: QtBot, sample_desktop: Desktop, page: PageName
) -> None:
    window = sample_desktop.open_window()
    window.resize(900, 600)
    with qtbot.waitActive(window):
        window.show()
    sample_desktop.kit.navigation.go(page)
    settle()
    if QApplication.focusWidget() is window:  # the page that is open at the start
        qtbot.keyClick(window, Qt.Key.Key_Tab)
    first = QApplication.focusWidget()
    met: list[QWidget] = []
    for _ in range(400):
        focus = QApplication.focusWidget()
        assert focus is not None, "the focus is lost"
        assert in_sight(focus), f"{type(focus).__name__} {name_of(focus)!r} has the focus, and nobody sees it"
        if focus in met:
            break
        met.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is first
    assert set(met) == set(reached(window))


def test_given_every_kind_of_control_when_it_has_the_focus_then_it_looks_different(qtbot: QtBot, sample_desktop: Desktop) -> None:
    window = sample_desktop.open_window()
    window.resize(1180, 760)
    with qtbot.waitActive(window):
        window.show()
    seen: set[tuple[str, str]] = set()
    alike: list[str] = []
    for page in PageName:
        sample_desktop.kit.navigation.go(page)
        settle()
        for control in list(reached(window)):
            kind = (type(control).__name__, f"{control.property('kind')} {control.isChecked() if isinstance(control, QAbstractButton) else ''}")
            if kind in seen:
                continue
            seen.add(kind)
            control.setFocus(Qt.FocusReason.TabFocusReason)
            settle()
            with_focus = _picture(window, control)
            window.setFocus()
            settle()
            if with_focus == _picture(window, control):
                alike.append(f"{kind} {name_of(control)!r}")
    assert alike == []
    assert len(seen) > 12


def _picture(window: QWidget, control: QWidget) -> QImage:
    return window.grab(QRect(control.mapTo(window, QPoint()), control.size()).adjusted(-2, -2, 2, 2)).toImage()
