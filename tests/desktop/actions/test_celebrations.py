"""Newcomers, birthdays and anniversaries of a community, and welcoming somebody."""

from datetime import date, timedelta

import pytest

from desktop.actions import celebrations, member_edits
from desktop.community.celebrations import Occasion
from desktop.community.errors import Refused
from desktop.community.members import Birthday, ContactKind, ContactPoint, Member, MemberKind, MemberStatus
from desktop.store import members, undo
from desktop.store.database import Store


@pytest.fixture
def today(choir: Store) -> date:
    return celebrations.community_day(choir)


def test_given_people_who_joined_then_those_of_the_last_30_days_are_newcomers(choir: Store, today: date) -> None:
    for name, days in (("Long here", 31), ("New", 30), ("Newest", 0), ("Ahead", -1)):
        member_edits.add(choir, Member(name, joined=today - timedelta(days=days)))
    member_edits.add(choir, Member("Gone", joined=today, status=MemberStatus.FORMER))
    member_edits.add(choir, Member("A bakery", joined=today, kind=MemberKind.ORGANIZATION))
    member_edits.add(choir, Member("Unknown"))

    people = celebrations.look(choir)

    assert [one.who.name for one in people.newcomers] == ["Newest", "New"]
    assert people.new == 2


def test_given_many_newcomers_then_a_few_are_named_and_all_counted(choir: Store, today: date) -> None:
    member_edits.add_all(choir, [Member(f"New {number}", joined=today) for number in range(celebrations.MOST_NEW + 3)])
    people = celebrations.look(choir)
    assert (len(people.newcomers), people.new) == (celebrations.MOST_NEW, celebrations.MOST_NEW + 3)


def test_a_newcomer_is_written_to_by_the_way_they_prefer(choir: Store, today: date) -> None:
    ways = (
        ContactPoint(ContactKind.POSTAL, "Rua 1"),
        ContactPoint(ContactKind.EMAIL, "ana@example.org"),
        ContactPoint(ContactKind.TELEGRAM, "@ana", preferred=True),
    )
    member_edits.add(choir, Member("Ana", joined=today, contact_points=ways))
    member_edits.add(choir, Member("Rui", joined=today))
    assert {one.who.name: one.address for one in celebrations.look(choir).newcomers} == {"Ana": "https://t.me/ana", "Rui": ""}


def test_who_was_welcomed_is_asked_for_no_more_until_that_is_undone(choir: Store, today: date) -> None:
    ana = member_edits.add(choir, Member("Ana", joined=today))

    celebrations.welcome(choir, ana)

    assert celebrations.look(choir).newcomers == []
    assert members.get(choir, ana).welcomed == today
    member_edits.change(choir, members.get(choir, ana))  # an edit keeps it
    assert members.get(choir, ana).welcomed == today
    assert str(undo.last_done(choir).name) == "Welcomed Ana"  # type: ignore[union-attr]
    undo.undo(choir)
    assert [one.who.name for one in celebrations.look(choir).newcomers] == ["Ana"]


def test_somebody_who_is_gone_can_not_be_welcomed(choir: Store) -> None:
    with pytest.raises(Refused):
        celebrations.welcome(choir, "nobody")


def test_birthdays_and_years_of_the_next_seven_days_come_by_day(choir: Store, today: date) -> None:
    def day(away: int, year: int | None) -> Birthday:
        on = today + timedelta(days=away)
        return Birthday(on.month, on.day, year)

    member_edits.add(choir, Member("On the last day", birthday=day(6, None)))
    member_edits.add(choir, Member("Too far", birthday=day(7, 1990)))
    member_edits.add(choir, Member("Yesterday", birthday=day(-1, 1990)))
    member_edits.add(choir, Member("Today", birthday=day(0, 1990)))
    member_edits.add(choir, Member("Gone", birthday=day(0, 1990), status=MemberStatus.FORMER))
    member_edits.add(choir, Member("Ten years", joined=(today + timedelta(days=2)).replace(year=today.year - 10)))
    member_edits.add(choir, Member("Joined now", joined=today))

    found = celebrations.look(choir).days

    assert [(one.name, one.occasion, one.years, (one.on - today).days) for one in found] == [
        ("Today", Occasion.BIRTHDAY, today.year - 1990, 0),
        ("Ten years", Occasion.ANNIVERSARY, 10, 2),
        ("On the last day", Occasion.BIRTHDAY, None, 6),
    ]
