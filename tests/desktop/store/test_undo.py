import random
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.community.announcements import Announcement
from desktop.community.errors import Refused
from desktop.community.ids import new_id
from desktop.community.members import ContactKind, ContactPoint, Member
from desktop.store import announcements, events, members, undo
from desktop.store.database import Store
from desktop.store.journal import Operation, operation
from helpers.communities import WORK, ana, dates_anew, dates_kept, fill, make, reopen, rows, weekly
from resources.translations import phrase


def edit(store: Store, row_id: str, table: str = "member", **columns: str) -> str:
    """Edit a row; gives the id of the step."""
    with operation(store, phrase("Edited")) as op:
        op.put(table, row_id, **columns)
    return undo.history(store, 1)[0].id


def name_of(store: Store, row_id: str) -> str:
    return str(store.value("SELECT name FROM member WHERE id = ?", (row_id,)))


def alive(store: Store, row_id: str) -> bool:
    return row_id in rows(store, "member")["member"]


def test_given_all_is_taken_back_and_made_again_then_all_is_as_it_was(store: Store) -> None:
    empty = rows(store)
    fill(store)
    full, dates = rows(store), dates_kept(store)
    steps = len(undo.history(store))

    for _ in range(steps):
        assert undo.undo(store).kept == 0
    assert (rows(store), dates_kept(store)) == (empty, [])
    with pytest.raises(Refused):
        undo.undo(store)
    for _ in range(steps):
        assert undo.redo(store).kept == 0
    assert (rows(store), dates_kept(store)) == (full, dates)
    with pytest.raises(Refused):
        undo.redo(store)


def test_given_an_undo_then_it_says_what_it_took_back(store: Store) -> None:
    fill(store)
    last = undo.last_done(store)
    assert last is not None
    assert str(last.name) == "Announced"
    outcome = undo.undo(store)
    assert (outcome.name, outcome.kept, len(outcome.announcements)) == (phrase("Announced"), 0, 1)
    undone = undo.last_undone(store)
    assert undone is not None
    assert (undone.pk, undone.undone) == (last.pk, True)
    assert [done.undone for done in undo.history(store)] == [True, False, False, False, False]
    assert undo.redo(store).name == phrase("Announced")


def test_given_something_new_was_done_then_there_is_nothing_to_redo(store: Store) -> None:
    ana_id = fill(store)
    undo.undo(store)
    edit(store, ana_id, name="Ana L.")
    assert undo.last_undone(store) is None
    with pytest.raises(Refused):
        undo.redo(store)


def test_given_an_older_step_when_undone_by_its_id_then_only_its_columns_go_back(store: Store) -> None:
    ana_id = fill(store)
    first = edit(store, ana_id, name="Anna", given="Anna")
    edit(store, ana_id, notes="New")
    assert undo.undo(store, first[-8:]).kept == 0
    member = members.get(store, ana_id)
    assert (member.name, member.given, member.notes) == ("Ana Lima", "Ana", "New")
    assert undo.redo(store).kept == 0
    assert members.get(store, ana_id).name == "Anna"


def test_given_a_column_was_changed_since_then_it_stays_and_is_counted(store: Store) -> None:
    ana_id = fill(store)
    first = edit(store, ana_id, name="Anna", given="Anna")
    edit(store, ana_id, name="Annabel")
    assert undo.undo(store, first).kept == 1
    member = members.get(store, ana_id)
    assert (member.name, member.given) == ("Annabel", "Ana")


def test_given_a_column_was_written_twice_in_one_step_then_it_goes_back_to_what_it_was_before(store: Store) -> None:
    ana_id = fill(store)
    with operation(store, WORK) as op:
        op.put("member", ana_id, name="One")
        op.put("member", ana_id, name="Two", notes="Two")
    step = undo.history(store, 1)[0].id
    edit(store, ana_id, notes="One")
    assert undo.undo(store, step).kept == 1
    assert (name_of(store, ana_id), members.get(store, ana_id).notes) == ("Ana Lima", "One")


def test_given_a_member_was_edited_since_then_its_making_stays_with_all_its_parts(store: Store) -> None:
    ana_id = fill(store)
    making = undo.history_of(store, ana_id)[-1].id
    edit(store, ana_id, notes="New")
    before = rows(store)
    assert undo.undo(store, making).kept == 1
    assert rows(store) == before


