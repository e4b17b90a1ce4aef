"""What an answer of Telegram's means, by delivery.md and services.md, and how it is said to a person."""

from datetime import timedelta
from enum import Enum

from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, TelegramError, TimedOut

from integrations.base import AuthenticationFailed, Moved, Rejected, RetryLater, SendError, Unsure
from integrations.telegram.address import Address, with_topic
from integrations.telegram.redaction import redacted
from integrations.telegram.request import FloodWait
from resources.translations import Phrase, phrase, phrases


class Doing(Enum):
    """What was asked of Telegram."""

    READING = "nothing changes by it"
    SENDING = "a message is posted"
    CHANGING = "a message that is posted is edited or deleted"


class WebhookInUse(Rejected):
    """Updates go to a web address instead of to whoever asks for them."""


class NotModified(Rejected):
    """The message is what it should become already."""


NOT_REACHED = phrase("Telegram can't be reached. Check the internet connection. Nothing was posted.")
NOT_SAFE = phrase(
    "The way to Telegram is not safe: its certificate can't be checked. Log in to the Wi-Fi, or look at this computer's date. Nothing was posted."
)
NO_ANSWER = phrase("Telegram did not answer in time. The message may be in the group: look there, then say whether it is.")
BROKEN_OFF = phrase("The connection broke off before Telegram answered. The message may be in the group: look there, then say whether it is.")
CHANGE_UNSURE = phrase("Telegram gave no clear answer. The message may have been changed: look in the group.")
READ_FAILED = phrase("Telegram gave no answer that Belfry can read. Try again in a while.")
TOKEN_REFUSED = phrase("Telegram does not accept the bot's token. Open @BotFather in Telegram, copy the token again and enter it. The messages wait.")
UNKNOWN_BOT = phrase("No such bot is known there. Check the bot's token, and the server's address if you gave one. The messages wait.")
TWO_READERS = phrase("Another program is reading this bot's messages. Stop it, or make a bot for Belfry alone with @BotFather.")
BAD_ADDRESS = phrase("This is not a Telegram group. Choose the group again.")
GONE = phrase("The message is not in the group any more, so it can't be changed.")

# What the Bot API says, in lower case, and what it means to a person: tdlib/telegram-bot-api, Client.cpp, and the errors of the MTProto methods.
_REFUSALS: tuple[tuple[tuple[str, ...], Phrase], ...] = (
    (
        ("kicked", "not a member", "bot is not in the"),
        phrase("The bot was removed from this group. Add it to the group again, then send again."),
    ),
    (
        ("was deleted", "deactivated", "chat_id_invalid", "channel_invalid", "channel_private", "peer_id_invalid"),
        phrase("This group is gone. Choose another one for this channel."),
    ),
    (("chat not found",), phrase("Telegram finds no such group, or the bot was never in it. Add the bot to the group, then choose the group again.")),
    (
        (
            "not enough rights",
            "need administrator rights",
            "chat_write_forbidden",
            "chat_admin_required",
            "chat_restricted",
            "_forbidden",
            "have no rights",
        ),
        phrase("The bot may not post in this group. An administrator of the group can allow it; then send again."),
    ),
    (("thread not found", "topic_deleted", "topic_id_invalid"), phrase("This topic is gone from the group. Choose another topic for this channel.")),
    (("topic_closed",), phrase("This topic is closed. Open it again in Telegram, or choose another topic for this channel.")),
    (("can't be deleted",), phrase("Telegram deletes no message that is older than 48 hours. Delete it by hand, in the group.")),
    (("to delete not found", "to edit not found", "message_id_invalid"), GONE),
    (("can't be edited",), phrase("Telegram does not let this message be changed any more.")),
    (
        ("no text in the message", "no caption in the message"),
        phrase("A message with a photo or document can't become one without, nor the other way round."),
    ),
    (("too long",), phrase("The text is too long for Telegram. Shorten it, then send again.")),
    (("text is empty",), phrase("Telegram takes no message without a text. Write something, then send again.")),
    (("entities",), phrase("Telegram could not read the formatting of the text. Take some of it out, then send again.")),
    (("too large", "too big", "file_parts_invalid"), phrase("The file is too large for Telegram. Make it smaller, then send again.")),
    (
        ("image_process_failed", "photo_invalid", "photo_ext_invalid", "photo_save_file_invalid"),
        phrase("Telegram could not use this picture. Send it as a document, or save it anew as JPEG, then send again."),
    ),
)


def verdict(error: TelegramError, *, left: bool, doing: Doing, address: Address | None) -> SendError:
    """What became of a request.

    Args:
        error: what python-telegram-bot raised.
        left: whether a byte of the request may have left this computer.
        address: where it was for; None for none.
    """
    if not left:
        return RetryLater(NOT_SAFE if "[SSL" in error.message else NOT_REACHED)
    match error:
        case FloodWait(after=after):
            return RetryLater(_wait(after), after)
        case ChatMigrated(new_chat_id=new):
            topic = address.topic if address is not None else None
            return Moved(phrase("The group was upgraded by Telegram and has a new number."), with_topic(new, topic))
        case InvalidToken():
            return AuthenticationFailed(UNKNOWN_BOT if "not found" in error.message.lower() or "endpoint" in error.message.lower() else TOKEN_REFUSED)
        case Conflict():
            return WebhookInUse(TWO_READERS) if "webhook" in error.message.lower() else Rejected(TWO_READERS)
        case Forbidden() | BadRequest() if "not modified" in error.message.lower():
            return NotModified(phrase("The message is the same already."))
        case Forbidden() | BadRequest():
            return Rejected(_refusal(error.message))
        case _:
            return unclear(doing, NO_ANSWER if isinstance(error, TimedOut) else BROKEN_OFF)


def unclear(doing: Doing, about_sending: Phrase) -> SendError:
    """The request left, and nobody can say what became of it; where it was a mere question, that does not matter."""
    match doing:
        case Doing.SENDING:
            return Unsure(about_sending)
        case Doing.CHANGING:
            return Unsure(CHANGE_UNSURE)
        case Doing.READING:
            return RetryLater(READ_FAILED)


def _refusal(said: str) -> Phrase:
    for signs, meaning in _REFUSALS:
        if any(sign in said.lower() for sign in signs):
            return meaning
    return phrase("Telegram refused the message. It says: {said}", said=redacted(said)[:200])


def _wait(after: timedelta | None) -> Phrase:
    if after is None:
        return phrase("Telegram asks to wait a while before the next message.")
    return phrases(
        "Telegram asks to wait {n} second before the next message.",
        "Telegram asks to wait {n} seconds before the next message.",
        n=max(1, round(after.total_seconds())),
    )
