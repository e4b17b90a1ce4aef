"""The one way in: opens the runner over the pages, from a page, the strip or a notification."""

from PySide6.QtWidgets import QWidget

from desktop.ui.byhand.runner import Runner
from desktop.ui.kit import Kit
from desktop.ui.navigation import PageName
from desktop.ui.page_stack import PageStack
from desktop.ui.pages.page import Entry
from resources.translations import mark


def _build(kit: Kit, entry: Entry) -> Runner:
    return Runner(kit, entry)


def open_runner(kit: Kit, within: QWidget, delivery_id: str = "") -> Runner:
    """Show the runner in the place of the pages, and the step of this delivery in it; where it is open already, that one.

    Args:
        within: a page, the stack of the pages, or any widget inside one of them.
    Raises LookupError where `within` is not in a window with pages.
    """
    stack = _stack_of(within)
    runner = next((one for one in (stack.widget(number) for number in range(stack.count())) if isinstance(one, Runner)), None)
    if runner is None:
        under = stack.page.entry.name if stack.page is not None else PageName.TODAY
        # It has the name of the page that it stands over, so that the window comes back to that one.
        runner = _build(kit, Entry(under, mark("Post by hand"), "hand", _build))
        runner.left.connect(lambda: _leave(stack, runner, under))
        stack.put(runner)
    stack.setCurrentWidget(runner)
    runner.begin(delivery_id)
    return runner


def _leave(stack: PageStack, runner: Runner, under: PageName) -> None:
    stack.open(under)  # first, so that the page takes the focus from it
    stack.removeWidget(runner)
    runner.deleteLater()


def _stack_of(within: QWidget) -> PageStack:
    found: QWidget | None = within
    while found is not None and not isinstance(found, PageStack):
        found = found.parentWidget()
    if found is None:
        raise LookupError("the runner opens over the pages of a window")
    return found
