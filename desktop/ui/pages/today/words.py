"""What “Today” says of each state: the word, its colour and picture, and what can be done about it."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.actions.today import Fate, Group
from desktop.community.announcements import shortened
from desktop.community.deliveries import State
from desktop.ui.dates import Dates
from resources.translations import _, mark, ngettext

_SEVERAL = 3


class Deed(StrEnum):
    """What can be done with what waits."""

    POST = "post"  # open the runner
    WENT = "went"
    SEND = "send"
    LEAVE = "leave"
    SHOW = "show"


@dataclass(frozen=True, slots=True)
class Look:
    """How a state is shown. `tone` is a colour's name and a word of the style sheet's `look`."""

    word: str
    tone: str
    icon: str
    deeds: tuple[tuple[Deed, str], ...]


LOOKS = {
    State.UNSURE: Look(
        mark("Unsure: is it out?"),
        "warn",
        "circle-help",
        ((Deed.WENT, mark("It went out")), (Deed.SEND, mark("Send it again")), (Deed.LEAVE, mark("Leave it"))),
    ),
    State.REJECTED: Look(mark("Refused"), "bad", "circle-alert", ((Deed.SEND, mark("Try again")), (Deed.LEAVE, mark("Leave it")))),
    State.MISSED: Look(mark("Too late, not sent"), "warn", "clock", ((Deed.SEND, mark("Send it now")), (Deed.LEAVE, mark("Leave it")))),
    State.HELD: Look(mark("Waits for approval"), "info", "shield", ((Deed.SEND, mark("Approve it")), (Deed.LEAVE, mark("Leave it")))),
    State.WAITING: Look(
        mark("To post by hand"), "info", "hand", ((Deed.POST, mark("Post it …")), (Deed.WENT, mark("It is posted")), (Deed.LEAVE, mark("Leave it")))
    ),
}


def places(group: Group) -> str:
    """`Newsletter, Neighbours and 3 more`."""
    if len(group.places) <= _SEVERAL:
        return ", ".join(group.places)
    more = len(group.places) - _SEVERAL + 1
    return ngettext("{names} and {n} more", "{names} and {n} more", more).format(names=", ".join(group.places[: _SEVERAL - 1]), n=more)


def where_and_when(group: Group, dates: Dates) -> str:
    """`Reddit · was due yesterday 18:00`."""
    if group.due_at > dates.now():
        return _("{places} · due {when}").format(places=places(group), when=dates.moment(group.due_at))
    return _("{places} · was due {when}").format(places=places(group), when=dates.moment(group.due_at))


def fate(kind: Fate, n: int) -> str:
    """One part of what happened meanwhile, as a person says it."""
    match kind:
        case Fate.WENT:
            return ngettext("{n} went out", "{n} went out", n).format(n=n)
        case Fate.LATE:
            return ngettext("{n} is too late and was not sent", "{n} are too late and were not sent", n).format(n=n)
        case Fate.REFUSED:
            return ngettext("{n} was refused", "{n} were refused", n).format(n=n)
        case Fate.STOPPED:
            return ngettext("{n} was skipped", "{n} were skipped", n).format(n=n)
        case Fate.NEEDS:
            return ngettext("{n} needs you", "{n} need you", n).format(n=n)


def done(deed: Deed, group: Group) -> str:
    """What the toast says after it was done."""
    where = {"text": shortened(group.text), "places": places(group)}
    match deed:
        case Deed.WENT:
            return _("“{text}” is out in {places}.").format(**where)
        case Deed.SEND:
            return _("“{text}” goes out to {places}.").format(**where)
        case _:
            return _("“{text}” is not going out to {places}.").format(**where)
