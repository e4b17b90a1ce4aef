"""Going for good, to the end or to another community: all that is typed is kept first; what can't be goes only if the person says so."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.ui.page_stack import PageStack
from desktop.ui.ports import Asker
from resources.translations import _


def part(pages: PageStack, asker: Asker, window: QWidget, then: Callable[[], object]) -> bool:
    """Call `then` as soon as nothing would be lost by it, or the person says that it may. Gives whether it was called at once."""
    pages.leave()
    if not pages.unkept:
        then()
        return True
    detail = _(
        "The announcement that you are writing is not in the file: it could not be written there. "
        "Make room and try again, or copy the text to another place."
    )
    asker.ask(window, _("Leave, although what you wrote is not kept?"), detail, _("Leave without it"), then)
    return False
