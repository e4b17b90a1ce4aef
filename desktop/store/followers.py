"""The local tables that follow the shared ones, in the transaction of every operation: the search rows, the dates of events, the deliveries."""

from collections.abc import Callable
from typing import Any

from desktop.store import occurrences, planning, search
from desktop.store.database import Store

FOLLOWERS: tuple[Callable[[Store, Any], None], ...] = (search.follow, occurrences.follow, planning.follow)
