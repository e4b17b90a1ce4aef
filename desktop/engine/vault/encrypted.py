"""Secrets in one small file that a passphrase locks: Argon2id makes the key, ChaCha20-Poly1305 locks all of them together.

Three lines of text: what it is and a checksum; how the key is made (JSON, authenticated); the box (base64). The checksum tells a damaged file from a
wrong passphrase. Every use takes a lock file beside it, so that two programs can share it. cryptography is imported at the first use.
"""

import base64
import hashlib
import json
import secrets
import threading
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path

from desktop.community.ports import Locked, Secret, VaultError
from desktop.engine.private import narrow_file, private_folder, write_private
from resources.translations import phrase

MAGIC = b"belfry-vault 1"
LOCK_SECONDS = 20.0
_SALT_BYTES = 16
_NONCE_BYTES = 12
_KEY_BYTES = 32


class Asking(Enum):
    """Which passphrase a person is asked for."""

    NEW = "a new one, for a file that is about to be made: ask twice"
    EXISTING = "the one of a file that exists"


@dataclass(frozen=True, slots=True)
class Cost:
    """What it costs to try one passphrase: passes, threads, KiB of memory. The default is the second choice of RFC 9106, section 4."""

    iterations: int = 3
    lanes: int = 4
    memory: int = 64 * 1024

    def bearable(self) -> bool:
        """Whether a computer of these days can do it: a header out of a foreign hand must not eat all the memory."""
        return 1 <= self.iterations <= 32 and 1 <= self.lanes <= 16 and 8 * self.lanes <= self.memory <= 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Header:
    salt: bytes
    cost: Cost

    def to_json(self) -> bytes:
        return json.dumps({"kdf": "argon2id", "salt": self.salt.hex(), **asdict(self.cost)}, sort_keys=True).encode()

    @classmethod
    def from_json(cls, line: bytes) -> "_Header":
        """Raises ValueError, KeyError or TypeError where the line is none of our making."""
        kept = json.loads(line)
        cost = Cost(int(kept["iterations"]), int(kept["lanes"]), int(kept["memory"]))
        if kept["kdf"] != "argon2id" or not cost.bearable():
            raise ValueError("a key that is not made so")
        return cls(bytes.fromhex(kept["salt"]), cost)


