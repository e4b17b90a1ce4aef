"""One vCard made into a member: what its properties mean, with the quirks of iPhone, Google, Android and Outlook, and our own additions."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from desktop.community import addresses, handles, phones
from desktop.community.errors import Refused
from desktop.community.members import Birthday, ContactKind, ContactPoint, Member, MemberKind, MemberStatus, PostalAddress
from desktop.exchange import cells
from desktop.exchange.content_lines import Property, split, unescaped
from desktop.exchange.dates import DateOrder, birthday_of
from desktop.exchange.naming import called
from resources.translations import Phrase, phrase

OWN = "-//Belfry//"
"""What the PRODID of a card that Belfry wrote begins with; such a card comes back word for word."""

_SERVICES = {
    "telegram": ContactKind.TELEGRAM,
    "tg": ContactKind.TELEGRAM,
    "whatsapp": ContactKind.WHATSAPP,
    "discord": ContactKind.DISCORD,
    "matrix": ContactKind.MATRIX,
}
_TYPE_LABELS = {
    "HOME": "home",
    "WORK": "work",
    "CELL": "mobile",
    "IPHONE": "iphone",
    "PAGER": "pager",
    "MAIN": "main",
    "CAR": "car",
    "OTHER": "other",
}
_NO_LABEL = frozenset(
    {"VOICE", "INTERNET", "PREF", "MSG", "VIDEO", "TEXT", "TEXTPHONE", "X400", "POSTAL", "PARCEL", "DOM", "INTL", "FAX", "BBS", "MODEM"}
)
_APPLE_LABELS = {"homefax": "home fax", "workfax": "work fax", "otherfax": "other fax", "homepage": ""}
_FIELDS = {  # what people write into cards and Belfry has no place of its own for
    "ROLE": "Role",
    "GENDER": "Gender",
    "ANNIVERSARY": "Anniversary",
    "X-ANNIVERSARY": "Anniversary",
    "X-EVOLUTION-ANNIVERSARY": "Anniversary",
    "X-GENDER": "Gender",
    "X-SPOUSE": "Spouse",
    "X-EVOLUTION-SPOUSE": "Spouse",
    "X-MANAGER": "Manager",
    "X-MS-MANAGER": "Manager",
    "X-ASSISTANT": "Assistant",
    "X-MS-ASSISTANT": "Assistant",
    "X-MAIDENNAME": "Maiden name",
    "X-PHONETIC-FIRST-NAME": "Phonetic first name",
    "X-PHONETIC-LAST-NAME": "Phonetic last name",
    "HOBBY": "Hobby",
    "INTEREST": "Interest",
    "X-AIM": "AIM",
    "X-ICQ": "ICQ",
    "X-JABBER": "Jabber",
    "X-SKYPE": "Skype",
    "X-SKYPE-USERNAME": "Skype",
    "X-TWITTER": "Twitter",
    "X-SIGNAL": "Signal",
}
_SCHEME = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*):(?!//)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class ImportedCard:
    """A member out of a vCard.

    Attributes:
        line: where the card begins in the file, from 1.
        photo: the picture's bytes as they were in the card; None without.
        remarks: what could not be taken over as it was meant.
    """

    line: int
    member: Member
    photo: bytes | None
    remarks: tuple[Phrase, ...] = ()


class Card:
    """One card on its way to a member.

    Args:
        found: its properties.
        country: ISO 3166-1 alpha-2, where phone numbers without `+` belong; empty: unknown.
    """

    def __init__(self, found: Sequence[Property], country: str) -> None:
        self._country = country
        self._own = any(item.name == "PRODID" and item.raw.startswith(OWN) for item in found)
        self._labels = {item.group: item.text() for item in found if item.group and item.name == "X-ABLABEL"}
        self._lines = {item.group: item.parts() for item in found if item.name == "X-BELFRY-LINES"}
        self._has_address = any(item.name == "ADR" for item in found)
        self._texts: dict[str, str] = {}
        self._ways: dict[tuple[ContactKind, str, str], ContactPoint] = {}
        self._fields: dict[str, str] = {}
        self._notes: list[str] = []
        self._tags: list[str] = []
        self._remarks: list[Phrase] = []
        self._birthday: Birthday | None = None
        self._joined: date | None = None
        self._status = MemberStatus.ACTIVE
        self._organization = False
        self._id = ""
        self._photo: bytes | None = None
        for item in found:
            self._take(item)

    def imported(self, line: int) -> ImportedCard:
        """The member. Raises Refused where there is nothing to call them by."""
        texts = {name: text for name, text in self._texts.items() if text}
        ways = list(self._ways.values())
        texts["name"], kind = called({"organization": texts.get("organization", "")} if self._organization and not texts.get("name") else texts, ways)
        if self._organization:
            kind = MemberKind.ORGANIZATION
        if kind is MemberKind.ORGANIZATION and texts.get("organization") == texts["name"]:
            del texts["organization"]  # its own name says nothing of where it belongs
        member = Member(
            **texts,
            kind=kind,
            birthday=self._birthday,
            joined=self._joined,
            welcomed=None,
            status=self._status,
            notes="\n\n".join(self._notes),
            fields=self._fields,
            contact_points=tuple(ways),
            tags=cells.distinct(self._tags),
            id=self._id,
        )
        return ImportedCard(line, member, self._photo, tuple(self._remarks))

    def _take(self, item: Property) -> None:
        match item.name:
            case "FN":
                self._text("name", item.text())
            case "N":
                for attribute, part in zip(("family", "given", "additional", "prefix", "suffix"), item.raw_parts(), strict=False):
                    self._text(attribute, " ".join(unescaped(name) for name in split(part, ",")))
            case "NICKNAME":
                self._text("nickname", ", ".join(item.parts(",")))
            case "ORG":
                name, *units = item.parts()
                self._text("organization", name)
                self._keep("Department", ", ".join(unit for unit in units if unit))
            case "TITLE":
                self._text("title", item.text())
            case "EMAIL" | "TEL" | "URL" | "IMPP" | "X-SOCIALPROFILE" | "SOCIALPROFILE":
                self._reach(item)
            case "X-TELEGRAM" | "X-WHATSAPP" | "X-DISCORD" | "X-MATRIX":
                self._way(item, _SERVICES[item.name[2:].lower()], item.text())
            case "ADR":
                self._address(item)
            case "LABEL" if not self._has_address:
                self._way(item, ContactKind.POSTAL, item.text())
            case "NOTE":
                self._notes += [text] if (text := item.text() if self._own else item.text().strip()) else []
            case "CATEGORIES":
                self._tags += item.parts(",") if self._own else cells.real_tags(item.parts(","))
            case "LANG" | "X-BELFRY-LANGUAGE":
                self._text("language", item.text())
            case "BDAY":
                self._born(item)
            case "PHOTO":
                self._picture(item)
            case "KIND" | "X-ADDRESSBOOKSERVER-KIND":
                self._kind(item.text().strip().lower())
            case "X-ABSHOWAS":
                self._organization = item.text().strip().upper() == "COMPANY"
            case "X-ABDATE" | "X-ABRELATEDNAMES":
                label = self._labelled(item) or item.name.removeprefix("X-AB").lower()
                self._keep(label[:1].upper() + label[1:], item.text())
            case "X-ANDROID-CUSTOM":
                self._android(item.parts())
            case _ if item.name.startswith("X-BELFRY-"):
                self._ours(item)
            case name if name in _FIELDS:
                self._keep(_FIELDS[name], item.text())
            case _:
                pass  # what programs note for themselves: REV, UID, X-ABUID …

    def _text(self, attribute: str, text: str) -> None:
        text = text if self._own else " ".join(text.split())
        if text and self._texts.setdefault(attribute, text) != text:
            self._keep(attribute.capitalize(), text)

    def _keep(self, name: str, text: str) -> None:
        """As a custom field, beside another of this name where there is one."""
        text = text if self._own else text.strip()
        free, number = name, 2
        while text and self._fields.setdefault(free, text) != text:
            free, number = f"{name} ({number})", number + 1

    def _labelled(self, item: Property) -> str:
        """The label of a way: what the person wrote beside it, else what its types say."""
        if item.group in self._labels:
            written = self._labels[item.group]
            label = written if self._own else cells.label_of(written)[0]
            return label if self._own else _APPLE_LABELS.get(label, label)
        types = item.types
        known = [label for name, label in _TYPE_LABELS.items() if name in types]
        if "FAX" in types:
            known = [*[label for label in known if label in ("home", "work", "other")][:1], "fax"]
        elif "mobile" in known:
            known = [*[label for label in known if label == "work"], "mobile"]
        if known:
            return " ".join(known[:2] if known[-1] in ("fax", "mobile") else known[:1])
        return next((kind.removeprefix("X-").removeprefix("x-") for kind in item.params.get("TYPE", ()) if kind.upper() not in _NO_LABEL), "")

    def _way(self, item: Property, kind: ContactKind, value: str, postal: PostalAddress | None = None) -> None:
        if not value.strip():
            return
        preferred = "PREF" in item.types or item.params.get("PREF") == ["1"]
        point = ContactPoint(kind, value if self._own else value.strip(), self._labelled(item), preferred, postal)
        key = (kind, value.casefold(), str(len(self._ways)) if self._own else "")
        self._ways.setdefault(key, point)

    def _reach(self, item: Property) -> None:
        text = item.text().strip()
        match item.name:
            case "EMAIL":
                address = addresses.normalised(text.removeprefix("mailto:"))
                if address:
                    self._way(item, ContactKind.EMAIL, address)
                elif text:
                    self._remarks.append(phrase("“{text}” is no e-mail address; it is kept as a field.", text=text[:80]))
                    self._keep("E-mail", text)
            case "TEL":
                self._way(item, ContactKind.PHONE, phones.normalised(text.removeprefix("tel:"), self._country))
            case "URL":
                kind = ContactKind.WEBSITE if self._own else handles.kind_of_address(text)
                self._way(item, kind, item.text() if self._own else handles.normalised(kind, text, self._country))
            case _:
                self._message_service(item, text)

    def _message_service(self, item: Property, text: str) -> None:
        """IMPP (RFC 4770, RFC 6350) and the social profiles of Apple and RFC 9554: kept as a way where Belfry writes to the service."""
        address = _SCHEME.fullmatch(text)
        services = (item.params.get("X-SERVICE-TYPE") or item.params.get("SERVICE-TYPE") or item.params.get("TYPE", []))[:1]
        service = services[0].lower() if services else ""
        scheme = address["scheme"].lower() if address else ""
        kind = _SERVICES.get(service) or _SERVICES.get(scheme) or handles.kind_of_address(text)
        if kind is ContactKind.WEBSITE:
            user = item.params.get("X-USER", [""])[0]
            self._keep(service.capitalize() or scheme.capitalize() or "Messenger", user or (unquote(address["rest"]) if address else text))
            return
        value = unquote(address["rest"]) if address and scheme != "matrix" else text
        if kind is ContactKind.MATRIX and self._own:
            value = unquote(text.removeprefix("matrix:"))
        if kind is ContactKind.WHATSAPP and value.isdigit() and not self._own:
            value = f"+{value}"  # WhatsApp's own numbers are international
        self._way(item, kind, value if self._own else handles.normalised(kind, value, self._country))

    def _address(self, item: Property) -> None:
        parts = [", ".join(unescaped(text) for text in split(part, ",")) for part in item.raw_parts()]
        parts = parts if self._own else [part.strip() for part in parts]
        postal = PostalAddress(*[*parts, *[""] * 7][:7])
        form, lines, *_ = [*self._lines.get(item.group, []), "", ""]
        if form == "whole":
            self._way(item, ContactKind.POSTAL, lines)
        elif any(parts):
            label = item.params.get("LABEL", [""])[0].replace("\\n", "\n")
            self._way(item, ContactKind.POSTAL, lines or label or postal.formatted() or postal.po_box, postal)

    def _born(self, item: Property) -> None:
        text = item.text().strip()
        if not text:
            return
        try:
            born = birthday_of(text, DateOrder.DAY)
        except ValueError:
            self._keep("Birthday", text)
            return
        without = item.params.get("X-APPLE-OMIT-YEAR", [""])[0]
        self._birthday = Birthday(born.month, born.day) if born.year and str(born.year) == without else born

    def _picture(self, item: Property) -> None:
        try:
            photo = item.blob()
        except ValueError:
            self._remarks.append(phrase("The picture in line {line} is damaged and was left out.", line=item.line))
            return
        if photo:
            self._photo = self._photo or photo
        elif item.raw.lower().startswith(("http:", "https:", "http\\:", "https\\:")):
            self._keep("Photo", item.text())

    def _kind(self, kind: str) -> None:
        if kind == "group":
            raise Refused(phrase("This card is a list of other cards, not a person or an organization."))
        self._organization = self._organization or kind in ("org", "organization")

    def _android(self, parts: Sequence[str]) -> None:
        """What Android keeps beyond vCard: `vnd.android.cursor.item/nickname;Evi;1;;…` (ContactsContract.CommonDataKinds)."""
        kind, value = parts[0].rpartition("/")[2], parts[1] if len(parts) > 1 else ""
        match kind:
            case "nickname":
                self._text("nickname", value)
            case "contact_event":
                names = {"1": "Anniversary", "2": "Event", "3": "Birthday"}
                self._keep(names.get(parts[2] if len(parts) > 2 else "", parts[3] if len(parts) > 3 and parts[3] else "Event"), value)
            case "relation":
                self._keep("Relation", value)
            case _:
                self._keep(kind.replace("_", " ").capitalize() or "Android", value)

    def _ours(self, item: Property) -> None:
        """What only Belfry writes (see vcard_write)."""
        match item.name:
            case "X-BELFRY-FIELD":
                name, value, *_ = [*item.parts(), ""]
                self._fields[name] = value
            case "X-BELFRY-STATUS":
                with suppress(ValueError):
                    self._status = MemberStatus(item.text())
            case "X-BELFRY-JOINED":
                with suppress(ValueError):
                    self._joined = date.fromisoformat(item.text())
            case "X-BELFRY-ID":
                self._id = item.text()
            case _:
                pass
