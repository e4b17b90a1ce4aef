"""The seam between Belfry and a service: what an integration declares (Manifest), what it does (Connection) and how it answers (Receipt, errors).

Nothing here knows the rest of Belfry, any service, or the network.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from integrations.message import AttachmentKind, Message, is_blank
from resources.translations import Phrase, phrase, phrases


class FieldKind(StrEnum):
    """How a field of a connection or channel is asked for."""

    TEXT = "text"
    URL = "url"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a person fills in to set up a connection or a channel.

    Attributes:
        name: the key in `--set name=value` and in the stored settings, lower case, e.g. `answer`.
        kind: URL is http or https; an address of another scheme is a TEXT with a `problem`. A NUMBER is whole and not negative, a FLAG `yes` or `no`.
        label, help: gettext message ids.
        secret: kept in the vault, never in the community file, an argument, a log or a repr.
        choices: for CHOICE, the values that may be chosen, the default first.
        problem: gives None for a value that is right, else what is wrong with it.
    """

    name: str
    label: str
    help: str = ""
    kind: FieldKind = FieldKind.TEXT
    secret: bool = False
    required: bool = False
    default: str = ""
    choices: tuple[str, ...] = ()
    problem: Callable[[str], Phrase | None] | None = None


class LengthUnit(Enum):
    """What a service counts when it limits a text."""

    UTF16 = "UTF-16 code units"
    CODE_POINTS = "code points"
    BYTES = "UTF-8 bytes"

    def of(self, text: str) -> int:
        """The length of a text in this unit."""
        match self:
            case LengthUnit.UTF16:
                return len(text.encode("utf-16-le", "surrogatepass")) // 2
            case LengthUnit.CODE_POINTS:
                return len(text)
            case LengthUnit.BYTES:
                return len(text.encode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True)
class Limits:
    """What one message may hold. None: no limit that is known.

    Attributes:
        text: length of a text message, in `unit`.
        caption: length of the text that goes with a photo or document, in `unit`.
        attachments: how many photos and documents one message may carry.
        photo_bytes, document_bytes: size of one such file, in bytes.
    """

    text: int | None = None
    caption: int | None = None
    attachments: int = 0
    photo_bytes: int | None = None
    document_bytes: int | None = None
    unit: LengthUnit = LengthUnit.CODE_POINTS


@dataclass(frozen=True, slots=True)
class Rate:
    """How fast a service lets us send. None: no limit that is known.

    Attributes:
        per_second: messages in any second over the whole connection.
        target_per_second, target_per_minute: messages to one target.
    """

    per_second: float | None = None
    target_per_second: float | None = None
    target_per_minute: int | None = None


class Capability(StrEnum):
    """What a connection of this service can do beside sending."""

    SILENT = "silent"  # post without a sound at the receivers'
    EDIT = "edit"
    DELETE = "delete"
    PIN = "pin"
    POLL = "poll"
    ALBUM = "album"
    TARGETS = "targets"  # list the groups it can post to
    UPDATES = "updates"  # hear what happens there
    IDEMPOTENT = "idempotent"  # honours the key: repeating a send is safe
    BY_HAND = "by-hand"  # no machine posts here; a person does, and ticks it off


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message as this service will show it.

    Attributes:
        text: what is sent (or copied), in the service's own formatting.
        length: of the text as the service counts it, after it has parsed the formatting.
        limit: the limit that applies to this message, None where there is none.
        problems: what stops it from going out, in words; empty when it can go.
        entities: how many pieces of formatting it holds, for services that limit them.
    """

    text: str
    length: int
    limit: int | None = None
    problems: tuple[Phrase, ...] = ()
    entities: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """One group, topic, thread or list.

    Attributes:
        id: the service's own name for it, as text.
        name: as people know it.
        settings: the channel's own fields.
    """

    id: str
    name: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a connection speaks as, found by `check()`.

    Attributes:
        name: as the groups see it.
        id: the service's own name for the account.
        remarks: what the person ought to know (e.g. that the bot can't join groups), in words.
    """

    name: str
    id: str
    remarks: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """The service's word that it took a message.

    Attributes:
        remote_id: the message's id there; empty where the service gives none.
        link: an address that opens it; empty where there is none.
    """

    remote_id: str = ""
    link: str = ""


