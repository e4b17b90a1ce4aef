"""How a person walks through one step: which things to do, in which order, and which are done. No widgets."""

from dataclasses import dataclass, field
from enum import Enum, auto

from desktop.actions.by_hand import Place, Step, address_to_open
from resources.translations import _, ngettext

LONGEST_NAME = 24  # letters


class Doing(Enum):
    """One thing to do."""

    OPEN = auto()  # copy the text, open the place
    PICTURE = auto()  # copy the picture
    DOCUMENT = auto()  # save the document where it can be added from
    TICK = auto()  # say that it is posted


@dataclass(frozen=True, slots=True)
class Move:
    """One thing to do, at one place; the tick is for all places together."""

    doing: Doing
    place: Place


@dataclass(slots=True)
class Walk:
    """The way through one step.

    Attributes:
        done: what has been done of it; doing it again changes nothing.
    """

    step: Step
    done: set[Move] = field(default_factory=set)

    @property
    def moves(self) -> list[Move]:
        """All there is to do, in order: text before picture, one place after the other, the tick last."""
        step = self.step
        found = []
        for place in step.places[:1] if step.shared else step.places:
            found.append(Move(Doing.OPEN, place))
            if step.photo is not None:
                found.append(Move(Doing.PICTURE, place))
            if step.document is not None:
                found.append(Move(Doing.DOCUMENT, place))
        return [*found, Move(Doing.TICK, step.places[0])]

    @property
    def next(self) -> Move:
        """What is to be done now."""
        return next((move for move in self.moves if move not in self.done), self.moves[-1])

    def follow(self, step: Step) -> None:
        """The step is another now: places were ticked off elsewhere, or the text was changed, which has to be copied anew then."""
        if step.text != self.step.text:
            self.done.clear()
        self.step = step


def said(step: Step, move: Move) -> str:
    """What the button for it says."""
    match move.doing:
        case Doing.OPEN if not address_to_open(step, move.place):
            return _("Copy the text")
        case Doing.OPEN if step.shared:
            return _("Copy the text and open WhatsApp")
        case Doing.OPEN:
            return _("Copy the text and open {place}").format(place=_short(move.place.name))
        case Doing.PICTURE:
            return _("Copy the picture")
        case Doing.DOCUMENT:
            return _("Save the file …")
        case Doing.TICK:
            n = len(step.places)
            return ngettext("It is posted: tick it off", "All {n} are posted: tick them off", n).format(n=n)


def _short(name: str) -> str:
    """A button has to fit into a small window; the whole name stands above it."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def hint(step: Step, move: Move) -> str:
    """What to do over there, in a sentence."""
    match move.doing:
        case Doing.OPEN if step.shared:
            n = len(step.places)
            return ngettext(
                "WhatsApp opens and asks for the chat: choose the group named above, then send.",
                "WhatsApp opens and asks for the chat: choose the {n} groups named above, then send.",
                n,
            ).format(n=n)
        case Doing.OPEN:
            return _("Then paste it there.")
        case Doing.PICTURE:
            return _("Then paste it there, too, and send.")
        case Doing.DOCUMENT:
            return _("Choose a folder, then add the file there.")
        case Doing.TICK:
            return _("Look whether it is there. Ticked off, it is never asked for again.")
