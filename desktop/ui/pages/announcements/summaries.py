"""How a text begins, without its formatting: worked out once for each text. Whoever shows it cuts it to the room there is."""

from functools import lru_cache

from desktop.community.announcements import Announcement
from resources.translations import _


@lru_cache(maxsize=2048)
def _summary(text: str) -> str:
    return Announcement(text, ()).first_line


def summary(text: str) -> str:
    """The beginning of a Markdown text; a word for one that is empty."""
    return _summary(text) or _("(no text yet)")
