"""Changes to what is scheduled that were typed and not saved: kept on this computer, so that they survive a closed window or a crash."""

import json

from desktop.ui.window_state import WindowState

_KEY = "announcements/unsaved"


class Unsaved:
    """The text of one announcement, as it was typed last and not saved."""

    def __init__(self, state: WindowState) -> None:
        self._state = state

    def keep(self, announcement_id: str, text: str) -> None:
        """Remember it."""
        self._state.keep(_KEY, json.dumps([announcement_id, text]))

    def text_of(self, announcement_id: str) -> str | None:
        """What was typed for this announcement; None for nothing."""
        try:
            kept = json.loads(self._state.text(_KEY))
        except ValueError:  # nothing was kept, or a file that somebody has written into
            return None
        match kept:
            case [str(row_id), str(text)] if row_id == announcement_id:
                return text
            case _:
                return None

    def forget(self, announcement_id: str) -> None:
        """It was saved, or is no longer wanted."""
        if self.text_of(announcement_id) is not None:
            self._state.keep(_KEY, "")
