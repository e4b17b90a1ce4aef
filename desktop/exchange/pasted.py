"""Lists of people as somebody pastes them: `Ana, Rui, +351 912 …`, `1. Ana 2. Rui +2`, lines of a copied chat (formats.md §9)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from desktop.community import addresses, phones
from desktop.community.fold import fold
from desktop.community.members import ContactKind
from desktop.exchange.sentences import is_sentence, runs_through

LONGEST_NAME = 80
_SIGNS = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff\ufe0f"))
_SPACES = {ord(space): " " for space in "\u00a0\u2007\u2009\u202f"} | {0x20E3: ")"}  # a keycap: 1️⃣
_NUMBERING = re.compile(r"^\s*(?:\d{1,3}\s*[.):-](?!\d)|[^\w\s+(@\"'“~]+)\s*")
_RUN_ON = re.compile(r"(?:^|\s)\d{1,3}[.)](?=\s*\D)")
_GUESTS = re.compile(r"\s*\(?\+\s?(\d{1,2})\)?$")
_PHONE = re.compile(r"[+(]?\d[\d\s()./-]{5,20}\d")
_TRAILING_PHONE = re.compile(r"^(?P<name>.*?\D)[\s:,(–-]+(?P<phone>[+(]?\d[\d\s()./-]{6,20}\d)\)?$")
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
        sentence: it reads like a sentence, and may be nobody.
    """

    name: str
    way: ContactKind | None = None
    value: str = ""
    guests: int = 0
    away: bool = False
    sentence: bool = False

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
    for part, away in _parts(_plain(text)):
        person = _person(part, country, away=away)
        if person is not None:
            found.setdefault(person.value or fold(person.name) or person.name, person)
    return list(found.values())


def unnamed(text: str, named: Iterable[PastedPerson]) -> int:
    """How many people a list only counts: `+2` or `and 3 more` at its end, and the guests of the `people` in it."""
    return sum(_counted(part) for part, _away in _parts(_plain(text))) + sum(person.guests for person in named)


def _plain(text: str) -> str:
    return text.translate(_SIGNS).translate(_SPACES)


def _counted(part: str) -> int:
    bare = _without_number(part)
    found = _OTHERS.match(bare) or _PLUS.match(bare)
    number = found and (found["before"] or found.groupdict().get("behind"))
    return int(number) if number else 0


def _without_number(part: str) -> str:
    return _NUMBERING.sub("", part, count=1).strip() if not _PLUS.match(part.strip()) else part.strip()


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """What may each be a person, and whether it stands under a heading of those who do not come."""
    lines = [line.strip() for line in text.splitlines()]
    authors = [found["who"] for line in lines if (found := _WHATSAPP.match(line) or _TELEGRAM.match(line))]
    if authors:
        yield from ((author, False) for author in authors)
        return
    away = False
    for line in lines:
        if not line:
            away = False
            continue
        if _SECTION.match(line) and not _MAIL.search(line):
            away = not _AWAY.isdisjoint(fold(line).split())
            continue
        for part in _split(line):
            yield part, away


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


def _person(text: str, country: str, *, away: bool) -> PastedPerson | None:
    bare = _NUMBERING.sub("", text, count=1).strip() if not _PHONE.fullmatch(text.strip()) else text.strip()
    bare = bare.lstrip("~").strip()
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
    trailing = _TRAILING_PHONE.match(bare)
    if trailing:
        number = phones.normalised(trailing["phone"], country)
        return PastedPerson(_tidy(trailing["name"]) or number, ContactKind.PHONE, number, away=away)
    guests = _GUESTS.search(bare)
    name = _tidy(bare[: guests.start()] if guests else bare)
    if not any(character.isalpha() for character in name) or len(name) > LONGEST_NAME:
        return None
    return PastedPerson(name, guests=int(guests.group(1)) if guests else 0, away=away, sentence=is_sentence(bare))


def _tidy(name: str) -> str:
    tidy = " ".join(name.split()).strip(" <>[]\"'“”,;:–-|")
    return (tidy if "(" in tidy and tidy.endswith(")") and not tidy.startswith("(") else tidy.strip(" ()")).strip()
