import json
from datetime import timedelta

import pytest

from desktop.community.errors import Refused
from desktop.community.ids import new_id
from desktop.community.members import ContactKind, ContactPoint, Member
from desktop.store import announcements, members, undo
from desktop.store.database import Store
from desktop.store.driver import OperationalError
from desktop.store.journal import operation
from desktop.store.schema import SCHEMA
from helpers.clock import MovedClock
from helpers.communities import DEVICE, WORK, ana, fill, reopen, rows, weekly
from resources.translations import Phrase, phrase


def test_an_operation_keeps_who_did_what_when_and_only_the_columns_that_changed(store: Store) -> None:
    with operation(store, WORK) as op:
        ana_id = op.new("member", name="Ana", given="Ana")
    with operation(store, phrase("Edited {name}", name="Ana")) as op:
        op.put("member", ana_id, name="Anna", given="Ana")

    uid, hlc, name, device, schema = store.rows("SELECT id, hlc, phrase, device, schema FROM operation ORDER BY pk DESC")[0]
    table, row_id, before, after = store.rows('SELECT "table", row_id, before, after FROM journal ORDER BY pk DESC')[0]

    assert (len(uid), Phrase.from_json(name), device, schema) == (36, phrase("Edited {name}", name="Ana"), DEVICE, SCHEMA)
    assert hlc == f"2026-11-23T12:00:00.000Z-00001-{DEVICE}"
    assert (table, row_id, json.loads(before), json.loads(after)) == ("member", ana_id, {"name": "Ana"}, {"name": "Anna"})


def test_changes_name_each_row_that_was_written_and_no_other(store: Store) -> None:
    with operation(store, WORK) as op:
        ana_id = members.add(op, ana())
    assert op.changes is not None
    assert op.changes.ids["member"] == {ana_id}
    assert {table: len(ids) for table, ids in op.changes.ids.items()} == {"member": 1, "contact_point": 2, "member_tag": 2}

    kept = members.get(store, ana_id)
    with operation(store, WORK) as op:
        ways = (kept.contact_points[0], ContactPoint(ContactKind.PHONE, "+351000000", "mobile", id=kept.contact_points[1].id))
        members.change(op, Member("Ana Lima", contact_points=ways, tags=kept.tags, id=ana_id))
    assert op.changes is not None
    assert op.changes.ids == {"member": {ana_id}, "contact_point": {kept.contact_points[1].id}}
    assert op.changes.tables == {"member", "contact_point"}
    assert op.changes.bulk == ()

    undo.undo(store)
    assert members.get(store, ana_id) == kept


def test_given_nothing_was_changed_then_there_is_nothing_to_undo(store: Store) -> None:
    fill(store)
    before = undo.history(store)
    member = next(members.every(store))
    announcement = next(announcements.every(store))

    with operation(store, WORK) as op:
        members.change(op, member)
        announcements.change(op, announcement)

    assert undo.history(store) == before


def test_given_an_error_within_an_operation_then_nothing_of_it_stays(store: Store) -> None:
    before = rows(store)
    with pytest.raises(Refused), operation(store, WORK) as op:
        members.delete(op, members.add(op, ana()) + "?")
    assert (rows(store), undo.history(store)) == (before, [])
    with operation(store, WORK) as op:
        members.add(op, ana())
    assert members.count(store) == 1


def work_within_work(store: Store) -> None:
    with operation(store, WORK) as op:
        members.add(op, ana())
        with operation(store, WORK):
            pass


def test_given_an_operation_within_another_then_the_bug_shows_and_nothing_stays(store: Store) -> None:
    with pytest.raises(OperationalError, match="within a transaction"):
        work_within_work(store)
    assert members.count(store) == 0


def test_given_a_column_that_is_not_there_then_the_bug_shows(store: Store) -> None:
    with pytest.raises(ValueError, match="shoe"), operation(store, WORK) as op:
        op.new("member", name="Ana", shoe=38)


def test_given_a_row_that_is_not_there_then_deleting_it_is_refused(store: Store) -> None:
    with pytest.raises(Refused), operation(store, WORK) as op:
        op.delete("member", new_id())
    assert store.value("SELECT count(*) FROM member") == 0


def test_given_a_row_is_deleted_twice_then_the_second_time_does_nothing(store: Store, clock: MovedClock) -> None:
    ana_id = fill(store)
    with operation(store, WORK) as op:
        members.delete(op, ana_id)
    clock.advance(timedelta(days=1))
    with operation(store, WORK) as op:
        members.delete(op, ana_id)
    undo.undo(store)
    assert members.get(store, ana_id).name == "Ana Lima"


@pytest.mark.parametrize("jump", [timedelta(days=-3650), timedelta(milliseconds=-1), timedelta(0), timedelta(days=3650)])
def test_given_the_clock_jumps_then_the_journal_goes_on_in_time(store: Store, clock: MovedClock, jump: timedelta) -> None:
    for _ in range(3):
        with operation(store, WORK) as op:
            members.add(op, Member("Ana"))
        clock.set_wall(clock.now() + jump)
    clocks = [row[0] for row in store.rows("SELECT hlc FROM operation ORDER BY pk")]
    assert clocks == sorted(set(clocks))


def test_given_an_operation_from_a_computer_that_is_ahead_then_the_next_comes_after_it(store: Store) -> None:
    store.conn.execute(
        "INSERT INTO operation (id, hlc, phrase, device, schema) VALUES ('x', '2031-01-01T00:00:00.000Z-00007-device-z', ?, 'device-z', 1)",
        (WORK.to_json(),),
    )
    with operation(store, WORK) as op:
        members.add(op, ana())
    assert store.value("SELECT hlc FROM operation ORDER BY pk DESC") == f"2031-01-01T00:00:00.000Z-00008-{DEVICE}"


def test_given_the_counter_is_used_up_then_the_next_still_comes_later(store: Store) -> None:
    store.conn.execute(
        "INSERT INTO operation (id, hlc, phrase, device, schema) VALUES ('x', '2031-01-01T00:00:00.999Z-99999-device-z', ?, 'device-z', 1)",
        (WORK.to_json(),),
    )
    with operation(store, WORK) as op:
        members.add(op, ana())
    assert store.value("SELECT hlc FROM operation ORDER BY pk DESC") == f"2031-01-01T00:00:01.000Z-00000-{DEVICE}"


def test_the_history_of_a_member_names_what_touched_it_and_its_parts(store: Store) -> None:
    ana_id = fill(store)
    kept = members.get(store, ana_id)
    with operation(store, phrase("Gave a tag")) as op:
        op.new("member_tag", member_id=ana_id, tag="board")
    with operation(store, phrase("Other")) as op:
        members.add(op, Member("Other"))
    assert [str(done.name) for done in undo.history_of(store, ana_id)] == ["Gave a tag", "Added Ana Lima"]
    assert [str(done.name) for done in undo.history_of(store, kept.contact_points[0].id)] == ["Added Ana Lima"]


def test_given_another_program_wrote_then_this_one_sees_it_and_is_told(store: Store) -> None:
    version = store.data_version()
    with reopen(store.path) as other, operation(other, WORK) as op:
        members.add(op, ana())
    assert store.data_version() != version
    assert members.count(store) == 1
    version = store.data_version()
    with operation(store, WORK) as op:
        op.new("event", title="Own", start=weekly().start.isoformat(), end=weekly().end.isoformat())
    assert store.data_version() == version
