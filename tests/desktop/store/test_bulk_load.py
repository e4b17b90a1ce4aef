import signal
from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.community.members import ContactKind, ContactPoint, Member
from desktop.store import bulk, members, undo
from desktop.store.database import Store
from desktop.store.journal import operation
from desktop.store.tables import SHARED
from helpers.communities import WORK, ana, reopen, words_in_index, words_of_values

ENOUGH = 20_000  # that a load takes longer than the time between two looks


class Stopped(Exception):
    pass


def bare(member: Member) -> Member:
    return replace(member, id="", contact_points=tuple(replace(way, id="") for way in member.contact_points))


def stop(looks: list[None]) -> None:
    looks.append(None)
    if len(looks) == 2:
        raise Stopped


def interrupt(looks: list[None]) -> None:
    looks.append(None)
    if len(looks) == 2:
        signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize(("act", "comes_out"), [(stop, Stopped), (interrupt, KeyboardInterrupt)])
def test_given_a_load_is_stopped_while_it_writes_then_nothing_of_it_is_kept_and_the_file_works(
    store: Store, act: Callable[[list[None]], None], comes_out: type[BaseException]
) -> None:
    looks: list[None] = []
    with bulk.staging(store) as staged:
        for start in range(0, ENOUGH, 100):
            members.stage(staged, *(Member(f"Member {number}") for number in range(start, start + 100)))
        with pytest.raises(comes_out):
            bulk.load(store, staged, WORK, lambda: act(looks))
    assert len(looks) == 2
    assert members.count(store) == 0
    assert undo.last_done(store) is None
    with reopen(store.path) as other, bulk.staging(other) as staged:
        members.stage(staged, ana())
        bulk.load(other, staged, WORK)
    assert [member.name for member in members.every(store)] == [ana().name]


def test_given_members_of_every_kind_when_loaded_at_once_then_they_come_out_as_they_went_in(store: Store) -> None:
    loaded = [ana(), Member("小明 Łukasz", notes="x'; y"), Member("Two", tags=("★", "Choir")), Member("Three", fields={"Größe": 'XL "wide"\n'})]
    loaded += [Member(f"Member {number}", contact_points=(ContactPoint(ContactKind.EMAIL, f"{number}@example.org"),)) for number in range(2_100)]
    with bulk.staging(store) as staged:
        members.stage(staged, *loaded)
        bulk.load(store, staged, WORK)
        members.index(store, staged)
    assert store.value("SELECT count(*) FROM search_queue") == 0
    assert [bare(member) for member in members.by_pk(store, range(1, len(loaded) + 1))] == [bare(member) for member in loaded]
    assert words_in_index(store) == words_of_values(store)


def test_given_a_member_is_changed_right_after_the_load_then_the_index_made_from_what_was_loaded_leaves_it_alone(store: Store) -> None:
    with operation(store, WORK) as op:
        members.add(op, Member("Here before"))
    with bulk.staging(store) as staged:
        members.stage(staged, *(Member(f"Member {number}", notes="old") for number in range(5)))
        bulk.load(store, staged, WORK)
        changed = members.by_pk(store, [4])[0]
        with reopen(store.path) as other, operation(other, WORK) as op:
            members.change(op, replace(changed, notes="new"))
        members.index(store, staged)
    assert [member.name for member in members.every(store, "new")] == [changed.name] == ["Member 2"]
    assert words_in_index(store) == words_of_values(store)


def test_given_a_load_when_its_rows_are_staged_whole_then_they_are_in_the_order_of_their_tables(store: Store) -> None:
    with bulk.staging(store) as staged:
        members.stage(staged, ana())
        bulk.load(store, staged, WORK)
    for name in ("member", "contact_point", "member_tag"):
        table = SHARED[name]
        columns = [*table.columns, *(table.derived or ())]
        for row in store.rows(f"SELECT {', '.join(columns)} FROM {name}"):
            values = dict(zip(columns, row, strict=True))
            assert table.derive(values).items() <= values.items()
            assert all(isinstance(values[column], type(default)) for column, default in table.columns.items())
