"""What every reader of files begins with: is there a file, what kind is it, in which encoding is its text."""

import codecs
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.community.errors import Refused, Trouble
from resources.translations import Phrase, phrase

SAMPLE = 1 << 18
"""How many bytes are looked at where a part of the file has to stand for the whole."""

_LONG = 1 << 22
_MENDING = "belfry-mending"
_CODE_PAGES = {  # what Windows programs call ANSI in a country; elsewhere cp1252
    "cp1250": "AL BA CZ HR HU ME PL RO RS SI SK",
    "cp1251": "BG BY KG KZ MK MN RU TJ UA UZ",
    "cp1253": "CY GR",
    "cp1254": "AZ TR",
    "cp1255": "IL",
    "cp1256": "AE AF BH DZ EG IQ IR JO KW LB LY MA OM PK QA SA SD SY TN YE",
    "cp1257": "EE LT LV",
    "cp1258": "VN",
    "cp874": "TH",
    "cp932": "JP",
    "cp949": "KR",
    "cp936": "CN SG",
    "cp950": "HK MO TW",
}
_OTHER_SCRIPTS = ["cp1252", "cp1251", "cp1253", "cp932", "gb18030", "cp949", "big5"]  # what bytes alone can tell from each other
_CONTROLS = bytes([*range(0x07), *range(0x0E, 0x1B), *range(0x1C, 0x20)])


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the text of a file is written.

    Attributes:
        name: for `open()`.
        errors: for `open()`, too.
        lines: how many line ends the file has.
        size: bytes.
        longest: about how many bytes the longest line has, where it has more than 4 MiB; else 0.
    """

    name: str
    errors: str
    lines: int
    size: int
    longest: int = 0


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Errors of the file system while `path` is read, as sentences."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Refused(phrase("There is no file {file}.", file=str(path))) from error
    except IsADirectoryError as error:
        raise Refused(phrase("{file} is a folder. Choose a file in it.", file=str(path))) from error
    except OSError as error:
        raise Trouble(phrase("{file} could not be read: {reason}", file=str(path), reason=error.strerror or str(error))) from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Errors of the file system while `path` is written, as sentences."""
    try:
        yield
    except OSError as error:
        raise Trouble(phrase("{file} could not be written: {reason}", file=str(path), reason=error.strerror or str(error))) from error


def recognise(path: Path, country: str = "") -> Encoding:
    """How the text of a file is written: UTF-8 or UTF-16 with or without a mark, else the code page of its script or of the `country`.

    The whole file is looked at once. Raises Refused where it is empty or no text, and says what it is instead where that can be seen.
    """
    with reading(path):
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(SAMPLE)
        if not head.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
            raise Refused(phrase("{file} is empty.", file=path.name))
        kind = _other_kind(head)
        if kind is not None:
            raise Refused(kind)
        wide = _wide(head)
        if wide:
            return Encoding(wide, "replace", _lines(path), size)
        if _is_binary(head):
            raise Refused(phrase("{file} is not a text file. Export the list again as CSV, vCard or iCalendar, and import that.", file=path.name))
        scan = _Scan()
        with path.open("rb") as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                scan.feed(block)
        scan.finish()
    if not scan.broken:
        return Encoding("utf-8-sig", "strict", scan.lines, size, scan.longest)
    if scan.good > scan.broken:  # UTF-8 into which something else was pasted
        return Encoding("utf-8-sig", _MENDING, scan.lines, size, scan.longest)
    return Encoding(_code_page(scan.sample, country), "replace", scan.lines, size, scan.longest)


