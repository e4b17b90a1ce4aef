"""What every command is handed: the program, the community file that was named, and how a person is asked for secrets."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

import click

from desktop.app import Program, program
from desktop.community.ports import Secret, Vault
from desktop.engine.vault import Asking, VaultKind
from desktop.store.database import Store
from resources.translations import _


@dataclass(slots=True)
class Session:
    """One call of `belfry`.

    Attributes:
        file: the community file that was named with --community; None for the default one.
        vault_kind: what was named with --vault.
    """

    program: Program
    file: Path | None = None
    vault_kind: VaultKind | None = None
    _store: Store | None = field(default=None, repr=False)

    @property
    def store(self) -> Store:
        """The community, opened at the first use."""
        if self._store is None:
            self._store = self.program.open(self.file)
        return self._store

    def vault(self) -> Vault:
        """Where secrets are kept."""
        if self.vault_kind:
            self.program.choose_vault(self.vault_kind)
        return self.program.vault(ask_passphrase, self.vault_kind)

    def close(self) -> None:
        """Let go of the community."""
        if self._store is not None:
            self._store.close()


def session() -> Session:
    """The session of the command that runs now."""
    found = click.get_current_context().find_object(Session)
    assert found is not None
    return found


def start(file: Path | None, vault_kind: VaultKind | None) -> Session:
    """A session for one call."""
    return Session(program(), file, vault_kind)


def ask_secret(label: str) -> Secret:
    """Ask for a secret without showing it; or read one line of standard input where that is no terminal. Never an argument: others see those."""
    if not sys.stdin.isatty():
        return Secret(sys.stdin.readline().rstrip("\r\n"))
    return Secret(click.prompt(label, hide_input=True, err=True))


def ask_passphrase(asking: Asking) -> Secret:
    """Ask for the passphrase of the file of secrets."""
    if asking is Asking.NEW and sys.stdin.isatty():
        return Secret(click.prompt(_("A passphrase for the file of secrets"), hide_input=True, confirmation_prompt=True, err=True))
    return ask_secret(_("The passphrase of the file of secrets"))
