"""What is found of all members, in the order that is shown: the same whichever way is quickest."""

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.actions import member_edits
from desktop.community.members import ContactKind, ContactPoint, Member, MemberStatus
from desktop.store import members, undo
from desktop.store.database import Store
from desktop.store.member_lists import MemberLists, Sort, Wanted, ids, number_of


def test_given_words_that_everybody_has_when_they_are_searched_for_then_all_are_listed_and_nobody_who_is_gone(store: Store) -> None:
    member_edits.add_all(store, [Member(f"{'BCA'[number % 3]} Person {number:03}", notes="early" if number < 90 else "") for number in range(100)])
    lists = MemberLists(store)
    every = lists.numbers(Wanted())
    assert len(every) == 100
    assert lists.numbers(Wanted("pers")) == every
    assert lists.numbers(Wanted("pers", descending=True)) == lists.numbers(Wanted(descending=True)) == every[::-1]
    early = lists.numbers(Wanted("early"))  # whose first ones are the first of all
    assert early == [number for number in every if number in set(early)]
    assert len(early) == 90
    gone = ids(store, [every[3], every[70]])
    member_edits.delete(store, gone)
    assert lists.numbers(Wanted("pers")) == [number for number in every if number not in (every[3], every[70])]
    undo.undo(store)
    late = member_edits.add(store, Member("Zoë"))
    assert lists.numbers(Wanted("pers")) == every
    assert lists.numbers(Wanted("zoe")) == [number_of(store, late)]


def test_given_members_whose_words_are_not_written_yet_when_they_are_searched_for_then_only_those_are_found_that_have_some(store: Store) -> None:
    ana, rui = (member_edits.add(store, Member(name)) for name in ("Ana Silva", "Rui Silva"))
    number = number_of(store, rui)
    with store.write() as conn:
        conn.execute("DELETE FROM member_search WHERE rowid = ?", (number,))
        conn.execute("INSERT INTO search_queue (member, words) VALUES (?, '')", (number,))
    assert MemberLists(store).numbers(Wanted("silva")) == [number_of(store, ana)]
    members.index(store)
    assert MemberLists(store).numbers(Wanted("silva")) == [number_of(store, ana), number]


@given(
    people=st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["", *"pqrstuvw"]), st.integers(2015, 2024)), max_size=40),
    gone=st.sets(st.integers(0, 39), max_size=4),
    sort=st.sampled_from([Sort.TAGS, Sort.JOINED, Sort.STATUS, Sort.REACH]),
    descending=st.booleans(),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_given_many_with_the_same_tag_or_day_when_they_are_sorted_by_it_then_their_names_decide_and_who_has_none_comes_last(
    store: Store, people: list[tuple[str, str, int]], gone: set[int], sort: Sort, descending: bool
) -> None:
    member_edits.delete(store, ids(store, MemberLists(store).numbers(Wanted())))
    made = [
        Member(
            name,
            joined=date(year, 5, 1),
            tags=(tag,) if tag else (),
            status=MemberStatus.ACTIVE if year < 2020 else MemberStatus.FORMER,
            contact_points=(ContactPoint(ContactKind.EMAIL, f"{tag}@example.org"),) if tag else (),
        )
        for name, tag, year in people
    ]
    member_edits.add_all(store, made)
    member_edits.delete(store, ids(store, [number for place, number in enumerate(members.pks(store)) if place in gone]))
    names = members.by_pk(store, MemberLists(store).numbers(Wanted()))

    def has(member: Member) -> str:
        first = {Sort.TAGS: member.tags[:1], Sort.REACH: [way.value for way in member.contact_points[:1]], Sort.JOINED: [str(member.joined)]}
        return next(iter(first.get(sort, [str(member.status)])), "")

    having = sorted((one for one in names if has(one)), key=has, reverse=descending)  # keeps the order of the names, reversed, too
    wanted = [one.id for one in (*having, *(one for one in names if not has(one)))]
    assert [one.id for one in members.by_pk(store, MemberLists(store).numbers(Wanted(sort=sort, descending=descending)))] == wanted


@given(
    marked=st.lists(st.booleans(), max_size=12),
    words=st.lists(st.sampled_from(["red", "blue", "re", "person", "nobody"]), min_size=1, max_size=2),
    sort=st.sampled_from(list(Sort)),
    descending=st.booleans(),
    warm=st.booleans(),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_given_any_words_when_they_are_searched_for_then_the_list_is_the_part_of_all_that_has_them(
    store: Store, marked: list[bool], words: list[str], sort: Sort, descending: bool, warm: bool
) -> None:
    member_edits.delete(store, ids(store, MemberLists(store).numbers(Wanted())))
    member_edits.add_all(store, [Member(f"Person {7 * number % 12}", notes="red" if red else "blue") for number, red in enumerate(marked)])
    wanted = Wanted(" ".join(words), (), sort, descending)
    lists = MemberLists(store)
    every = MemberLists(store).numbers(replace(wanted, query=""))
    if warm:
        assert lists.numbers(replace(wanted, query="")) == every
    people = dict(zip(every, members.by_pk(store, every), strict=True))

    def has(number: int, word: str) -> bool:
        return any(own.startswith(word) for own in (*people[number].name.lower().split(), *people[number].notes.split()))

    assert lists.numbers(wanted) == [number for number in every if all(has(number, word) for word in words)]
