from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.community.members import Birthday, ContactKind, ContactPoint, Member, MemberKind, PostalAddress


def test_one_name_is_enough() -> None:
    member = Member("Ana")
    assert (member.kind, member.contact_points, member.tags, member.reach(ContactKind.EMAIL)) == (MemberKind.PERSON, (), (), None)


def test_the_preferred_way_of_a_kind_is_tried_first_else_the_first() -> None:
    first, second = ContactPoint(ContactKind.EMAIL, "a@b.org"), ContactPoint(ContactKind.EMAIL, "c@d.org")
    preferred = ContactPoint(ContactKind.EMAIL, "e@f.org", preferred=True)
    phone = ContactPoint(ContactKind.PHONE, "+351912345678", preferred=True)
    assert Member("Ana", contact_points=(phone, first, second)).reach(ContactKind.EMAIL) == "a@b.org"
    assert Member("Ana", contact_points=(phone, first, preferred)).reach(ContactKind.EMAIL) == "e@f.org"
    assert Member("Ana", contact_points=(first, phone)).reach(ContactKind.PHONE) == "+351912345678"
    assert Member("Ana", contact_points=(first,)).reach(ContactKind.MATRIX) is None


@given(st.dates(), st.booleans())
def test_a_birthday_is_what_its_text_says(day: date, with_year: bool) -> None:
    birthday = Birthday(day.month, day.day, day.year if with_year else None)
    assert Birthday.parse(str(birthday)) == birthday


@pytest.mark.parametrize("text", ["--02-30", "2023-02-29", "12-10", "", "--1", "1980-13-01", "soon"])
def test_a_day_that_no_year_has_is_no_birthday(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  of whatever kind: the text is no birthday
        Birthday.parse(text)


def test_the_29_february_is_a_birthday_without_its_year() -> None:
    assert str(Birthday(2, 29)) == "--02-29"


def test_an_address_is_written_as_on_an_envelope() -> None:
    address = PostalAddress(po_box="Box 7", extended="2nd floor", street="Rua 1", city="Lisboa", region="Lisboa", code="1000-001", country="Portugal")
    assert address.formatted() == "Rua 1\n2nd floor\nBox 7\n1000-001 Lisboa\nLisboa\nPortugal"
    assert PostalAddress(city="Lisboa").formatted() == "Lisboa"
    assert PostalAddress().formatted() == ""