def _other_kind(head: bytes) -> Phrase | None:
    """The sentence for a file that is plainly something else."""
    start = head[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    match start:
        case _ if start.startswith(b"PK\x03\x04") and (b"xl/" in head or b"[Content_Types].xml" in head):
            return phrase("This is an Excel workbook (.xlsx). Save it from Excel as “CSV UTF-8”, and import that file.")
        case _ if start.startswith(b"PK\x03\x04") and b"opendocument.spreadsheet" in head:
            return phrase("This is a spreadsheet (.ods). Save it as CSV (File, Save as, Text CSV), and import that file.")
        case _ if start.startswith(b"PK\x03\x04"):
            return phrase("This is a ZIP archive. Unpack it first, and import the file that is in it.")
        case _ if start.startswith(b"\xd0\xcf\x11\xe0"):
            return phrase("This is an old Excel or Word file. Open it there, save it as CSV, and import that file.")
        case _ if start.startswith(b"%PDF"):
            return phrase("This is a PDF. It shows a list, but holds no table that can be read. Ask for the list as CSV or vCard.")
        case _ if start.startswith(b"SQLite format 3\x00"):
            return phrase("This is a database, perhaps a community file of Belfry. Open it instead of importing it.")
        case _ if re.match(rb"<!doctype html|<html|<\?xml|<table", start, re.IGNORECASE):
            return phrase("This is a web page, not a table. Open it in a spreadsheet, save it as CSV, and import that file.")
    return None


def _is_binary(head: bytes) -> bool:
    """Whether these bytes are no text: zero bytes, or more than a stray control character."""
    if head.startswith(codecs.BOM_UTF8):
        return False
    return b"\0" in head or len(head) - len(head.translate(None, _CONTROLS)) > len(head) * 0.02


def _wide(head: bytes) -> str:
    """UTF-16, by its mark or by the zero bytes that letters of Europe have in it; empty where it is none."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = head[0:4096:2].count(0), head[1:4096:2].count(0)
    half = max(1, min(len(head), 4096) // 2)
    if odd > half * 0.3 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.3 and odd < half * 0.05:
        return "utf-16-be"
    return ""


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


class _Scan:
    """Goes over the bytes of a file once and tells whether they are UTF-8.

    Attributes:
        lines: line ends met.
        good: characters beyond ASCII that are right in UTF-8; counted only where something was broken.
        broken: bytes that UTF-8 does not have there.
        sample: some of the lines with bytes beyond ASCII, for guessing the code page.
    """

    def __init__(self) -> None:
        self.lines = 0
        self.longest = 0
        self.good = 0
        self.broken = 0
        self._rest = b""
        self._kept: list[bytes] = []
        self._size = 0

    @property
    def sample(self) -> bytes:
        return b"\n".join(self._kept)

    def feed(self, block: bytes) -> None:
        block = self._rest + block
        end = max(block.rfind(b"\n"), block.rfind(b"\r")) + 1
        if not end and len(block) > _LONG:
            self.longest, end = len(block), len(block)
        self._rest = block[end:]
        self._look(block[:end])

    def finish(self) -> None:
        self._look(self._rest)
        self._rest = b""

    def _look(self, block: bytes) -> None:
        self.lines += block.count(b"\n") or block.count(b"\r")
        if block.isascii():
            return
        if self._size < SAMPLE:
            lines = [line for line in re.split(rb"[\r\n]+", block) if not line.isascii()][:2000]
            self._kept += lines
            self._size += sum(map(len, lines))
        try:
            block.decode("utf-8")
            self.good += len(re.findall(rb"[\xc2-\xf4]", block))
        except UnicodeDecodeError:
            text = block.decode("utf-8", "surrogateescape")
            broken = len(re.findall("[\udc80-\udcff]", text))
            self.broken += broken
            self.good += len(re.findall("[^\x00-\x7f]", text)) - broken


def _code_page(sample: bytes, country: str) -> str:
    """The code page of text that is not UTF-8.

    Bytes alone tell scripts apart (Greek, Cyrillic, Japanese), not the pages of one script (Łódź from £ódŸ): the country decides, as in Windows.
    """
    from charset_normalizer import from_bytes  # late: only files that are not Unicode need its 20 ms

    expected = next((page for page, countries in _CODE_PAGES.items() if country in countries.split()), "cp1252")
    best = from_bytes(sample[:SAMPLE], cp_isolation=_OTHER_SCRIPTS).best() if expected == "cp1252" else None
    if best is not None and best.encoding != "cp1252":
        try:
            sample.decode("cp1252")
            usual = from_bytes(sample[:SAMPLE], cp_isolation=["cp1252"]).best()
        except UnicodeDecodeError:
            usual = None
        if usual is None or best.coherence > usual.coherence + 0.1:
            return best.encoding
    try:
        sample.decode(expected)
    except UnicodeDecodeError:
        return "latin-1"
    return expected


def _mend(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_MENDING, _mend)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file, for its owner alone, to be written in the block; it takes the place of `path` once the block has ended well, and not before."""
    with writing(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
        fresh = Path(name)
        try:
            yield fresh
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)


def refuse_other_kinds(path: Path, marks: tuple[str, ...], sentence: Phrase) -> None:
    """Raises Refused where none of the marks stands near the beginning of a file: with what the file is where that can be seen, else the sentence."""
    with reading(path):
        with path.open("rb") as file:
            head = file.read(SAMPLE)
        if not head.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
            raise Refused(phrase("{file} is empty.", file=path.name))
        text = head.decode("utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "latin-1", "replace").upper()
        if not any(mark in text for mark in marks):
            raise Refused(_other_kind(head) or sentence)
