"""A message as the services share it: text with light formatting as a small tree, attachments, and the two ways it comes to be.

Nothing here knows any service. How a tree becomes a service's own text is that service's `render`, made with `lay_out`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

LINK_SCHEMES = ("http", "https", "mailto", "tel")
"""What a link may lead to. Anything else is written out as text, so that no service drops it without a word."""

WORD_JOINER = "\u2060"
"""No width, no line break, no letter: keeps two characters apart for a machine and together for a reader."""


class Style(StrEnum):
    """How a piece of text looks."""

    BOLD = "bold"
    ITALIC = "italic"
    STRIKE = "strike"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of one line in one look. Raises ValueError for a text with a line break in it.

    Every character stands for itself: a `*` or `<` in it is shown, by every service, and never formats.

    Attributes:
        link: where it leads, one of LINK_SCHEMES; empty for none.
        inert: it was not written by the author (it comes out of member data): `@name` and the like in it must not reach out to anybody.
    """

    text: str
    styles: frozenset[Style] = frozenset()
    link: str = ""
    inert: bool = False

    def __post_init__(self) -> None:
        if self.text.splitlines() not in ([], [self.text]):
            raise ValueError("a Text is one line")


@dataclass(frozen=True, slots=True)
class LineBreak:
    """The line ends here, the paragraph goes on."""


Inline = Text | LineBreak


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """One point of a list.

    Attributes:
        label: its number as the author wrote it, such as `19.` or `08)`; empty for a bullet. Never counted anew: `24. Dezember` is no fourth point.
    """

    blocks: "tuple[Block, ...]"
    label: str = ""


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list, with bullets or numbers."""

    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines in type of one width, shown as they are; no line break at the end."""

    text: str


Block = Paragraph | ListBlock | CodeBlock
Body = tuple[Block, ...]


