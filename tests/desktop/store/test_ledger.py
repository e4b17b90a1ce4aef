"""The ledger: moves are fenced and written down, claims need the lease, the computer and the file they began with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.community.deliveries import MOVES, Delivery, State, Who
from desktop.store import lease, ledger, sending
from desktop.store.database import Store
from helpers.clock import MovedClock
from helpers.community import GRACE, add_channels, announce, new_community, only
from resources.translations import phrase

WHY = phrase("Because.")


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def store(tmp_path: Path, clock: MovedClock) -> Iterator[Store]:
    with new_community(tmp_path / "c.belfry", clock) as store:
        yield store


@pytest.fixture
def due(store: Store, clock: MovedClock) -> Delivery:
    """One delivery that is due."""
    announce(store, *add_channels(store, "Choir"))
    clock.advance(GRACE)
    return only(store)


def claim(store: Store, delivery: Delivery, fence: int, **other: str) -> tuple[Delivery, int] | None:
    named = sending.named(store)
    return ledger.claim(
        store,
        delivery,
        fence=fence,
        me=other.get("me", "me"),
        computer=other.get("computer", "computer-1"),
        incarnation=other.get("incarnation", named.incarnation),
        text="Hello",
        seen=ledger.last_operation(store.conn),
    )


@pytest.fixture
def fence(store: Store) -> int:
    """The lease, held by "me" on the computer that the file names."""
    assert sending.name_first(store, "computer-1", "laptop")
    found = lease.acquire(store, me="me", computer="computer-1", pid=1, instead_of=None)
    assert found
    return found


def test_given_a_due_delivery_when_claimed_then_it_is_sending_and_the_claim_is_counted_and_written_down(
    store: Store, due: Delivery, fence: int
) -> None:
    claimed, claims = claim(store, due, fence) or pytest.fail("not claimed")
    assert only(store) == claimed
    assert (claimed.state, claimed.fence, claimed.attempts, claims) == (State.SENDING, due.fence + 1, 1, 1)
    assert claimed.sent_text == "Hello"
    [move] = ledger.moves(store.conn, due.id)
    assert (move.was, move.becomes, move.who) == (State.QUEUED, State.SENDING, Who.SENDER)


def test_given_a_delivery_in_its_grace_time_when_claimed_then_it_is_not_to_be_had(store: Store, fence: int) -> None:
    announce(store, *add_channels(store, "Choir"))
    assert only(store).state is State.QUEUED
    assert claim(store, only(store), fence) is None


@pytest.mark.parametrize("other", [{"me": "somebody"}, {"computer": "computer-2"}, {"incarnation": "another"}])
def test_given_another_sender_computer_or_file_when_it_claims_then_it_gets_nothing(
    store: Store, due: Delivery, fence: int, other: dict[str, str]
) -> None:
    with pytest.raises(ledger.RightLost):
        claim(store, due, fence, **other)
    assert only(store).state is State.QUEUED


def test_given_a_lease_that_changed_hands_when_its_first_holder_claims_then_it_gets_nothing(store: Store, due: Delivery, fence: int) -> None:
    assert lease.acquire(store, me="another", computer="computer-1", pid=2, instead_of=lease.holder(store.conn))
    with pytest.raises(ledger.RightLost):
        claim(store, due, fence)
    assert not lease.renew(store, fence, "me")


def test_given_a_community_that_changed_after_the_message_was_put_together_when_claimed_then_it_is_not_to_be_had(
    store: Store, due: Delivery, fence: int
) -> None:
    seen = ledger.last_operation(store.conn)
    announce(store, due.channel_id)
    assert (
        ledger.claim(
            store,
            due,
            fence=fence,
            me="me",
            computer="computer-1",
            incarnation=sending.named(store).incarnation,
            text="old",
            seen=seen,
        )
        is None
    )


def test_given_a_delivery_past_its_use_when_claimed_then_it_is_not_to_be_had(store: Store, due: Delivery, fence: int, clock: MovedClock) -> None:
    clock.advance(timedelta(hours=2))
    assert claim(store, due, fence) is None


@pytest.mark.expects_log(r"is no longer queued .* the sender moved nothing to sending")
def test_given_a_delivery_that_was_moved_meanwhile_when_moved_by_what_was_known_before_then_nothing_happens_and_the_log_says_so(
    store: Store, due: Delivery, clock: MovedClock
) -> None:
    with store.write() as conn:
        assert ledger.move(conn, due, State.CANCELLED, who=Who.PERSON, why=WHY, at=clock.now())
    with store.write() as conn:
        assert ledger.move(conn, due, State.SENDING, who=Who.SENDER, why=WHY, at=clock.now()) is None
    assert [move.becomes for move in ledger.moves(store.conn, due.id)] == [State.CANCELLED]


@pytest.mark.expects_log("moved nothing to sent")
def test_given_an_answer_of_an_earlier_claim_when_it_comes_late_then_the_later_claim_stands(
    store: Store, due: Delivery, fence: int, clock: MovedClock
) -> None:
    first, _ = claim(store, due, fence) or pytest.fail("not claimed")
    with store.write() as conn:
        queued = ledger.move(conn, first, State.QUEUED, who=Who.SENDER, why=WHY, at=clock.now()) or pytest.fail("not moved")
    claim(store, queued, fence)
    with store.write() as conn:
        assert ledger.move(conn, first, State.SENT, who=Who.SENDER, why=WHY, at=clock.now()) is None
    assert only(store).state is State.SENDING


@pytest.mark.parametrize("was", list(State))
def test_given_any_state_when_somebody_makes_a_move_that_is_not_theirs_then_it_is_a_bug(
    store: Store, due: Delivery, was: State, clock: MovedClock
) -> None:
    for becomes in State:
        for who in Who:
            if who not in MOVES[was].get(becomes, frozenset()):
                with pytest.raises(ValueError, match="does not move"):
                    ledger.move(store.conn, replace(due, state=was), becomes, who=who, why=WHY, at=clock.now())


def test_given_what_a_service_took_when_kept_then_the_receipt_is_with_the_delivery(
    store: Store, due: Delivery, fence: int, clock: MovedClock
) -> None:
    claimed, _ = claim(store, due, fence) or pytest.fail("not claimed")
    with store.write() as conn:
        ledger.keep_receipt(conn, claimed.id, "17", "https://example.org/17", clock.now())
        ledger.move(conn, claimed, State.SENT, who=Who.SENDER, why=WHY, at=clock.now())
    assert (only(store).remote_id, only(store).link) == ("17", "https://example.org/17")


def test_given_a_paused_connection_when_asked_what_is_due_then_its_deliveries_are_left_out_and_stay_queued(store: Store, due: Delivery) -> None:
    with store.write() as conn:
        assert ledger.pause(conn, "connection-practice", WHY)
        assert not ledger.pause(conn, "connection-practice", WHY)  # asked once
    assert ledger.ready(store.conn, store.clock.now(), ledger.paused(store.conn)) == []
    assert only(store).state is State.QUEUED
    with store.write() as conn:
        ledger.resume(conn, "connection-practice")
    assert [one.id for one in ledger.ready(store.conn, store.clock.now(), ledger.paused(store.conn))] == [due.id]


def test_given_a_heartbeat_when_watched_then_the_holder_is_alive_and_without_one_it_is_dead_after_the_lease(
    store: Store, fence: int, clock: MovedClock
) -> None:
    watch = lease.Watch(clock.monotonic)
    for _ in range(10):
        clock.advance(lease.LEASE / 2)
        assert lease.renew(store, fence, "me")
        assert not watch.silent(lease.holder(store.conn) or pytest.fail("nobody"))
    clock.set_wall(clock.now() + timedelta(days=3650))
    assert not watch.silent(lease.holder(store.conn) or pytest.fail("nobody"))  # a wall clock that was set kills nobody
    clock.advance(lease.LEASE)
    assert watch.silent(lease.holder(store.conn) or pytest.fail("nobody"))


def test_given_a_lease_when_taken_by_two_at_once_then_one_gets_it(store: Store, fence: int) -> None:
    seen = lease.holder(store.conn)
    assert lease.acquire(store, me="second", computer="c", pid=2, instead_of=seen) == fence + 1
    assert lease.acquire(store, me="third", computer="c", pid=3, instead_of=seen) is None


def test_given_a_lease_that_was_given_back_when_taken_again_then_the_fence_has_grown(store: Store, fence: int) -> None:
    lease.release(store, fence, "me")
    assert lease.holder(store.conn) is None
    assert lease.acquire(store, me="next", computer="c", pid=2, instead_of=None) == fence + 1


def test_given_a_copy_of_the_file_when_a_person_takes_over_then_what_fell_due_is_unsure_and_what_is_to_come_stays(
    store: Store, due: Delivery, clock: MovedClock, tmp_path: Path
) -> None:
    before = sending.named(store)
    later = announce(store, due.channel_id)
    now, unsure = sending.take_over(store, "computer-2", "desktop")
    assert unsure == 2  # one that is due, and one that was announced just now
    assert now.incarnation != before.incarnation
    assert (now.computer, now.name, now.copied) == ("computer-2", "desktop", False)
    assert {one.state for one in ledger.of_announcement(store.conn, later)} == {State.UNSURE}
    assert [move.who for move in ledger.moves(store.conn, due.id)] == [Who.RECOVERY]


def test_given_a_copy_that_belfry_made_when_opened_then_it_names_nobody_and_is_not_fresh(store: Store, fence: int, tmp_path: Path) -> None:
    store.copy_to(tmp_path / "copy.belfry")
    from desktop.store import database

    with database.open(tmp_path / "copy.belfry", clock=store.clock, device="device-1") as copy:
        named = sending.named(copy)
        assert (named.computer, named.fresh) == ("", False)
        assert named.incarnation != sending.named(store).incarnation
        assert lease.holder(copy.conn) is None
