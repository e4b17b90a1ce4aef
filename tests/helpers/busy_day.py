"""A community in which something waits in every way, as a sender would have left it, without running one."""

from dataclasses import replace

from desktop.actions.connect import service
from desktop.community.deliveries import Delivery, State, Who
from desktop.store import connections, ledger
from desktop.store.database import Store
from helpers.hand import hand_over, settle_as
from integrations.base import Capability
from resources.translations import phrase

SILENT = "The service did not answer in time, so nobody knows whether it is out. Look there, then say which."
REFUSED = "The bot may not write in this group any more. Make it a member again, then try again."
LATE = "Its time passed while this computer was off."


def by_machine(store: Store) -> list[Delivery]:
    """What is queued for places that the sender reaches by itself, by when it is due."""
    by_hand = {record.id for record in connections.connections(store) if Capability.BY_HAND in service(record.service)}
    hands = {channel.id for channel in connections.channels(store) if channel.connection_id in by_hand}
    return [one for one in ledger.listed(store.conn, (State.QUEUED,)) if one.channel_id not in hands]


def miss(store: Store, delivery: Delivery) -> Delivery:
    """Its time passed while nothing could send."""
    now = store.clock.now()
    with store.write() as conn:
        then = replace(delivery, late_until=min(delivery.late_until, now))
        moved = ledger.move(conn, delivery, State.MISSED, who=Who.SENDER, why=phrase(LATE), at=now, then=then)
    assert moved is not None
    return moved


def fill_day(store: Store) -> None:
    """Two went out, one was missed, one is unsure, one was refused, two wait to be posted by hand."""
    queued = by_machine(store)
    assert len(queued) >= 5
    settle_as(store, queued[0], State.SENT, "It went out.")
    settle_as(store, queued[1], State.SENT, "It went out.")
    miss(store, queued[2])
    settle_as(store, queued[3], State.UNSURE, SILENT)
    settle_as(store, queued[4], State.REJECTED, REFUSED)
    hand_over(store, 2)
