"""Pictures of the page “Today”."""

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import PageName
from desktop.ui.pages.today.page import TodayPage
from helpers.busy_day import fill_day
from helpers.clock import MovedClock
from helpers.scenes import Community, Scene
from helpers.window import Desktop


def _page(desktop: Desktop) -> QWidget:
    assert desktop.window is not None
    desktop.kit.navigation.go(PageName.TODAY)
    return desktop.window


def _back(desktop: Desktop) -> QWidget:
    """The lid is opened after a day on which something waits in every way."""
    window = _page(desktop)
    clock = desktop.kit.program.clock
    assert isinstance(clock, MovedClock)
    clock.advance(timedelta(days=1))
    fill_day(desktop.kit.store)
    _today(desktop).look()
    assert desktop.window is not None
    desktop.window.strip.stale.emit()
    return window


def _today(desktop: Desktop) -> TodayPage:
    assert desktop.window is not None
    page = desktop.window.pages.page
    assert isinstance(page, TodayPage)
    return page


SCENES = (
    Scene("today", _page),
    Scene("today-back", _back),
    Scene("today-empty", _page, Community.EMPTY),
)
