"""How a place in Telegram is named: `-1001234567890` a group or channel, `-1001234567890/45` a topic in it, `@name` a public one."""

import re
from dataclasses import dataclass

from resources.translations import Phrase, phrase

GENERAL_TOPIC = 1
"""The first topic of every forum. The Bot API does not find it by its number: one posts there by naming none."""

_ADDRESS = re.compile(r"(?P<chat>-[1-9][0-9]{0,18}|@[A-Za-z][A-Za-z0-9_]{3,31})(?:/(?P<topic>[1-9][0-9]{0,9}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """Where to post.

    Attributes:
        chat: the number of a group or channel (negative), or `@name`.
        topic: number of the topic; None for none or the general one.
    """

    chat: int | str
    topic: int | None = None


def parse(id: str) -> Address:
    """Read a target's id. Raises ValueError for one that can't be."""
    found = _ADDRESS.fullmatch(id.strip())
    if not found:
        raise ValueError("not an address in Telegram")
    chat, topic = found["chat"], int(found["topic"] or GENERAL_TOPIC)
    return Address(chat if chat.startswith("@") else int(chat), None if topic == GENERAL_TOPIC else topic)


def problem_of(id: str) -> Phrase | None:
    """None for an id that can be, else what is wrong with it."""
    given = id.strip()
    if _ADDRESS.fullmatch(given):
        return None
    if "t.me/" in given:
        return phrase("Telegram does not take a link here. Give the name after t.me/ with an @ before it, or let Belfry list the bot's groups.")
    if re.fullmatch(r"[0-9]+(/[0-9]+)?", given, re.ASCII):
        return phrase("The number of a Telegram group begins with a minus, such as -1001234567890.")
    return phrase(
        "This is not a Telegram group. Give its number, such as -1001234567890 (with /45 behind it for topic 45), or the @name of a public group."
    )


def with_topic(chat: int, topic: int | None) -> str:
    """The target id of a topic in a group, or of the group."""
    return f"{chat}/{topic}" if topic is not None else str(chat)
