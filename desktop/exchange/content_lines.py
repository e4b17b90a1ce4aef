"""The lines of vCard files of every version as properties: folding, quoted-printable, base64, character sets, groups.

icalendar's own reader of content lines refuses the bare parameters of vCard 2.1 (`TEL;CELL:`) and knows nothing of its soft line breaks, vobject
keeps whole photos several times over, the others stop at one version: so this is the smallest that reads 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350).
The file is read byte by byte as Latin-1, so that a fold in the middle of a letter does no harm; each property is then decoded on its own.
"""

import binascii
import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

MAX_VALUE = 64 << 20
"""How many characters one property may have; a photo of 45 MB fits."""

_HEAD = re.compile(r'(?:(?P<group>[\w-]+)\.)?(?P<name>[\w-]+)(?P<params>(?:;(?:"[^"]*"|[^";:])*)*):')
_PARAM = re.compile(r';((?:"[^"]*"|[^";])*)')
_LISTED = re.compile(r'"[^"]*"|[^,"]+')
_LOOKS_LIKE_PROPERTY = re.compile(r"(?:\w+\.)?[A-Z][A-Z0-9-]*(?:;[^:]*)?:")
_ENCODED = re.compile(r"BASE64|ENCODING=B[;:]", re.IGNORECASE)
_BASE64_LINE = re.compile(r"[A-Za-z0-9+/]+={0,2}\s*")
_ESCAPE = re.compile(r"\\([nN;,:\\\"])")
_ENCODINGS = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"})
_MARK = codecs.BOM_UTF8.decode("latin-1")


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a card.

    Attributes:
        line: where it begins in the file, from 1.
        group: what joins it to others (`item1`), lower case; empty without.
        name: upper case.
        params: by upper-case name, each with its values; the bare ones of 2.1 are TYPE or ENCODING.
        raw: the unfolded value; its characters are bytes (Latin-1).
    """

    line: int
    group: str
    name: str
    params: dict[str, list[str]]
    raw: str

    @property
    def types(self) -> frozenset[str]:
        """The values of TYPE, upper case."""
        return frozenset(value.upper() for value in self.params.get("TYPE", ()))

    def text(self) -> str:
        """The value as text, without its escapes."""
        return unescaped(self._decoded(self.raw))

    def parts(self, mark: str = ";") -> list[str]:
        """The texts of a value that has several, between unescaped marks."""
        return [unescaped(self._decoded(part)) for part in split(self.raw, mark)]

    def raw_parts(self, mark: str = ";") -> list[str]:
        """As `parts`, with the escapes still there."""
        return [self._decoded(part) for part in split(self.raw, mark)]

    def blob(self) -> bytes | None:
        """The bytes of a base64 value or a `data:` address; None where it is something else. Raises ValueError where it is broken."""
        encoding = {value.upper() for value in self.params.get("ENCODING", ())}
        if encoding & {"B", "BASE64"}:
            return binascii.a2b_base64(self.raw.encode("latin-1"))
        if self.raw[:5].lower() == "data:":
            head, _, data = self.raw.partition(",")
            return binascii.a2b_base64(data.encode("latin-1")) if head.lower().endswith(";base64") else None
        return None

    def _decoded(self, raw: str) -> str:
        data = raw.encode("latin-1")
        if any(value.upper() == "QUOTED-PRINTABLE" for value in self.params.get("ENCODING", ())):
            data = binascii.a2b_qp(data).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        for charset in (*self.params.get("CHARSET", ()), "utf-8"):
            try:
                return data.decode(charset)
            except (LookupError, UnicodeDecodeError):
                continue
        return data.decode("cp1252", "replace")


class TooLong(Exception):
    """A property has more than MAX_VALUE characters.

    Attributes:
        line: where it begins.
    """

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def properties(path: Path) -> Iterator[Property | TooLong]:
    """The properties of a file, in its order. What has no colon is more of the property before it. Errors of the file system come as they are."""
    waiting: Property | None = None
    for number, line, whole in _unfolded(path):
        if not whole:
            if waiting:
                yield waiting
            waiting = None
            yield TooLong(number)
            continue
        found = _parsed(number, line)
        if found is None:
            if waiting:
                waiting = Property(waiting.line, waiting.group, waiting.name, waiting.params, f"{waiting.raw}\\n{line}")
            continue
        if waiting:
            yield waiting
        waiting = found
    if waiting:
        yield waiting


def split(text: str, mark: str) -> list[str]:
    """A text between marks that no backslash stands before."""
    parts, start = [], 0
    for found in re.finditer(r"\\.|" + re.escape(mark), text, re.DOTALL):
        if found.group() == mark:
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def unescaped(text: str) -> str:
    """A text without the escapes of RFC 6350, 3.4 (and `\\:`, which Google writes)."""
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], text) if "\\" in text else text


def _parsed(number: int, line: str) -> Property | None:
    head = _HEAD.match(line)
    if head is None:
        return None
    params: dict[str, list[str]] = {}
    for param in _PARAM.findall(head["params"]):
        name, equals, value = param.partition("=")
        if not equals:
            value, name = name, "ENCODING" if name.strip().upper() in _ENCODINGS else "TYPE"
        values = value.replace('"', "").split(",") if name.strip().upper() == "TYPE" else [part.strip('"') for part in _LISTED.findall(value)]
        params.setdefault(name.strip().upper(), []).extend(map(_circumflex, values))
    for one in ("LABEL", "X-ABLABEL", "ALTID"):  # text, not a list
        if one in params:
            params[one] = [",".join(params[one])]
    return Property(number, (head["group"] or "").lower(), head["name"].upper(), params, line[head.end() :])


def _circumflex(text: str) -> str:
    """The escapes of RFC 6868."""
    return text.replace("^n", "\n").replace("^'", '"').replace("^^", "^") if "^" in text else text


def _unfolded(path: Path) -> Iterator[tuple[int, str, bool]]:
    """The logical lines that are not empty: where each begins, its text, and whether it was read to its end."""
    lines = _Lines(path)
    try:
        line = lines.next()
        old = False
        while line is not None:
            number, first = lines.number, line
            if first[:10].upper().startswith("VERSION:"):
                old = "2.1" in first
            printable, encoded = "QUOTED-PRINTABLE" in first[:200].upper(), bool(_ENCODED.search(first[:200]))
            parts, size, whole = [first], len(first), not lines.cut
            line = lines.next()
            while line is not None:
                if printable and parts[-1].endswith("="):
                    skipped = not line
                    while line is not None and not line:
                        line = lines.next()  # Outlook puts an empty line after a soft line break
                    if line is None or (skipped and _LOOKS_LIKE_PROPERTY.match(line)):
                        parts[-1] = parts[-1][:-1]
                        break
                    parts[-1] = parts[-1][:-1]
                    more = line
                elif line[:1] in (" ", "\t"):
                    more = line.strip() if encoded else line if old else line[1:]  # 2.1 folds before a space that belongs to the text
                elif encoded and ":" not in line and _BASE64_LINE.fullmatch(line):
                    more = line
                else:
                    break
                size += len(more)
                whole = whole and not lines.cut and size <= MAX_VALUE
                if whole:
                    parts.append(more)
                line = lines.next()
            if first:
                yield number, "".join(parts), whole
    finally:
        lines.close()


class _Lines:
    """Physical lines without their ends, one after the other.

    Attributes:
        number: of the line given last, from 1.
        cut: it was too long and is not whole.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            wide = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        self._wide = wide
        self._file: TextIO = path.open(encoding="utf-16" if wide else "latin-1", errors="replace")
        self.number = 0
        self.cut = False

    def next(self) -> str | None:
        """The next line; None where there is none."""
        line = self._file.readline(MAX_VALUE)
        if not line:
            return None
        self.number += 1
        self.cut = len(line) >= MAX_VALUE and not line.endswith("\n")
        rest = self.cut
        while rest:
            more = self._file.readline(1 << 20)
            rest = bool(more) and not more.endswith("\n")
        if self._wide:
            line = line.encode("utf-8", "replace").decode("latin-1")
        if self.number == 1:
            line = line.removeprefix(_MARK)
        return line.removesuffix("\n")

    def close(self) -> None:
        self._file.close()