class AttachmentKind(Enum):
    """How a file is shown."""

    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message.

    Attributes:
        name: with its ending, as the receivers see it.
        media_type: e.g. `image/jpeg`.
    """

    kind: AttachmentKind
    name: str
    media_type: str
    content: bytes

    def __repr__(self) -> str:
        return f"Attachment(kind={self.kind}, name={self.name!r}, media_type={self.media_type!r}, content=<{len(self.content)} bytes>)"


@dataclass(frozen=True, slots=True)
class Message:
    """What one delivery says.

    Attributes:
        silent: arrives without a sound, where the service can do so.
    """

    body: Body
    attachments: tuple[Attachment, ...] = ()
    silent: bool = False


def from_markdown(text: str) -> Body:
    """Read what an author wrote: CommonMark's bold, italic, code, fenced code, links and lists, and `~~strike~~`.

    Nothing of it is lost. A single line break stays one, since people write lines. A heading is a bold paragraph, an image its link; rules,
    quotes, HTML, references and indented lines stay the characters that they are.
    """
    tokens = _parser().parse("\n".join(text.splitlines()))
    return tuple(_blocks(iter(tokens), ""))


def from_plain(text: str) -> Body:
    """Take a text as it is (member data, a title, a place): paragraphs and lines of inert Text, whatever characters it holds."""
    paragraphs = re.split(r"\n(?:[^\S\n]*\n)+", "\n".join(text.splitlines()).strip("\n"))
    return tuple(Paragraph(tuple(_lines(paragraph))) for paragraph in paragraphs if paragraph.strip())


def is_blank(body: Body) -> bool:
    """Whether a reader would see nothing at all (white space and invisible characters only)."""
    return all(unicodedata.category(letter) in ("Zs", "Zl", "Zp", "Cc", "Cf") for letter in plain(body))


def lay_out(
    body: Body, line: Callable[[Sequence[Text]], str], code: Callable[[str], str] = str, *, bullet: str = "-", before_list: str = "\n"
) -> str:
    """Write a tree as text: a blank line between blocks, lists with a mark and indented by its width. For services without lists of their own.

    Args:
        line: writes the pieces of one line. No piece is without text; one whose text was blank but which has a link shows that link.
        code: writes a block of code, which is never indented.
        before_list: what stands between a paragraph and the list that follows it.
    """
    written, _ = _Layout(line, code, bullet, before_list).blocks(body, indent="", gap="\n\n")
    return written


def plain(body: Body) -> str:
    """The text without any formatting; a link as `text (address)`."""
    return lay_out(body, plain_line)


def plain_line(pieces: Sequence[Text]) -> str:
    """One line without any formatting; a link as `text (address)`."""
    return "".join("".join(piece.text for piece in run) + address_after(run) for run in runs_by_link(pieces))


def runs_by_link(pieces: Sequence[Text]) -> list[list[Text]]:
    """The pieces of a line, those side by side with one link (or none) together."""
    return [list(run) for _, run in groupby(pieces, key=lambda piece: piece.link)]


def address_after(run: Sequence[Text]) -> str:
    """What to write behind a link where the service has no links: ` (address)`, or nothing where the text is the address already."""
    link = run[0].link
    shown = "".join(piece.text for piece in run).strip()
    return "" if not link or shown in (link, link.partition(":")[2], link.partition("://")[2]) else f" ({link})"


_MENTION = re.compile(r"(?<![^\W_])@(?=\w)|@(?=(?:everyone|here|channel|all)\b(?!\.\w))|(?<![\w&/])[#/](?=[^\W\d_])")


def without_mentions(text: str) -> str:
    """An inert text in which `@name`, `#tag` and `/command` reach out to nobody; e-mail and web addresses stay whole."""
    return "".join(part if _ADDRESS.fullmatch(part) else _MENTION.sub(lambda found: found[0] + WORD_JOINER, part) for part in split_addresses(text))


_ADDRESS = re.compile(r"(https?://\S*[^\s*_~`.,;:!?'\")\]}>])", re.IGNORECASE)


def split_addresses(text: str) -> list[str]:
    """The text in parts, each web address a part of its own, so that the rest can be changed and addresses stay whole."""
    return [part for part in _ADDRESS.split(text) if part]


@dataclass(frozen=True, slots=True)
class _Layout:
    """How `lay_out` writes; the attributes are its arguments."""

    line: Callable[[Sequence[Text]], str]
    code: Callable[[str], str]
    bullet: str
    before_list: str

    def blocks(self, body: Body, indent: str, gap: str) -> tuple[str, Block | None]:
        """The blocks, `gap` between them, and the first that shows anything; every line but the first is indented."""
        written = ""
        first: Block | None = None
        before: Block | None = None
        for block in body:
            part = self.block(block, indent)
            if not part:
                continue
            if before is not None:
                between = self.before_list if isinstance(block, ListBlock) and isinstance(before, Paragraph) else gap
                written += between + ("" if isinstance(block, CodeBlock) else indent)
            written += part
            first = first or block
            before = block
        return written, first

    def block(self, block: Block, indent: str) -> str:
        match block:
            case Paragraph(inlines):
                return f"\n{indent}".join(self.line(pieces) for pieces in _split_lines(inlines)).strip("\n")
            case CodeBlock(text):
                return self.code(text) if text.strip() else ""
            case ListBlock(items):
                return f"\n{indent}".join(self.item(item, indent) for item in items)

    def item(self, item: ListItem, indent: str) -> str:
        mark = (item.label or self.bullet) + " "
        inner = indent + " " * len(mark)
        content, first = self.blocks(item.blocks, inner, gap="\n")
        match first:
            case CodeBlock():
                return f"{mark.rstrip()}\n{content}"
            case ListBlock():
                return f"{mark.rstrip()}\n{inner}{content}"
        return (mark + content).rstrip()


def _split_lines(inlines: Sequence[Inline]) -> list[list[Text]]:
    lines: list[list[Text]] = [[]]
    for inline in inlines:
        match inline:
            case LineBreak():
                lines.append([])
            case Text(text, link=link) if link and not text.strip():
                lines[-1].append(replace(inline, text=link))
            case Text(text) if text:
                lines[-1].append(inline)
    return lines


def _lines(paragraph: str) -> Iterator[Inline]:
    for number, line in enumerate(paragraph.split("\n")):
        if number:
            yield LineBreak()
        yield Text(line, inert=True)


@cache
def _parser() -> "MarkdownIt":
    # Imported late: a manifest is read at start-up, Markdown only when there is something to show.
    from markdown_it import MarkdownIt

    class Reader(MarkdownIt):
        def normalizeLink(self, url: str) -> str:
            return re.sub(r"\s", "%20", url)

        def normalizeLinkText(self, link: str) -> str:
            return link

        def validateLink(self, url: str) -> bool:
            return True  # where a link leads is judged by _linked, which loses nothing

    reader = Reader("commonmark", {"html": False})
    reader.inline.ruler.before("escape", "address", _keep_address)
    # Disabled: what would make characters vanish (references, the underline of a heading, entities) or surprise (indented lines as code).
    return reader.enable("strikethrough").disable(["reference", "lheading", "code", "blockquote", "html_block", "html_inline", "entity"])


_BARE_ADDRESS = re.compile(r"://[^\s<>\[\]`*\\]*[^\s<>\[\]`*\\_~.,;:!?'\")}]")


def _keep_address(state: "StateInline", silent: bool) -> bool:  # the library's own shape of a rule
    """A bare web address is text to its end: the `_a_` of https://example.org/_a_ is no italic."""
    found = _BARE_ADDRESS.match(state.src, state.pos, state.posMax)
    if found is None or not re.search(r"\bhttps?$", state.src[max(0, state.pos - 6) : state.pos], re.IGNORECASE):
        return False
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True


