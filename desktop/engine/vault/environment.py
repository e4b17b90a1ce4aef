"""Secrets for one run: read from the environment, or typed in and kept in memory until the program ends. Nothing is written anywhere."""

import re
import threading
from collections.abc import Mapping

from desktop.community.ports import Secret

PREFIX = "BELFRY_SECRET_"


def variable(ref: str) -> str:
    """The environment variable that holds the secret of this reference: `connection/ab-1/token` → `BELFRY_SECRET_CONNECTION_AB_1_TOKEN`."""
    return PREFIX + re.sub(r"[^A-Z0-9]", "_", ref.upper())


class EnvironmentVault:
    """`desktop.community.ports.Vault` for one run. What was set or deleted in this run comes before the environment, which is never changed."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._lock = threading.Lock()
        self._changed: dict[str, Secret | None] = {}

    def get(self, ref: str) -> Secret | None:
        with self._lock:
            if ref in self._changed:
                return self._changed[ref]
        found = self._environ.get(variable(ref), "")
        return Secret(found) if found else None

    def set(self, ref: str, secret: Secret) -> None:
        with self._lock:
            self._changed[ref] = secret

    def refs(self) -> list[str]:
        """The references that were given a secret in this run."""
        with self._lock:
            return [ref for ref, secret in self._changed.items() if secret is not None]

    def delete(self, ref: str) -> None:
        with self._lock:
            self._changed[ref] = None
