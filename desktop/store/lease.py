"""One sender for each file: the lease. A row that says who sends, kept warm by a heartbeat, and taken only from a sender that is gone.

The wall clock decides nothing here, because it may be set: a lease is dead when its process is known to be, or when somebody who watched it on a
clock that only runs forward saw no heartbeat for `LEASE`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.community.instants import from_text, to_text
from desktop.store.database import Store
from desktop.store.driver import Connection

LEASE = timedelta(seconds=30)
HEARTBEAT = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lease.

    Attributes:
        fence: grows each time the lease changes hands.
        holder: an id of this one sender, new at each start.
        computer: id of its computer.
        pid: of its process there.
        heartbeat_at: the last sign of life, by its wall clock.
        name: of its computer, for people.
    """

    fence: int
    holder: str
    computer: str
    pid: int
    heartbeat_at: datetime
    name: str = ""


class Watch:
    """Looks at the lease again and again, on a clock that only runs forward, to find out whether its holder is alive."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._seen: tuple[int, datetime] | None = None
        self._since = 0.0

    def silent(self, holder: Holder) -> bool:
        """Whether this holder has given no sign of life for `LEASE` while it was watched."""
        now = self._monotonic()
        if (holder.fence, holder.heartbeat_at) != self._seen:
            self._seen, self._since = (holder.fence, holder.heartbeat_at), now
        return now - self._since >= LEASE.total_seconds()


def holder(conn: Connection) -> Holder | None:
    """Who holds the lease now, alive or not; None where nobody does."""
    row = conn.execute(
        "SELECT fence, holder, computer, pid, heartbeat_at, (SELECT value FROM setting WHERE key = 'sender_name') FROM lease WHERE holder != ''"
    ).fetchone()
    return Holder(row[0], row[1], row[2], row[3], from_text(row[4]), row[5] or "") if row else None


def acquire(store: Store, *, me: str, computer: str, pid: int, instead_of: Holder | None) -> int | None:
    """Take the lease, from nobody or from a holder that was found dead. Gives the fence, or None where somebody else was quicker."""
    now = store.clock.now()
    with store.write() as conn:
        found = holder(conn)
        if found is not None and (instead_of is None or (found.fence, found.heartbeat_at) != (instead_of.fence, instead_of.heartbeat_at)):
            return None
        fence = int(conn.execute("SELECT coalesce(max(fence), 0) FROM lease").fetchone()[0]) + 1
        conn.execute("DELETE FROM lease")
        conn.execute(
            "INSERT INTO lease (one, fence, holder, computer, pid, heartbeat_at, expires_at) VALUES (1, ?, ?, ?, ?, ?, ?)",
            (fence, me, computer, pid, to_text(now), to_text(now + LEASE)),
        )
    return fence


def renew(store: Store, fence: int, me: str) -> bool:
    """A heartbeat. False where the lease has changed hands: then this sender has to stop."""
    now = store.clock.now()
    with store.write() as conn:
        cursor = conn.execute(
            "UPDATE lease SET heartbeat_at = ?, expires_at = ? WHERE fence = ? AND holder = ?", (to_text(now), to_text(now + LEASE), fence, me)
        )
        return bool(cursor.rowcount == 1)


def release(store: Store, fence: int, me: str) -> None:
    """Give the lease back; nothing happens where it has changed hands. The fence stays, so that it only ever grows."""
    with store.write() as conn:
        conn.execute("UPDATE lease SET holder = '' WHERE fence = ? AND holder = ?", (fence, me))


def holds(conn: Connection, fence: int, me: str) -> bool:
    """Whether the lease is this sender's; inside a transaction."""
    return conn.execute("SELECT 1 FROM lease WHERE fence = ? AND holder = ?", (fence, me)).fetchone() is not None
