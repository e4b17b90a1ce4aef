"""Lists of people as somebody pastes them: `Ana, Rui, +351 912 …`, `1. Ana 2. Rui +2`, lines of a copied chat (formats.md §9)."""

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from desktop.community import addresses, phones
from desktop.community.fold import fold
from desktop.community.members import ContactKind
from desktop.exchange.sentences import is_sentence, runs_through

LONGEST_NAME = 80
_LONGEST_ROW = 240
_SIGNS = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff\ufe0f"))
_SPACES = {ord(space): " " for space in "\u00a0\u2007\u2009\u202f"} | {0x20E3: ")"}  # a keycap: 1️⃣
_NUMBERING = re.compile(r"^\s*(?:\d{1,3}\s*[.):-](?!\d)|[^\w\s+(@\"'“~]+)\s*")
_NUMBERED = re.compile(r"^\s*(?:\d{1,3}\s*[.)](?!\d)|\d{1,3}\ufe0f?\u20e3)\s*\S")
_RUN_ON = re.compile(r"(?:^|\s)\d{1,3}[.)](?=\s*\D)")
_GUESTS = re.compile(r"\s*\(?\+\s?(\d{1,2})\)?$")
_PHONE = re.compile(r"[+(]?\d[\d\s()./-]{5,20}\d")
_TRAILING_PHONE = re.compile(r"^(?P<name>.*?\D)[\s:,(–-]+(?P<phone>[+(]?\d[\d\s()./-]{6,20}\d)\)?$")
_LEADING_PHONE = re.compile(r"^(?P<phone>[+(]?\d[\d\s()./-]{6,20}\d)[\s:,)–~-]+(?P<name>[^\W\d].*)$")
_MARKS = re.compile(r"(?<!\w)[*_~]+(?=\S)|(?<=\S)[*_~]+(?!\w)")  # of chats: *bold*, _italic_, ~struck out~
_PERHAPS = re.compile(r"\s*\((?:talvez|maybe|perhaps|tbc|a confirmar|quiz[aá]s?|tal vez|vielleicht|peut[- ]être|\?)\)$", re.IGNORECASE)
_MAIL = re.compile(r"[^\s<>(),;:\"']+@[^\s<>(),;:\"']+\.[^\s<>(),;:\"']+")
_SECTION = re.compile(r"^.{0,60}(?:\(\d+\)\s*:?|:)$")
_WHATSAPP = re.compile(r"^\[[^\]]{8,30}\]\s*(?P<who>[^:]{1,60}):\s")
_TELEGRAM = re.compile(r"^(?P<who>.{1,60}),\s*\[[^\]]{8,30}\]$")
_AND = r"(?:and|e|y|und|et|&)"
_MORE = r"(?:others?|more|outr[oa]s|mais|otr[oa]s|más|weitere|andere|autres)"
_PEOPLE = r"(?:people|persons?|participants?|members?|pessoas?|participantes?|membros?|personas?|miembros?|personen|mitglieder|personnes?|membres?)"
_COUNTED = rf"(?:{_MORE}\s+(?P<behind>\d{{1,4}})(?:\s+{_PEOPLE})?|(?:\+\s?)?(?P<before>\d{{1,4}})\s+(?:{_MORE}|{_PEOPLE})\b.*)"
_OTHERS = re.compile(rf"^(?:{_AND}\s+)?{_COUNTED}$", re.IGNORECASE)  # and 12 others · e mais 3
_AND_OTHERS = re.compile(rf"^(?P<name>.*\S)\s+{_AND}\s+{_COUNTED}$", re.IGNORECASE)  # Rui e mais 3
_PLUS = re.compile(r"^(?:…|\.{3})?\s*\+\s?(?P<before>\d{1,3})$")
_MYSELF = frozenset({"you", "tu", "voce", "eu", "me", "du", "ich", "vous", "moi", "yo", "usted"})
_AWAY = frozenset({"dropped", "out", "reserves", "reserve", "waiting", "cancelled", "canceled", "desistencias", "suplentes", "fora", "espera"})


class Shape(Enum):
    """What a pasted text is."""

    TABLE = "rows with tabs between the cells, as a spreadsheet copies them"
    CARDS = "vCards"
    PEOPLE = "a list of people"


@dataclass(frozen=True, slots=True)
class PastedPerson:
    """Somebody in a list.

    Attributes:
        name: as it stands there; the number where there is no name.
        way: how they are reached; None where the list does not say.
        value: the address or number, in the form that is kept.
        guests: how many they bring (`+2`).
        away: they stand under a heading such as “Dropped out” or “Reserves”.
        sentence: it reads like a sentence, or is too long for a name, and may be nobody.
        title: it stands without a number above a list that has numbers, and may be what the list is for.
    """

    name: str
    way: ContactKind | None = None
    value: str = ""
    guests: int = 0
    away: bool = False
    sentence: bool = False
    title: bool = False

    @property
    def nameless(self) -> bool:
        """Only a number or an address is known."""
        return self.name == self.value


def shape(text: str) -> Shape:
    """What a pasted text is."""
    if "BEGIN:VCARD" in text.upper():
        return Shape.CARDS
    lines = [line for line in text.splitlines() if line.strip()]
    return Shape.TABLE if lines and sum("\t" in line for line in lines) * 2 > len(lines) else Shape.PEOPLE


