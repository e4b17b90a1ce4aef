"""`belfry connections …` and `belfry channels …`: where the community lives."""

import asyncio
import sys

import click

from desktop.actions import connect
from desktop.cli.context import ask_secret, session
from desktop.cli.kinds import PAIR
from desktop.cli.output import Format, format_option, show
from desktop.community.connections import ConnectionRecord
from desktop.community.ports import Secret
from desktop.engine.vault import VaultKind
from desktop.engine.vault.environment import variable
from desktop.store import connections as places
from integrations import MANIFESTS
from integrations.base import Capability, Connection, Field, Identity, Target
from resources.translations import Phrase, _, mark

SET = click.option("--set", "settings", type=PAIR, multiple=True, metavar="FIELD=VALUE", help="A setting; may be given again. Never a secret.")


@click.group(short_help=mark("Accounts that post: bots, places posted by hand."))
def connections() -> None:
    """Accounts that post for the community: bots, mailboxes, places posted by hand."""


@connections.command("add")
@click.argument("service", type=click.Choice([manifest.id for manifest in MANIFESTS]))
@click.argument("name")
@SET
def add_connection(service: str, name: str, settings: tuple[tuple[str, str], ...]) -> None:
    """Add a connection called NAME to SERVICE. Secrets (a bot's token) are asked for, or read from standard input, one a line."""
    now = session()

    record = connect.add_connection(now.store, now.vault(), service, name, dict(settings), _ask)
    by_hand = Capability.BY_HAND in connect.service(service)
    next_step = (
        _("Added {name}. Add its places: belfry channels add {quoted} NAME")
        if by_hand
        else _("Added {name}. Try it: belfry connections check {quoted}")
    )
    click.echo(next_step.format(name=record.name, quoted=_quoted(record.name)))
    _tell_variables(record)


@connections.command(short_help=mark("Give a connection its secrets anew."))
@click.argument("name")
def renew(name: str) -> None:
    """Give the connection NAME its secrets anew: on another computer, or after the service refused the old ones. A paused one goes on."""
    now = session()
    record = connect.renew_connection(now.store, now.vault(), name, _ask)
    click.echo(_("{name} has its new secret. Try it: belfry connections check {quoted}").format(name=record.name, quoted=_quoted(record.name)))
    _tell_variables(record)


def _ask(field: Field) -> Secret:
    if field.help and sys.stdin is not None and sys.stdin.isatty():
        click.echo(_(field.help), err=True)
    return ask_secret(_(field.label))


def _tell_variables(record: ConnectionRecord) -> None:
    """A secret that is kept nowhere has to be given for each run."""
    if session().vault_kind is VaultKind.RUN:
        for reference in record.secrets.values():
            message = _("With --vault run nothing is kept: before each run, put the secret into the environment variable {variable}")
            click.echo(message.format(variable=variable(reference)), err=True)


@connections.command("list")
@format_option
def list_connections(form: Format) -> None:
    """List the connections and how they fare."""
    store = session().store
    rows = []
    for record in places.connections(store):
        health = places.health(store, record.id)
        declared = connect.service(record.service)
        usual = _("posted by you") if Capability.BY_HAND in declared else health.identity or _("not checked yet")
        state = _("paused: {why}").format(why=Phrase.from_json(health.reason)) if health.paused else usual
        rows.append({_("Name"): record.name, _("Service"): declared.name, _("State"): state})
    show(rows, form, _("There are no connections yet. Add one: belfry connections add SERVICE NAME"))


@connections.command()
@click.argument("name")
def check(name: str) -> None:
    """Ask the service of the connection NAME who we are there. Sends nothing to anybody."""
    record, connection = _built(name)

    async def run() -> Identity:
        try:
            return await connect.check(session().store, connection, record)
        finally:
            await connection.close()

    identity = asyncio.run(run())
    click.echo(_("{name} works: it posts as {identity}.").format(name=record.name, identity=identity.name))
    for remark in identity.remarks:
        click.echo(str(remark), err=True)


@connections.command()
@click.argument("name")
@format_option
def targets(name: str, form: Format) -> None:
    """List the groups that the connection NAME can post to."""
    record, connection = _built(name)

    async def run() -> list[Target]:
        try:
            return list(await connect.targets(connection, record))
        finally:
            await connection.close()

    rows = [{_("Target"): target.id, _("Group"): target.name} for target in asyncio.run(run())]
    show(rows, form, _("No group is known yet. Add the bot to a group, or write /start in one that it has been in for longer, and try again."))


@click.group(short_help=mark("Where announcements go: groups, threads, lists."))
def channels() -> None:
    """Groups, threads and lists that announcements go to."""


@channels.command("add")
@click.argument("connection")
@click.argument("name")
@click.option("--target", default="", metavar="ID", help="The group's id there; see: belfry connections targets.")
@SET
def add_channel(connection: str, name: str, target: str, settings: tuple[tuple[str, str], ...]) -> None:
    """Add the channel NAME of a CONNECTION, named as the organizers call it."""
    channel = connect.add_channel(session().store, connection, name, target, dict(settings))
    click.echo(
        _("Added the channel {name}. Announce there: belfry announce TEXT --to {quoted}").format(name=channel.name, quoted=_quoted(channel.name))
    )


@channels.command("list")
@format_option
def list_channels(form: Format) -> None:
    """List the channels."""
    store = session().store
    names = {record.id: record.name for record in places.connections(store)}
    rows = [
        {
            _("Name"): channel.name,
            _("Connection"): names.get(channel.connection_id, "–"),
            _("Target"): channel.target or channel.settings.get("address", ""),
            _("Settings"): ", ".join(f"{name}={value}" for name, value in channel.settings.items()),
        }
        for channel in places.channels(store)
    ]
    show(rows, form, _("There are no channels yet. Add one: belfry channels add CONNECTION NAME"))


def _built(name: str) -> tuple[ConnectionRecord, Connection]:
    now = session()
    record = places.connection_named(now.store, name)
    return record, connect.build(now.store, now.vault(), now.program.clock, record, asyncio.sleep)


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name


COMMANDS = (connections, channels)
