"""How Telegram reads a text sent with `parse_mode=HTML`: https://core.telegram.org/bots/api#html-style and td's `parse_html`.

Written from the documentation, apart from Belfry's own renderer. Stricter than the real one in one thing: an `&` that begins no escape is refused
where Telegram shows it, so that text that nobody escaped is found.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

_TAGS: Mapping[str, str] = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_ESCAPES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ESCAPE = re.compile(r"&(?:(lt|gt|amp|quot)|#([0-9]{1,8})|#x([0-9a-f]{1,6}));", re.IGNORECASE)
_START = re.compile(r"<([^\s<>/\"'=]*)")
_ATTRIBUTE = re.compile(r"\s+([a-z-]+)(?:=(\"[^\"]*\"|'[^']*'|[\w.-]+))?", re.IGNORECASE)
_END = re.compile(r"</([^\s<>]*)\s*>")
_FOUND = {
    "mention": re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{2,32}(?!\w)", re.ASCII),
    "hashtag": re.compile(r"(?<![\w@#])#\w*[^\W\d_]\w*"),
    "bot_command": re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?![\w/<>])"),
}


class ParseError(ValueError):
    """The text is no HTML that Telegram takes; says what the real server says after "can't parse entities: "."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A formatted stretch of a text. `offset` and `length` in UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str = ""

    def as_json(self) -> dict[str, object]:
        return {"type": self.type, "offset": self.offset, "length": self.length} | ({"url": self.url} if self.url else {})


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the unit of every limit of Telegram."""
    return len(text.encode("utf-16-le")) // 2


def parse(html: str) -> tuple[str, list[Entity]]:
    """The text that is shown, and its formatting. Raises ParseError."""
    text = ""
    open_tags: list[tuple[str, str, int]] = []
    entities: list[Entity] = []
    position = 0
    while position < len(html):
        match html[position]:
            case "<" if html.startswith("</", position):
                found = _END.match(html, position)
                if not found or not open_tags:
                    raise ParseError(f"Unexpected end tag at byte offset {_byte(html, position)}")
                name, url, start = open_tags.pop()
                if found[1].lower() not in ("", name):
                    raise ParseError(f'Unmatched end tag at byte offset {_byte(html, position)}, expected "</{name}>", found "</{found[1]}>"')
                length = utf16_length(text[start:])
                if length and (name != "a" or _is_link(url or text[start:])):
                    entities.append(Entity(_TAGS[name], utf16_length(text[:start]), length, (url or text[start:]) if name == "a" else ""))
                position = found.end()
            case "<":
                name, attributes, position = _start_tag(html, position)
                open_tags.append((name, attributes.get("href", ""), len(text)))
            case "&":
                letter, position = _unescape(html, position)
                text += letter
            case letter:
                text += letter
                position += 1
    if open_tags:
        raise ParseError(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return text, sorted(entities, key=lambda entity: (entity.offset, -entity.length))


def cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """What Telegram keeps of a text: control characters as blanks, no carriage returns, no white space around it (td's `clean_input_string`)."""
    kept = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", text)
    kept = re.sub(r"[\r\u2028-\u202e\u0333\u033f\u030a]", "", kept)
    left = utf16_length(kept) - utf16_length(kept.lstrip())
    kept = kept.strip()
    whole = utf16_length(kept)
    moved = [replace(entity, offset=max(entity.offset - left, 0)) for entity in entities]
    return kept, [replace(entity, length=min(entity.length, whole - entity.offset)) for entity in moved if entity.offset < whole]


def found_by_itself(text: str) -> list[tuple[str, str]]:
    """What Telegram makes clickable unasked and what may ring at somebody's: mentions, hashtags, bot commands, as (type, text)."""
    return [(kind, hit[0]) for kind, pattern in _FOUND.items() for hit in pattern.finditer(text)]


def _start_tag(html: str, position: int) -> tuple[str, dict[str, str], int]:
    found = _START.match(html, position)
    assert found is not None  # the caller saw the "<"
    name = found[1].lower()
    at = _byte(html, position)
    if name not in _TAGS:
        raise ParseError(f'Unsupported start tag "{found[1]}" at byte offset {at}')
    attributes: dict[str, str] = {}
    end = found.end()
    while attribute := _ATTRIBUTE.match(html, end):
        attributes[attribute[1].lower()] = _unescape_all((attribute[2] or "").strip("\"'"))
        end = attribute.end()
    close = re.compile(r"\s*>").match(html, end)
    if not close:
        raise ParseError(f'Unclosed start tag "{name}" at byte offset {at}')
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise ParseError(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    return name, attributes, close.end()


def _unescape(html: str, position: int) -> tuple[str, int]:
    found = _ESCAPE.match(html, position)
    if not found:
        raise ParseError(f"Unknown escape at byte offset {_byte(html, position)}")
    if found[1]:
        return _ESCAPES[found[1].lower()], found.end()
    code = int(found[2]) if found[2] else int(found[3], 16)
    if not 0 < code <= 0x10FFFF or 0xD800 <= code < 0xE000:
        raise ParseError(f"Unknown escape at byte offset {_byte(html, position)}")
    return chr(code), found.end()


def _unescape_all(value: str) -> str:
    parts, position = [], 0
    while position < len(value):
        if value[position] == "&":
            letter, position = _unescape(value, position)
        else:
            letter, position = value[position], position + 1
        parts.append(letter)
    return "".join(parts)


def _is_link(url: str) -> bool:
    """Whether Telegram makes it a link (td's `LinkManager::check_link`); else the text stays and the address is dropped without a word."""
    scheme, colon, rest = url.partition("://")
    if not colon:
        scheme, rest = "http", url
    host = re.split(r"[/?#]", rest)[0].rpartition("@")[2]
    own = scheme.lower() in ("tg", "ton")
    return own or (scheme.lower() in ("http", "https", "ftp") and not re.search(r"\s", host) and ("." in host or "[" in host))


def _byte(text: str, position: int) -> int:
    return len(text[:position].encode())