def people(text: str, country: str = "") -> list[PastedPerson]:
    """The people in a list, each once, in its order. `country` (ISO 3166-1 alpha-2) is where numbers without `+` belong."""
    found: dict[str, PastedPerson] = {}
    for part, place in _parts(_plain(text)):
        person = _person(part, country, place)
        if person is not None:
            found.setdefault(person.value or fold(person.name) or person.name, person)
    return list(found.values())


def unnamed(text: str, named: Iterable[PastedPerson]) -> int:
    """How many people a list only counts: `+2` or `and 3 more` at its end, and the guests of the `people` in it."""
    return sum(_counted(part) for part, _place in _parts(_plain(text))) + sum(person.guests for person in named)


def _plain(text: str) -> str:
    return text.translate(_SIGNS).translate(_SPACES)


def _counted(part: str) -> int:
    bare = _without_number(part)
    found = _OTHERS.match(bare) or _PLUS.match(bare)
    number = found and (found["before"] or found.groupdict().get("behind"))
    return int(number) if number else 0


def _without_number(part: str) -> str:
    return _NUMBERING.sub("", part, count=1).strip() if not _PLUS.match(part.strip()) else part.strip()


class _Place(Enum):
    """Where in a list something stands."""

    LISTED = auto()
    TITLE = auto()  # above the first number
    AWAY = auto()  # under a heading of those who do not come


def _parts(text: str) -> Iterator[tuple[str, _Place]]:
    """What may each be a person, and where it stands. Of a message in a chat that is its writer, and what has a number in it."""
    lines = [line.strip() for line in text.splitlines()]
    in_chat = away = False
    above = sum(_NUMBERED.match(line) is not None for line in lines) > 1
    for line in lines:
        message = _WHATSAPP.match(line) or _TELEGRAM.match(line)
        if message:
            in_chat, away = True, False
            yield message["who"], _Place.LISTED
            line = line[message.end() :]
        if not line:
            away = away and in_chat and bool(message)
            continue
        numbered = _NUMBERED.match(line) is not None
        above = above and not numbered
        if _SECTION.match(line) and not _MAIL.search(line):
            away = not _AWAY.isdisjoint(fold(line).split())
        elif numbered or not in_chat:
            for part in _split(line):
                yield part, _Place.AWAY if away else _Place.TITLE if above else _Place.LISTED


def _split(line: str) -> list[str]:
    if len(_RUN_ON.findall(line)) > 1:  # 1. Ana 2. Rui
        return [part for part in _RUN_ON.split(line) if part.strip()]
    parts = [part.strip() for part in re.split(r"[,;]", line) if part.strip()]
    if runs_through(parts):  # Hello all, who is coming on Sunday?
        return [line]
    others = _AND_OTHERS.match(parts[-1]) if parts else None
    if others:  # Ana, Rui e mais 3
        parts[-1:] = [others["name"], parts[-1][others.end("name") :].strip()]
    if len(parts) == 2 and _is_way(parts[1]) and not _is_way(parts[0]):  # Ana Silva, ana@example.org
        return [" ".join(parts)]
    return parts


def _is_way(text: str) -> bool:
    return _MAIL.fullmatch(text.strip("<>")) is not None or _PHONE.fullmatch(text) is not None


def _person(text: str, country: str, place: _Place) -> PastedPerson | None:
    away, title = place is _Place.AWAY, place is _Place.TITLE
    bare = _NUMBERING.sub("", text, count=1).strip() if not _PHONE.fullmatch(text.strip()) else text.strip()
    bare = _PERHAPS.sub("", _MARKS.sub("", bare).lstrip("~").strip())
    if not bare or fold(bare) in _MYSELF or _OTHERS.match(bare):
        return None
    if _PHONE.fullmatch(bare):
        number = phones.normalised(bare, country)
        return PastedPerson(number, ContactKind.PHONE, number, away=away)
    mail = _MAIL.search(bare)
    address = addresses.normalised(mail.group()) if mail else None
    if mail and address:
        name = _tidy(bare.replace(mail.group(), " "))
        return PastedPerson(name or address, ContactKind.EMAIL, address, away=away)
    beside = _TRAILING_PHONE.match(bare) or _LEADING_PHONE.match(bare)
    if beside:
        number = phones.normalised(beside["phone"], country)
        return PastedPerson(_tidy(beside["name"]) or number, ContactKind.PHONE, number, away=away)
    guests = _GUESTS.search(bare)
    name = _tidy(bare[: guests.start()] if guests else bare)
    if not any(character.isalpha() for character in name):
        return None
    sentence = len(name) > LONGEST_NAME or is_sentence(bare)
    name = textwrap.shorten(name, _LONGEST_ROW, placeholder="…") if len(name) > _LONGEST_ROW else name
    return PastedPerson(name, guests=int(guests.group(1)) if guests else 0, away=away, sentence=sentence, title=title)


def _tidy(name: str) -> str:
    tidy = " ".join(name.split()).strip(" <>[]\"'“”,;:–-|")
    return (tidy if "(" in tidy and tidy.endswith(")") and not tidy.startswith("(") else tidy.strip(" ()")).strip()
