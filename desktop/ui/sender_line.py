"""What the strip and the tray say: what goes out next and what waits for the person, from the ledger."""

from dataclasses import dataclass

from desktop.store import sending
from desktop.store.database import Store
from desktop.store.glance import glance
from desktop.ui.dates import Dates
from desktop.ui.widgets.strip import Strip
from resources.translations import _, ngettext


@dataclass(frozen=True, slots=True)
class Says:
    """The two sentences.

    Attributes:
        next: what is next; why nothing leaves, where that is so.
        waits: `2 wait for you`; empty where nothing does.
        waiting: how many that are.
        stopped: nothing leaves.
        tip: the moment in full; empty where there is none.
    """

    next: str
    waits: str
    waiting: int
    stopped: bool
    tip: str


def says(store: Store, dates: Dates, halted: str = "") -> Says:
    """As it is now. `halted`: why nothing leaves; empty where things do."""
    now = glance(store)
    waits = ngettext("{n} waits for you", "{n} wait for you", now.waiting).format(n=now.waiting) if now.waiting else ""
    named = sending.named(store)
    if halted:
        return Says(halted, waits, now.waiting, True, halted)
    if named.computer not in ("", store.device):
        text = _("Sent from {computer}, not from here.").format(computer=named.name or _("another computer"))
        return Says(text, waits, now.waiting, False, "")
    if now.next_at is None:
        return Says(_("Nothing is on its way out."), waits, now.waiting, False, "")
    places = ngettext("{n} group", "{n} groups", now.next_places).format(n=now.next_places)
    when = dates.away(max(now.next_at, dates.now()))  # what is overdue leaves as soon as it can
    following = _("Next: {text} → {places}, {when}").format(text=now.next_text, places=places, when=when)
    return Says(following, waits, now.waiting, False, dates.full(now.next_at))


def tell(strip: Strip, store: Store, dates: Dates, halted: str = "") -> None:
    """Say it on the strip."""
    now = says(store, dates, halted)
    line = _("{next} · {waiting}").format(next=now.next, waiting=now.waits) if now.waits else now.next
    if now.stopped:
        strip.say(line, "triangle-alert", "warn", now.tip)
    elif now.waits:
        strip.say(line, "hand", "warn", now.tip)
    else:
        strip.say(line, "send" if now.tip else "clock", "text_quiet", now.tip)
