"""Putting a backup in the place of the community file. The backup stays as it is; what was in the place is kept under another name.

What is put there is a verified copy of the backup, brought up to the present schema, that names no computer that sends and has forgotten everybody
who was erased since.
"""

import logging
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.community.errors import BelfryError, Refused
from desktop.community.ids import new_id
from desktop.community.instants import to_text
from desktop.community.ports import Clock
from desktop.store import database, erase, faults, placing
from desktop.store.database import Store
from resources.translations import phrase

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes:
        aside: where the file is now that was in the place before; None where there was none.
        erased: how many people the backup held who had been erased since: it has forgotten them again.
    """

    aside: Path | None
    erased: int


def restore(path: Path, backup: Path, key: str | None = None, *, clock: Clock, device: str, patience: float = database.PATIENCE) -> Restored:
    """Put a copy of `backup` in the place of the community at `path`, damaged, missing or not.

    Raises Refused (no such backup, or it is the file itself), NoCommunity or NewerFile (the backup is none), Busy (another program has the community
    open) or Trouble; in each case everything is as it was.
    """
    path, backup = path.absolute(), backup.absolute()
    if not backup.is_file():
        raise Refused(phrase("There is no backup at {file}.", file=str(backup)))
    if path.exists() and path.samefile(backup):
        raise Refused(phrase("{file} is the community itself. Choose one of its backups.", file=str(backup)))
    now = clock.now()
    with placing.explained(path):
        placing.make_folder(path.parent)
        with placing.part_of(path) as part:
            _fold(path, key, patience)
            remembered = _remembered(path, key, clock, device)
            erased, copies = remembered or ([], {})
            held = without_erased(backup, part, erased, key, clock=clock, device=device)
            aside = _free_name(path, now) if path.exists() else None
            with database.open_part(part, path, key, clock=clock, device=device) as made, made.write() as conn:
                for copy, at in {**copies, str(backup): to_text(now), **({str(aside): to_text(now)} if aside else {})}.items():
                    database.remember_copy(conn, Path(copy), at)
            _fold(path, key, patience)
            _swap(part, path, aside or _free_name(path, now))
    if aside and remembered:
        _retire(aside, key, to_text(now))
    return Restored(aside, held)


def cleanse(store: Store, copy: Path) -> int:
    """Replace a copy of the file by one that holds nobody who was erased. It stays what it was otherwise. Gives how many it held.

    Raises BelfryError where the copy can't be read or written; then it is as it was.
    """
    with placing.explained(copy), placing.part_of(copy) as part:
        held = without_erased(copy, part, erase.erased_ids(store), store.key, clock=store.clock, device=store.device)
        placing.put_instead(part, copy)
    return held


def without_erased(backup: Path, part: Path, ids: Iterable[str], key: str | None, *, clock: Clock, device: str) -> int:
    """Fill the empty file `part` with a verified copy of a backup that holds nobody of these ids. Gives how many the backup held."""
    with database.peek(backup, key, clock=clock, device=device) as source:
        database.fill_copy(source, part, backup, to_text(clock.now()))
    with database.open_part(part, backup, key, clock=clock, device=device) as made:
        database.migrate(made)
        return erase.erase_again(made, ids)


def _fold(path: Path, key: str | None, patience: float) -> None:
    """Have all that is in the -wal in the file itself, and nothing beside it; a damaged file is left as it is.

    Raises Busy where it is open in another program.
    In WAL mode every program that has the file open holds a lock on it, so that only one that is alone can leave WAL mode.
    """
    if not path.is_file():
        return
    try:
        with faults.explained(path, key), closing(database.connection(path, key, patience)) as conn:
            conn.execute("PRAGMA journal_mode=DELETE")
            conn.execute("BEGIN EXCLUSIVE")
            conn.execute("ROLLBACK")
    except faults.Busy as busy:
        raise faults.Busy(
            phrase("{file} is open in another program. Nothing was changed; close Belfry everywhere, then try again.", file=str(path))
        ) from busy
    except faults.NoCommunity as damaged:
        log.info("What is to be replaced can't be read: %s", damaged)


def _remembered(path: Path, key: str | None, clock: Clock, device: str) -> tuple[list[str], dict[str, str]] | None:
    """Who was erased from the present file, and where its copies are (path: instant text); None where it can't be read."""
    try:
        with database.peek(path, key, clock=clock, device=device) as present:
            return erase.erased_ids(present), dict(present.rows("SELECT path, at FROM copy"))
    except BelfryError as unreadable:
        log.info("Nothing can be read from what is to be replaced: %s", unreadable)
        return None


def _free_name(path: Path, now: datetime) -> Path:
    """A name beside the file that nothing has yet."""
    name = path.with_name(f"{path.stem}.before-restore-{now:%Y%m%d-%H%M%S}{path.suffix}")
    return name.with_name(f"{name.stem}-{new_id()[-12:]}{name.suffix}") if name.exists() else name


def _swap(part: Path, path: Path, aside: Path) -> None:
    """Put `part` in the place of `path`, and what was there aside, with what SQLite kept beside it: it would spoil the new file."""
    moved: list[tuple[Path, Path]] = []
    try:
        for ending in placing.BESIDE:
            left, goes = Path(f"{path}{ending}"), Path(f"{aside}{ending}")
            if left.exists():
                left.rename(goes)
                moved.append((goes, left))
        if path.exists():
            placing.name_also(path, aside)
        placing.put_instead(part, path)
    except BaseException:
        if part.exists():  # it did not come to the swap: all goes back
            for goes, left in reversed(moved):
                goes.rename(left)
            if aside.exists() and not path.exists():
                aside.rename(path)
            elif aside.exists() and path.samefile(aside):
                aside.unlink()
        raise


def _retire(aside: Path, key: str | None, at: str) -> None:
    """Nothing leaves any more from the file that was put aside, until a person says so: one of the two sends. A damaged one is left as it is."""
    try:
        with faults.explained(aside, key), closing(database.connection(aside, key, database.PATIENCE)) as conn:
            conn.execute("BEGIN IMMEDIATE")
            database.name_no_sender(conn, at)
            conn.execute("COMMIT")
    except BelfryError as unreadable:
        log.info("%s stays as it is: %s", aside, unreadable)
