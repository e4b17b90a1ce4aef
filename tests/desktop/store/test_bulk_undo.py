from datetime import timedelta

import pytest

from desktop.community.errors import Refused
from desktop.community.events import Event
from desktop.community.members import ContactKind, ContactPoint, Member
from desktop.store import bulk, check, events, files, members, undo
from desktop.store.database import Store
from desktop.store.journal import Changes, operation
from helpers.communities import WORK, dates_anew, dates_kept, fill, reopen, rows, wall, weekly, words_in_index, words_of_values
from resources.translations import phrase

IMPORTED = phrase("Imported {file}", file="people.csv")


def load(store: Store, count: int = 5, *series: Event) -> Changes:
    with bulk.staging(store) as staged:
        for number in range(count):
            way = ContactPoint(ContactKind.EMAIL, f"m{number}@example.org")
            members.stage(staged, Member(f"Member {number}", contact_points=(way,), tags=("new",)))
        for event in series:
            events.stage(staged, event)
        return bulk.load(store, staged, IMPORTED)


def named(store: Store, name: str) -> Member:
    return next(member for member in members.every(store) if member.name == name)


def test_given_a_bulk_load_then_it_is_one_step_that_is_found_and_shown(store: Store) -> None:
    fill(store)
    changes = load(store, 5, weekly("Imported"))
    assert changes.bulk == (changes.operation,)
    assert changes.ids == {}
    assert [str(done.name) for done in undo.history(store, 1)] == ["Imported people.csv"]
    assert len(members.pks(store, "m3@example")) == 1
    assert words_in_index(store) == words_of_values(store)
    assert dates_kept(store) == dates_anew(store)
    assert check.check(store) == []
    assert not list(store.path.parent.glob(".belfry-import-*"))


def test_given_a_bulk_load_when_taken_back_and_made_again_then_all_is_as_it_was(store: Store) -> None:
    fill(store)
    before, dates = rows(store), dates_kept(store)
    load(store, 5, weekly("Imported"))
    after, dates_after = rows(store), dates_kept(store)
    for _ in range(2):
        assert undo.undo(store).kept == 0
        assert (rows(store), dates_kept(store)) == (before, dates)
        assert members.pks(store, "member") == []
        assert undo.redo(store).kept == 0
        assert (rows(store), dates_kept(store)) == (after, dates_after)
        assert len(members.pks(store, "member")) == 5
    assert check.check(store) == []


def test_given_some_were_changed_since_then_they_stay_whole_and_redo_brings_the_others(store: Store) -> None:
    load(store)
    imported = rows(store)
    load_id = undo.history(store, 1)[0].id
    edited, tagged, way, gone = (named(store, f"Member {number}") for number in range(4))
    with operation(store, WORK) as op:
        op.put("member", edited.id, notes="Came to the party")
        op.new("member_tag", member_id=tagged.id, tag="board")
        op.put("contact_point", way.contact_points[0].id, value="other@example.org")
        members.delete(op, gone.id)
    changed = rows(store)

    assert undo.undo(store, load_id).kept == 3
    left = rows(store)
    assert left["member"].keys() == {edited.id, tagged.id, way.id}
    for table in left:
        assert left[table] == {row_id: row for row_id, row in changed[table].items() if row.get("member_id", row_id) in left["member"]}
    assert undo.redo(store).kept == 1  # the one that was deleted on its own stays so
    assert rows(store) == changed
    assert undo.undo(store, undo.history(store, 1)[0].id).kept == 0
    assert rows(store) == imported


