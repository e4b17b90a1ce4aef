"""Keeps the compiled methods of dataclasses from one start to the next, as Python keeps those of modules.

A dataclass writes the source of its methods and compiles it anew at every start, which for all of them takes a tenth of the time until the window is
there. One source always gives the same code; what is kept is found by the hash of its source, lies beside the compiled modules, and is for one
version of Python. Where it can't be read it is made again, where it can't be written it is not kept.
"""

import dataclasses
import hashlib
import importlib.util
import marshal
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

_CHECK = 8  # bytes


@contextmanager
def kept_code(file: Path | None = None) -> Iterator[None]:
    """Within it dataclasses are made from code that was kept; in the end what was new is kept."""
    if "exec" in vars(dataclasses):  # within another one
        yield
        return
    kept = KeptCode(file or Path(importlib.util.cache_from_source(__file__)).with_suffix(".dataclasses"))
    vars(dataclasses)["exec"] = kept.execute  # it calls the built-in one, by its name
    try:
        yield
    finally:
        del vars(dataclasses)["exec"]
        kept.keep()


class KeptCode:
    """The code for each source, in a file. It is unpacked when it is needed: a page that is not opened costs nothing."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known = _read(file)
        self._used: dict[bytes, bytes] = {}

    def execute(self, source: str, names: dict[str, Any], found: dict[str, Any]) -> None:
        """What `exec` does."""
        name = hashlib.sha256(source.encode()).digest()
        if name not in self._used:
            self._used[name] = self._known.get(name) or marshal.dumps(compile(source, "<string>", "exec", dont_inherit=True))
        exec(marshal.loads(self._used[name]), names, found)

    def keep(self) -> None:
        """Write what was used, where some of it was new."""
        if sys.dont_write_bytecode or not self._used.keys() - self._known.keys():
            return
        content = marshal.dumps(self._used)
        new = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with suppress(OSError):
            new.write_bytes(importlib.util.MAGIC_NUMBER + importlib.util.source_hash(content) + content)
            new.replace(self._file)


def _read(file: Path) -> dict[bytes, bytes]:
    try:
        written = file.read_bytes()
    except OSError:
        return {}
    version, rest = importlib.util.MAGIC_NUMBER, len(importlib.util.MAGIC_NUMBER) + _CHECK
    content = written[rest:]
    if written[:rest] != version + importlib.util.source_hash(content):
        return {}
    return dict(marshal.loads(content))
