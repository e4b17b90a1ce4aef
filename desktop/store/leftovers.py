"""Staging files that a killed import left beside a community: they hold what it read of people, so they go as soon as somebody looks.

The name says which computer and which process made one; those of other computers, and of processes that run, are left alone.
"""

import contextlib
import os
import secrets
from pathlib import Path

from desktop.store.database import Store
from desktop.store.processes import process_runs

_PREFIX = ".belfry-import-"


def staging_path(store: Store) -> Path:
    """A name for a new staging file, in the folder of the community file."""
    return store.path.parent / f"{_prefix(store)}{os.getpid()}-{secrets.token_hex(8)}"


def sweep(store: Store) -> int:
    """Take away what imports of this computer left whose process is gone. Gives how many files went; one that can't be taken away stays."""
    gone = 0
    for path in store.path.parent.glob(f"{_prefix(store)}*"):
        pid = path.name.removeprefix(_prefix(store)).partition("-")[0]
        if pid.isdigit() and int(pid) != os.getpid() and not (os.name == "posix" and process_runs(int(pid))):
            with contextlib.suppress(OSError):  # on Windows a file that is open can't be taken away
                path.unlink()
                gone += 1
    return gone


def _prefix(store: Store) -> str:
    return f"{_PREFIX}{store.device[:8]}-"
