"""Secrets in this computer's keyring (Secret Service, KWallet, macOS Keychain, Windows Credential Manager), through the library keyring.

The library is imported at the first use: it takes hundreds of milliseconds. Its backends are trusted by name, and then only after a canary was kept,
read back and forgotten: with the null backend `set_password` succeeds and nothing is kept.
"""

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from desktop.community.ports import KeyringFailed, NoKeyring, Secret, VaultError
from desktop.engine.vault.worker import Worker
from resources.translations import Phrase, phrase, phrases

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Belfry"
SECONDS = 60.0  # long enough for a person to find the keyring's window and type a password
# The backends known to hand secrets to the system's own encrypted keyring. Others are refused: from outside nobody can tell what they keep in clear.
SAFE_MODULES = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)

Answer = TypeVar("Answer")


class KeyringVault:
    """`desktop.community.ports.Vault` over the keyring. Calls are made one after the other on a thread of its own: none can hang the caller."""

    def __init__(self, *, service: str = SERVICE, seconds: float = SECONDS) -> None:
        self._service = service
        self._seconds = seconds
        self._worker = Worker("vault")
        self._backend: KeyringBackend | None = None

    def get(self, ref: str) -> Secret | None:
        def work() -> Secret | None:
            kept = self._ready().get_password(self._service, ref)
            return None if kept is None else Secret(kept)

        return self._call(work)

    def set(self, ref: str, secret: Secret) -> None:
        self._call(lambda: self._ready().set_password(self._service, ref, secret.reveal()))

    def delete(self, ref: str) -> None:
        def work() -> None:
            backend = self._ready()
            # The backends raise one error for "it is not there" and "it can't be deleted": only the second is one.
            if backend.get_password(self._service, ref) is not None:
                backend.delete_password(self._service, ref)

        self._call(work)

    def look(self) -> None:
        """See whether there is a keyring that may be used. Keeps nothing, and opens no window of the keyring. Raises NoKeyring."""

        def work() -> None:
            if self._backend is None:
                import keyring

                usable(keyring.get_keyring())

        self._call(work)

    def _call(self, work: Callable[[], Answer]) -> Answer:
        try:
            return self._worker.call(lambda: _in_words(work), self._seconds)
        except TimeoutError:
            raise VaultError(
                phrases(
                    "This computer's keyring did not answer within {n} second. "
                    "It may be waiting for you to unlock it: look for its window, then try again.",
                    "This computer's keyring did not answer within {n} seconds. "
                    "It may be waiting for you to unlock it: look for its window, then try again.",
                    n=max(1, round(self._seconds)),
                )
            ) from None

    def _ready(self) -> "KeyringBackend":
        if self._backend is None:
            import keyring

            backend = usable(keyring.get_keyring())
            try_canary(backend, self._service)
            self._backend = backend
        return self._backend


def usable(backend: "KeyringBackend") -> "KeyringBackend":
    """The backend to use: this one, or the best safe one in a chain. Raises NoKeyring where it keeps nothing, keeps in clear, or is not known.

    A chain is never used as a chain: its `set_password` walks on to the next backend, and that may be the plaintext file.
    """
    from keyring.backends import chainer

    members: list[KeyringBackend] = list(backend.backends) if isinstance(backend, chainer.ChainerBackend) else [backend]
    for member in members:
        if type(member).__module__.startswith(SAFE_MODULES):
            return member
    raise NoKeyring(_refusal(members[0] if members else None))


def try_canary(backend: "KeyringBackend", service: str) -> None:
    """Keep, read back and forget a secret that is worth nothing. Raises NoKeyring where it does not come back, or does not go."""
    ref, canary = f"canary/{secrets.token_hex(8)}", secrets.token_hex(16)
    backend.set_password(service, ref, canary)
    came_back = backend.get_password(service, ref)
    if came_back is not None:
        backend.delete_password(service, ref)
    if came_back != canary or backend.get_password(service, ref) is not None:
        raise NoKeyring(
            phrase(
                "This computer's keyring does not keep what it is given: a trial did not come back as it went in. No password was stored. "
                "Use a file that a passphrase locks, or give the passwords for this run only."
            )
        )


def _refusal(backend: "KeyringBackend | None") -> Phrase:
    from keyring.backends import fail, null

    name = "" if backend is None else f"{type(backend).__module__}.{type(backend).__qualname__}"
    match backend:
        case None | fail.Keyring():
            return phrase(
                "This computer has no safe place for passwords that Belfry can use: no keyring was found. No password was stored. "
                "Use a file that a passphrase locks, or give the passwords for this run only."
            )
        case null.Keyring():
            return phrase(
                "This computer has no safe place for passwords: its keyring is switched off, and forgets what it is given. No password was stored. "
                "Use a file that a passphrase locks, or give the passwords for this run only."
            )
        case _ if "plain" in name.casefold():
            return phrase(
                "This computer has no safe place for passwords: its keyring ({name}) would write them down unencrypted. No password was stored. "
                "Use a file that a passphrase locks, or give the passwords for this run only.",
                name=name,
            )
        case _:
            return phrase(
                "Belfry does not know the keyring that is set up here ({name}), and can't tell whether it is safe. No password was stored. "
                "Use a file that a passphrase locks, or give the passwords for this run only.",
                name=name,
            )


def _in_words(work: Callable[[], Answer]) -> Answer:
    """What `work` gives; every error of the keyring becomes a VaultError, with the cause behind it."""
    from keyring import errors

    try:
        return work()
    except VaultError:
        raise
    except (errors.KeyringLocked, errors.InitError) as error:
        raise KeyringFailed(
            phrase(
                "This computer's keyring is locked, and was not unlocked. Nothing was changed. Unlock it and try again. "
                "Or use a file that a passphrase locks, or give the passwords for this run only."
            )
        ) from error
    except Exception as error:  # the backends let through what lies under them (D-Bus, Win32, Security.framework): there is no common base
        raise KeyringFailed(
            phrase(
                "This computer's keyring could not do it ({error}). Try again. "
                "If that does not help, use a file that a passphrase locks, or give the passwords for this run only.",
                error=type(error).__name__,
            )
        ) from error
