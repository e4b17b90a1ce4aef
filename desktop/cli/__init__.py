"""The `belfry` command.

Exit status: 0, 1 (something was refused or did not go out), 2 (bad usage). What went wrong is one sentence on standard error, never a traceback: that
goes to the log.
"""

import contextlib
import logging
import sys
from pathlib import Path
from typing import Any

import click

from desktop.cli import announcing, community, deliveries, events, members, places, sender
from desktop.cli.context import Session, start
from desktop.community.errors import BelfryError
from desktop.community.ports import VaultError
from desktop.engine.vault import VaultKind
from integrations.base import SendError
from resources.translations import _

FILE = click.Path(dir_okay=False, path_type=Path)

log = logging.getLogger(__name__)


class Belfry(click.Group):
    """The group of all commands: turns what went wrong into a sentence and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except (BelfryError, VaultError, SendError) as error:
            click.echo(str(error), err=True)
            ctx.exit(1)
        except BrokenPipeError:
            sys.stderr.close()  # whoever read our output has gone; there is nobody to tell
            ctx.exit(1)
        except (click.ClickException, click.exceptions.Exit, click.Abort, KeyboardInterrupt):
            raise
        except Exception:
            log.exception("A mistake of Belfry's own")
            folder = ctx.obj.program.data / "log" if isinstance(ctx.obj, Session) else Path()
            message = _("Belfry made a mistake of its own and stopped; what was saved before is safe. What happened is in the log: {folder}")
            click.echo(message.format(folder=folder), err=True)
            ctx.exit(1)


@click.group(cls=Belfry, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.option(
    "--community", "file", type=click.Path(dir_okay=False, path_type=Path), help="The community file; without it, the one in the data folder."
)
@click.option(
    "--vault",
    type=click.Choice([kind.value for kind in VaultKind]),
    help="Where secrets are kept: the computer's keyring, a file that a passphrase locks, or this run's environment. The first two are remembered.",
)
@click.version_option(package_name="belfry")
@click.pass_context
def main(ctx: click.Context, file: Path | None, vault: str | None) -> None:
    """Keep the members, the calendar and the announcements of a community, and send announcements to its groups on time."""
    session = start(file, VaultKind(vault) if vault else None)
    ctx.obj = session
    ctx.call_on_close(session.close)
    stack = contextlib.ExitStack()
    stack.enter_context(session.program.log())
    ctx.call_on_close(stack.close)


for command in (
    *community.COMMANDS,
    members.members,
    events.events,
    places.connections,
    places.channels,
    announcing.announce,
    deliveries.deliveries,
    *sender.COMMANDS,
):
    main.add_command(command)
