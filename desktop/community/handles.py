"""Names on the services in one form, from what people write or copy: `@ana`, `ana`, `https://t.me/ana`, `matrix:u/ana:example.org`."""

import re
from urllib.parse import unquote

from desktop.community import phones
from desktop.community.members import ContactKind

_TELEGRAM = re.compile(r"(?:https?://)?(?:www\.)?(?:t|telegram)\.me/@?(?P<name>[A-Za-z]\w{3,31})/?", re.ASCII | re.IGNORECASE)
_TELEGRAM_NAME = re.compile(r"@?(?P<name>[A-Za-z]\w{3,31})", re.ASCII)
_WHATSAPP = re.compile(
    r"(?:https?://)?(?:(?:www\.)?wa\.me/|api\.whatsapp\.com/send/?\?phone=|whatsapp://send/?\?phone=)\+?(?P<digits>\d{6,15})\b.*", re.IGNORECASE
)
_MATRIX = re.compile(r"(?:https?://matrix\.to/#/|matrix:u/)@?(?P<name>[^:@/?\s]+:[^/?\s]+).*", re.IGNORECASE)
_MATRIX_NAME = re.compile(r"@[^:@\s]+:[^:/?\s]+(?::\d+)?")
_DISCORD = re.compile(r"(?:https?://)?(?:www\.)?(?:discord\.com/users|discordapp\.com/users)/(?P<name>\d{5,25})/?", re.IGNORECASE)


def normalised(kind: ContactKind, text: str, country: str = "") -> str:
    """A TELEGRAM, WHATSAPP, DISCORD or MATRIX name as Belfry keeps it; other kinds, and what is not understood, as written without spaces around.

    A number of Telegram or WhatsApp becomes E.164, read in `country` (ISO 3166-1 alpha-2).
    """
    written = text.strip()
    match kind:
        case ContactKind.TELEGRAM:
            known = _TELEGRAM.fullmatch(written) or _TELEGRAM_NAME.fullmatch(written)
            return f"@{known['name']}" if known else phones.normalised(written, country)
        case ContactKind.WHATSAPP:
            known = _WHATSAPP.fullmatch(written)
            return phones.normalised(f"+{known['digits']}" if known else written, country)
        case ContactKind.MATRIX:
            known = _MATRIX.fullmatch(written)
            return "@" + unquote(known["name"]).removeprefix("@") if known else written
        case ContactKind.DISCORD:
            known = _DISCORD.fullmatch(written)
            return known["name"] if known else written
        case _:
            return written


def kind_of_address(address: str) -> ContactKind:
    """What a web address leads to: the service where it is somebody's page on one that Belfry writes to, else WEBSITE."""
    written = address.strip()
    if _TELEGRAM.fullmatch(written):
        return ContactKind.TELEGRAM
    if _WHATSAPP.fullmatch(written):
        return ContactKind.WHATSAPP
    if _MATRIX.fullmatch(written) or _MATRIX_NAME.fullmatch(written):
        return ContactKind.MATRIX
    return ContactKind.DISCORD if _DISCORD.fullmatch(written) else ContactKind.WEBSITE