class SendError(Exception):
    """Why a call to a service did not end with its acceptance. `reason` is a sentence for the person and holds no secret."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason.id)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)


class AuthenticationFailed(SendError):
    """The credentials were refused; nothing was posted, and nothing will be until a person mends them."""


class RetryLater(SendError):
    """Certainly not posted; may be tried again.

    Attributes:
        after: how long the service asks to wait, for this target alone. None: it never heard of us (no connection), the caller chooses.
    """

    def __init__(self, reason: Phrase, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.after = after


class Rejected(SendError):
    """Certainly not posted, and never will be as it is; the reason says what to do."""


class Moved(SendError):
    """Certainly not posted: the target has a new id. Keep it and send there."""

    def __init__(self, reason: Phrase, to: str) -> None:
        super().__init__(reason)
        self.to = to


class Unsure(SendError):
    """May have been posted, may not. Only a person can say, or the service itself where it honours keys."""


class Connection(Protocol):
    """An account with credentials (a bot, a mailbox, a webhook). Made by `Manifest.connect`; used on one asyncio loop.

    Every method raises one of the SendErrors and nothing else.
    """

    async def check(self) -> Identity:
        """Ask the service who we are. Sends nothing to anybody."""
        ...

    async def send(self, message: Message, to: Target, key: str) -> Receipt:
        """Post once. `key` is the same for every try at the same delivery (used where the manifest says IDEMPOTENT)."""
        ...

    async def refresh(self) -> None:
        """Drop pooled sockets and make one cheap read: called after the computer slept or the network changed."""
        ...

    async def close(self) -> None:
        """Let go of sockets. Never raises."""
        ...


class Edits(Protocol):
    """Capability EDIT."""

    async def edit(self, remote_id: str, message: Message, to: Target) -> Receipt: ...


class Deletes(Protocol):
    """Capability DELETE."""

    async def delete(self, remote_id: str, to: Target) -> None: ...


class ListsTargets(Protocol):
    """Capability TARGETS."""

    async def targets(self) -> Sequence[Target]: ...


class Shelf(Protocol):
    """A place of its own where a connection keeps what it must remember (Practice its messages, Telegram the groups it has met). No secrets."""

    def read(self) -> Sequence[Mapping[str, object]]:
        """All entries, oldest first."""
        ...

    def append(self, entry: Mapping[str, object]) -> None:
        """Keep one more entry; JSON values only."""
        ...

    def replace(self, entries: Sequence[Mapping[str, object]]) -> None:
        """Keep these instead of all there is."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What Belfry lends to a connection.

    Attributes:
        shelf: its own keeping place.
        now: the time, aware, UTC.
        sleep: waits for that many seconds of the program's clock.
    """

    shelf: Shelf
    now: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]]


class Connect(Protocol):
    """Builds a connection; imports the service's library only now. Opens nothing yet and raises nothing but ValueError for settings that can't be."""

    def __call__(self, settings: Mapping[str, str], context: Context) -> Connection: ...


@dataclass(frozen=True, slots=True)
class Manifest:
    """All there is to know about a service without talking to it. Cheap to read: no library is imported for it.

    Attributes:
        id: as in `belfry connections add SERVICE`.
        name: as people call it.
        fields: of a connection; secrets among them are handed to `connect` with the rest.
        channel_fields: of a channel; handed to `render` and in `Target.settings`.
        render: pure; shows a message as this service will, and says what stops it.
        target: gives None for a target id that can be, else what is wrong with it.
    """

    id: str
    name: str
    limits: Limits
    capabilities: frozenset[Capability]
    render: Callable[[Message, Mapping[str, str]], Rendered]
    connect: Connect | None = None
    fields: tuple[Field, ...] = ()
    channel_fields: tuple[Field, ...] = ()
    rate: Rate = Rate()
    target: Callable[[str], Phrase | None] | None = None

    def __contains__(self, capability: Capability) -> bool:
        return capability in self.capabilities


def limit_for(message: Message, limits: Limits) -> int | None:
    """How long the text of this message may be: text that goes with a file is limited as a caption."""
    return limits.caption if message.attachments else limits.text


def limit_problems(message: Message, length: int, limits: Limits, service: str) -> tuple[Phrase, ...]:
    """What stops a message whose rendered text has this length (in `limits.unit`) from going out, as far as limits can tell.

    Args:
        service: its name, for the sentences.
    """
    problems = []
    limit = limit_for(message, limits)
    if is_blank(message.body) and not message.attachments:
        problems.append(phrase("There is nothing to send yet: the message has no text."))
    if limit is not None and length > limit:
        problems.append(
            phrases(
                "The text is {n} character too long: {service} takes {limit} here.",
                "The text is {n} characters too long: {service} takes {limit} here.",
                n=length - limit,
                service=service,
                limit=limit,
            )
        )
    if len(message.attachments) > limits.attachments:
        problems.append(
            phrases("{service} takes {n} file with a message.", "{service} takes {n} files with a message.", n=limits.attachments, service=service)
            if limits.attachments
            else phrase("{service} takes no files.", service=service)
        )
    for attachment in message.attachments:
        largest = limits.photo_bytes if attachment.kind is AttachmentKind.PHOTO else limits.document_bytes
        if largest is not None and len(attachment.content) > largest:
            problems.append(
                phrase("“{file}” is too large: {service} takes up to {limit} MB.", file=attachment.name, service=service, limit=largest // 1_000_000)
            )
    return tuple(problems)


def with_defaults(fields: Sequence[Field], given: Mapping[str, str]) -> dict[str, str]:
    """What was filled in, and the default of every field that was left out or left blank."""
    return {**given, **{field.name: field.default for field in fields if not given.get(field.name, "").strip()}}


def settings_problems(fields: Sequence[Field], given: Mapping[str, str]) -> tuple[Phrase, ...]:
    """What is wrong with what a person filled in, a sentence for each thing; empty when all is right. No sentence holds a secret."""
    names = {field.name for field in fields}
    unknown = tuple(
        phrase("There is no field called “{name}” here. The fields are: {fields}.", name=name, fields=", ".join(sorted(names)) or "-")
        for name in given
        if name not in names
    )
    return unknown + tuple(problem for field in fields if (problem := _field_problem(field, given.get(field.name, "").strip())) is not None)


def _field_problem(field: Field, value: str) -> Phrase | None:
    if not value:
        needed = field.required and not field.default
        return phrase("“{name}” is needed.", name=field.name) if needed else None
    match field.kind:
        case FieldKind.CHOICE if value not in field.choices:
            return phrase("“{name}” is one of: {choices}.", name=field.name, choices=", ".join(field.choices))
        case FieldKind.FLAG if value not in ("yes", "no"):
            return phrase("“{name}” is yes or no.", name=field.name)
        case FieldKind.NUMBER if not (value.isascii() and value.isdigit()):
            return phrase("“{name}” is a whole number.", name=field.name)
        case FieldKind.URL if _host(value) is None:
            return phrase("“{name}” is a web address, such as https://example.org.", name=field.name)
    return field.problem(value) if field.problem is not None else None


def _host(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and (parts.port is None or parts.port > 0)
    except ValueError:  # brackets that never close, a port that is none
        return None
    return parts.hostname if usable else None
