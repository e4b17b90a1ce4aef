"""The page of announcements as a person uses it."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.store import connections
from desktop.ui.navigation import PageName
from desktop.ui.pages.announcements.page import AnnouncementsPage
from desktop.ui.pages.announcements.rows import RowsView
from desktop.ui.widgets.buttons import button
from helpers.window import Desktop

LEFT = Qt.MouseButton.LeftButton


def opened(desktop: Desktop, qtbot: QtBot) -> AnnouncementsPage:
    window = desktop.open_window()
    with qtbot.waitActive(window):
        window.show()
    desktop.kit.navigation.go(PageName.ANNOUNCEMENTS)
    found = window.pages.page
    assert isinstance(found, AnnouncementsPage)
    return found


def channel(desktop: Desktop, name: str) -> str:
    return connections.channel_named(desktop.kit.store, name).id


def select_first(view: RowsView) -> None:
    """Select the first row that is no heading."""
    view.select(next(row.key for row in view.rows.rows if not row.heading))


def press(qtbot: QtBot, page: AnnouncementsPage, words: str) -> None:
    """Press the button with these words in the panel."""
    for made in page.details.findChildren(type(button(""))):
        if made.text() == words and made.isVisibleTo(page):
            qtbot.mouseClick(made, LEFT)
            return
    raise AssertionError(f"there is no button “{words}”")


def write(qtbot: QtBot, page: AnnouncementsPage, desktop: Desktop, text: str, *places: str) -> None:
    """Open the composer and write."""
    qtbot.mouseClick(page.primary, LEFT)
    qtbot.keyClicks(page.composer.editor.field, text)
    for name in places:
        qtbot.mouseClick(page.composer.places._chips[channel(desktop, name)], LEFT)
    qtbot.waitUntil(lambda: page.composer.send.isEnabled() or not places)
