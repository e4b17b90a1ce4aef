"""E-mail addresses in one form, judged by how they are written (RFC 5321, 5322, 6531); whether a mailbox exists only a message can tell.

email-validator takes 60 µs for an address, which is 6 s for 100,000 members; what is plainly right is told by one regular expression.
"""

import functools
import re

from desktop.community.members import ContactKind, ContactPoint

_PLAIN = re.compile(
    r"(?P<local>[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*)@(?P<domain>(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63})"
)
_MAX_LOCAL = 64
_MAX_LENGTH = 254


def normalised(address: str) -> str | None:
    """The address with its domain in lower case and in Unicode's usual form; None where it can't be an address.

    The part before the @ keeps its letters as they are; no mailbox of today tells `Ana@` from `ana@`, so compare with `key`.
    """
    plain = _PLAIN.fullmatch(address)
    if plain is None or len(address) > _MAX_LENGTH or plain.end("local") > _MAX_LOCAL or "--" in address:
        return _validated(address)
    at = plain.end("local")
    return address[:at] + address[at:].lower()


def key(address: str) -> str:
    """What two addresses have in common that reach the same mailbox."""
    return address.casefold()


@functools.lru_cache(maxsize=20_000)
def _validated(address: str) -> str | None:
    import email_validator  # late: 40 ms that a start without odd addresses need not pay

    try:
        return email_validator.validate_email(address, check_deliverability=False, test_environment=True, strict=True).normalized
    except email_validator.EmailNotValidError:
        return None


def write_to(way: ContactPoint) -> str:
    """What the system opens to write to somebody: `mailto:`, `tel:`, `https://wa.me/…`; empty where there is nothing to open."""
    digits = re.sub(r"\D", "", way.value)
    match way.kind:
        case ContactKind.EMAIL:
            return f"mailto:{way.value}"
        case ContactKind.PHONE:
            return f"tel:{way.value.replace(' ', '')}"
        case ContactKind.WHATSAPP:
            return f"https://wa.me/{digits}" if digits else ""
        case ContactKind.TELEGRAM:
            return f"https://t.me/{way.value.lstrip('@')}"
        case ContactKind.MATRIX:
            return f"https://matrix.to/#/{way.value}"
        case ContactKind.DISCORD:
            return f"https://discord.com/users/{way.value}" if way.value.isdecimal() else ""
        case ContactKind.WEBSITE:
            return way.value if "://" in way.value else f"https://{way.value}"
        case ContactKind.POSTAL:
            return ""
