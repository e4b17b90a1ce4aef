"""Looking into backups before one is put back: from when they are, what they hold, whether they are sound. Nothing of them is changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from glob import escape
from pathlib import Path

from desktop.community.errors import BelfryError, Trouble
from desktop.community.instants import from_text
from desktop.community.ports import Clock
from desktop.store import database, faults, placing
from desktop.store.database import Store
from resources.translations import phrase

_BEFORE = (".before-schema-", ".before-restore-")
BESIDE = (f"{{file}}{_BEFORE[0]}*", f"{{stem}}{_BEFORE[1]}*{{suffix}}")
"""What Belfry itself keeps beside a community file: before a migration, before a restore."""
_HELD = ("member", "event", "announcement")


class Kind(Enum):
    """How a backup came to be, as its name says."""

    COPY = "a person made it"
    BEFORE_UPDATE = "Belfry kept it before it changed how the file is made up"
    BEFORE_RESTORE = "Belfry kept it before another one was put in its place"


@dataclass(frozen=True, slots=True)
class Backup:
    """A file that can be put in the place of the community.

    Attributes:
        name: what the community is called in it.
        at: when it was copied; of a file that is no copy, when it was last changed. Aware, UTC.
    """

    path: Path
    name: str
    at: datetime
    members: int
    events: int
    announcements: int
    bytes: int

    @property
    def kind(self) -> Kind:
        """How it came to be."""
        update, restore = (mark in self.path.name for mark in _BEFORE)
        if update:
            return Kind.BEFORE_UPDATE
        return Kind.BEFORE_RESTORE if restore else Kind.COPY


def look(path: Path, *, clock: Clock, device: str) -> Backup:
    """Look through a backup. Raises NoCommunity where it is none or damaged, NewerFile, or Trouble."""
    path = path.absolute()
    try:
        seen = path.stat()
    except OSError as error:
        raise Trouble(phrase("{file} can't be opened. See that you may read it.", file=str(path))) from error
    with database.peek(path, clock=clock, device=device) as found:
        if found.value("PRAGMA quick_check(1)") != "ok":
            raise faults.damaged(path)
        counts = [int(found.value(f'SELECT count(*) FROM "{table}" WHERE deleted_at IS NULL')) for table in _HELD]
        copied = found.setting("copied_at")
        with faults.readable(path):
            at = from_text(copied) if copied else datetime.fromtimestamp(seen.st_mtime, UTC)
        return Backup(path, found.setting("name"), at, counts[0], counts[1], counts[2], seen.st_size)


def known(store: Store) -> list[Backup]:
    """The copies of the file that it knows of, that are still there and sound, the newest first."""
    return sound(store.path, paths(store), clock=store.clock, device=store.device)


def paths(store: Store) -> list[Path]:
    """Where copies of the file were put, whether they are still there or not. A short read."""
    return [Path(path) for (path,) in store.rows("SELECT path FROM copy ORDER BY at DESC, path")]


def sound(community: Path, noted: Iterable[Path], *, clock: Clock, device: str) -> list[Backup]:
    """The sound ones of these and of those beside the community file, the newest first. The file itself may be damaged or gone."""
    found: list[Backup] = []
    for path in {*noted, *_beside(community)} - {community}:
        if path.is_file():
            try:
                found.append(look(path, clock=clock, device=device))
            except BelfryError:
                continue  # not one that could be put back
    return sorted(found, key=lambda one: (one.at, str(one.path)), reverse=True)


def _beside(community: Path) -> set[Path]:
    names = {"file": escape(community.name), "stem": escape(community.stem), "suffix": escape(community.suffix)}
    patterns = [pattern.format(**names) for pattern in BESIDE]
    return {path for pattern in patterns for path in community.parent.glob(pattern) if not path.name.endswith(placing.BESIDE)}