def test_given_an_imported_series_got_a_changed_date_since_then_it_stays_with_all_its_dates(store: Store) -> None:
    series = weekly("Imported")
    load(store, 0, series, weekly("Other"))
    load_id = undo.history(store, 1)[0].id
    row_id = next(event.id for event in events.every(store) if event.title == "Imported")
    moved = Event(
        "Moved", wall("2026-12-09T19:00"), wall("2026-12-09T20:00"), zone="Europe/Lisbon", series_id=row_id, recurrence_id=wall("2026-12-08T19:00")
    )
    with operation(store, WORK) as op:
        events.add(op, moved)
    assert undo.undo(store, load_id).kept == 1
    assert sorted(event.title for event in events.every(store)) == ["Imported", "Moved"]
    assert dates_kept(store) == dates_anew(store)


def test_given_an_imported_date_of_a_series_that_was_there_when_taken_back_then_the_series_has_its_own_date_again(store: Store) -> None:
    fill(store)
    series = next(event for event in events.every(store) if event.repeats)
    before = dates_kept(store)
    start = wall("2026-12-15T19:00")
    moved = Event("Imported", start + timedelta(hours=1), start + timedelta(hours=2), zone="Europe/Lisbon", series_id=series.id, recurrence_id=start)
    load(store, 0, moved)
    assert "Imported" in {one.title for one in dates_kept(store)}
    assert dates_kept(store) == dates_anew(store)
    undo.undo(store)
    assert dates_kept(store) == before
    undo.redo(store)
    assert dates_kept(store) == dates_anew(store) != before


def test_given_a_changed_date_moves_to_another_series_then_both_show_their_dates(store: Store) -> None:
    with operation(store, WORK) as op:
        first, second = events.add(op, weekly("First")), events.add(op, weekly("Second"))
        start = wall("2026-12-15T19:00")
        moved = events.add(op, Event("Moved", start, start, zone="Europe/Lisbon", series_id=first, recurrence_id=start))
    with operation(store, WORK) as op:
        op.put("event", moved, series_id=second)
    assert dates_kept(store) == dates_anew(store)
    assert {one.series_id for one in dates_kept(store) if one.title == "Moved"} == {second}


def test_given_a_way_moves_to_another_member_then_only_that_one_is_found_by_it(store: Store) -> None:
    ana_id = fill(store)
    other = named(store, "Łukasz Żak")
    way = members.get(store, ana_id).contact_points[0]
    with operation(store, WORK) as op:
        op.put("contact_point", way.id, member_id=other.id)
    assert [member.id for member in members.every(store, "ana@example.org")] == [other.id]
    undo.undo(store)
    assert [member.id for member in members.every(store, "ana@example.org")] == [ana_id]


def test_given_a_bulk_load_that_fails_then_nothing_of_it_stays(store: Store) -> None:
    fill(store)
    before = rows(store)
    with pytest.raises(ValueError, match="shoe"), bulk.staging(store) as staged:
        staged.add("member", "id", name="Half", shoe=38)
    with bulk.staging(store) as staged:
        members.stage(staged, Member("Half"))
        staged.add("member", before["member"].popitem()[0], name="The same id twice")
        with pytest.raises(Exception, match="UNIQUE"):
            bulk.load(store, staged, IMPORTED)
    with reopen(store.path) as other:
        assert members.count(other) == 2
        assert check.check(other) == []
    assert not list(store.path.parent.glob(".belfry-import-*"))
    load(store)
    assert members.count(store) == 7


def test_given_files_in_a_bulk_load_then_they_are_kept_once(store: Store) -> None:
    fill(store)
    with bulk.staging(store) as staged:
        name = files.sha256(b"\x89PNG two")
        for number in range(2):
            staged.add_file(name, "image/png", b"\x89PNG two")
            members.stage(staged, Member(f"Member {number}", photo=name))
        bulk.load(store, staged, IMPORTED)
    assert files.content(store, name) == b"\x89PNG two"
    assert store.value("SELECT count(*) FROM file") == 3
    assert check.check(store) == []


def test_given_an_import_that_was_taken_back_when_something_is_done_then_it_can_not_be_made_again(store: Store) -> None:
    load(store)
    undo.undo(store)
    fill(store)
    with pytest.raises(Refused):
        undo.redo(store)
