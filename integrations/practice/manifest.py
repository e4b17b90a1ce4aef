"""What Practice declares. Its limits are Telegram's, so that what fits here fits there."""

from collections.abc import Mapping
from enum import StrEnum

from integrations.base import (
    Capability,
    Connection,
    Context,
    Field,
    FieldKind,
    LengthUnit,
    Limits,
    Manifest,
    Rate,
    Rendered,
    limit_for,
    limit_problems,
)
from integrations.message import Message, plain
from resources.translations import mark


class Answer(StrEnum):
    """How a practice group answers, chosen for each channel."""

    OK = "ok"
    RATE_LIMIT = "rate-limit"  # not taken; come back later
    REJECTED = "rejected"  # not taken, for good
    SILENCE = "silence"  # taken, but no answer comes
    LOST = "lost"  # not taken, and no answer comes: to the sender the same as silence
    OFFLINE = "offline"  # never reached
    CREDENTIALS = "credentials"  # the account is refused
    MOVED = "moved"  # the group has a new id, at which it takes the message


class Account(StrEnum):
    """Whether Practice accepts the connection as a whole."""

    OK = "ok"
    REFUSED = "refused"


LIMITS = Limits(text=4096, caption=1024, attachments=1, photo_bytes=10_000_000, document_bytes=50_000_000, unit=LengthUnit.UTF16)


def render(message: Message, settings: Mapping[str, str]) -> Rendered:
    """The text without formatting."""
    text = plain(message.body)
    length = LIMITS.unit.of(text)
    return Rendered(text, length, limit_for(message, LIMITS), limit_problems(message, length, LIMITS, "Practice"))


def connect(settings: Mapping[str, str], context: Context) -> Connection:
    """A connection that keeps its messages on the shelf."""
    from integrations.practice.connection import PracticeConnection

    return PracticeConnection(Account(settings.get("account") or Account.OK), context)


MANIFEST = Manifest(
    id="practice",
    name="Practice",
    limits=LIMITS,
    capabilities=frozenset({Capability.SILENT, Capability.EDIT, Capability.DELETE, Capability.TARGETS}),
    render=render,
    connect=connect,
    fields=(
        Field(
            "account",
            mark("Account"),
            mark("“refused” shows what happens when a service no longer accepts your password or token."),
            FieldKind.CHOICE,
            default=Account.OK,
            choices=tuple(Account),
        ),
    ),
    channel_fields=(
        Field(
            "answer",
            mark("Answer"),
            mark(
                "How this group answers: “ok” takes the message; “rate-limit” asks to wait; “rejected” refuses it; "
                "“silence” takes it and never says so; “lost” does not take it and never says so; “offline” can't be reached; "
                "“credentials” refuses the account; “moved” has a new address."
            ),
            FieldKind.CHOICE,
            default=Answer.OK,
            choices=tuple(Answer),
        ),
        Field("wait", mark("Wait"), mark("How many seconds “rate-limit” asks to wait."), FieldKind.NUMBER, default="30"),
    ),
    rate=Rate(per_second=30, target_per_second=1, target_per_minute=20),
)
