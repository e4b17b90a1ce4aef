"""What pages are told when something may look different, and what the engine tells the window."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from desktop.community.deliveries import State
from desktop.store.journal import Changes
from desktop.store.tables import SHARED
from resources.translations import Phrase

LOCAL = frozenset({"delivery", "health", "setting", "occurrence"})
"""Tables that no operation names, but that may follow from any of them."""
MOST = 500
"""Of more changed rows of a table than these nobody is told one by one."""


@dataclass(frozen=True, slots=True)
class News:
    """What may look different now.

    Attributes:
        tables: names of tables, shared (`desktop.store.tables.SHARED`) and LOCAL ones.
        ids: for a shared table all of whose changed rows are known, their ids. A table that is in `tables` and not here changed somewhere.
    """

    tables: frozenset[str]
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def touches(self, *tables: str) -> bool:
        """Whether one of these may look different."""
        return not self.tables.isdisjoint(tables)

    def rows(self, table: str) -> frozenset[str] | None:
        """The changed rows of a table; None where they are not known one by one."""
        return self.ids.get(table) if table in self.tables else frozenset()

    def __or__(self, other: "News") -> "News":
        both = self.tables | other.tables
        ids: dict[str, frozenset[str]] = {}
        for table in both:
            mine, theirs = self.rows(table), other.rows(table)
            if mine is not None and theirs is not None:
                ids[table] = mine | theirs
        return News(both, ids)


EVERYTHING = News(frozenset(SHARED) | LOCAL)
"""Something changed elsewhere: another program wrote into the file, or a bulk load."""


def news_of(changes: Iterable[Changes]) -> News:
    """The news of operations that were just made here."""
    found = News(LOCAL)
    for one in changes:
        found |= EVERYTHING if one.bulk else News(one.tables, {table: ids for table, ids in one.ids.items() if len(ids) <= MOST})
    return found


class Told(Enum):
    """What kind of thing the engine tells."""

    MOVED = auto()
    """A delivery is somewhere else now: `id` is the delivery's, `state` where."""
    PAUSED = auto()
    """A connection was refused and waits for a person: `id` is the connection's."""
    HALTED = auto()
    """Nothing leaves until a person acts or the trouble passes; `reason` says which."""
    RESUMED = auto()
    """Nothing is in the way any more."""


@dataclass(frozen=True, slots=True)
class EngineNews:
    """One thing that the engine tells the window."""

    kind: Told
    reason: Phrase = field(default_factory=lambda: Phrase(""))
    id: str = ""
    state: State | None = None
