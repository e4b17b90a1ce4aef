"""The people and organizations of a community, and the ways to reach them. Plain values; vCard's names (RFC 6350) where it has one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class MemberKind(StrEnum):
    """What a member is."""

    PERSON = "person"
    ORGANIZATION = "organization"


class MemberStatus(StrEnum):
    """Where a member stands with the community."""

    ACTIVE = "active"
    PAUSED = "paused"
    FORMER = "former"


class ContactKind(StrEnum):
    """A way to reach somebody."""

    EMAIL = "email"
    PHONE = "phone"
    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"
    DISCORD = "discord"
    MATRIX = "matrix"
    WEBSITE = "website"
    POSTAL = "postal"


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """A postal address in the parts of a vCard ADR (RFC 6350, 6.3.1)."""

    po_box: str = ""
    extended: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    code: str = ""
    country: str = ""

    def formatted(self) -> str:
        """In lines, as on an envelope, with the parts that are there."""
        place = " ".join(part for part in (self.code, self.city) if part)
        lines = (self.street, self.extended, self.po_box, place, self.region, self.country)
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """One way to reach a member.

    Attributes:
        value: e-mail address, phone number (E.164 where it could be understood, else as written), handle (`@ana`, `@ana:example.org`), address of a
            page, or the lines of a postal address.
        label: as people name it: `home`, `work`, `mobile`, or their own word; may be empty.
        preferred: the one to try first among its kind.
        postal: the parts of a POSTAL value; None elsewhere.
        id: empty until the store has given one.
    """

    kind: ContactKind
    value: str
    label: str = ""
    preferred: bool = False
    postal: PostalAddress | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Birthday:
    """A day of birth; the year may be unknown."""

    month: int
    day: int
    year: int | None = None

    def __post_init__(self) -> None:
        date(self.year or 2000, self.month, self.day)  # ValueError for a day that can't be; 2000 has a 29 February

    def __str__(self) -> str:
        """`1980-12-10`, or `--12-10` without the year."""
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}" if self.year else f"--{self.month:02d}-{self.day:02d}"

    @classmethod
    def parse(cls, text: str) -> "Birthday":
        """The inverse of `str()`. Raises ValueError."""
        if text.startswith("--"):
            month, day = text[2:].split("-")
            return cls(int(month), int(day))
        day_of_birth = date.fromisoformat(text)
        return cls(day_of_birth.month, day_of_birth.day, day_of_birth.year)


@dataclass(frozen=True, slots=True)
class Member:
    """A person or an organization. One name is enough.

    Attributes:
        id: UUIDv7 text; empty until the store has given one.
        name: as the community calls them; never empty.
        prefix, given, additional, family, suffix, nickname: the parts of a person's name, where known.
        organization, title: where a person works and as what.
        joined: the date they joined the community.
        fields: what else the community keeps, by its own headings, in its own order.
        tags: in the order given; no two that fold to the same.
        photo: SHA-256 of the picture in the store's files, hexadecimal; empty without.
        welcomed: the day on which somebody of the community welcomed them; None for not yet.
    """

    name: str
    kind: MemberKind = MemberKind.PERSON
    prefix: str = ""
    given: str = ""
    additional: str = ""
    family: str = ""
    suffix: str = ""
    nickname: str = ""
    organization: str = ""
    title: str = ""
    birthday: Birthday | None = None
    joined: date | None = None
    status: MemberStatus = MemberStatus.ACTIVE
    language: str = ""
    notes: str = ""
    photo: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    contact_points: tuple[ContactPoint, ...] = ()
    tags: tuple[str, ...] = ()
    welcomed: date | None = None
    id: str = ""

    def reach(self, kind: ContactKind) -> str | None:
        """The value to try first for this kind; None where there is none."""
        ways = [way for way in self.contact_points if way.kind is kind]
        return next((way.value for way in ways if way.preferred), ways[0].value if ways else None)