class EncryptedVault:
    """`desktop.community.ports.Vault` over the file at `path`, which is made when the first secret is set.

    `ask` is called when the passphrase is first needed, and again after a wrong one; a right one is remembered for this run.
    """

    def __init__(self, path: Path, *, ask: Callable[[Asking], Secret], cost: Cost | None = None, lock_seconds: float = LOCK_SECONDS) -> None:
        self._path = path
        self._file = str(path)
        self._ask = ask
        self._cost = cost or Cost()
        self._lock_seconds = lock_seconds
        self._one_at_a_time = threading.RLock()
        self._passphrase: Secret | None = None
        self._keys: dict[_Header, Secret] = {}

    def get(self, ref: str) -> Secret | None:
        if not self._path.exists():
            return None
        with self._alone(Asking.EXISTING):
            opened = self._read()
        found = opened[1].get(ref) if opened else None
        return None if found is None else Secret(found)

    def set(self, ref: str, secret: Secret) -> None:
        with self._alone(Asking.EXISTING if self._path.exists() else Asking.NEW):
            header, kept = self._read() or (_Header(secrets.token_bytes(_SALT_BYTES), self._cost), {})
            self._write(header, {**kept, ref: secret.reveal()})

    def delete(self, ref: str) -> None:
        if not self._path.exists():
            return
        with self._alone(Asking.EXISTING):
            opened = self._read()
            if opened and ref in opened[1]:
                header, kept = opened
                self._write(header, {name: text for name, text in kept.items() if name != ref})

    def refs(self) -> list[str]:
        """The references of all that is kept."""
        if not self._path.exists():
            return []
        with self._alone(Asking.EXISTING):
            opened = self._read()
        return list(opened[1]) if opened else []

    def clear_away(self) -> None:
        """Take the file away where nothing is in it any more: the next one may have another passphrase."""
        if self._path.exists():
            with self._alone(Asking.EXISTING):
                opened = self._read()
                if opened and not opened[1]:
                    self._path.unlink()

    @contextmanager
    def _alone(self, asking: Asking) -> Iterator[None]:
        """With the passphrase at hand, and with nobody else at the file: no other thread, no other program."""
        import filelock

        with self._one_at_a_time:
            if self._passphrase is None:  # asked before the file is locked: a person may take minutes
                self._passphrase = _checked(self._ask(asking))
            try:
                private_folder(self._path.parent)
                with filelock.FileLock(f"{self._file}.lock", timeout=self._lock_seconds, mode=0o600):
                    yield
            except filelock.Timeout as error:
                raise VaultError(
                    phrase(
                        "Another program has been using the file with the passwords ({file}) for too long. Nothing was changed. Try again.",
                        file=self._file,
                    )
                ) from error
            except OSError as error:
                raise VaultError(
                    phrase(
                        "The file with the passwords ({file}) could not be used: {why}. What was in it is still there.",
                        file=self._file,
                        why=error.strerror or type(error).__name__,
                    )
                ) from error

    def _read(self) -> tuple[_Header, Mapping[str, str]] | None:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        if not self._path.exists():
            return None
        narrow_file(self._path)
        header, box = self._parse(self._path.read_bytes())
        try:
            text = ChaCha20Poly1305(self._key(header)).decrypt(box[:_NONCE_BYTES], box[_NONCE_BYTES:], header.to_json())
        except InvalidTag:
            self._passphrase = None
            self._keys.clear()
            raise Locked(
                phrase("That is not the passphrase of the file with the passwords ({file}). Nothing was changed. Try again.", file=self._file)
            ) from None
        kept: dict[str, str] = json.loads(text)
        return header, kept

    def _parse(self, content: bytes) -> tuple[_Header, bytes]:
        try:
            first, _, body = content.partition(b"\n")
            magic, _, checksum = first.rpartition(b" ")
            if checksum != _checksum(magic, body):
                raise ValueError("not as it was written")
            if magic != MAGIC:
                raise VaultError(
                    phrase(
                        "The file with the passwords ({file}) was made by a newer Belfry. It was left as it is. Install the newer Belfry to use it.",
                        file=self._file,
                    )
                )
            line, box = body.splitlines()
            return _Header.from_json(line), base64.b64decode(box, validate=True)
        except (ValueError, KeyError, TypeError) as error:
            raise VaultError(
                phrase(
                    "The file with the passwords ({file}) is damaged and can't be opened. It was left as it is. "
                    "Put back a copy of it, or move it away and enter the passwords again.",
                    file=self._file,
                )
            ) from error

    def _write(self, header: _Header, kept: Mapping[str, str]) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        nonce = secrets.token_bytes(_NONCE_BYTES)
        line = header.to_json()
        box = base64.b64encode(nonce + ChaCha20Poly1305(self._key(header)).encrypt(nonce, json.dumps(kept).encode(), line))
        body = line + b"\n" + box + b"\n"
        write_private(self._path, MAGIC + b" " + _checksum(MAGIC, body) + b"\n" + body)

    def _key(self, header: _Header) -> bytes:
        """The key that the person's passphrase makes; making it takes a tenth of a second, so it is kept for this run."""
        if header not in self._keys and self._passphrase is not None:
            self._keys[header] = Secret(_derive(self._passphrase.reveal(), header).hex())
        return bytes.fromhex(self._keys[header].reveal())


def _checked(passphrase: Secret) -> Secret:
    # Composed characters, so that the same words typed on another system make the same key (RFC 8265, OpaqueString).
    text = unicodedata.normalize("NFC", passphrase.reveal())
    if not text:
        raise VaultError(phrase("The passphrase is empty. Nothing was changed. Choose one that others can't guess."))
    return Secret(text)


def _derive(passphrase: str, header: _Header) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    cost = header.cost
    kdf = Argon2id(salt=header.salt, length=_KEY_BYTES, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory)
    return kdf.derive(passphrase.encode())


def _checksum(magic: bytes, body: bytes) -> bytes:
    return hashlib.sha256(magic + b"\n" + body).hexdigest().encode()
