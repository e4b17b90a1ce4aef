"""What every command is handed: the program, the community file that was named, and how a person is asked for secrets."""

import contextlib
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.community.ports import Secret, Vault
from desktop.engine.vault import Asking, VaultKind
from resources.translations import _

if TYPE_CHECKING:
    from desktop.app import Program
    from desktop.store.database import Store


@dataclass(slots=True)
class Session:
    """One call of `belfry`.

    Attributes:
        file: the community file that was named with --community; None for the default one.
        vault_kind: what was named with --vault.
    """

    file: Path | None = None
    vault_kind: VaultKind | None = None
    _program: "Program | None" = field(default=None, repr=False)
    _store: "Store | None" = field(default=None, repr=False)
    _log_folder: Path | None = field(default=None, repr=False)
    _open: contextlib.ExitStack = field(default_factory=contextlib.ExitStack, repr=False)

    @property
    def program(self) -> "Program":
        """The program, made at the first use (a help text needs none); from then on there is a log."""
        if self._program is None:
            from desktop.app import program  # late: it brings the store

            self._program = program()
            self._begin_log()
        return self._program

    @property
    def store(self) -> "Store":
        """The community, opened at the first use."""
        if self._store is None:
            self._store = self._open.enter_context(self.program.open(self.file))
        return self._store

    def vault(self) -> Vault:
        """Where secrets are kept."""
        if self.vault_kind:
            self.program.choose_vault(self.vault_kind)
        return self.program.vault(ask_passphrase, self.vault_kind)

    def log_folder(self) -> Path | None:
        """Where the log is; None where there is none."""
        return self._log_folder

    def close(self) -> None:
        """Let go of the community and of the log."""
        self._open.close()

    def _begin_log(self) -> None:
        try:
            self._log_folder = self._open.enter_context(self.program.log()).parent
        except OSError as error:  # what was asked for can be done without
            message = _("There is no log of this: {folder} can't be written ({error}).")
            click.echo(message.format(folder=self.program.data / "log", error=error.strerror or error), err=True)


def session() -> Session:
    """The session of the command that runs now."""
    found = click.get_current_context().find_object(Session)
    assert found is not None
    return found


def ask_secret(label: str) -> Secret:
    """Ask for a secret without showing it; or read one line of standard input where that is no terminal. Never an argument: others see those."""
    if sys.stdin is None or not sys.stdin.isatty():
        line = sys.stdin.readline() if sys.stdin else ""
        return Secret(line.rstrip("\r\n"))
    return Secret(click.prompt(label, hide_input=True, err=True))


def ask_passphrase(asking: Asking) -> Secret:
    """Ask for the passphrase of the file of secrets."""
    if asking is Asking.NEW and sys.stdin is not None and sys.stdin.isatty():
        return Secret(click.prompt(_("A passphrase for the file of secrets"), hide_input=True, confirmation_prompt=True, err=True))
    return ask_secret(_("The passphrase of the file of secrets"))
