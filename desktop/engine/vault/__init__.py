"""Where secrets are kept: this computer's keyring, a file that a passphrase locks, or the environment of one run.

`open_vault` is the way in. Which of the three is used is a choice of the person on this computer: it is kept in a setting outside the community
file, never made by Belfry behind their back, and there is no plaintext fallback.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol, runtime_checkable

from desktop.community.ports import Secret, Vault, VaultError, VaultKind
from desktop.engine.vault.encrypted import Asking, EncryptedVault
from desktop.engine.vault.environment import EnvironmentVault
from desktop.engine.vault.keyring import KeyringVault
from resources.translations import phrase

__all__ = ["FILE_NAME", "PASSPHRASE_VARIABLE", "Asking", "OverheardVault", "VaultKind", "open_vault", "passphrase_from", "vault_kind"]

PASSPHRASE_VARIABLE = "BELFRY_PASSPHRASE"
FILE_NAME = "secrets.vault"


def vault_kind(text: str) -> VaultKind:
    """The kind that a setting or an option names. Raises VaultError where it names none."""
    try:
        return VaultKind(text)
    except ValueError:
        kinds = ", ".join(VaultKind)
        raise VaultError(phrase("There is no vault called “{kind}”. The ones there are: {kinds}.", kind=text, kinds=kinds)) from None


def open_vault(
    kind: VaultKind, *, folder: Path, ask: Callable[[Asking], Secret], environ: Mapping[str, str], heard: Callable[[Secret], None]
) -> "OverheardVault":
    """The vault of this kind. Nothing is opened, read or asked before the first use.

    Args:
        folder: this computer's data folder; FILE keeps `secrets.vault` there.
        ask: asks the person for the passphrase of FILE, in the thread of the call that needs it; see `passphrase_from`.
        environ: RUN reads `BELFRY_SECRET_…` from it.
        heard: is told every secret (the passphrase too) before it is handed out or kept, so that the log can leave it out.
    """
    vault: Vault
    match kind:
        case VaultKind.KEYRING:
            vault = KeyringVault()
        case VaultKind.FILE:
            vault = EncryptedVault(folder / FILE_NAME, ask=_overheard(ask, heard))
        case VaultKind.RUN:
            vault = EnvironmentVault(environ)
    return OverheardVault(vault, heard)


def passphrase_from(environ: Mapping[str, str], otherwise: Callable[[Asking], Secret]) -> Callable[[Asking], Secret]:
    """Takes the passphrase from BELFRY_PASSPHRASE where it is set (a box with no keyboard), else asks. Never from an argument: others see those."""

    def ask(asking: Asking) -> Secret:
        given = environ.get(PASSPHRASE_VARIABLE, "")
        return Secret(given) if given else otherwise(asking)

    return ask


def _overheard(ask: Callable[[Asking], Secret], heard: Callable[[Secret], None]) -> Callable[[Asking], Secret]:
    def asked(asking: Asking) -> Secret:
        passphrase = ask(asking)
        heard(passphrase)
        return passphrase

    return asked


@runtime_checkable
class Looking(Protocol):
    """A vault that may lack what it keeps secrets in."""

    def look(self) -> None:
        """Raises NoKeyring where it does. Keeps nothing and asks nobody."""
        ...


class OverheardVault:
    """Tells `heard` of each secret that passes, then does what the vault inside does."""

    def __init__(self, inside: Vault, heard: Callable[[Secret], None]) -> None:
        self._inside = inside
        self._heard = heard

    def get(self, ref: str) -> Secret | None:
        secret = self._inside.get(ref)
        if secret is not None:
            self._heard(secret)
        return secret

    def set(self, ref: str, secret: Secret) -> None:
        self._heard(secret)
        self._inside.set(ref, secret)

    def delete(self, ref: str) -> None:
        self._inside.delete(ref)

    def look(self) -> None:
        """See whether there is anything to keep secrets in. Raises NoKeyring or VaultError."""
        if isinstance(self._inside, Looking):
            self._inside.look()

    def refs(self) -> list[str]:
        """All references that the vault inside can name; a keyring names none."""
        return self._inside.refs() if isinstance(self._inside, EncryptedVault | EnvironmentVault) else []

    def clear_away(self) -> None:
        """Take a file away that holds no secret any more."""
        if isinstance(self._inside, EncryptedVault):
            self._inside.clear_away()
