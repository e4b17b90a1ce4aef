"""Members as vCards, version 3.0 (RFC 2426): the one that iPhones, Android, Google Contacts and Outlook all read whole, with photos and accents.

Version 4.0 loses photos in Outlook and on older Androids, 2.1 accents on iPhones. What 3.0 has no place for goes into X-BELFRY
properties, which other programs pass over and Belfry reads back.
"""

import base64
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from desktop.community.members import ContactKind, ContactPoint, Member, MemberKind, MemberStatus, PostalAddress
from desktop.exchange.card_member import OWN
from desktop.exchange.files import replacing

_TYPES = {
    ContactKind.PHONE: {
        "home": "HOME",
        "work": "WORK",
        "mobile": "CELL",
        "main": "MAIN",
        "pager": "PAGER",
        "fax": "FAX",
        "home fax": "HOME,FAX",
        "work fax": "WORK,FAX",
        "work mobile": "WORK,CELL",
    },
    ContactKind.EMAIL: {"home": "INTERNET,HOME", "work": "INTERNET,WORK", "": "INTERNET"},
}
_PLACES = {"home": "HOME", "work": "WORK"}
_SERVICES = {ContactKind.TELEGRAM: "Telegram", ContactKind.WHATSAPP: "WhatsApp", ContactKind.DISCORD: "Discord", ContactKind.MATRIX: "Matrix"}
_PICTURES = ((b"\xff\xd8", "JPEG"), (b"\x89PNG", "PNG"), (b"GIF8", "GIF"), (b"RIFF", "WEBP"))
_WIDTH = 75
_BLOCK = 54 * 1024
"""Bytes of a picture that are encoded at a time: whole lines of base64."""


def write_cards(path: Path, members: Iterable[tuple[Member, bytes | None]]) -> None:
    """A file of vCards: each member with their photo's bytes, or None. Members are taken one by one. Raises Trouble where it can't be written."""
    with replacing(path) as fresh, fresh.open("wb") as file:
        for member, photo in members:
            for line in _lines(member):
                file.write(_folded(line))
            if photo:
                _write_photo(file, photo)
            file.write(b"END:VCARD\r\n")


def _lines(member: Member) -> Iterator[str]:
    """The card but for its photo and end."""
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"PRODID:{OWN}Belfry//EN"
    yield f"FN:{_text(member.name)}"
    yield "N:" + ";".join(map(_text, (member.family, member.given, member.additional, member.prefix, member.suffix)))
    organization = member.organization or (member.name if member.kind is MemberKind.ORGANIZATION else "")
    texts = {"NICKNAME": member.nickname, "ORG": organization, "TITLE": member.title, "NOTE": member.notes, "X-BELFRY-LANGUAGE": member.language}
    yield from (f"{name}:{_text(text)}" for name, text in texts.items() if text)
    if member.kind is MemberKind.ORGANIZATION:
        yield "X-ABShowAs:COMPANY"
    if member.birthday:
        yield f"BDAY:{member.birthday}"
    if member.tags:
        yield "CATEGORIES:" + ",".join(map(_text, member.tags))
    for number, way in enumerate(member.contact_points, start=1):
        yield from _way(way, f"item{number}")
    if member.joined:
        yield f"X-BELFRY-JOINED:{member.joined}"
    if member.status is not MemberStatus.ACTIVE:
        yield f"X-BELFRY-STATUS:{member.status}"
    for name, value in member.fields.items():
        yield f"X-BELFRY-FIELD:{_text(name)};{_text(value)}"
    if member.id:
        yield f"X-BELFRY-ID:{_text(member.id)}"


def _way(way: ContactPoint, group: str) -> Iterator[str]:
    """A way to reach somebody. A label that 3.0 has no TYPE for stands beside it, as Apple and Google write it."""
    known = _TYPES.get(way.kind, _PLACES).get(way.label)
    types = [*(known.split(",") if known else ()), *(["PREF"] if way.preferred else ())]
    params = "".join(f";TYPE={kind}" for kind in types)
    match way.kind:
        case ContactKind.EMAIL:
            yield f"{group}.EMAIL{params}:{_text(way.value)}"
        case ContactKind.PHONE:
            yield f"{group}.TEL{params}:{_text(way.value)}"
        case ContactKind.WEBSITE:
            yield f"{group}.URL{params}:{_text(way.value)}"
        case ContactKind.POSTAL:
            yield from _postal(way, group, params)
        case _:
            service = _SERVICES[way.kind]
            yield f"{group}.IMPP;X-SERVICE-TYPE={service}{params}:{service.lower()}:{quote(way.value, safe='@+')}"
    if way.label and not known:
        yield f"{group}.X-ABLabel:{_text(way.label)}"


def _postal(way: ContactPoint, group: str, params: str) -> Iterator[str]:
    postal = way.postal or PostalAddress(street=way.value)
    parts = (postal.po_box, postal.extended, postal.street, postal.city, postal.region, postal.code, postal.country)
    yield f"{group}.ADR{params}:" + ";".join(map(_text, parts))
    if way.postal is None:
        yield f"{group}.X-BELFRY-LINES:whole;{_text(way.value)}"
    elif way.value != postal.formatted():
        yield f"{group}.X-BELFRY-LINES:parts;{_text(way.value)}"


def _text(text: str) -> str:
    """RFC 2426, 5: backslash, comma, semicolon and line ends escaped."""
    plain = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return plain.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A line with its end, folded after 75 bytes, not within a letter (RFC 2425, 5.8.1)."""
    data = line.encode("utf-8")
    if len(data) <= _WIDTH:
        return data + b"\r\n"
    pieces, start, width = [], 0, _WIDTH
    while start < len(data):
        end = min(start + width, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(data[start:end])
        start, width = end, _WIDTH - 1
    return b"\r\n ".join(pieces) + b"\r\n"


def _write_photo(file: BinaryIO, photo: bytes) -> None:
    kind = next((name for start, name in _PICTURES if photo.startswith(start)), "JPEG")
    file.write(f"PHOTO;ENCODING=b;TYPE={kind}:\r\n".encode())
    for start in range(0, len(photo), _BLOCK):
        encoded = base64.b64encode(photo[start : start + _BLOCK])
        file.write(b"".join(b" " + encoded[at : at + 72] + b"\r\n" for at in range(0, len(encoded), 72)))
