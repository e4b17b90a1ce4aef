"""Adding, editing, deleting, tagging; each with one undo."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.actions import member_edits, member_pasting
from desktop.community.addresses import write_to
from desktop.community.errors import Refused
from desktop.community.members import Birthday, ContactKind, ContactPoint, Member
from desktop.store import database, members, undo
from desktop.store.database import Store
from desktop.store.member_lists import MemberLists, Sort, Wanted, ids, number_of
from helpers.clock import MovedClock


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    settings = {"name": "Choir", "zone": "Europe/Lisbon", "country": "PT"}
    with database.create(tmp_path / "c.belfry", clock=MovedClock(), device="0190a6de-0000-7000-8000-000000000001", settings=settings) as made:
        yield made


def test_given_a_name_with_odd_spaces_when_it_is_added_then_it_is_tidied(store: Store) -> None:
    assert members.get(store, member_edits.add(store, Member("  Ana   Silva "))).name == "Ana Silva"


def test_given_no_name_when_somebody_is_added_then_it_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match="needs a name"):
        member_edits.add(store, Member("   "))


def test_given_members_when_they_are_tagged_twice_then_they_have_it_once_and_undo_takes_it_off(store: Store) -> None:
    people = [member_edits.add(store, Member(name)) for name in ("Ana", "Rui")]
    assert member_edits.tag(store, people, "Choir") == 2
    assert member_edits.tag(store, people, "choir") == 0
    assert members.get(store, people[0]).tags == ("Choir",)
    undo.undo(store)
    assert members.get(store, people[0]).tags == ()


def test_given_a_tag_when_it_is_taken_off_then_only_it_goes(store: Store) -> None:
    ana = member_edits.add(store, Member("Ana", tags=("choir", "board")))
    assert member_edits.untag(store, [ana], "Choir") == 1
    assert members.get(store, ana).tags == ("board",)


def test_given_several_members_when_they_are_deleted_then_one_undo_brings_all_back(store: Store) -> None:
    people = [member_edits.add(store, Member(name)) for name in ("Ana", "Rui")]
    member_edits.delete(store, people)
    assert members.count(store) == 0
    undo.undo(store)
    assert members.count(store) == 2


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ana@example.org", ContactKind.EMAIL),
        ("912 345 678", ContactKind.PHONE),
        ("+351 912 345 678", ContactKind.PHONE),
        ("@ana_silva", ContactKind.TELEGRAM),
        ("https://t.me/ana_silva", ContactKind.TELEGRAM),
        ("wa.me/351912345678", ContactKind.WHATSAPP),
        ("@ana:example.org", ContactKind.MATRIX),
        ("https://example.org/ana", ContactKind.WEBSITE),
        ("Rua das Flores 3, Lisboa", ContactKind.POSTAL),
    ],
)
def test_given_a_way_to_reach_somebody_when_it_is_typed_then_what_it_is_shows(text: str, kind: ContactKind) -> None:
    assert member_edits.kind_of(text) is kind


def test_given_a_number_as_people_write_it_when_it_is_kept_then_it_is_e164_and_can_be_dialled(store: Store) -> None:
    way = member_edits.way_from(store, ContactKind.PHONE, "912 345 678")
    assert way.value == "+351912345678"
    assert write_to(way) == "tel:+351912345678"
    assert write_to(ContactPoint(ContactKind.WHATSAPP, "+351912345678")) == "https://wa.me/351912345678"


def test_given_what_is_no_address_when_it_is_kept_as_one_then_it_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match="no e-mail address"):
        member_edits.way_from(store, ContactKind.EMAIL, "ana at example")


def test_given_dates_as_people_write_them_when_they_are_read_then_the_year_may_be_missing(store: Store) -> None:
    assert member_edits.birthday_from(store, "10 Dec") == Birthday(12, 10)
    assert member_edits.birthday_from(store, " ") is None
    assert member_edits.day_from(store, "6 Dec 2026") == date(2026, 12, 6)
    with pytest.raises(Refused, match="is no date"):
        member_edits.day_from(store, "soon")


def test_given_a_picture_when_it_is_given_to_a_member_then_undo_shows_initials_again(store: Store, tmp_path: Path) -> None:
    ana = member_edits.add(store, Member("Ana"))
    picture = tmp_path / "ana.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    member_edits.set_photo(store, ana, picture)
    assert members.get(store, ana).photo
    undo.undo(store)
    assert not members.get(store, ana).photo
    picture.write_text("hello", "utf-8")
    with pytest.raises(Refused, match="is no photo"):
        member_edits.set_photo(store, ana, picture)


def test_given_a_pasted_list_when_somebody_is_a_member_already_then_only_the_others_are_proposed(store: Store) -> None:
    member_edits.add(store, Member("Ana Silva", contact_points=(ContactPoint(ContactKind.PHONE, "+351912345678"),)))
    pasted = member_pasting.look(store, "ana silva\nRui\n912 345 678")
    assert [candidate.there for candidate in pasted.candidates] == [True, False, True]
    assert member_pasting.add(store, [one for one in pasted.candidates if not one.there]) == 1
    undo.undo(store)
    assert members.count(store) == 1


def test_given_members_when_they_are_listed_then_search_tags_and_order_meet(store: Store) -> None:
    lists = MemberLists(store)
    ana = member_edits.add(store, Member("Ana Santos", tags=("choir",), joined=date(2020, 1, 1)))
    rui = member_edits.add(store, Member("Rui Santos", tags=("choir", "board")))
    zoe = member_edits.add(store, Member("Zoë Łukasz", joined=date(2024, 1, 1)))

    def found(**wanted: object) -> list[str]:
        return [ids(store, [number])[0] for number in lists.numbers(Wanted(**wanted))]  # type: ignore[arg-type]  # handed through

    assert found() == [ana, rui, zoe]
    assert found(descending=True) == [zoe, rui, ana]
    assert found(query="san", tags=("board",)) == [rui]
    assert found(query="lukasz zoe") == [zoe]
    assert found(query="!!") == []
    assert found(sort=Sort.JOINED) == [ana, zoe, rui]
    assert [(one.tag, one.count) for one in lists.tags()] == [("choir", 2), ("board", 1)]
    member_edits.delete(store, [rui])
    assert found(query="san") == [ana]
    assert [(one.tag, one.count) for one in lists.tags()] == [("choir", 1)]
    assert number_of(store, rui) is None


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", list(Sort))
def test_given_many_members_when_few_are_listed_then_they_stand_as_in_the_list_of_all(store: Store, sort: Sort, descending: bool) -> None:
    people = [
        Member(
            f"{'ABC'[number % 3]} Person {number:02}",
            tags=("choir", "board")[: number % 3],
            joined=date(2020, 1 + number % 4, 1) if number % 5 else None,
            contact_points=(ContactPoint(ContactKind.EMAIL, f"m{number % 7}@example.org"),) if number % 2 else (),
            notes="few" if number % 6 == 1 else "",
        )
        for number in range(40)
    ]
    member_edits.add_all(store, people)
    every = MemberLists(store).numbers(Wanted(sort=sort, descending=descending))
    assert len(every) == 40
    by_tag = Wanted("few", ("choir",), sort, descending)
    few = MemberLists(store).numbers(by_tag)
    assert 0 < len(few) < 10
    assert few == [number for number in every if number in few]
    warm = MemberLists(store)
    assert warm.numbers(Wanted(sort=sort, descending=descending)) == every
    assert warm.numbers(by_tag) == few
    two = Wanted("", ("choir", "board"), sort, descending)
    assert MemberLists(store).numbers(two) == warm.numbers(two) != []
