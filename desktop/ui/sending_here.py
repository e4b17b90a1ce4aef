"""Sending from this computer from now on: asked before, told after."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.ui.kit import Kit
from desktop.ui.news import EVERYTHING
from desktop.ui.operations import Tell
from resources.translations import _, ngettext


def ask_to_send_here(kit: Kit, parent: QWidget, then: Callable[[], object] = lambda: None) -> None:
    """Ask whether this computer sends from now on; `then` is called when it does."""

    def taken(unsure: int) -> None:
        _tell(kit, unsure)
        then()

    kit.asker.ask(
        parent,
        _("Send from this computer from now on?"),
        _("Elsewhere nothing is sent from this community any more. What fell due meanwhile may be out already: you will be asked about each."),
        _("Send from here"),
        lambda: kit.operations.run(kit.program.take_over, taken, tell=Tell.NOTHING),
    )


def _tell(kit: Kit, unsure: int) -> None:
    kit.engine.wake()
    done = _("This computer sends from now on.")
    asked = ngettext("{n} message may be out already: see Today.", "{n} messages may be out already: see Today.", unsure).format(n=unsure)
    kit.notices.say(f"{done} {asked}" if unsure else done)
    kit.operations.news.emit(EVERYTHING)
