"""Setting up where the community lives: connections with their secrets, channels on them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from desktop.community.connections import Channel, ConnectionRecord, Health
from desktop.community.errors import Refused, Remedy
from desktop.community.ids import new_id
from desktop.community.instants import to_text
from desktop.community.ports import Clock, Secret, Vault
from desktop.store import connections
from desktop.store.connections import StoreShelf
from desktop.store.database import Store
from desktop.store.journal import operation
from integrations import manifest
from integrations.base import (
    Capability,
    Connection,
    Context,
    Field,
    Identity,
    ListsTargets,
    Manifest,
    Target,
    settings_problems,
    with_defaults,
)
from resources.translations import Phrase, phrase


def service(id: str) -> Manifest:
    """The manifest of a service. Raises Refused for one that this Belfry does not know."""
    try:
        return manifest(id)
    except KeyError:
        raise Refused(phrase("Belfry does not know a service called {service}.", service=id)) from None


def add_connection(
    store: Store, vault: Vault, service_id: str, name: str, settings: Mapping[str, str], ask: Callable[[Field], Secret]
) -> ConnectionRecord:
    """Keep a new connection. Its secrets go into the vault first; the community file gets references only.

    Args:
        ask: gives the value of a secret field.
    """
    declared = service(service_id)
    _refuse_first(_name_problems(name))
    if any(record.name.casefold() == name.casefold() for record in connections.connections(store)):
        raise Refused(phrase("There is a connection called {name} already. Choose another name.", name=name))
    kept = checked(declared.fields, settings)
    row_id = new_id()
    given = _asked(declared, ask)
    secrets = {field: f"connection/{row_id}/{field}" for field in given}
    for field, secret in given.items():
        vault.set(secrets[field], secret)
    record = ConnectionRecord(declared.id, name, kept, secrets, row_id)
    try:
        with operation(store, phrase("Connected {name}", name=name)) as op:
            connections.put_connection(op, record)
    except BaseException:
        for reference in secrets.values():
            vault.delete(reference)
        raise
    return record


def renew_connection(store: Store, vault: Vault, name: str, ask: Callable[[Field], Secret]) -> ConnectionRecord:
    """Give a connection its secrets anew: on another computer, or after the service refused the old ones. One that was paused goes on.

    Raises Refused where it has none.
    """
    record = connections.connection_named(store, name)
    given = _asked(service(record.service), ask)
    if not given:
        raise Refused(phrase("{name} has no password or token that could be renewed.", name=record.name))
    renewed = replace(record, secrets={**{field: f"connection/{record.id}/{field}" for field in given}, **record.secrets})
    for field, secret in given.items():
        vault.set(renewed.secrets[field], secret)
    if renewed != record:
        with operation(store, phrase("Connected {name} again", name=record.name)) as op:
            connections.put_connection(op, renewed)
    with store.write() as conn:
        connections.set_health(conn, record.id, Health())
    return renewed


def _asked(declared: Manifest, ask: Callable[[Field], Secret]) -> dict[str, Secret]:
    """The secrets of a service, all of them right."""
    given: dict[str, Secret] = {}
    for one in declared.fields:
        if one.secret:
            given[one.name] = Secret(ask(one).reveal().strip())
            _refuse_first(settings_problems((one,), {one.name: given[one.name].reveal()}))
    return given


def add_channel(store: Store, connection_name: str, name: str, target: str, settings: Mapping[str, str]) -> Channel:
    """Keep a new channel of a connection."""
    record = connections.connection_named(store, connection_name)
    declared = service(record.service)
    _refuse_first(_name_problems(name))
    if any(one.name.casefold() == name.casefold() for one in connections.channels(store)):
        raise Refused(phrase("There is a channel called {name} already. Choose another name.", name=name))
    if Capability.BY_HAND not in declared and not target and declared.target is not None:
        raise Refused(phrase("Say which of the groups of {name} it is.", name=record.name), Remedy.CHOOSE_GROUP)
    problem = declared.target(target) if declared.target and target else None
    if problem:
        raise Refused(problem)
    channel = Channel(record.id, name, target, checked(declared.channel_fields, settings))
    with operation(store, phrase("Added the channel {name}", name=name)) as op:
        row_id = connections.add_channel(op, channel)
    return connections.channel(store, row_id)


def checked(fields: Sequence[Field], settings: Mapping[str, str]) -> dict[str, str]:
    """The settings with their defaults, all of them right. Raises Refused, with what is wrong and what there is."""
    for one in fields:
        if one.secret and one.name in settings:
            raise Refused(
                phrase("“{name}” is a secret. It is asked for, or read from standard input; never write it on the command line.", name=one.name)
            )
    plain = [one for one in fields if not one.secret]
    _refuse_first(settings_problems(plain, settings))
    return {name: value for name, value in with_defaults(plain, settings).items() if value}


def _name_problems(name: str) -> list[Phrase]:
    return [] if name.strip() and name.isprintable() else [phrase("Give it a name that can be read.")]


def _refuse_first(problems: Sequence[Phrase]) -> None:
    if problems:
        raise Refused(problems[0])


def build(store: Store, vault: Vault, clock: Clock, record: ConnectionRecord, sleep: Callable[[float], Awaitable[None]]) -> Connection:
    """The connection itself, with its secrets. Raises Refused where it has none (posted by hand), or a secret is gone."""
    declared = service(record.service)
    if declared.connect is None:
        raise Refused(phrase("{name} is posted by hand: there is nothing to reach.", name=record.name))
    settings = dict(record.settings)
    for name, reference in record.secrets.items():
        secret = vault.get(reference)
        if secret is None:
            raise Refused(phrase("The secret of {name} is not on this computer. Give it again.", name=record.name), Remedy.RENEW_SECRET)
        settings[name] = secret.reveal()
    return declared.connect(settings, Context(StoreShelf(store, record.id), clock.now, sleep))


async def check(store: Store, connection: Connection, record: ConnectionRecord) -> Identity:
    """Ask the service who we are, and keep the answer with the connection; a connection that was paused goes on."""
    identity = await connection.check()
    with store.write() as conn:
        connections.set_health(conn, record.id, Health(identity=identity.name, checked_at=to_text(store.clock.now())))
    return identity


async def targets(connection: Connection, record: ConnectionRecord) -> Sequence[Target]:
    """The groups that a connection can post to. Raises Refused where the service does not tell."""
    if Capability.TARGETS not in service(record.service):
        raise Refused(phrase("{name} can't list its groups. Give the group's address yourself.", name=record.name), Remedy.GIVE_ADDRESS)
    lister: ListsTargets = connection  # type: ignore[assignment]  # the manifest's capability says so
    return await lister.targets()