def test_given_a_tag_was_added_since_then_the_making_of_the_member_stays(store: Store) -> None:
    ana_id = fill(store)
    making = undo.history_of(store, ana_id)[-1].id
    with operation(store, WORK) as op:
        op.new("member_tag", member_id=ana_id, tag="board")
    before = rows(store)
    assert undo.undo(store, making).kept == 1
    assert rows(store) == before


def test_given_what_was_added_since_was_taken_back_then_the_making_goes_back(store: Store) -> None:
    ana_id = fill(store)
    making = undo.history_of(store, ana_id)[-1].id
    edit(store, ana_id, notes="New")
    with operation(store, WORK) as op:
        op.new("member_tag", member_id=ana_id, tag="board")
    undo.undo(store)
    undo.undo(store)
    assert undo.undo(store, making).kept == 0
    assert not alive(store, ana_id)


def test_given_edits_were_taken_back_out_of_order_then_the_making_goes_back(store: Store) -> None:
    ana_id = fill(store)
    making = undo.history_of(store, ana_id)[-1].id
    first = edit(store, ana_id, notes="New")
    edit(store, ana_id, name="Anna")
    undo.undo(store, first)
    undo.undo(store)
    assert undo.undo(store, making).kept == 0
    assert not alive(store, ana_id)


def test_given_a_member_was_deleted_since_then_undoing_its_making_keeps_it_gone_and_says_nothing_stayed(store: Store) -> None:
    ana_id = fill(store)
    making = undo.history_of(store, ana_id)[-1].id
    with operation(store, WORK) as op:
        members.delete(op, ana_id)
    assert undo.undo(store, making).kept == 0
    assert not alive(store, ana_id)
    assert undo.redo(store).kept == 1  # somebody deleted it, so it does not come back
    assert not alive(store, ana_id)


def test_given_a_part_was_deleted_since_then_the_rest_goes_back(store: Store) -> None:
    ana_id = fill(store)
    making = undo.history_of(store, ana_id)[-1].id
    member = members.get(store, ana_id)
    with operation(store, WORK) as op:
        op.delete("contact_point", member.contact_points[0].id)
    assert undo.undo(store, making).kept == 0
    assert not alive(store, ana_id)


def test_given_a_series_got_a_changed_date_since_then_its_making_stays(store: Store) -> None:
    with operation(store, WORK) as op:
        series = events.add(op, weekly())
    making = undo.history(store, 1)[0].id
    start = weekly().start
    with operation(store, WORK) as op:
        op.new("event", title="Moved", start="2026-11-11T19:00:00", end="2026-11-11T20:00:00", series_id=series, recurrence_id=start.isoformat())
    before = rows(store)
    assert undo.undo(store, making).kept == 1
    assert rows(store) == before


def test_given_an_edit_of_an_event_is_taken_back_then_its_dates_are_too(store: Store) -> None:
    with operation(store, WORK) as op:
        series = events.add(op, weekly())
    dates = dates_kept(store)
    edit(store, series, "event", title="Choir", rrule="FREQ=WEEKLY;BYDAY=WE", start="2026-11-04T18:00:00", end="2026-11-04T19:00:00")
    assert dates_kept(store) == dates_anew(store) != dates
    undo.undo(store)
    assert dates_kept(store) == dates
    undo.redo(store)
    assert dates_kept(store) == dates_anew(store) != dates


def test_given_another_program_has_just_taken_the_same_step_back_then_it_is_not_taken_back_twice(store: Store) -> None:
    ana_id = fill(store)
    edit(store, ana_id, name="Anna")
    edit(store, ana_id, name="Ana Lima")
    with reopen(store.path) as other:
        step = undo.last_done(other)
        undo.undo(store)
        assert step is not None
        with pytest.raises(Refused, match="already"):
            undo.undo(other, step.id)
    assert name_of(store, ana_id) == "Anna"


def test_given_an_id_that_fits_several_steps_or_none_then_it_is_refused(store: Store) -> None:
    fill(store)
    last = undo.history(store)[0].id
    store.conn.execute("UPDATE operation SET id = substr(id, 1, 20) || ? WHERE pk = 1", (last[20:],))
    for which in (last[-8:], "nothing-ends-like-this"):
        with pytest.raises(Refused, match="single"):
            undo.undo(store, which)
    assert not any(done.undone for done in undo.history(store))


def test_given_ways_and_tags_are_put_in_another_order_then_the_order_stays_and_goes_back(store: Store) -> None:
    ana_id = fill(store)
    member = members.get(store, ana_id)
    turned = Member("Ana Lima", contact_points=member.contact_points[::-1], tags=("bakers", "Choir", "new"), id=ana_id)
    with operation(store, WORK) as op:
        members.change(op, turned)
    assert members.get(store, ana_id).tags == ("bakers", "Choir", "new")
    assert members.get(store, ana_id).contact_points == turned.contact_points
    undo.undo(store)
    assert members.get(store, ana_id) == member


