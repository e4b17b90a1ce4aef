"""Files put in their place whole or not at all, 0600 in folders 0700: made beside it under another name, flushed, then given the name."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.community.errors import Refused, Trouble
from desktop.community.ids import new_id
from resources.translations import phrase

FILE_MODE = 0o600
FOLDER_MODE = 0o700
BESIDE = ("-wal", "-shm", "-journal")  # what SQLite may keep beside a file; such a one of another file would damage it
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES}


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, each 0700; one that is there stays as it is. Raises OSError."""
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        missing.mkdir(mode=FOLDER_MODE, exist_ok=True)


def identity(path: Path) -> tuple[int, int] | None:
    """Which file has this name now, as SQLite itself tells files apart (device and inode); None where none has, or where that can't be known.

    Windows lets nobody move a file that is open.
    """
    if os.name != "posix":
        return None
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@contextmanager
def part_of(target: Path) -> Iterator[Path]:
    """An empty file, 0600, in the folder of `target`, to be filled and then put in its place; gone at the end where it was not. Raises OSError."""
    part = target.with_name(f".{target.name}.{new_id()}.part")
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
    try:
        yield part
    finally:
        for left in ("", *BESIDE):
            Path(f"{part}{left}").unlink(missing_ok=True)


def put_new(part: Path, target: Path) -> None:
    """Give a finished file the name `target`, which is not to be taken. Raises FileExistsError where it is, or another OSError."""
    flush(part)
    name_also(part, target)
    flush_folder(target.parent)


def name_also(path: Path, target: Path) -> None:
    """Give a file the name `target` beside the one it has; instead of it, on a disk without links (a USB stick, some network drives).

    Raises FileExistsError where the name is taken, or another OSError.
    """
    if os.name != "posix":
        path.rename(target)  # Windows never replaces by renaming
        return
    try:
        os.link(path, target)  # a link never replaces
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))  # claim the name with an empty file, then replace that one
        try:
            path.replace(target)
        except BaseException:
            target.unlink(missing_ok=True)
            raise


def put_instead(part: Path, target: Path) -> None:
    """Put a finished file in the place of `target`, at one stroke. Raises OSError."""
    flush(part)
    part.replace(target)
    flush_folder(target.parent)


def narrow(path: Path) -> None:
    """Take from group and others what they may do with a file of ours. Where that is not to be had (a USB stick), it stays as it is."""
    if os.name != "posix":
        return  # Windows keeps the profile's folders private by itself
    seen = path.stat()
    if seen.st_uid == os.geteuid() and seen.st_mode & 0o077:
        try:
            path.chmod(FILE_MODE)
        except PermissionError:
            return


def flush(path: Path) -> None:
    """Have the content of a file on the disk. Raises OSError."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_folder(folder: Path) -> None:
    """Have the names in a folder on the disk; Windows can't, and does not need to. Raises OSError."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the disk answers within into a BelfryError: Refused where the name is taken, else Trouble."""
    try:
        yield
    except FileExistsError:
        raise taken(path) from None
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Trouble(
                phrase("There is no room for {file}: the disk is full. Nothing was changed; free some space and try again.", file=str(path))
            ) from error
        raise Trouble(
            phrase(
                "{file} can't be written: {error}. Nothing was changed; choose another place or mend it.", file=str(path), error=error.strerror or ""
            )
        ) from error


def taken(path: Path) -> Refused:
    """What a person is told where a new file has the name of one that is there."""
    return Refused(phrase("{file} exists already. Nothing was changed; choose another name.", file=str(path)))
