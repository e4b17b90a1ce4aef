"""SQLite's errors in words, by who can mend them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.community.errors import BelfryError, Remedy, Trouble
from desktop.store.driver import DatabaseError
from resources.translations import phrase


class Busy(Trouble):
    """Another program is writing; the same may work in a moment."""


class NoCommunity(Trouble):
    """The file is not a community file, or can't be read as one."""


class Gone(Trouble):
    """The file is not where it was opened: what would be written now might be seen by nobody."""


def gone(path: Path) -> Gone:
    """What a person is told of a file that somebody took away while it was open."""
    return Gone(
        phrase(
            "{file} was moved, renamed, deleted or replaced while it was open. Nothing of this step was kept, all before it is safe. "
            "Put it back, or open it where it is now.",
            file=str(path),
        )
    )


def damaged(path: Path) -> NoCommunity:
    """What a person is told of a file that SQLite can't read through."""
    return NoCommunity(phrase("{file} is damaged. It was left as it was. Put the newest backup back.", file=str(path)), Remedy.RESTORE)


def _is_whole(path: Path, key: str | None) -> bool:
    from desktop.store.database import is_whole  # late: it is asked only where SQLite can't do what it was told, because of damage or of a bug

    try:
        return is_whole(path, key)
    except (DatabaseError, UnicodeDecodeError):
        return False


def explain(error: DatabaseError, path: Path, key: str | None = None) -> BelfryError | None:
    """What a person is told; None for an error that is a bug of ours. `key`: that the file was to be opened with."""
    name = str(path)
    said = str(error)
    code = getattr(error, "sqlite_errorname", "") or ""
    if "database or disk is full" in said or code == "SQLITE_FULL":
        return Trouble(
            phrase("The disk is full. Nothing of this step was kept, all before it is safe in {file}. Free some space and try again.", file=name)
        )
    if "locked" in said or code.startswith("SQLITE_BUSY"):
        return Busy(phrase("Another program is writing to {file}. Nothing was changed; try again in a moment.", file=name))
    if "readonly" in said or "read-only" in said or code.startswith("SQLITE_READONLY"):
        return Trouble(phrase("{file} can only be read. Nothing was changed. Allow writing to it and its folder, or work on a copy.", file=name))
    if "file is not a database" in said or code == "SQLITE_NOTADB":
        if key:
            return NoCommunity(phrase("{file} does not open with this key, or is not a Belfry community. It was left as it was.", file=name))
        return NoCommunity(phrase("{file} is not a Belfry community. It was left as it was.", file=name))
    if "malformed" in said or "Could not decode to UTF-8" in said or code.startswith("SQLITE_CORRUPT"):
        return damaged(path)
    if "unable to open" in said or code.startswith("SQLITE_CANTOPEN"):
        return Trouble(phrase("{file} can't be opened. See that it is there and that you may read and write it and its folder.", file=name))
    if "disk I/O error" in said or code.startswith("SQLITE_IOERR"):
        return Trouble(phrase("The disk failed while {file} was used. This step was not kept. Copy the file to another disk.", file=name))
    if code == "SQLITE_ERROR" and not _is_whole(path, key):
        return damaged(path)
    return None


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn what a row that is no value of ours raises within into NoCommunity: Belfry writes no such row, so the file is damaged."""
    try:
        yield
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(path) from error


@contextmanager
def explained(path: Path, key: str | None = None) -> Iterator[None]:
    """Turn what SQLite raises within into a BelfryError where a sentence explains it."""
    try:
        yield
    except DatabaseError as error:
        found = explain(error, path, key)
        if found is None:
            raise
        raise found from error
    except UnicodeDecodeError as error:  # text in the file, or in SQLite's message about it
        raise damaged(path) from error
