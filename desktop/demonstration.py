"""What Belfry does where it has no display: shows in a minute that it works, on a community that is gone afterwards."""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

import click

from desktop.actions import community
from desktop.actions.sample import COUNTRY, NAME, ZONE, fill
from desktop.app import program
from desktop.community.ports import Secret
from desktop.engine.news import News
from desktop.engine.sender import Until
from desktop.engine.vault import Asking, VaultKind
from desktop.store import connections
from desktop.store.connections import StoreShelf
from integrations.practice.inbox import received
from resources.translations import _, ngettext

INDENT = "    "


def demonstrate() -> int:
    """Make the sample community in a temporary folder, send what is due there to Practice, show what arrived. Gives the exit status."""
    click.echo(_("There is no window here, so this is a demonstration on an invented community, in a temporary folder."))
    with tempfile.TemporaryDirectory(prefix="belfry-") as folder:
        run = program(environ={"BELFRY_DATA": folder})
        here = run.computer
        sample = community.new(
            Path(folder) / "sample.belfry",
            clock=run.clock,
            computer=here.id,
            computer_name=here.name,
            name=NAME,
            zone=ZONE,
            country=COUNTRY,
        )
        with run.log(), sample as store:
            community.set_up(store, grace=0)  # nobody is going to take anything back here
            fill(store)
            info = community.info(store)
            click.echo(
                _("{members} members, {events} events, {channels} channels.").format(members=info.members, events=info.events, channels=info.channels)
            )
            asyncio.run(run.sender(store, run.vault(_nobody_to_ask, VaultKind.RUN), _unheard).run(Until.ONCE))
            for record in connections.connections(store):
                messages = received(StoreShelf(store, record.id).read()) if record.service == "practice" else ()
                if messages:
                    click.echo(
                        ngettext("{n} message arrived at {name}:", "{n} messages arrived at {name}:", len(messages)).format(
                            n=len(messages), name=record.name
                        )
                    )
                for message in messages:
                    files = "".join(f" [{name}]" for name in message.attachments)
                    click.echo(f"\n  {message.channel}{files}\n" + "\n".join(INDENT + line for line in message.text.splitlines()))
    onward = _("Now for real, with your own community: follow the first tour in README.md. It begins with: {command}")
    click.echo("\n" + onward.format(command=_first_command()))
    return 0


def _first_command() -> str:
    beside = Path(sys.executable).with_name("belfry.exe" if os.name == "nt" else "belfry")
    here = Path.cwd()
    if not beside.exists():
        return "belfry new --help"
    return f"{beside.relative_to(here) if beside.is_relative_to(here) else beside} new --help"


def _nobody_to_ask(asking: Asking) -> Secret:
    return Secret("")


def _unheard(news: News) -> None:
    """Nobody listens."""
