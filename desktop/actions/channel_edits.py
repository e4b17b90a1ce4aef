"""Changing where the community lives: names, targets, settings, pausing, deleting; and new places that need no account."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from desktop.actions.connect import checked, service
from desktop.community.connections import Channel, ConnectionRecord
from desktop.community.errors import Refused
from desktop.community.ids import new_id
from desktop.store import channel_news, connections, ledger
from desktop.store.database import Store
from desktop.store.journal import Operation, operation
from integrations.base import Field
from resources.translations import Phrase, phrase, phrases

BY_HAND, PRACTICE = "byhand", "practice"


def channel_fields(store: Store, channel: Channel) -> tuple[Field, ...]:
    """What can be set for a channel."""
    return service(connections.connection(store, channel.connection_id).service).channel_fields


def rename_channel(store: Store, channel_id: str, name: str) -> None:
    """Call a channel something else. Raises Refused for a name that can't be, or that another channel has."""
    channel = connections.channel(store, channel_id)
    name = _readable(name)
    _refuse_taken(name, (one.name for one in connections.channels(store) if one.id != channel_id))
    with operation(store, phrase("Renamed {old} to {new}", old=channel.name, new=name)) as op:
        connections.change_channel(op, replace(channel, name=name))


def retarget(store: Store, channel_id: str, target: str) -> None:
    """Send to another group from now on; what is planned goes there too. Raises Refused for an address that can't be."""
    channel = connections.channel(store, channel_id)
    declared = service(connections.connection(store, channel.connection_id).service)
    problem = declared.target(target.strip()) if declared.target else None
    if problem is not None:
        raise Refused(problem)
    with operation(store, phrase("Changed where {name} goes", name=channel.name)) as op:
        connections.change_channel(op, replace(channel, target=target.strip()))


def change_setting(store: Store, channel_id: str, field: str, value: str) -> None:
    """Set one of a channel's fields. Raises Refused for a value that can't be."""
    channel = connections.channel(store, channel_id)
    settings = checked(channel_fields(store, channel), {**channel.settings, field: value.strip()})
    with operation(store, phrase("Changed a setting of {name}", name=channel.name)) as op:
        connections.change_channel(op, replace(channel, settings=settings))


def rename_connection(store: Store, connection_id: str, name: str) -> None:
    """Call a connection something else. Raises Refused for a name that can't be, or that another connection has."""
    record = connections.connection(store, connection_id)
    name = _readable(name)
    _refuse_taken(name, (one.name for one in connections.connections(store) if one.id != connection_id))
    with operation(store, phrase("Renamed {old} to {new}", old=record.name, new=name)) as op:
        connections.put_connection(op, replace(record, name=name))


def pause(store: Store, owner: str) -> None:
    """Send nothing to this channel, or through this connection, until a person resumes it. What is planned waits."""
    with store.write() as conn:
        ledger.pause(conn, owner, phrase("Somebody paused it. What is planned waits."))


def resume(store: Store, owner: str) -> None:
    """Send there again."""
    with store.write() as conn:
        ledger.resume(conn, owner)


def delete_channel(store: Store, channel_id: str) -> None:
    """Take a channel away; what is planned for it goes out no more."""
    channel, ahead = connections.channel(store, channel_id), channel_news.news(store, channel_id).ahead
    done = phrase("Deleted the channel {name}", name=channel.name)
    if ahead:
        done = phrases(
            "Deleted the channel {name}, and {n} message that was planned for it",
            "Deleted the channel {name}, and {n} messages that were planned for it",
            n=ahead,
            name=channel.name,
        )
    with operation(store, done) as op:
        op.delete("channel", channel_id)


def delete_connection(store: Store, connection_id: str) -> None:
    """Take a connection away with all its channels. Its secrets stay in the vault, so that it can be undone."""
    record = connections.connection(store, connection_id)
    with operation(store, phrase("Deleted {name} and its channels", name=record.name)) as op:
        for channel in connections.channels(store):
            if channel.connection_id == connection_id:
                op.delete("channel", channel.id)
        op.delete("connection", connection_id)


def add_channel(store: Store, connection_id: str, name: str, target: str, settings: Mapping[str, str]) -> str:
    """Keep a new channel under a name that no other has yet; gives its id. Raises Refused for what can't be."""
    declared = service(connections.connection(store, connection_id).service)
    kept = checked(declared.channel_fields, settings)
    problem = declared.target(target) if declared.target and target else None
    if problem is not None:
        raise Refused(problem)
    name = free_name(store, _readable(name))
    with operation(store, phrase("Added the channel {name}", name=name)) as op:
        return connections.add_channel(op, Channel(connection_id, name, target, kept))


def add_by_hand(store: Store, name: str, address: str, formatting: str) -> str:
    """A place where a person posts; gives the channel's id. The first one makes the connection “By hand” along with it."""
    return _add_without_account(store, BY_HAND, name, lambda _name: "", {"address": address.strip(), "formatting": formatting})


def add_practice(store: Store, name: str) -> str:
    """A group to practise with; gives the channel's id. The first one makes the connection “Practice” along with it."""
    return _add_without_account(store, PRACTICE, name, lambda name: name, {})


def free_name(store: Store, wanted: str) -> str:
    """The name, with a number behind it where there is a channel called so already."""
    return _free(wanted, (one.name for one in connections.channels(store)))


def free_connection_name(store: Store, wanted: str) -> str:
    """The name, with a number behind it where there is a connection called so already."""
    return _free(wanted, (one.name for one in connections.connections(store)))


def _add_without_account(store: Store, service_id: str, name: str, target: Callable[[str], str], settings: Mapping[str, str]) -> str:
    declared = service(service_id)
    kept = checked(declared.channel_fields, {key: value for key, value in settings.items() if value})
    name = free_name(store, _readable(name))
    known = next((record for record in connections.connections(store) if record.service == service_id), None)
    with operation(store, phrase("Added the channel {name}", name=name)) as op:
        record = known or _made(op, store, service_id)
        return connections.add_channel(op, Channel(record.id, name, target(name), kept))


def _made(op: Operation, store: Store, service_id: str) -> ConnectionRecord:
    declared = service(service_id)
    name = free_connection_name(store, str(Phrase(declared.name)))
    record = ConnectionRecord(declared.id, name, checked(declared.fields, {}), id=new_id())
    connections.put_connection(op, record)
    return record


def _readable(name: str) -> str:
    name = " ".join(name.split())
    if not name or not name.isprintable():
        raise Refused(phrase("Give it a name that can be read."))
    return name


def _refuse_taken(name: str, others: Iterable[str]) -> None:
    if name.casefold() in {one.casefold() for one in others}:
        raise Refused(phrase("There is another one called {name} already. Choose another name.", name=name))


def _free(wanted: str, others: Iterable[str]) -> str:
    taken = {one.casefold() for one in others}
    name, number = wanted, 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted} ({number})"
    return name
