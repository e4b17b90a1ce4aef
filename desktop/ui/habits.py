"""What this computer does around the window: small choices of the person, remembered beside the window's state. Settings shows and changes them."""

from enum import StrEnum

from desktop.ui.window_state import WindowState

_CLOSING, _SAID, _OFFERED, _ONLY_POST = "habits/closing", "habits/tray-said", "habits/autostart-offered", "habits/only-post"


class Closing(StrEnum):
    """What closing the window means."""

    TRAY = "tray"  # the sender stays
    QUIT = "quit"


class Habits:
    """Reads and remembers them."""

    def __init__(self, state: WindowState) -> None:
        self._state = state

    @property
    def closing(self) -> Closing:
        """What closing the window means."""
        return Closing.QUIT if self._state.text(_CLOSING) == Closing.QUIT else Closing.TRAY

    def close_as(self, closing: Closing) -> None:
        """From now on it means this."""
        self._state.keep(_CLOSING, closing.value)

    @property
    def only_post(self) -> bool:
        """Whether the person only posts: the window leaves Today, Announcements and Undo."""
        return self._state.text(_ONLY_POST) == "yes"

    def post_only(self, only: bool) -> None:
        """From now on it is so."""
        self._state.keep(_ONLY_POST, "yes" if only else "")

    def first_time(self, what: str) -> bool:
        """Whether this is the first time on this computer that something is said (`tray`, `autostart`); from now on it is not."""
        key = {"tray": _SAID, "autostart": _OFFERED}[what]
        first = not self._state.text(key)
        self._state.keep(key, "yes")
        return first
