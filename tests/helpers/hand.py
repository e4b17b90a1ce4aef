"""Deliveries that wait to be posted by hand, as the sender leaves them, without running one."""

from dataclasses import replace

from desktop.actions.connect import service
from desktop.community.deliveries import Delivery, State, Who
from desktop.store import announcements, connections, ledger
from desktop.store.database import Store
from integrations.base import Capability
from integrations.message import Message, from_markdown
from resources.translations import phrase


def hand_over(store: Store, most: int = 100) -> list[Delivery]:
    """Everything queued for places that are posted by hand waits for the person now, whenever it is due."""
    by_hand = {record.id for record in connections.connections(store) if Capability.BY_HAND in service(record.service)}
    channels = {channel.id: channel for channel in connections.channels(store) if channel.connection_id in by_hand}
    moved: list[Delivery] = []
    for delivery in ledger.listed(store.conn, (State.QUEUED,)):
        channel = channels.get(delivery.channel_id)
        if channel is None or len(moved) >= most:
            continue
        declared = service(connections.connection(store, channel.connection_id).service)
        text = declared.render(Message(from_markdown(announcements.get(store, delivery.announcement_id).text)), channel.settings).text
        with store.write() as conn:
            why = phrase("It is due. Post it in {channel}, then tick it off.", channel=channel.name)
            then = replace(delivery, sent_text=text)
            waits = ledger.move(conn, delivery, State.WAITING, who=Who.SENDER, why=why, at=store.clock.now(), then=then)
        assert waits is not None
        moved.append(waits)
    return moved


def settle_as(store: Store, delivery: Delivery, state: State, why: str = "It is so.") -> Delivery:
    """A queued delivery goes through `sending` to this state, as the sender would have it."""
    with store.write() as conn:
        now = store.clock.now()
        claimed = ledger.move(conn, delivery, State.SENDING, who=Who.SENDER, why=phrase("It is being sent."), at=now)
        assert claimed is not None
        moved = ledger.move(conn, claimed, state, who=Who.SENDER, why=phrase(why), at=now)
    assert moved is not None
    return moved
