"""The `belfry` command.

Exit status: 0, 1 (something was refused or did not go out), 2 (bad usage), 130 (stopped with Ctrl+C). What went wrong is one sentence on standard
error, never a traceback: that goes to the log. A command's module is imported when the command is called: start-up pays for no other.
"""

import io
import logging
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from desktop.cli.context import Session
from desktop.engine.vault import VaultKind
from resources.translations import _

FILE = click.Path(dir_okay=False, path_type=Path)
STOPPED = 130  # 128 + SIGINT, as shells have it

_MODULES = {
    "announce": "announcing",
    "backup": "community",
    "channels": "places",
    "check": "community",
    "connections": "places",
    "demonstration": "community",
    "deliveries": "deliveries",
    "events": "events",
    "history": "community",
    "info": "community",
    "members": "members",
    "new": "community",
    "redo": "community",
    "restore": "community",
    "send": "sender",
    "set": "community",
    "take-over": "sender",
    "undo": "community",
}
"""Which module of this package holds a command, among its COMMANDS."""

log = logging.getLogger(__name__)


class Belfry(click.Group):
    """The group of all commands: finds them, and turns what went wrong into a sentence and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted({*_MODULES, *self.commands})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command with this name, and with the options that stand everywhere."""
        found = super().get_command(ctx, name)
        if found is None and name in _MODULES:
            module = import_module(f"{__name__}.{_MODULES[name]}")
            for command in module.COMMANDS:
                _give_options(command)
                self.add_command(command)
            found = self.commands[name]
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        _forgive_letters()
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except (KeyboardInterrupt, click.Abort):
            click.echo("\n" + _("Stopped. What was finished before is kept."), err=True)
            ctx.exit(STOPPED)
        except BrokenPipeError:  # whoever read our output has gone; there is nobody to tell
            _let_go_of_output()
            ctx.exit(1)
        except Exception as error:  # the last resort: no person sees a traceback
            click.echo(_explained(error, ctx), err=True)
            _let_go_of_output()
            ctx.exit(1)


def _explained(error: Exception, ctx: click.Context) -> str:
    """The sentence for what went wrong. What no sentence was written for goes to the log with its traceback."""
    from desktop.cli.remedies import explained
    from desktop.community.errors import BelfryError
    from desktop.community.ports import VaultError
    from integrations.base import SendError

    if isinstance(error, BelfryError | VaultError | SendError):
        return explained(error)
    session = ctx.find_object(Session)
    folder = session.log_folder() if session else None
    log.error("Nobody was prepared for this", exc_info=error)
    if isinstance(error, OSError) and error.strerror:
        message = _("This computer could not do it: {error} ({file}). What was saved before is safe.")
        return message.format(error=error.strerror, file=error.filename or "–")
    if folder is None:
        return _("Belfry made a mistake of its own and stopped; what was saved before is safe.")
    message = _("Belfry made a mistake of its own and stopped; what was saved before is safe. What happened is in the log: {folder}")
    return message.format(folder=folder)


def _forgive_letters() -> None:
    """A letter that the terminal's encoding lacks is shown as a question mark; it is no error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _let_go_of_output() -> None:
    """What can't be written any more goes nowhere, or the interpreter fails once more when it ends.

    https://docs.python.org/3/library/signal.html#note-on-sigpipe
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is None or stream.closed:
            continue
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _named(ctx: click.Context, option: click.Parameter, value: Any) -> None:
    session = ctx.find_object(Session)
    if value is None or session is None:
        return
    if option.name == "community":
        session.file = value
    else:
        session.vault_kind = VaultKind(value)


def _say_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from desktop.cli.version import belfry_version  # late: no other command asks

        click.echo(f"belfry, version {belfry_version() or _('unknown')}")
        ctx.exit()


def _options(**more: Any) -> list[click.Option]:
    return [
        click.Option(["--community"], type=FILE, help="The community file; without it, the one in the data folder.", **more),
        click.Option(
            ["--vault"],
            type=click.Choice([name.value for name in VaultKind]),
            help="Where secrets are kept: the computer's keyring, a file that a passphrase locks, or this run's environment. "
            "The first two are remembered.",
            **more,
        ),
    ]


def _give_options(command: click.Command) -> None:
    """Let --community and --vault stand behind a command, too."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _give_options(inner)
    elif not any(option.name == "community" for option in command.params):
        command.params += _options(expose_value=False, callback=_named)


@click.group(cls=Belfry, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_say_version, help="Show the version and exit.")
@click.pass_context
def main(ctx: click.Context, community: Path | None, vault: str | None) -> None:
    """Keep the members, the calendar and the announcements of a community, and send announcements to its groups on time."""
    session = Session(community, VaultKind(vault) if vault else None)
    ctx.obj = session
    ctx.call_on_close(session.close)


main.params = [*_options(), *main.params]
