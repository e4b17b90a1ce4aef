"""Banners are as high as what they say."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from desktop.ui.widgets.banner import Banner, Banners
from helpers.window import Desktop

LONG = "The backup is back. " * 6 + "Nothing is sent from it until you say so."


def test_given_a_long_sentence_in_a_small_window_when_it_is_kept_in_sight_then_the_banner_shows_all_of_it(
    qapp: QApplication, make_desktop: Callable[..., Desktop]
) -> None:
    desktop = make_desktop()
    window = desktop.open_window()
    window.resize(900, 600)
    window.show()
    qapp.processEvents()
    desktop.kit.notices.keep("long", LONG)
    qapp.processEvents()
    banners = window.findChild(Banners)
    assert banners is not None
    banner = banners.findChild(Banner)
    assert banner is not None
    assert banner.height() == banner.heightForWidth(banner.width())
    assert banners.verticalScrollBar().maximum() == 0
    assert banners.height() >= banner.height()
