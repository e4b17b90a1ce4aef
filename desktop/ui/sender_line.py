"""The sentence of the strip: what goes out next and what waits for the person, from the ledger."""

from desktop.store.database import Store
from desktop.store.glance import glance
from desktop.ui.dates import Dates
from desktop.ui.widgets.strip import Strip
from resources.translations import _, ngettext


def tell(strip: Strip, store: Store, dates: Dates, halted: str = "") -> None:
    """Say it on the strip. `halted`: why nothing leaves; empty where things do."""
    now = glance(store)
    waits = ngettext("{n} waits for you", "{n} wait for you", now.waiting).format(n=now.waiting) if now.waiting else ""
    if halted:
        strip.say(halted, "triangle-alert", "warn", halted)
    elif now.next_at is None:
        strip.say(waits or _("Nothing is on its way out."), "hand" if waits else "clock", "warn" if waits else "text_quiet")
    else:
        places = ngettext("{n} group", "{n} groups", now.next_places).format(n=now.next_places)
        following = _("Next: {text} → {places}, {when}").format(text=now.next_text, places=places, when=dates.away(now.next_at))
        line = _("{next} · {waiting}").format(next=following, waiting=waits) if waits else following
        strip.say(line, "send", "text_quiet", dates.full(now.next_at))