def _blocks(tokens: "Iterator[Token]", end: str) -> Iterator[Block]:
    """The blocks up to the token `end`, which is consumed."""
    for token in tokens:
        match token.type:
            case kind if kind == end:
                return
            case "paragraph_open":
                yield Paragraph(tuple(_inlines(next(tokens), frozenset())))
            case "heading_open":
                yield Paragraph(tuple(_inlines(next(tokens), frozenset({Style.BOLD}))))
            case "bullet_list_open" | "ordered_list_open":
                yield ListBlock(tuple(_items(tokens, token.type.replace("open", "close"))))
            case "fence":
                yield CodeBlock("\n".join(part for part in (token.info.strip(), token.content.removesuffix("\n")) if part))
            case "hr":
                yield Paragraph((Text(token.markup[1:]),))  # the library counts one too many


def _items(tokens: "Iterator[Token]", end: str) -> Iterator[ListItem]:
    for token in tokens:
        if token.type == end:
            return
        label = token.info + token.markup if token.info else ""
        yield ListItem(tuple(_blocks(tokens, "list_item_close")), label)


_OPENED = {"strong_open": Style.BOLD, "em_open": Style.ITALIC, "s_open": Style.STRIKE}
_CLOSED = {"strong_close": Style.BOLD, "em_close": Style.ITALIC, "s_close": Style.STRIKE}


def _inlines(holder: "Token", styles: frozenset[Style]) -> Iterator[Inline]:
    """The pieces of a paragraph, those side by side with one look joined."""
    pieces: list[Inline] = []
    open_styles = [*styles]
    link: Token | None = None
    linked_from = 0
    for token in holder.children or ():
        now = frozenset(open_styles)
        match token.type:
            case "text" | "text_special":
                pieces.append(Text(token.content, now))
            case "code_inline":
                pieces.append(Text(token.content, now | {Style.CODE}))
            case "softbreak" | "hardbreak":
                pieces.append(LineBreak())
            case "image":
                pieces += _linked([Text(token.content, now)], str(token.attrs.get("src", "")), str(token.attrs.get("title", "")), now)
            case "link_open":
                link, linked_from = token, len(pieces)
            case "link_close" if link is not None:
                inside = pieces[linked_from:]
                pieces[linked_from:] = _linked(inside, str(link.attrs.get("href", "")), str(link.attrs.get("title", "")), now)
                link = None
            case kind if kind in _OPENED:
                open_styles.append(_OPENED[kind])
            case kind if kind in _CLOSED:
                open_styles.remove(_CLOSED[kind])
    return _joined(pieces)


def _linked(inside: list[Inline], address: str, title: str, styles: frozenset[Style]) -> list[Inline]:
    """What stands in a link, leading there; an address that no service would take, and a title, are written behind it."""
    scheme, _, rest = address.partition(":")
    if scheme.lower() in LINK_SCHEMES and rest.strip("/"):
        shown = [replace(piece, link=piece.link or address) if isinstance(piece, Text) else piece for piece in inside]
        if not any(isinstance(piece, Text) and piece.text.strip() for piece in shown):
            shown = [Text(address, styles, address)]
        behind = title
    else:
        shown, behind = inside, " ".join(part for part in (address, title) if part)
    return [*shown, Text(f" ({behind})", styles)] if behind else shown


def _joined(pieces: list[Inline]) -> Iterator[Inline]:
    waiting: Text | None = None
    for piece in pieces:
        match piece:
            case Text() if waiting is not None and (waiting.styles, waiting.link) == (piece.styles, piece.link):
                waiting = replace(waiting, text=waiting.text + piece.text)
            case Text():
                if waiting is not None and waiting.text:
                    yield waiting
                waiting = piece
            case LineBreak():
                if waiting is not None and waiting.text:
                    yield waiting
                waiting = None
                yield piece
    if waiting is not None and waiting.text:
        yield waiting
