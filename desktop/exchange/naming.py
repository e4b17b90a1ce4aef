"""What somebody is called where a file has no full name for them."""

from collections.abc import Mapping, Sequence

from desktop.community.errors import Refused
from desktop.community.members import ContactKind, ContactPoint, MemberKind
from resources.translations import phrase


def called(texts: Mapping[str, str], ways: Sequence[ContactPoint]) -> tuple[str, MemberKind]:
    """The name of a member, and what it is the name of.

    `texts` holds what is known by the names of Member's attributes. A person's names come before an organization's, and an address or number is the
    last resort. Raises Refused where there is nothing to call them by.
    """
    person = texts.get("name") or " ".join(part for key in ("given", "additional", "family") if (part := texts.get(key))) or texts.get("nickname")
    if person:
        return person, MemberKind.PERSON
    if texts.get("organization"):
        return texts["organization"], MemberKind.ORGANIZATION
    if ways:
        by_kind = {way.kind: way.value for way in reversed(ways)}
        first = by_kind.get(ContactKind.EMAIL) or by_kind.get(ContactKind.PHONE) or ways[0].value
        return first.partition("\n")[0], MemberKind.PERSON
    raise Refused(phrase("There is no name here, and nothing that could stand for one."))
