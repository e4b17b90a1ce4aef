"""Files that only this person may read (0600 in folders 0700), written whole or not at all. Not for the community file: the store keeps that."""

import os
import secrets
from pathlib import Path

FILE_MODE = 0o600
FOLDER_MODE = 0o700
_WIDER = 0o077  # what group and others may do


def private_folder(folder: Path) -> Path:
    """Make the folder 0700 where it is missing, and narrow it where it is ours and wider. Gives it back. Raises OSError."""
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    _narrow(folder, FOLDER_MODE)
    return folder


def narrow_file(path: Path) -> None:
    """Take from group and others what they may do with an existing file of ours. Raises OSError."""
    _narrow(path, FILE_MODE)


def private_opener(path: str, flags: int) -> int:
    """For `open(…, opener=private_opener)`: what is created is created 0600, not narrowed later."""
    return os.open(path, flags, FILE_MODE)


def write_private(path: Path, content: bytes) -> None:
    """Put a new file in the place of `path`, 0600 and flushed to the disk; whatever happens, the old one or the new one is there, whole.

    The caller holds the lock that guards `path`, for what an earlier, killed writer left behind is swept away here. Raises OSError.
    """
    for left in path.parent.glob(f".{path.name}.*.new"):
        left.unlink(missing_ok=True)
    new = path.with_name(f".{path.name}.{secrets.token_hex(8)}.new")
    try:
        with open(new, "xb", opener=private_opener) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def _narrow(path: Path, mode: int) -> None:
    # Windows keeps the profile's folders private by itself, and its mode bits say nothing.
    if os.name != "posix":
        return
    seen = path.stat()
    if seen.st_uid == os.geteuid() and seen.st_mode & _WIDER:
        path.chmod(mode)


def _flush_folder(folder: Path) -> None:
    # The new name itself is on the disk only when its folder is. Windows can't open a folder, and does not need to.
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
