"""The safe of the window: one vault for the whole run, so that a passphrase is asked for once, and another one can take its place meanwhile."""

import contextlib
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from desktop.community.ports import Locked, Moved, NoKeyring, Secret, Vault, VaultError, VaultKind
from desktop.engine.vault import OverheardVault
from desktop.engine.vault.encrypted import Asking
from resources.translations import phrase

Ask = Callable[[Asking], Secret]


class RunSafe:
    """`desktop.community.ports.Safe`.

    Args:
        kind: where secrets are kept at the beginning.
        open: makes a vault of a kind.
        file: where FILE keeps them.
        keep: remembers the choice for the next start. Raises OSError.
        given: the passphrase, where the surroundings have given one; empty: a person is asked.
    """

    def __init__(
        self, kind: VaultKind, *, open: Callable[[VaultKind, Ask], OverheardVault], file: Path, keep: Callable[[VaultKind], None], given: Secret
    ) -> None:
        self._open, self._file, self._keep = open, file, keep
        self._kind = kind
        self._passphrase = given
        self._vault = open(kind, self._given)
        self._moving = threading.Lock()

    @property
    def kind(self) -> VaultKind:
        return self._kind

    @property
    def locked(self) -> bool:
        return self._kind is VaultKind.FILE and not self._passphrase and self.begun

    @property
    def begun(self) -> bool:
        return self._file.exists()

    def get(self, ref: str) -> Secret | None:
        with self._forgetting_a_wrong_one():
            return self._vault.get(ref)

    def set(self, ref: str, secret: Secret) -> None:
        with self._moving, self._forgetting_a_wrong_one():
            self._vault.set(ref, secret)

    def delete(self, ref: str) -> None:
        with self._moving, self._forgetting_a_wrong_one():
            self._vault.delete(ref)

    def unlock(self, passphrase: Secret) -> None:
        opened = self._open(VaultKind.FILE, lambda _asking: passphrase)
        opened.refs()
        self._passphrase = passphrase
        if self._kind is VaultKind.FILE:
            self._vault = opened

    def look(self) -> None:
        self._vault.look()

    def try_out(self) -> None:
        with self._forgetting_a_wrong_one():
            _try_out(self._vault)

    def move(self, kind: VaultKind, refs: Iterable[str], passphrase: Secret) -> Moved:
        with self._moving:
            if kind is self._kind:
                return Moved(0)
            new, old, begun = self._open(kind, lambda _asking: passphrase), self._vault, self.begun
            found = _found(old, refs, copies=kind is VaultKind.RUN)
            brought: dict[str, Secret | None] = {}
            try:
                _try_out(new)
                for ref, secret in found.items():
                    brought[ref] = new.get(ref)
                    new.set(ref, secret)
                if any(new.get(ref) != secret for ref, secret in found.items()):
                    raise VaultError(phrase("The new place did not give back what it was given. Everything stays where it was."))
                self._remember(kind)
            except VaultError:
                self._take_back(new, brought, kind, begun=begun)
                raise
            self._vault, self._kind = new, kind
            self._passphrase = passphrase if kind is VaultKind.FILE else self._passphrase
        left = 0 if kind is VaultKind.RUN else _emptied(old, found)
        return Moved(len(found), left)

    def _given(self, _asking: Asking) -> Secret:
        if not self._passphrase:
            raise Locked(phrase("The file with the passwords is locked. What needs one of them waits until you give its passphrase."))
        return self._passphrase

    @contextlib.contextmanager
    def _forgetting_a_wrong_one(self) -> Iterator[None]:
        used = self._passphrase
        try:
            yield
        except Locked:
            if self._passphrase is used:  # else the right one was given meanwhile
                self._passphrase = Secret("")
            raise

    def _remember(self, kind: VaultKind) -> None:
        try:
            self._keep(kind)
        except OSError as error:
            raise VaultError(
                phrase(
                    "Belfry could not note where the passwords are: {error}. Everything stays where it was.",
                    error=error.strerror or type(error).__name__,
                )
            ) from error

    def _take_back(self, new: OverheardVault, brought: Mapping[str, Secret | None], kind: VaultKind, *, begun: bool) -> None:
        """Make the new place what it was before."""
        for ref, before in brought.items():
            with contextlib.suppress(VaultError):  # it stays in two places; both are locked
                if before is None:
                    new.delete(ref)
                else:
                    new.set(ref, before)
        if kind is VaultKind.FILE and not begun:
            self._file.unlink(missing_ok=True)


def _found(old: OverheardVault, refs: Iterable[str], *, copies: bool) -> dict[str, Secret]:
    """What is to come along: what the references name, and what else the old place can name.

    Raises VaultError where the old place can't be read; where nothing could be kept there, or copies are all that is wanted, nothing comes along.
    """
    try:
        wanted = dict.fromkeys((*refs, *old.refs()))
        return {ref: secret for ref in wanted if (secret := old.get(ref)) is not None}
    except NoKeyring:
        return {}
    except VaultError:
        if copies:
            return {}
        raise


def _emptied(old: OverheardVault, moved: Iterable[str]) -> int:
    """Delete what is in the new place by now. Gives how many could not be."""
    left = 0
    for ref in moved:
        try:
            old.delete(ref)
        except VaultError:
            left += 1
    if not left:
        with contextlib.suppress(VaultError, OSError):  # an empty file does no harm
            old.clear_away()
    return left


def _try_out(vault: Vault) -> None:
    ref, canary = f"canary/{secrets.token_hex(8)}", Secret(secrets.token_hex(16))
    vault.set(ref, canary)
    came_back = vault.get(ref)
    vault.delete(ref)
    if came_back != canary:
        raise VaultError(phrase("What was kept there for a trial did not come back. No password was stored."))
