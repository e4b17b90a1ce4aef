from hypothesis import given
from hypothesis import strategies as st

from desktop.community.members import ContactKind, ContactPoint, Member
from desktop.store import bulk, members, search, undo
from desktop.store.database import Store
from desktop.store.journal import operation
from helpers.communities import WORK, ana, fill, reopen, words_in_index, words_of_values

NAMES = ["Łukasz Żak", "Søren Kierkegaard", "Anna Straße", "Pat O’Brien", "王小明", "Ana Lima", "…"]


def found(store: Store, query: str) -> list[str]:
    return [member.name for member in members.every(store, query)]


def add_all(store: Store) -> None:
    with operation(store, WORK) as op:
        for name in NAMES:
            members.add(op, Member(name))


def test_names_are_found_as_people_type_them(store: Store) -> None:
    add_all(store)
    for query, name in (
        ("lukasz", "Łukasz Żak"),
        ("soren", "Søren Kierkegaard"),
        ("strasse", "Anna Straße"),
        ("obrien", "Pat O’Brien"),
        ("o'brien", "Pat O’Brien"),
        ("小明", "王小明"),
        ("zak luk", "Łukasz Żak"),
        ("KIERK", "Søren Kierkegaard"),
    ):
        assert found(store, query) == [name], query


def test_lists_are_sorted_as_people_sort_and_names_without_letters_come_last(store: Store) -> None:
    add_all(store)
    assert found(store, "") == ["Ana Lima", "Anna Straße", "Łukasz Żak", "Pat O’Brien", "Søren Kierkegaard", "王小明", "…"]


def test_what_was_typed_without_a_space_is_looked_for_as_it_stands(store: Store) -> None:
    with operation(store, WORK) as op:
        members.add(op, Member("Ana", contact_points=(ContactPoint(ContactKind.WEBSITE, "https://example.org"),)))
        members.add(op, Member("Bo", contact_points=(ContactPoint(ContactKind.EMAIL, "ana@example.org"),)))
    assert found(store, "ana@example") == ["Bo"]
    assert found(store, "ana example") == ["Ana", "Bo"]


def test_a_member_is_found_by_all_that_is_known_of_it(store: Store) -> None:
    fill(store)
    for query in ("aninhas", "padaria", "padeira", "nozes", "choir ana", "+351912345678", "912", "lima"):
        expected = [] if query == "912" else ["Ana Lima"]
        assert found(store, query) == expected, query


def test_given_a_query_without_a_word_then_it_finds_nobody(store: Store) -> None:
    fill(store)
    assert found(store, "…!") == []
    assert len(found(store, "   ")) == 2


def test_given_a_deleted_member_then_it_is_never_found_until_it_is_brought_back(store: Store) -> None:
    ana_id = fill(store)
    numbers = members.pks(store, "ana")
    with operation(store, WORK) as op:
        members.delete(op, ana_id)
    assert found(store, "ana") == []
    assert members.by_pk(store, numbers) == []
    assert members.count(store) == 1
    assert ana_id not in {row[0] for row in members.ways_of_all(store)}
    undo.undo(store)
    assert found(store, "ana") == ["Ana Lima"]


def test_given_a_bulk_load_left_search_rows_for_later_then_a_search_writes_them_also_inside_an_operation(store: Store) -> None:
    with bulk.staging(store) as staged:
        members.stage(staged, ana())
        bulk.load(store, staged, WORK)
    with operation(store, WORK) as op:
        members.add(op, Member("Other"))
        assert len(members.pks(store, "ana")) == 1
    assert store.value("SELECT count(*) FROM search_queue") == 0
    assert words_in_index(store) == words_of_values(store)


def test_given_a_loaded_member_is_changed_before_its_search_row_is_written_then_it_is_found_by_what_it_is_now(store: Store) -> None:
    with bulk.staging(store) as staged:
        members.stage(staged, ana())
        bulk.load(store, staged, WORK)
    member = next(members.every(store))
    with reopen(store.path) as other:
        with operation(store, WORK) as op:
            op.put("member", member.id, notes="peanuts")
        members.index(other)
    assert found(store, "nozes") == []
    assert found(store, "peanuts") == ["Ana Lima"]


@given(st.text(max_size=30))
def test_given_any_query_then_the_expression_is_one_that_sqlite_takes(query: str) -> None:
    expression = search.match(query)
    assert "\x00" not in expression
    assert expression.count('"') % 2 == 0
    assert all(character.isascii() and (character.isalnum() or character in ' "*') for character in expression)
