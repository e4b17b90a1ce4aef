"""Pictures of the runner for what is posted by hand."""

from PySide6.QtWidgets import QWidget

from desktop.actions import by_hand
from desktop.actions.channel_edits import add_by_hand
from desktop.community.schedules import NOW
from desktop.store import announcements, connections
from desktop.store.database import Store
from desktop.store.journal import operation
from desktop.ui.byhand.entry import open_runner
from desktop.ui.byhand.runner import Runner
from desktop.ui.navigation import PageName
from helpers.hand import hand_over
from helpers.scenes import Community, Scene
from helpers.window import Desktop
from resources.translations import phrase


def three_groups(store: Store) -> None:
    """The same text for three WhatsApp groups."""
    from desktop.community.announcements import Announcement

    ids = [add_by_hand(store, name, "", "whatsapp") for name in ("Neighbours of Rua das Flores", "Runners", "Parents")]
    with operation(store, phrase("Announced")) as op:
        announcements.add(op, Announcement("**Sunday at six:** soup for all, at the *greenhouse*. Bring a bowl and a chair.", tuple(ids), NOW))


def _open(desktop: Desktop) -> Runner:
    assert desktop.window is not None
    desktop.kit.navigation.go(PageName.CHANNELS)
    return open_runner(desktop.kit, desktop.window.pages)


def _runner(desktop: Desktop) -> QWidget:
    hand_over(desktop.kit.store, 7)
    _open(desktop)
    assert desktop.window is not None
    return desktop.window


def _phone(desktop: Desktop) -> QWidget:
    three_groups(desktop.kit.store)
    for delivery in hand_over(desktop.kit.store, 100):
        name = connections.channel(desktop.kit.store, delivery.channel_id).name
        if name not in ("Neighbours of Rua das Flores", "Runners", "Parents"):
            by_hand.leave(desktop.kit.store, (delivery.id,))
    runner = _open(desktop)
    runner.view.phone.click()
    assert desktop.window is not None
    return desktop.window


def _done(desktop: Desktop) -> QWidget:
    hand_over(desktop.kit.store, 5)
    runner = _open(desktop)
    while runner.step is not None:
        runner.view.tick_steps.emit([runner.step.key])
    assert desktop.window is not None
    return desktop.window


def _nothing(desktop: Desktop) -> QWidget:
    _open(desktop)
    assert desktop.window is not None
    return desktop.window


SCENES = (
    Scene("byhand", _runner),
    Scene("byhand-phone", _phone),
    Scene("byhand-done", _done),
    Scene("byhand-nothing", _nothing, Community.EMPTY),
)
