"""A message as Telegram shows it, in its HTML: https://core.telegram.org/bots/api#html-style."""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from integrations.base import LengthUnit, Limits, Rendered, limit_for, limit_problems
from integrations.message import Message, Style, Text, address_after, lay_out, runs_by_link, without_mentions
from resources.translations import Phrase, phrase, phrases

LIMITS = Limits(text=4096, caption=1024, attachments=1, photo_bytes=10_000_000, document_bytes=50_000_000, unit=LengthUnit.UTF16)
ENTITY_LIMIT = 100

_TAGS = {Style.BOLD: "b", Style.ITALIC: "i", Style.STRIKE: "s"}
_TAG = re.compile(r"<[^>]*>")


def render(message: Message, settings: Mapping[str, str]) -> Rendered:
    """The text in Telegram's HTML; its length counted as Telegram does, after parsing, in UTF-16 units."""
    # Half a surrogate pair, as broken data may hold it, can't be sent at all: it becomes the sign for an unknown character.
    text = lay_out(message.body, _line, _code, bullet="•").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    length = LIMITS.unit.of(html.unescape(_TAG.sub("", text)))
    entities = len(_TAG.findall(text)) // 2
    problems = (*limit_problems(message, length, LIMITS, "Telegram"), *_own_problems(message, entities))
    return Rendered(text, length, limit_for(message, LIMITS), problems, entities)


def _own_problems(message: Message, entities: int) -> list[Phrase]:
    problems = [phrase("“{file}” is empty. Choose the file again.", file=file.name) for file in message.attachments if not file.content]
    if entities > ENTITY_LIMIT:
        problems.append(
            phrases(
                "The text has {n} bold, italic or linked piece, and Telegram shows {limit}. Take some of the formatting out.",
                "The text has {n} bold, italic or linked pieces, and Telegram shows {limit}. Take some of the formatting out.",
                n=entities,
                limit=ENTITY_LIMIT,
            )
        )
    return problems


def _line(pieces: Sequence[Text]) -> str:
    return "".join(_run(run) for run in runs_by_link(pieces))


def _run(run: Sequence[Text]) -> str:
    link = run[0].link
    if _is_linkable(link):
        # Telegram drops either the link or the type of one width where both meet; the link is of more use.
        shown = "".join(_styled(replace(piece, styles=piece.styles - {Style.CODE})) for piece in run)
        return f'<a href="{html.escape(link, quote=False).replace(chr(34), "&quot;")}">{shown}</a>'
    return "".join(_styled(piece) for piece in run) + html.escape(address_after(run), quote=False)


def _styled(piece: Text) -> str:
    text = html.escape(without_mentions(piece.text) if piece.inert else piece.text, quote=False)
    if not text.strip():  # nobody sees how a blank looks, and Telegram takes the formatting off
        return text
    if Style.CODE in piece.styles:  # which can't be anything else as well
        return f"<code>{text}</code>"
    for style, tag in _TAGS.items():
        if style in piece.styles:
            text = f"<{tag}>{text}</{tag}>"
    return text


def _code(text: str) -> str:
    return f"<pre>{html.escape(text, quote=False)}</pre>"


def _is_linkable(link: str) -> bool:
    """Whether Telegram makes a link of it: web addresses with a dot in the host only. It drops any other without a word (td's `check_link`)."""
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:  # brackets that never close
        return False
    return parts.scheme in ("http", "https") and ("." in host.strip(".") or ":" in host) and not re.search(r"\s", link)
