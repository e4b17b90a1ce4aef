"""What “Today” reads and does, without a window."""

from datetime import timedelta

import pytest

from desktop.actions import deliveries, today
from desktop.actions.deliveries import Answer
from desktop.actions.sample import fill
from desktop.actions.today import Fate
from desktop.community.deliveries import State
from desktop.store import ledger
from desktop.store import today as reading
from desktop.store.database import Store
from desktop.store.glance import glance
from helpers.busy_day import by_machine, fill_day, miss
from helpers.clock import MovedClock
from helpers.hand import hand_over, settle_as


@pytest.fixture
def store(choir: Store) -> Store:
    """The sample community."""
    fill(choir)
    return choir


def test_what_waits_is_what_the_strip_counts_with_what_is_in_doubt_first(store: Store) -> None:
    fill_day(store)
    found = today.look(store, 0, store.clock.now())
    assert found.waiting == glance(store).waiting == sum(len(group.ids) for group in found.waits) == 5
    assert [group.state for group in found.waits][:3] == [State.UNSURE, State.REJECTED, State.MISSED]
    assert found.by_hand == 2


def test_what_is_unsure_in_two_places_is_two_questions(store: Store) -> None:
    first = by_machine(store)[0]
    same = [one for one in by_machine(store) if one.announcement_id == first.announcement_id]
    for one in same:
        settle_as(store, one, State.UNSURE)
    waits = today.look(store, 0, store.clock.now()).waits
    assert [len(group.ids) for group in waits] == [1] * len(same)
    assert len({group.key for group in waits}) == len(same)


def test_what_a_person_settled_is_not_what_happened_by_itself(store: Store) -> None:
    one, other = hand_over(store, 2)
    until = store.clock.now() + today.AHEAD * 60
    assert [seen.id for seen in today.away(store, 0, until)[Fate.NEEDS]] == [one.id, other.id]
    deliveries.settle(store, one.id, Answer.SENT)
    assert {fate: [seen.id for seen in ones] for fate, ones in today.away(store, 0, until).items()} == {Fate.NEEDS: [other.id]}


def test_what_happened_before_somebody_looked_is_not_told_again(store: Store, clock: MovedClock) -> None:
    fill_day(store)
    seen = reading.newest_move(store)
    clock.advance(timedelta(hours=1))
    late = miss(store, by_machine(store)[0])
    assert {fate: [one.id for one in ones] for fate, ones in today.away(store, seen, clock.now()).items()} == {Fate.LATE: [late.id]}


def test_leaving_something_and_putting_it_back_leaves_its_times_as_they_were(store: Store) -> None:
    before = by_machine(store)[-1]
    assert today.leave(store, [before.id]) == [before.id]
    assert today.leave(store, [before.id]) == []  # settled already
    assert today.put_back(store, [before.id]) == [before.id]
    after = ledger.get(store.conn, before.id)
    assert after is not None
    assert (after.state, after.due_at, after.late_until, after.next_attempt_at) == (
        State.QUEUED,
        before.due_at,
        before.late_until,
        before.next_attempt_at,
    )


def test_what_was_missed_and_left_is_found_too_late_again_when_put_back(store: Store, clock: MovedClock) -> None:
    missed = miss(store, by_machine(store)[0])
    clock.advance(timedelta(minutes=1))
    today.leave(store, [missed.id])
    today.put_back(store, [missed.id])
    assert missed.id in {one.id for one in ledger.out_of_time(store.conn, clock.now())}


def test_what_is_not_in_doubt_is_not_sent_again(store: Store) -> None:
    sent = settle_as(store, by_machine(store)[0], State.SENT)
    assert today.send(store, [sent.id]) == []
    assert today.went_out(store, [sent.id]) == []
