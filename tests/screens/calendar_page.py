"""Pictures of the page “Calendar”."""

from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import PageName
from helpers.scenes import Community, Scene
from helpers.window import Desktop


def _page(desktop: Desktop) -> QWidget:
    assert desktop.window is not None
    desktop.kit.navigation.go(PageName.CALENDAR)
    return desktop.window


SCENES = (
    Scene("calendar", _page),
    Scene("calendar-empty", _page, Community.EMPTY),
)
