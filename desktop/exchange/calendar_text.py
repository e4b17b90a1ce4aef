"""Texts of a calendar file as plain text: escapes undone (RFC 5545 §3.3.11), HTML made readable.

Not with html.parser: on tags that never close its time grows with the square of the text, and 100 kB take minutes.
"""

import re
from html import unescape

from icalendar.parser import unescape_backslash

LONGEST_TEXT = 100_000
"""Characters of a description; what is beyond is cut off."""

_HTML = re.compile(r"</?(?:br|p|div|span|a|b|i|u|ul|ol|li|html|body|strong|em|table|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TAG = re.compile(r"(<[!/?a-zA-Z][^<>]*>)")
_NAME = re.compile(r"</?([a-zA-Z0-9]+)")
_HREF = re.compile(r"""\shref\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff]")
_LINES = {"br", "p", "div", "li", "tr", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table"}
_APART = {"p", "ul", "ol", "table"}
_HIDDEN = {"script", "style", "head", "title"}


def plain(value: str) -> str:
    """The text of a value as it is written in the file."""
    return _CONTROLS.sub("", unescape_backslash(value).replace("\r\n", "\n").replace("\r", "\n")).strip()


def one_line(value: str) -> str:
    """The same, on one line."""
    return " ".join(plain(value).split())


def description(value: str, html: str) -> tuple[str, bool]:
    """The text that describes an event, and whether it had to be cut.

    Google writes HTML in DESCRIPTION; Outlook writes plain text there and HTML in X-ALT-DESC, which counts where the other is empty.
    """
    source = value if value.strip() else html
    text = plain(source[: 2 * LONGEST_TEXT])
    if _HTML.search(text):
        text = _seen(text)
    return text[:LONGEST_TEXT].rstrip(), len(source) > 2 * LONGEST_TEXT or len(text) > LONGEST_TEXT


def _seen(html: str) -> str:
    """What a person would see of HTML, with at most one empty line in a row."""
    parts: list[str] = []
    hidden = 0
    link, link_from = "", 0
    for piece in _TAG.split(html):
        if not _TAG.fullmatch(piece):
            parts += [] if hidden else [unescape(piece)]
            continue
        found = _NAME.match(piece)
        tag = found[1].lower() if found else ""
        closes = piece.startswith("</")
        if tag in _HIDDEN:
            hidden = max(0, hidden - 1) if closes else hidden + 1
        elif tag in _LINES and (not closes or tag in _APART):
            parts.append("\n- " if tag == "li" else "\n")
        elif tag == "a" and not closes:
            href = _HREF.search(piece)
            link, link_from = unescape(href[1]).removeprefix("mailto:") if href else "", len(parts)
        elif tag == "a" and link:
            parts += [] if link in "".join(parts[link_from:]) else [f" ({link})"]
            link = ""
    lines = [" ".join(line.split()) for line in "".join(parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
