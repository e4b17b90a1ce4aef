"""Who this computer is, kept outside the community file: the file names one computer that sends, and copies of the file must not bring it along.

The identity lies in this computer's data folder, bound to the machine: when the whole folder is copied to another one (a new laptop, a restored
image), that one gets an identity of its own and asks before it sends.
"""

import json
import logging
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path

from desktop.engine import machine
from desktop.engine.private import narrow_file, private_folder, write_private

FILE_NAME = "computer.json"
LOCK_SECONDS = 20.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Computer:
    """One computer, to one person.

    Attributes:
        id: a UUID; the community file names the computer that sends by it.
        name: as the network knows it, for people; from when the identity was made.
    """

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class _Kept:
    id: str
    name: str
    machine: str

    def of(self, here: str) -> bool:
        """Not known to have been made on another machine."""
        return not (self.machine and here and self.machine != here)


def this_computer(data: Path, *, fingerprint: str | None = None) -> Computer:
    """This computer, as kept in its data folder; the identity is made at the first call and stays. Programs that start at once agree on one.

    An identity that can't be read, or that was made on another machine, is put aside and a new one is made: then nothing is sent until a person says
    that this computer sends.

    Args:
        data: the folder of this computer and person, e.g. `platformdirs.user_data_dir("Belfry")`. Never a folder that travels.
        fingerprint: of this machine; by default the system's own.

    Raises OSError (disk full, read-only), and filelock.Timeout (an OSError too) when another program holds the folder for 20 s.
    """
    here = machine.fingerprint() if fingerprint is None else fingerprint
    path = private_folder(data) / FILE_NAME
    kept = _read(path)
    if kept is not None and kept.of(here):  # it is only ever replaced whole: the lock is for those who make one
        return Computer(kept.id, kept.name)
    import filelock  # late: once on a computer

    with filelock.FileLock(f"{path}.lock", timeout=LOCK_SECONDS, mode=0o600):
        kept = _read(path)
        if kept is None or not kept.of(here):
            if path.exists():
                aside = path.with_name(f"{FILE_NAME}.{uuid.uuid4().hex[:8]}.old")
                path.rename(aside)
                log.warning("The identity of this computer could not be used (damaged, or from another machine); it was put aside as %s", aside.name)
            import platform  # late: the same

            kept = _Kept(str(uuid.uuid4()), platform.node() or "?", here)
            write_private(path, json.dumps(asdict(kept)).encode())
    return Computer(kept.id, kept.name)


def _read(path: Path) -> _Kept | None:
    if not path.exists():
        return None
    narrow_file(path)
    try:
        found = json.loads(path.read_bytes())
        return _Kept(str(uuid.UUID(str(found["id"]))), str(found["name"]), str(found["machine"]))
    except (ValueError, KeyError, TypeError):
        return None
