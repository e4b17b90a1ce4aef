"""Texts of a calendar file as plain text: escapes undone (RFC 5545 §3.3.11), HTML made readable."""

import re
from html.parser import HTMLParser

from icalendar.parser import unescape_backslash

LONGEST_TEXT = 100_000
"""Characters of a description; what is beyond is cut off."""

_HTML = re.compile(r"<(?:br|p|div|span|a|b|i|u|ul|ol|li|html|body|strong|em|table|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff]")
_LINES = {"p", "div", "li", "tr", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table"}
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
    text = plain(value[: 2 * LONGEST_TEXT]) or plain(html[: 2 * LONGEST_TEXT])
    cut = len(value or html) > 2 * LONGEST_TEXT
    if _HTML.search(text):
        reader = _Reader()
        reader.feed(text)
        reader.close()
        text = reader.text()
    return text[:LONGEST_TEXT].rstrip(), cut or len(text) > LONGEST_TEXT


class _Reader(HTMLParser):
    """Collects what a person would see."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._hidden = 0
        self._link = ""
        self._link_from = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        if tag == "br" or tag in _LINES:
            self._parts.append("\n")
        if tag == "li":
            self._parts.append("- ")
        if tag == "a":
            self._link, self._link_from = dict(attrs).get("href") or "", len(self._parts)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        if tag == "p":
            self._parts.append("\n")
        if tag == "a" and self._link:
            shown = "".join(self._parts[self._link_from :])
            if self._link.removeprefix("mailto:") not in shown:
                self._parts.append(f" ({self._link.removeprefix('mailto:')})")
            self._link = ""

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._parts.append(data)

    def text(self) -> str:
        """What was collected, with at most one empty line in a row."""
        lines = [" ".join(line.split()) for line in "".join(self._parts).split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
