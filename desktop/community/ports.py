"""What the rooms ask of the world outside them, as Protocols that are handed to constructors: time, secrets, the right to send, crash points.

Only the shapes live here, with the values and errors that are part of them. Implementations are in `desktop.engine` and `desktop.store`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from resources.translations import Phrase


class Clock(Protocol):
    """The only source of time. Tests move it."""

    def now(self) -> datetime:
        """The wall time: aware, UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds since some fixed moment; never goes back, and may or may not count the time that the computer slept."""
        ...


class Secret:
    """A password or token on its way to a service. Neither `str`, `repr`, formatting, pickling nor JSON shows it; only `reveal()` does.

    Call `reveal()` where the secret is used, as late as possible, and keep what it gives in no attribute.
    """

    __slots__ = ("__reveal",)

    def __init__(self, text: str) -> None:
        # A closure instead of an attribute: debuggers and traceback printers that walk attributes find a function, not the text.
        def hidden() -> str:
            return text

        self.__reveal = hidden

    def reveal(self) -> str:
        """The text itself."""
        return self.__reveal()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other.reveal() == self.reveal()

    def __hash__(self) -> int:
        return hash(self.reveal())

    def __bool__(self) -> bool:
        return bool(self.reveal())

    def __repr__(self) -> str:
        return "Secret(•••)"

    def __str__(self) -> str:
        return "•••"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a Secret is not pickled")


class VaultError(Exception):
    """The vault could not do what was asked. `reason` says what happened, what was kept and what to do, and holds no secret."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason.id)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)


class KeyringFailed(VaultError):
    """The keyring did not do what was asked; another place for secrets would."""


class NoKeyring(KeyringFailed):
    """This computer has no keyring that keeps secrets safely: nothing can be kept there, and nothing is."""


class Locked(VaultError):
    """The secrets wait for their passphrase: nobody has given it yet, or not the right one."""


class VaultKind(StrEnum):
    """Where secrets are kept on a computer. The value of its setting, and of `--vault`."""

    KEYRING = "keyring"
    FILE = "file"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of the secrets when they were moved.

    Attributes:
        moved: how many are in the new place.
        left: how many of them could not be deleted from the old one.
    """

    moved: int
    left: int = 0


class Vault(Protocol):
    """Where secrets are kept, under references that the community file may hold.

    Every call blocks until the secret is there or a time-out has passed (tens of seconds, while a person unlocks a keyring): never call it on the UI
    thread; on an asyncio loop use `await asyncio.to_thread(vault.get, ref)`. Safe from any thread. Raises VaultError and nothing else.
    """

    def get(self, ref: str) -> Secret | None:
        """The secret kept under this reference; None where there is none."""
        ...

    def set(self, ref: str, secret: Secret) -> None:
        """Keep it, instead of what was kept under this reference before."""
        ...

    def delete(self, ref: str) -> None:
        """Forget it; nothing happens where there is none."""
        ...


class Safe(Vault, Protocol):
    """The vault of one run that stays open: where it keeps secrets can be chosen anew, and its file unlocked.

    `kind`, `locked` and `begun` are quick, and may be read on the UI thread.
    """

    @property
    def kind(self) -> VaultKind:
        """Where secrets are kept now."""
        ...

    @property
    def locked(self) -> bool:
        """Whether the secrets are in a file whose passphrase nobody has given in this run."""
        ...

    @property
    def begun(self) -> bool:
        """Whether a file of secrets is there, so that its passphrase is not a new one."""
        ...

    def unlock(self, passphrase: Secret) -> None:
        """Open the file with this passphrase, for this run. Raises Locked where it is not the right one."""
        ...

    def look(self) -> None:
        """See whether anything can be kept there, as far as that shows without keeping something. Asks nobody. Raises NoKeyring or VaultError."""
        ...

    def try_out(self) -> None:
        """Keep, read back and forget something that is worth nothing. Raises NoKeyring, Locked or VaultError."""
        ...

    def move(self, kind: VaultKind, refs: Iterable[str], passphrase: Secret) -> Moved:
        """Keep secrets there from now on, and bring those of these references along; what came over is read back before the old one is deleted.

        RUN takes copies, and leaves what is kept where it is. Raises VaultError; then all is as it was.

        Args:
            passphrase: of FILE; empty for the others.
        """
        ...


class Claims(Protocol):
    """Grants the right to send a delivery. One sender at a time holds it.

    The fence goes into every move of the delivery, so that the moves of an earlier holder come to nothing.
    """

    def claim(self, delivery: str) -> int | None:
        """The fence to send the delivery with this id under; None where it is not to be had (another sender has it, or it is due no more)."""
        ...

    def release(self, delivery: str, fence: int) -> None:
        """Give the right back; nothing happens where a newer fence has been granted."""
        ...


class Probe(Protocol):
    """Hears when the sender reaches a named point. In the program nothing listens; a test kills the process there."""

    def reach(self, point: str) -> None:
        """`point` is a short name such as `claim.committed`."""
        ...
