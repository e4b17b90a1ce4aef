"""Where a person can go in the window, and how any part of it takes them there."""

from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class PageName(StrEnum):
    """The pages of the rail."""

    TODAY = "today"
    MEMBERS = "members"
    CALENDAR = "calendar"
    ANNOUNCEMENTS = "announcements"
    CHANNELS = "channels"
    SETTINGS = "settings"


class Navigation(QObject):
    """Takes a person to a page.

    Signals:
        wanted: (page name, id of the record to select; empty for none).
    """

    wanted = Signal(str, str)

    def go(self, page: PageName, record: str = "") -> None:
        """Show a page, and select a record (id of a member, event, announcement, channel) there."""
        self.wanted.emit(page.value, record)