def test_given_a_way_was_deleted_meanwhile_when_the_member_is_saved_with_it_then_it_is_there(store: Store) -> None:
    ana_id = fill(store)
    seen = members.get(store, ana_id)
    with operation(store, WORK) as op:
        op.delete("contact_point", seen.contact_points[0].id)
    with operation(store, WORK) as op:
        members.change(op, seen)
    assert [way.value for way in members.get(store, ana_id).contact_points] == [way.value for way in seen.contact_points]


def test_given_an_announcement_is_changed_when_taken_back_then_it_is_what_it_was(store: Store) -> None:
    fill(store)
    before = next(announcements.every(store))
    with operation(store, WORK) as op:
        announcements.change(op, Announcement("Other", (), before.schedule, id=before.id))
    assert next(announcements.every(store)).channels == ()
    undo.undo(store)
    assert next(announcements.every(store)) == before


def test_given_a_row_that_is_gone_then_changing_it_is_refused(store: Store) -> None:
    fill(store)
    gone = new_id()
    changes: tuple[Callable[[Operation], object], ...] = (
        lambda op: members.change(op, Member("X", id=gone)),
        lambda op: members.delete(op, gone),
        lambda op: events.change(op, replace(weekly(), id=gone)),
        lambda op: events.delete(op, gone),
        lambda op: announcements.change(op, Announcement("X", (), id=gone)),
    )
    for change in changes:
        with pytest.raises(Refused), operation(store, WORK) as op:
            change(op)


COLUMNS = ("name", "given", "family", "notes", "nickname")


@settings(max_examples=40)
@given(
    edits=st.lists(st.sampled_from(COLUMNS), unique=True, min_size=1),
    tagged=st.booleans(),
    order=st.randoms(use_true_random=False),
    again=st.integers(0, 6),
)
def test_given_steps_that_do_not_touch_each_other_when_taken_back_in_any_order_then_what_stands_is_there(
    edits: list[str], tagged: bool, order: random.Random, again: int
) -> None:
    """The model: the member as it was made, and on it the edits that stand; its making goes only when nothing stands on it."""
    with tempfile.TemporaryDirectory() as folder, make(Path(folder) / "c.belfry") as store:
        with operation(store, WORK) as op:
            row_id = members.add(op, Member("Ana", contact_points=(ContactPoint(ContactKind.EMAIL, "a@b.org"),)))
        making = undo.history(store, 1)[0].id
        made = rows(store, "member")["member"][row_id]
        steps = {edit(store, row_id, **{column: f"new {column}"}): column for column in edits}
        if tagged:
            with operation(store, WORK) as op:
                op.new("member_tag", member_id=row_id, tag="choir")
            steps[undo.history(store, 1)[0].id] = ""
        standing = dict(steps)
        queue = [*steps, making]
        order.shuffle(queue)
        is_made = True
        for step in queue:
            outcome = undo.undo(store, step)
            if step == making:
                is_made = bool(standing)
                assert outcome.kept == bool(standing)
            else:
                del standing[step]
                assert outcome.kept == 0
            found = rows(store, "member")["member"].get(row_id)
            assert (found is not None) is is_made
            if found is not None:
                for column in COLUMNS:
                    assert found[column] == (f"new {column}" if column in standing.values() else made[column])
            assert len(rows(store, "contact_point")["contact_point"]) == is_made
        for step in reversed(queue[max(0, len(queue) - again) :]):
            assert undo.redo(store).kept == 0
            if step == making:
                is_made = True
            else:
                standing[step] = steps[step]
            found = rows(store, "member")["member"].get(row_id)
            if found is not None:
                assert {column for column in COLUMNS if found[column] != made[column]} == set(standing.values()) - {""}
            assert (found is not None) is is_made


def test_a_member_from_the_store_is_the_one_that_was_kept(store: Store) -> None:
    ana_id = fill(store)
    kept = members.get(store, ana_id)
    given_back = Member(
        **{name: getattr(kept, name) for name in Member.__dataclass_fields__ if name not in ("id", "contact_points")},
        contact_points=tuple(ContactPoint(way.kind, way.value, way.label, way.preferred, way.postal) for way in kept.contact_points),
    )
    assert given_back == ana(kept.photo)
