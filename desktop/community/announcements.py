"""What a community says, where and when. Plain values; when exactly it goes out is in `schedules`, each single sending in `deliveries`."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.community.lateness import ASK, Lateness
from desktop.community.schedules import NOW, Schedule

_BEGINNING = 4000
"""Characters that are looked at for the first line: a long text takes long to parse."""
_PLAIN = r"(?:[^\s\x00-\x1f\x7f-\x9f\\`*_~\[\]<>&]|&(?= ))"  # it means itself to Markdown
_MARKED = rf"(?:(?<= )|^)(\*\*|\*|_)({_PLAIN}(?:(?:{_PLAIN}| )*{_PLAIN})?)\1(?=[ .,:;!?]|$)"
_FORMATTED = re.compile(_MARKED)
_EASY = re.compile(rf"(?![-+=#> ]|\d+[.)])(?:{_PLAIN}|{_MARKED}| )+")
"""A line that is no list, heading or quotation, with nothing in it but words, bold and italic: it is understood without a parser."""


class AnnouncementStatus(StrEnum):
    """Whether an announcement is to go out."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A photo or document that goes with an announcement.

    Attributes:
        sha256: of its content in the store's files, hexadecimal.
        name: as the receivers see it.
        media_type: e.g. `image/jpeg`.
    """

    sha256: str
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """A text for one or more channels.

    Attributes:
        id: UUIDv7 text; empty until the store has given one.
        text: Markdown (bold, italic, strike, code, link, list).
        channels: ids of the channels it goes to, in the order chosen.
        event_id: of the event it is about; needed where the schedule is BeforeEvent, otherwise empty.
        made_at: when it was made, aware, UTC; None until the store has kept it.
        photo, document: at most one of the two.
        silent: to be posted without a sound, where the service can.
    """

    text: str
    channels: tuple[str, ...]
    schedule: Schedule = NOW
    late: Lateness = ASK
    event_id: str = ""
    photo: AttachedFile | None = None
    document: AttachedFile | None = None
    silent: bool = False
    status: AnnouncementStatus = AnnouncementStatus.SCHEDULED
    made_at: datetime | None = None
    id: str = ""

    @property
    def summary(self) -> str:
        """How the text begins, without its formatting, cut at 60 characters."""
        return shortened(self.first_line)

    @property
    def first_line(self) -> str:
        """The first line that a reader sees, without its formatting, for where there is room; a very long one is cut."""
        beginning = self.text[:_BEGINNING]
        return shortened(_easy(beginning) or next(_lines(beginning), ""), 200)


def shortened(text: str, most: int = 60) -> str:
    """A text cut at so many characters, between words."""
    return textwrap.shorten(text, most, placeholder=" …")


def _easy(markdown: str) -> str:
    """The first paragraph, without the formatting, as `_lines` gives it; empty where only a parser knows."""
    words: list[str] = []
    for line in markdown.lstrip("\n").split("\n"):
        if not line.strip(" "):
            break
        if not _EASY.fullmatch(line):
            return ""
        words.append(_FORMATTED.sub(r"\2", line))
    return " ".join(words)


def _lines(markdown: str) -> Iterator[str]:
    """What a reader sees of each line that is not blank, without the formatting."""
    from markdown_it import MarkdownIt  # late: a sender that sends nothing needs no parser

    for block in MarkdownIt().enable("strikethrough").parse(markdown):
        pieces = [" " if piece.type.endswith("break") else piece.content for piece in block.children or ()]
        text = "".join(pieces) or block.content
        if text.strip():
            yield from (line.strip() for line in text.splitlines() if line.strip())
