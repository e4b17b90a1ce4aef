"""The pages of the window, in the order of the rail. Each package's `entry.py` names its page without building it; Settings stands at the foot."""

from desktop.ui.pages.announcements.entry import ANNOUNCEMENTS
from desktop.ui.pages.calendar.entry import CALENDAR
from desktop.ui.pages.channels.entry import CHANNELS
from desktop.ui.pages.members.entry import MEMBERS
from desktop.ui.pages.page import Entry
from desktop.ui.pages.settings.entry import SETTINGS
from desktop.ui.pages.today.entry import TODAY

PAGES: tuple[Entry, ...] = (TODAY, MEMBERS, CALENDAR, ANNOUNCEMENTS, CHANNELS, SETTINGS)
