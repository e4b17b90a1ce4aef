"""Pictures of a community of 100,000 members."""

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import PageName
from desktop.ui.pages.announcements.page import AnnouncementsPage
from desktop.ui.pages.members.page import MembersPage
from helpers.scenes import Community, Scene
from helpers.window import Desktop


def _page(name: PageName, desktop: Desktop) -> QWidget:
    assert desktop.window is not None
    desktop.kit.navigation.go(name)
    assert desktop.window.pages.page is not None
    return desktop.window.pages.page


def _members(desktop: Desktop) -> MembersPage:
    page = _page(PageName.MEMBERS, desktop)
    assert isinstance(page, MembersPage)
    return page


def _list(desktop: Desktop) -> QWidget:
    return _members(desktop).window()


def _found(desktop: Desktop) -> QWidget:
    page = _members(desktop)
    page.field.setText("maria silva")
    return page.window()


def _all(desktop: Desktop) -> QWidget:
    page = _members(desktop)
    loop = QEventLoop()
    page.table.model().modelReset.connect(loop.quit)
    loop.exec()
    page.do("select_all")
    return page.window()


def _calendar(desktop: Desktop) -> QWidget:
    return _page(PageName.CALENDAR, desktop).window()


def _today(desktop: Desktop) -> QWidget:
    return _page(PageName.TODAY, desktop).window()


def _log(desktop: Desktop) -> QWidget:
    page = _page(PageName.ANNOUNCEMENTS, desktop)
    assert isinstance(page, AnnouncementsPage)
    page.tabs.setCurrentIndex(2)
    return page.window()


def _timeline(desktop: Desktop) -> QWidget:
    return _page(PageName.ANNOUNCEMENTS, desktop).window()


def _channels(desktop: Desktop) -> QWidget:
    return _page(PageName.CHANNELS, desktop).window()


SCENES = (
    Scene("big-members", _list, Community.BIG),
    Scene("big-members-found", _found, Community.BIG),
    Scene("big-members-all", _all, Community.BIG),
    Scene("big-calendar", _calendar, Community.BIG),
    Scene("big-today", _today, Community.BIG),
    Scene("big-announcements", _timeline, Community.BIG),
    Scene("big-log", _log, Community.BIG),
    Scene("big-channels", _channels, Community.BIG),
)
