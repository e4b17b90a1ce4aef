"""Lateness, a rule of the announcement: how long after its time it may still go out, and whether a person is asked about one that could not."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.community.durations import Offset, parse_length

TOLERANCE = timedelta(minutes=5)
"""What counts as on time, for `skip` and at an event's start: a start-up, a rate limit and the grace time take seconds to a few minutes."""
ASKS_AFTER = timedelta(hours=2)
"""When `ask` asks, unless told otherwise (delivery.md)."""


class LateRule(StrEnum):
    """What happens to a message whose time passed while nothing could send."""

    WITHIN = "within"  # it goes out late, for so long; then it is missed
    ASK = "ask"  # it goes out late for two hours; then a person is asked
    SKIP = "skip"  # it does not go out late
    UNTIL_START = "until-start"  # it goes out late until the event starts


@dataclass(frozen=True, slots=True)
class Lateness:
    """The rule of one announcement.

    Attributes:
        rule: which.
        within: for WITHIN, how long.
    """

    rule: LateRule
    within: timedelta = timedelta(0)

    def __str__(self) -> str:
        """As it is written and stored: `2h`, `ask`, `skip`, `until-start`."""
        return str(Offset(exact=self.within)) if self.rule is LateRule.WITHIN else self.rule.value

    @property
    def asks(self) -> bool:
        """Whether a person is asked about a message that was missed, rather than told."""
        return self.rule is LateRule.ASK

    def late_until(self, due: datetime, start: datetime | None = None) -> datetime:
        """The last instant at which a message due at `due` may leave. All UTC.

        `start` is that of the event which the message announces, if it does: whatever the rule, none goes out after it (but for a few minutes where
        the message is due at the start itself).
        """
        match self.rule:
            case LateRule.WITHIN:
                latest = due + max(self.within, TOLERANCE)
            case LateRule.ASK:
                latest = due + ASKS_AFTER
            case LateRule.SKIP:
                latest = due + TOLERANCE
            case LateRule.UNTIL_START:
                latest = due + ASKS_AFTER if start is None else max(start, due + TOLERANCE)
        if start is None:
            return latest
        return min(latest, max(start, due + TOLERANCE)) if due <= start else due


ASK = Lateness(LateRule.ASK)
SKIP = Lateness(LateRule.SKIP)
UNTIL_START = Lateness(LateRule.UNTIL_START)


def parse_lateness(text: str) -> Lateness:
    """`ask`, `skip`, `until-start`, or a length of time such as `2h`. Raises Refused."""
    written = text.strip().lower()
    if written in (LateRule.ASK, LateRule.SKIP, LateRule.UNTIL_START):
        return Lateness(LateRule(written))
    return Lateness(LateRule.WITHIN, parse_length(written))
