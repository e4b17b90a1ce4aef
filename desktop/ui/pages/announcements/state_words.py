"""A delivery's state as a word and a colour, and what a person can do about it."""

from collections.abc import Sequence
from enum import StrEnum

from desktop.actions.deliveries import Answer
from desktop.community.deliveries import State, Who, allowed
from resources.translations import _, mark

TONES = {
    State.HELD: "info",
    State.QUEUED: "quiet",
    State.WAITING: "info",
    State.SENDING: "info",
    State.SENT: "good",
    State.REJECTED: "bad",
    State.UNSURE: "warn",
    State.MISSED: "warn",
    State.SKIPPED: "quiet",
    State.CANCELLED: "quiet",
}
"""A word of the style sheet's `look`."""
_WORDS = {
    State.HELD: mark("Waits for approval"),
    State.QUEUED: mark("Planned"),
    State.WAITING: mark("Post it by hand"),
    State.SENDING: mark("On its way"),
    State.SENT: mark("Sent"),
    State.REJECTED: mark("Refused"),
    State.UNSURE: mark("Unsure"),
    State.MISSED: mark("Missed"),
    State.SKIPPED: mark("Skipped"),
    State.CANCELLED: mark("Taken back"),
}
_MEANINGS = {
    State.HELD: mark("It waits until somebody approves it."),
    State.QUEUED: mark("It leaves by itself at its time."),
    State.WAITING: mark("No machine may post there. Post it yourself, then say that it went out."),
    State.SENDING: mark("It is leaving at this moment."),
    State.SENT: mark("It went out."),
    State.REJECTED: mark("The service did not take it. Mend what the reason says, then send it; or leave it."),
    State.UNSURE: mark("It may be out, or not. Look there, then say which: Belfry never posts the same thing twice by itself."),
    State.MISSED: mark("Its time passed while it could not be sent. Send it now, or leave it."),
    State.SKIPPED: mark("It was not to go out. You can send it all the same."),
    State.CANCELLED: mark("It was taken back before it went out."),
}
_ANSWERS = {
    Answer.SENT: (mark("It went out"), State.SENT),
    Answer.AGAIN: (mark("Send it"), State.QUEUED),
    Answer.CANCEL: (mark("Leave it"), State.CANCELLED),
}


class Filter(StrEnum):
    """What of the log is shown."""

    ALL = "all"
    WAITS = "waits"
    PLANNED = "planned"
    SENT = "sent"
    NOT_SENT = "not-sent"


FILTERS = {
    Filter.ALL: (mark("Everything"), tuple(State)),
    Filter.WAITS: (mark("Waits for you"), (State.WAITING, State.UNSURE, State.HELD, State.MISSED, State.REJECTED)),
    Filter.PLANNED: (mark("Planned"), (State.QUEUED, State.SENDING)),
    Filter.SENT: (mark("Sent"), (State.SENT,)),
    Filter.NOT_SENT: (mark("Not sent"), (State.REJECTED, State.MISSED, State.SKIPPED, State.CANCELLED)),
}
"""Message id and states of each filter."""


def word(state: State) -> str:
    """`Planned`, `Sent` …"""
    return _(_WORDS[state])


def meaning(state: State) -> str:
    """What the state means and what to do, in a sentence or two."""
    return _(_MEANINGS[state])


def answers(state: State) -> Sequence[tuple[Answer, str]]:
    """What a person may say of a delivery in this state, with the words on the button."""
    return [(answer, _(text)) for answer, (text, becomes) in _ANSWERS.items() if becomes is not state and allowed(state, becomes, Who.PERSON)]


def together(states: Sequence[State]) -> State:
    """The one state that a row of several deliveries is best described by: what needs a person first, then what is ahead, then what is over."""
    order = (
        State.UNSURE,
        State.REJECTED,
        State.MISSED,
        State.WAITING,
        State.HELD,
        State.SENDING,
        State.QUEUED,
        State.SENT,
        State.SKIPPED,
        State.CANCELLED,
    )
    return min(states, key=order.index)
