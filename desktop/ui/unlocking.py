"""What the secrets of a community need when it is opened: their passphrase, or a place that keeps them. The window works meanwhile."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.community.ports import NoKeyring, Safe, VaultError, VaultKind
from desktop.store import connections
from desktop.ui.engine_calls import EngineCalls
from desktop.ui.kit import Kit
from desktop.ui.news import EVERYTHING
from desktop.ui.notices import Offer
from resources.translations import _

BANNER = "secrets"


class Unlocking(QObject):
    """Looks after the secrets of one open community.

    Args:
        window: what the dialogs belong to.
    """

    def __init__(self, kit: Kit, window: QWidget) -> None:
        super().__init__(window)
        self._kit, self._window = kit, window
        self._safe: Safe = kit.program.secrets()
        self._calls = EngineCalls(kit.engine, self)

    def begin(self, *, ask: bool) -> None:
        """The community is open and its engine runs. `ask`: the person is there; else a banner waits for them."""
        if not any(record.secrets for record in connections.connections(self._kit.store)):
            return
        if self._safe.locked:
            sentence = _("The passwords are locked. What goes out through a service waits until you unlock them.")
            self._kit.notices.keep(BANNER, sentence, Offer(_("Unlock …"), self.ask))
            if ask:
                self.ask()
        elif self._safe.kind is VaultKind.KEYRING:
            self._calls.ask(without_keyring(self._safe.try_out), self._found, self._kit.notices.problem)

    def ask(self) -> None:
        """Ask for the passphrase."""
        from desktop.ui.dialogs.passphrase import unlock  # late: most communities need none

        if self._safe.locked:
            unlock(self._kit, self._window, lambda: unlocked(self._kit))
        else:
            self._kit.notices.clear(BANNER)

    def end(self) -> None:
        """The community is closed."""
        self._calls.end()

    def _found(self, problem: str) -> None:
        from desktop.ui.dialogs.secret_places import choose_place  # late: the same

        if problem:
            choose = Offer(_("Choose a place …"), lambda: choose_place(self._kit, self._window, problem, lambda: self._kit.notices.clear(BANNER)))
            self._kit.notices.keep(BANNER, problem, choose)


def unlocked(kit: Kit) -> None:
    """The secrets can be had from now on: what waited for them goes out."""
    kit.notices.clear(BANNER)
    kit.notices.say(_("The passwords are unlocked until Belfry is quit."), key=BANNER)
    kit.operations.news.emit(EVERYTHING)
    kit.engine.wake()


async def without_keyring(look: Callable[[], None]) -> str:
    """Why nothing can be kept on this computer; empty where that is not so, or where it may pass by itself.

    Args:
        look: how to find out: `Safe.try_out`, or `Safe.look`, which never has the keyring ask for its password.
    """
    import asyncio  # late: it is there by now, for the engine

    try:
        await asyncio.to_thread(look)
    except NoKeyring as none:
        return str(none.reason)
    except VaultError:
        return ""
    return ""
