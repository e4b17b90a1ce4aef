"""What By hand declares: no account, and for each channel an address to open and the way its place formats text."""

from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import urlsplit

from integrations.base import Capability, Field, FieldKind, Limits, Manifest, Rendered, limit_problems
from integrations.byhand import markdown, whatsapp
from integrations.message import Message, plain
from resources.translations import Phrase, mark, phrase


class Formatting(StrEnum):
    """How a place writes bold, lists and the like."""

    WHATSAPP = "whatsapp"
    PLAIN = "plain"
    MARKDOWN = "markdown"


ADDRESS_SCHEMES = ("http", "https", "whatsapp", "tg", "sgnl", "fb", "fb-messenger", "instagram", "discord", "slack", "viber", "mailto")
"""What a click may open: web pages and the apps of the services, nothing that runs a program or opens a file."""

LIMITS = Limits(attachments=10)


def render(message: Message, settings: Mapping[str, str]) -> Rendered:
    """The text to copy. Files go their own way: the person adds them."""
    match settings.get("formatting") or Formatting.WHATSAPP:
        case Formatting.WHATSAPP:
            text, entities = whatsapp.written(message.body)
        case Formatting.MARKDOWN:
            text, entities = markdown.written(message.body)
        case _:
            text, entities = plain(message.body), 0
    length = LIMITS.unit.of(text)
    return Rendered(text, length, None, limit_problems(message, length, LIMITS, "By hand"), entities)


def address_problem(address: str) -> Phrase | None:
    """What is wrong with an address to open; None where nothing is."""
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that never close
        return phrase("This is not an address that can be opened: {address}", address=address)
    if parts.scheme not in ADDRESS_SCHEMES:
        return phrase(
            "Belfry opens web pages and the apps of the services, not “{address}”. Copy the address from the group's own page or app, "
            "such as https://chat.whatsapp.com/….",
            address=address,
        )
    if not (parts.netloc or parts.path.strip("/")) or any(letter.isspace() or not letter.isprintable() for letter in address):
        return phrase("This is not an address that can be opened: {address}", address=address)
    return None


MANIFEST = Manifest(
    id="byhand",
    name=mark("By hand"),
    limits=LIMITS,
    capabilities=frozenset({Capability.BY_HAND}),
    render=render,
    channel_fields=(
        Field(
            "address",
            mark("Address"),
            mark("Opened when it is time to post, such as https://chat.whatsapp.com/… or https://www.facebook.com/groups/…. May be left empty."),
            problem=address_problem,
        ),
        Field(
            "formatting",
            mark("Formatting"),
            mark("How this place writes bold and lists: “whatsapp”, “plain” (none at all), or “markdown” (Reddit, Discord and others)."),
            FieldKind.CHOICE,
            default=Formatting.WHATSAPP,
            choices=tuple(Formatting),
        ),
    ),
)
