"""What Telegram declares. Limits and rates: `telegram.constants` of python-telegram-bot 22.8, https://core.telegram.org/bots/faq."""

import re
from collections.abc import Mapping

from integrations.base import Capability, Connection, Context, Field, FieldKind, Manifest, Rate
from integrations.telegram.address import problem_of
from integrations.telegram.rendering import LIMITS, render
from resources.translations import Phrase, mark, phrase

_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{30,}")


def _token_problem(value: str) -> Phrase | None:
    if _TOKEN.fullmatch(value):
        return None
    return phrase("This is not a bot's token. @BotFather gives one that looks like 123456789:AAHd…: a number, a colon, then 35 letters and digits.")


def connect(settings: Mapping[str, str], context: Context) -> Connection:
    """A connection as the bot with this token. Imports python-telegram-bot, which takes about 0.4 s."""
    from integrations.telegram.connection import TelegramConnection

    return TelegramConnection(settings.get("token", "").strip(), settings.get("server", "").strip(), context)


MANIFEST = Manifest(
    id="telegram",
    name="Telegram",
    limits=LIMITS,
    capabilities=frozenset({Capability.SILENT, Capability.EDIT, Capability.DELETE, Capability.TARGETS}),
    render=render,
    connect=connect,
    fields=(
        Field(
            "token",
            mark("Bot token"),
            mark("Open @BotFather in Telegram, send it /newbot and answer its questions: it gives you a token. Then add the bot to your groups."),
            secret=True,
            required=True,
            problem=_token_problem,
        ),
        Field(
            "server",
            mark("Server"),
            mark("Only for communities that host their own Bot API server: its address. Leave it blank otherwise."),
            FieldKind.URL,
        ),
    ),
    rate=Rate(per_second=30, target_per_second=1, target_per_minute=20),
    target=problem_of,
)
