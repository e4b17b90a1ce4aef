"""The states of a delivery and the moves between them."""

import uuid
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.community.deliveries import MOVES, RETRY_MOST, State, Who, allowed, delivery_id, retry_after

# The table of delivery.md, word for word.
TABLE = """
held | queued, missed, skipped, cancelled
queued | sending, waiting, missed, skipped, cancelled, unsure
waiting | sent, missed, skipped, cancelled
sending | sent, queued, rejected, unsure
sent |
rejected | queued, cancelled
unsure | sent, queued, cancelled
missed | queued, cancelled
skipped | queued, cancelled
cancelled | queued
"""


def test_given_the_table_of_the_promise_when_compared_then_the_moves_are_its_moves() -> None:
    expected = {}
    for line in TABLE.strip().splitlines():
        was, _, becomes = line.partition("|")
        expected[State(was.strip())] = {State(state.strip()) for state in becomes.split(",") if state.strip()}
    assert {was: set(becomes) for was, becomes in MOVES.items()} == expected
    assert all(who for becomes in MOVES.values() for who in becomes.values())


@pytest.mark.parametrize("state", [State.REJECTED, State.UNSURE, State.MISSED, State.CANCELLED, State.SENT])
def test_given_a_delivery_that_may_be_out_or_is_over_when_recovering_then_it_is_never_queued_by_that(state: State) -> None:
    assert not allowed(state, State.QUEUED, Who.RECOVERY)
    assert state is State.UNSURE or not allowed(state, State.QUEUED, Who.SENDER)


def test_given_a_row_in_sending_when_a_person_or_the_planner_wants_to_move_it_then_they_may_not() -> None:
    assert not any(allowed(State.SENDING, state, who) for state in State for who in (Who.PERSON, Who.PLANNER))


@given(st.lists(st.text(max_size=4), min_size=4, max_size=4), st.lists(st.text(max_size=4), min_size=4, max_size=4))
def test_given_two_deliveries_when_named_then_the_names_are_equal_only_where_they_are_the_same(one: list[str], other: list[str]) -> None:
    assert (delivery_id(*one) == delivery_id(*other)) == (one == other)


def test_given_a_delivery_when_named_then_the_name_is_a_uuid5_that_never_changes() -> None:
    name = delivery_id("a", "20261206T180000", "c", "-100")
    assert uuid.UUID(name).version == 5
    assert name == "26ba3d9d-c910-56a4-a56f-d2e4095714e6"


@given(attempt=st.integers(1, 10_000), chance=st.floats(0, 1))
def test_given_any_attempt_when_waiting_then_it_is_between_seconds_and_five_minutes(attempt: int, chance: float) -> None:
    wait = retry_after(attempt, chance)
    assert timedelta(seconds=2.5) <= wait <= RETRY_MOST
    assert retry_after(attempt + 1, chance) >= wait


def test_given_attempts_when_waiting_then_the_wait_doubles() -> None:
    assert [retry_after(attempt, 1).total_seconds() for attempt in range(1, 9)] == [5, 10, 20, 40, 80, 160, 300, 300]
