"""Where a person can go in the window, and how any part of it takes them there."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal


class PageName(StrEnum):
    """The pages of the rail."""

    TODAY = "today"
    MEMBERS = "members"
    CALENDAR = "calendar"
    ANNOUNCEMENTS = "announcements"
    CHANNELS = "channels"
    SETTINGS = "settings"


POSTING = frozenset({PageName.TODAY, PageName.ANNOUNCEMENTS, PageName.SETTINGS})
"""What somebody needs who only posts; Settings, to want more again."""


class Navigation(QObject):
    """Takes a person to a page; who only posts has few of them.

    Signals:
        wanted: (page name, id of the record to select; empty for none).
        narrowed: there are fewer pages now, or all of them again.
        restoring: a Path, of the backup that is to be put in the place of the community; the window is closed and opened again for that.
        opening: a Path, of another community that the person wants instead of this one.
        anew: the window is to be made anew, in another language or with text of another size, and to come back to this record of Settings.
    """

    wanted = Signal(str, str)
    narrowed = Signal()
    restoring = Signal(object)
    opening = Signal(object)
    anew = Signal(str)

    def __init__(self, *, only_post: bool = False) -> None:
        super().__init__()
        self._only_post = only_post

    def restore(self, backup: Path) -> None:
        """Put this backup in the place of the community."""
        self.restoring.emit(backup)

    def open_community(self, file: Path) -> None:
        """Open another community instead of this one."""
        self.opening.emit(file)

    def begin_anew(self, record: str) -> None:
        """Make the window anew; what is chosen there goes through all of it."""
        self.anew.emit(record)

    @property
    def only_post(self) -> bool:
        """Whether the person only posts."""
        return self._only_post

    def narrow(self, only_post: bool) -> None:
        """The person only posts from now on, or not any more."""
        if only_post != self._only_post:
            self._only_post = only_post
            self.narrowed.emit()

    def reaches(self, page: PageName) -> bool:
        """Whether the person has this page."""
        return not self._only_post or page in POSTING

    def go(self, page: PageName, record: str = "") -> None:
        """Show a page, and select a record (id of a member, event, announcement, channel) there; Today instead of one that the person has not."""
        if self.reaches(page):
            self.wanted.emit(page.value, record)
        else:
            self.wanted.emit(PageName.TODAY.value, "")
