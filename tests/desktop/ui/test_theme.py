"""Every colour can be read on what it stands on, whatever the community's colour is."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop.ui.contrast import AA_SHAPE, AA_TEXT, contrast
from desktop.ui.pages import PAGES
from desktop.ui.pages.settings.home import COLOURS
from desktop.ui.style_sheet import style_sheet
from desktop.ui.theme import DEFAULT_ACCENT, READ_ON, SEEN_ON, Mode, Text, Theme, colours
from helpers.watchdog import WatchedApplication
from helpers.window import Desktop


def too_faint(found: dict[str, QColor]) -> list[str]:
    """The pairs that can't be told apart."""
    pairs = [(fore, back, AA_TEXT) for fore, backs in READ_ON.items() for back in backs]
    pairs += [(fore, back, AA_SHAPE) for fore, backs in SEEN_ON.items() for back in backs]
    return [
        f"{fore} on {back}: {contrast(found[fore], found[back]):.2f}" for fore, back, least in pairs if contrast(found[fore], found[back]) < least
    ]


@pytest.mark.parametrize("dark", [False, True])
def test_given_the_palette_when_text_stands_on_a_surface_then_it_has_aa_contrast(dark: bool) -> None:
    assert not too_faint(colours(dark=dark, accent=DEFAULT_ACCENT))


@given(accent=st.integers(0, 0xFFFFFF), dark=st.booleans())
def test_given_any_colour_as_the_community_s_own_then_what_is_made_from_it_has_aa_contrast(accent: int, dark: bool) -> None:
    assert not too_faint(colours(dark=dark, accent=f"#{accent:06x}"))


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("accent", [colour for colour, _name in COLOURS])
def test_given_a_colour_that_is_offered_when_a_row_is_chosen_then_the_words_for_states_can_be_read_on_it(accent: str, dark: bool) -> None:
    found = colours(dark=dark, accent=accent)
    assert not [tone for tone in ("good", "warn", "bad", "info") if contrast(found[tone], found["accent_soft"]) < AA_TEXT]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("accent", [colour for colour, _name in COLOURS])
def test_given_the_style_sheet_when_its_rules_are_read_then_every_text_can_be_read_on_its_ground(accent: str, dark: bool) -> None:
    found = colours(dark=dark, accent=accent)
    sheet = style_sheet(found, dict.fromkeys(Text, 10.0), round)
    looked_at, faint = 0, []
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        stated = dict(re.findall(r"(?<![-\w])(color|background): (#[0-9a-f]{6})", body))
        if ":disabled" in selector or "color" not in stated:
            continue  # WCAG 2.2, 1.4.3: what can't be used may be faint
        looked_at += 1
        back = QColor(stated["background"]) if "background" in stated else found["window"]
        if contrast(QColor(stated["color"]), back) < AA_TEXT:
            faint.append(f"{selector.strip()}: {stated}")
    assert faint == []
    assert looked_at > 20


def test_given_the_code_when_it_writes_in_a_colour_then_that_colour_is_one_whose_contrast_is_measured() -> None:
    written: set[str] = set()
    for path in sorted((Path(__file__).parents[3] / "desktop" / "ui").rglob("*.py")):
        text = path.read_text("utf-8")
        written.update(re.findall(r'\bink="(\w+)"', text))
        written.update(re.findall(r'setPen\(\w+\.colour\("(\w+)"\)\)', text))
    assert written - {"line", "line_strong"} <= set(READ_ON)  # those two are drawn, not written


def test_given_contrast_when_it_is_black_on_white_then_it_is_21() -> None:
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.01)  # the usual example of a grey that just fails


def test_given_a_theme_when_dark_is_chosen_then_window_and_palette_are_dark(qapp: WatchedApplication) -> None:
    theme = Theme(qapp, Mode.LIGHT)
    theme.choose(mode=Mode.DARK)
    assert theme.dark
    assert qapp.palette().window().color().lightness() < 64


def test_given_a_theme_when_the_text_is_twice_as_large_then_fonts_and_grid_grow(qapp: WatchedApplication) -> None:
    theme = Theme(qapp, Mode.LIGHT)
    before = theme.px(1), theme.font().pointSizeF()
    theme.choose(scale=2.0)
    assert theme.px(1) == before[0] * 2
    assert theme.font().pointSizeF() == pytest.approx(before[1] * 2, abs=0.1)
    theme.choose(scale=1.0)


@pytest.mark.parametrize("choice", [{"accent": "#2f7d4f"}, {"mode": Mode.DARK}, {"scale": 2.0}], ids=["colour", "dark", "text"])
def test_given_every_page_was_opened_when_the_look_changes_then_the_window_has_it_at_once_and_hidden_pages_soon_after(
    qtbot: QtBot, sample_desktop: Desktop, choice: dict[str, Any]
) -> None:
    window = sample_desktop.open_window()
    with qtbot.waitExposed(window):
        window.show()
    for entry in PAGES:
        window.pages.open(entry.name)
    shown, theme = window.pages.page, sample_desktop.kit.theme
    assert shown is not None
    before = shown.styleSheet()
    QTimer.singleShot(0, lambda: theme.choose(**choice))  # as an event, which the watchdog watches
    qtbot.waitUntil(lambda: shown.styleSheet() != before)
    worn = shown.styleSheet()
    assert {window.rail.styleSheet(), window.strip.styleSheet(), window.menuBar().styleSheet()} == {worn}
    qtbot.waitUntil(lambda: {page.styleSheet() for entry in PAGES if (page := window.pages.built(entry.name))} == {worn})


def test_given_a_dialog_over_a_page_when_it_opens_then_it_wears_the_sheet_once(qtbot: QtBot, sample_desktop: Desktop) -> None:
    window = sample_desktop.open_window()
    with qtbot.waitExposed(window):
        window.show()
    page = window.pages.page
    assert page is not None
    over_window, over_page = QDialog(window), QDialog(page)
    sample_desktop.kit.theme.dress(over_window, over_page)
    assert over_window.styleSheet() == page.styleSheet() != ""
    assert over_page.styleSheet() == ""  # it has it from the page
