"""One computer sends: which one the file names, and how another takes over. What is remembered outside the file is in desktop.engine.marks."""

from dataclasses import dataclass

from desktop.community.deliveries import State, Who
from desktop.community.ids import new_id
from desktop.community.instants import to_text
from desktop.store import ledger
from desktop.store.database import Store, set_setting
from resources.translations import phrase

COMPUTER, NAME, INCARNATION, CLAIMS, COPIED = "sender_computer", "sender_name", "incarnation", "claims", "copied_at"


@dataclass(frozen=True, slots=True)
class Named:
    """What the file says of who sends from it.

    Attributes:
        computer, name: of the computer that sends; empty where none is named.
        incarnation: of the file; copies made by Belfry have another.
        claims: how many deliveries have been claimed from it, ever.
        copied: it came into being as a copy, and nobody has said yet that it sends.
    """

    computer: str
    name: str
    incarnation: str
    claims: int
    copied: bool

    @property
    def fresh(self) -> bool:
        """A new community, from which nothing was ever sent: whoever opens it first may send."""
        return not self.computer and self.claims == 0 and not self.copied


def named(store: Store) -> Named:
    """What the file says now."""
    found = dict(store.rows("SELECT key, value FROM setting WHERE key IN (?, ?, ?, ?, ?)", (COMPUTER, NAME, INCARNATION, CLAIMS, COPIED)))
    return Named(found.get(COMPUTER, ""), found.get(NAME, ""), found.get(INCARNATION, ""), int(found.get(CLAIMS, "0")), COPIED in found)


def name_first(store: Store, computer: str, name: str) -> bool:
    """Name this computer in a fresh file. False where somebody else was quicker."""
    with store.write() as conn:
        if not named(store).fresh:
            return False
        set_setting(conn, COMPUTER, computer)
        set_setting(conn, NAME, name)
    return True


def take_over(store: Store, computer: str, name: str) -> tuple[Named, int]:
    """A person says that this computer sends from this file from now on.

    The file gets a new incarnation. What fell due and is not known to have gone may have been sent from elsewhere: it becomes unsure, for a person to
    settle. Gives what the file says now and how many became unsure.
    """
    now = store.clock.now()
    why = phrase("Another computer, or an older copy of this community, may have sent it. Look there, then say whether it is out.")
    unsure = 0
    with store.write() as conn:
        set_setting(conn, COMPUTER, computer)
        set_setting(conn, NAME, name)
        set_setting(conn, INCARNATION, new_id())
        conn.execute("DELETE FROM setting WHERE key = ?", (COPIED,))
        conn.execute("UPDATE lease SET holder = ''")
        rows = conn.execute("SELECT id FROM delivery WHERE state = 'sending' OR (state = 'queued' AND due_at <= ?)", (to_text(now),)).fetchall()
        for (row_id,) in rows:
            delivery = ledger.get(conn, row_id)
            unsure += delivery is not None and ledger.move(conn, delivery, State.UNSURE, who=Who.RECOVERY, why=why, at=now) is not None
    return named(store), unsure
