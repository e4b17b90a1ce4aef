"""A rendered message as rich text for a label, the way that its readers see it. All of it is escaped first: nothing in it can become markup."""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from functools import lru_cache

from desktop.ui.numbers import digits
from integrations.message import Style, Text, from_markdown, lay_out, runs_by_link, split_addresses
from resources.translations import ngettext

_MONO = "font-family:monospace"
_TAGS = {Style.BOLD: "b", Style.ITALIC: "i", Style.STRIKE: "s"}


DRAWN = 4500  # characters: all that a chat takes; of a longer post the beginning shows how it looks


class Manner(Enum):
    """How a place draws messages."""

    TELEGRAM = auto()
    WHATSAPP = auto()
    CHAT = auto()
    POST = auto()
    MARKDOWN = auto()


def manner_of(service: str, settings: Mapping[str, str]) -> Manner:
    """The manner of a channel, from the id of its service and the channel's own settings."""
    match service, settings.get("formatting", ""):
        case "telegram", _:
            return Manner.TELEGRAM
        case "byhand", "plain":
            return Manner.POST
        case "byhand", "markdown":
            return Manner.MARKDOWN
        case "byhand", _:
            return Manner.WHATSAPP
        case _:
            return Manner.CHAT


def rich(manner: Manner, rendered: str, link: str) -> str:
    """The text of a `Rendered` as Qt's rich text. `link`: the colour of links, `#rrggbb`."""
    match manner:
        case Manner.TELEGRAM:
            body = _telegram(rendered)
        case Manner.WHATSAPP:
            body = "<br>".join(_whatsapp(rendered))
        case Manner.MARKDOWN:
            body = markdown(rendered)
        case Manner.CHAT | Manner.POST:
            body = _lines(rendered, _addresses)
    coloured = re.sub(r"<a href=", f'<a style="color:{link}" href=', body)
    return f'<div style="white-space:pre-wrap">{coloured}</div>'


def plain(formatted: str) -> str:
    """What `rich` made, for those who listen."""
    return html.unescape(re.sub(r"<[^>]*>", "", formatted.replace("<br>", "\n"))).strip()


def beginning(text: str) -> str:
    """A rendered text, cut between words and never within a tag where it is longer than is drawn. What a cut leaves open, Qt closes."""
    kept = _cut(text)
    return kept[: kept.rfind("<")] if len(kept) < len(text) and kept.rfind("<") > kept.rfind(">") else kept


def more_words(more: int) -> str:
    """What is not drawn."""
    return ngettext("… and {n} character more", "… and {n} characters more", more).format(n=digits(more))


def draft(text: str) -> str:
    """What an author wrote, formatted: all of it, or the beginning of what is longer than is drawn."""
    kept = _cut(text)
    more = f"<br><br><i>{_escaped(more_words(len(text) - len(kept)))}</i>" if len(kept) < len(text) else ""
    return f'<div style="white-space:pre-wrap">{markdown(kept)}{more}</div>'


def _cut(text: str) -> str:
    if len(text) <= DRAWN:
        return text
    return text[: max(text.rfind("\n", DRAWN // 2, DRAWN), text.rfind(" ", DRAWN // 2, DRAWN), 0) or DRAWN]


@lru_cache(maxsize=8)  # the sheet, the panel and the list show one text, one after the other
def markdown(text: str) -> str:
    """What an author wrote, formatted, as the inside of rich text."""
    return lay_out(from_markdown(text), _line, lambda code: f'<span style="{_MONO}">{_escaped(code)}</span>', bullet="•").replace("\n", "<br>")


def _telegram(rendered: str) -> str:
    """Telegram's HTML is nearly Qt's; its `pre` would break lines of its own."""
    mono = rendered.replace("<pre>", f'<span style="{_MONO}">').replace("</pre>", "</span>")
    mono = mono.replace("<code>", f'<span style="{_MONO}">').replace("</code>", "</span>")
    return mono.replace("\n", "<br>")


_MARKS = {"*": "b", "_": "i", "~": "s"}
_WHATSAPP = re.compile(r"(?<![^\W_])(?P<mark>[*_~`])(?=\S)(?P<inside>.+?)(?<=\S)(?P=mark)(?![^\W_])")


def _whatsapp(text: str) -> Sequence[str]:
    pieces = re.split(r"```(.*?)```", text, flags=re.DOTALL)
    shown = "".join(
        f'<span style="{_MONO}">{_escaped(piece)}</span>' if number % 2 else "\n".join(_marked(line) for line in piece.split("\n"))
        for number, piece in enumerate(pieces)
    )
    return [re.sub(r"^- ", "• ", line) for line in shown.split("\n")]


def _marked(line: str) -> str:
    """One line of WhatsApp's text: marks at the edges of words format what is between them, also one in another."""
    found = _WHATSAPP.search(line)
    if found is None:
        return _addresses(line)
    inside = found["inside"]
    shown = f'<span style="{_MONO}">{_escaped(inside)}</span>' if found["mark"] == "`" else _tagged(_MARKS[found["mark"]], _marked(inside))
    return _addresses(line[: found.start()]) + shown + _marked(line[found.end() :])


def _tagged(tag: str, inside: str) -> str:
    return f"<{tag}>{inside}</{tag}>"


def _lines(text: str, line: Callable[[str], str]) -> str:
    return "<br>".join(line(one) for one in text.split("\n"))


def _addresses(text: str) -> str:
    """Text in which web addresses are links, as every app shows them."""
    return "".join(
        f'<a href="{html.escape(part)}">{_escaped(part)}</a>'
        if part.lower().startswith(("http://", "https://")) and len(part) > 8
        else _escaped(part)
        for part in split_addresses(text)
    )


def _line(pieces: Sequence[Text]) -> str:
    shown = ""
    for run in runs_by_link(pieces):
        inside = "".join(_styled(piece) for piece in run)
        shown += f'<a href="{html.escape(run[0].link)}">{inside}</a>' if run[0].link else inside
    return shown


def _styled(piece: Text) -> str:
    text = _addresses(piece.text) if not piece.link else _escaped(piece.text)
    if Style.CODE in piece.styles:
        return f'<span style="{_MONO}">{_escaped(piece.text)}</span>'
    for style, tag in _TAGS.items():
        if style in piece.styles:
            text = _tagged(tag, text)
    return text


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)
