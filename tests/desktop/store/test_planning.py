"""Planning: the rows of the ledger follow announcements, events and channels, and what has left is never touched."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.community.announcements import AnnouncementStatus
from desktop.community.deliveries import Delivery, State, Who
from desktop.community.durations import Offset
from desktop.community.events import EventStatus
from desktop.community.instants import to_text
from desktop.community.lateness import SKIP, UNTIL_START
from desktop.community.recurrence import recurrence
from desktop.community.schedules import At, BeforeEvent
from desktop.store import announcements, events, ledger, planning, undo
from desktop.store.database import Store, set_setting
from desktop.store.journal import operation
from helpers.clock import START, MovedClock
from helpers.community import GRACE, add_channels, add_event, announce, new_community, only, states
from resources.translations import phrase

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOON = START.replace(tzinfo=None)
DAILY = At(NOON + HOUR, "UTC", recurrence("FREQ=DAILY"))


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def store(tmp_path: Path, clock: MovedClock) -> Iterator[Store]:
    with new_community(tmp_path / "c.belfry", clock) as store:
        yield store


@pytest.fixture
def channels(store: Store) -> tuple[str, ...]:
    return add_channels(store, "Choir", "Garden")


def whole(store: Store) -> list[Delivery]:
    return ledger.listed(store.conn)


def change(store: Store, announcement_id: str, **what: object) -> None:
    with operation(store, phrase("Edited")) as op:
        announcements.change(op, replace(announcements.get(store, announcement_id), **what))  # type: ignore[arg-type]


def move(store: Store, delivery: Delivery, *path: tuple[State, Who]) -> None:
    now = delivery
    for becomes, who in path:
        with store.write() as conn:
            now = ledger.move(conn, now, becomes, who=who, why=phrase("Because."), at=store.clock.now()) or pytest.fail("not moved")


def test_given_an_announcement_for_now_when_made_then_it_is_queued_and_waits_for_the_grace_time(store: Store, channels: tuple[str, ...]) -> None:
    announce(store, *channels)
    for row in whole(store):
        assert (row.state, row.due_at, row.next_attempt_at) == (State.QUEUED, START, START + GRACE)
        assert row.late_until == START + 2 * HOUR
        assert row.asks


def test_given_any_announcements_when_planned_again_then_nothing_changes(store: Store, channels: tuple[str, ...], clock: MovedClock) -> None:
    event = add_event(store, NOON + 3 * DAY, "FREQ=WEEKLY")
    announce(store, *channels)
    announce(store, channels[0], schedule=DAILY)
    announce(store, channels[1], schedule=BeforeEvent(Offset(1)), late=UNTIL_START, event=event)
    before = whole(store)
    assert len(before) == 2 + 60 + 9
    assert planning.refresh(store) == 0
    clock.advance(HOUR / 2)
    assert planning.refresh(store) == 0
    assert whole(store) == before


def test_given_a_series_when_time_goes_by_then_its_dates_are_planned_ahead_and_none_is_left_out(
    store: Store, channels: tuple[str, ...], clock: MovedClock
) -> None:
    announce(store, channels[0], schedule=DAILY)
    for days in (1, 10, 100, 1):  # for a hundred days nothing ran
        clock.advance(days * DAY)
        planning.refresh(store)
    due = [row.due_at for row in whole(store)]
    assert due == [START + HOUR + day * DAY for day in range(112 + 60)]
    assert set(states(store)) == {State.QUEUED}


def test_given_new_zone_rules_when_planned_soon_then_what_may_be_due_comes_first_and_the_rest_with_the_next(
    store: Store, channels: tuple[str, ...]
) -> None:
    tomorrow, later = (announce(store, channels[0], schedule=At(NOON + days * DAY, "UTC")) for days in (1, 10))
    with store.write() as conn:  # as they were planned by the rules of another release
        set_setting(conn, "planned_tzdata", "2020a")
        conn.execute("UPDATE delivery SET due_at = ? WHERE announcement_id = ?", (to_text(START + DAY + HOUR), tomorrow))
        conn.execute("UPDATE delivery SET due_at = ? WHERE announcement_id = ?", (to_text(START + 10 * DAY + HOUR), later))

    def due() -> list[datetime]:
        return [row.due_at for row in whole(store)]

    assert planning.refresh(store, soon=True) == 1
    assert due() == [START + DAY, START + 10 * DAY + HOUR]
    assert planning.refresh(store) == 1
    assert due() == [START + DAY, START + 10 * DAY]
    assert planning.refresh(store) == 0


def test_given_an_announcement_when_cancelled_and_the_cancelling_taken_back_then_its_deliveries_follow(
    store: Store, channels: tuple[str, ...]
) -> None:
    made = announce(store, channels[0], schedule=DAILY)
    change(store, made, status=AnnouncementStatus.CANCELLED)
    assert set(states(store)) == {State.CANCELLED}
    undo.undo(store)
    assert set(states(store)) == {State.QUEUED}


def test_given_one_date_that_a_person_cancelled_when_the_announcement_is_edited_then_it_stays_cancelled(
    store: Store, channels: tuple[str, ...]
) -> None:
    made = announce(store, channels[0], schedule=DAILY)
    first = whole(store)[0]
    move(store, first, (State.CANCELLED, Who.PERSON))
    change(store, made, schedule=replace(DAILY, wall=DAILY.wall + HOUR))
    change(store, made, schedule=DAILY)
    assert states(store)[0] is State.CANCELLED


def test_given_an_announcement_when_its_time_changes_then_what_waits_moves_and_what_was_sent_stays(
    store: Store, channels: tuple[str, ...], clock: MovedClock
) -> None:
    made = announce(store, *channels, schedule=At(NOON + HOUR, "UTC"))
    sent, waits = whole(store)
    clock.advance(HOUR)
    move(store, sent, (State.SENDING, Who.SENDER), (State.SENT, Who.SENDER))
    change(store, made, schedule=At(NOON + 3 * HOUR, "UTC"))
    rows = {row.id: row for row in whole(store)}
    assert len(rows) == 2
    assert (rows[sent.id].state, rows[sent.id].due_at) == (State.SENT, START + HOUR)
    assert (rows[waits.id].due_at, rows[waits.id].next_attempt_at) == (START + 3 * HOUR, START + 3 * HOUR)


@pytest.mark.parametrize("state", [State.SENDING, State.UNSURE])
def test_given_what_is_leaving_or_may_be_out_when_the_announcement_is_cancelled_then_it_is_left_alone(
    store: Store, channels: tuple[str, ...], state: State
) -> None:
    made = announce(store, channels[0])
    path = [(State.SENDING, Who.SENDER), (State.UNSURE, Who.SENDER)]
    move(store, only(store), *path[: 1 + (state is State.UNSURE)])
    change(store, made, status=AnnouncementStatus.CANCELLED)
    assert states(store) == [state]


def test_given_an_event_when_moved_then_its_reminders_move(store: Store, channels: tuple[str, ...]) -> None:
    event = add_event(store, NOON + 3 * DAY)
    announce(store, channels[0], schedule=BeforeEvent(Offset(1)), late=UNTIL_START, event=event)
    assert only(store).due_at == START + 2 * DAY
    with operation(store, phrase("Put off")) as op:
        kept = events.get(store, event)
        events.change(op, replace(kept, start=NOON + 5 * DAY, end=NOON + 5 * DAY + HOUR))
    assert (only(store).due_at, only(store).late_until) == (START + 4 * DAY, START + 5 * DAY)


def test_given_a_missed_reminder_when_its_event_is_put_off_then_it_is_to_go_out_at_the_new_time(
    store: Store, channels: tuple[str, ...], clock: MovedClock
) -> None:
    event = add_event(store, NOON + DAY)
    announce(store, channels[0], schedule=BeforeEvent(Offset(0, HOUR)), late=UNTIL_START, event=event)
    clock.advance(2 * DAY)
    move(store, only(store), (State.MISSED, Who.SENDER))
    with operation(store, phrase("Put off")) as op:
        kept = events.get(store, event)
        events.change(op, replace(kept, start=NOON + 5 * DAY, end=NOON + 5 * DAY + HOUR))
    assert (only(store).state, only(store).due_at) == (State.QUEUED, START + 5 * DAY - HOUR)


def test_given_an_event_when_cancelled_then_its_reminders_are_skipped_and_taken_back_they_are_queued(store: Store, channels: tuple[str, ...]) -> None:
    event = add_event(store, NOON + 3 * DAY, "FREQ=WEEKLY;COUNT=3")
    announce(store, channels[0], schedule=BeforeEvent(Offset(1)), late=UNTIL_START, event=event)
    with operation(store, phrase("Cancelled")) as op:
        events.change(op, replace(events.get(store, event), status=EventStatus.CANCELLED))
    assert states(store) == [State.SKIPPED] * 3
    undo.undo(store)
    assert states(store) == [State.QUEUED] * 3


def test_given_an_event_when_deleted_then_its_reminders_are_cancelled(store: Store, channels: tuple[str, ...]) -> None:
    event = add_event(store, NOON + 3 * DAY)
    announce(store, channels[0], schedule=BeforeEvent(Offset(1)), late=UNTIL_START, event=event)
    with operation(store, phrase("Deleted")) as op:
        op.delete("event", event)
    assert states(store) == [State.CANCELLED]


def test_given_a_group_that_moved_when_planned_again_then_what_waits_goes_to_the_new_address_in_the_same_row(
    store: Store, channels: tuple[str, ...]
) -> None:
    announce(store, channels[0], schedule=DAILY)
    before = [row.id for row in whole(store)]
    with operation(store, phrase("Moved")) as op:
        op.put("channel", channels[0], target="-100")
    assert [row.id for row in whole(store)] == before
    assert {row.target for row in whole(store)} == {"-100"}


def test_given_a_channel_when_deleted_then_what_waits_for_it_is_cancelled(store: Store, channels: tuple[str, ...]) -> None:
    announce(store, *channels)
    with operation(store, phrase("Deleted")) as op:
        op.delete("channel", channels[0])
    assert sorted(states(store)) == [State.CANCELLED, State.QUEUED]


def test_given_a_channel_when_added_to_a_series_then_it_gets_the_dates_to_come_and_none_of_the_past(
    store: Store, channels: tuple[str, ...], clock: MovedClock
) -> None:
    made = announce(store, channels[0], schedule=DAILY, late=SKIP)
    clock.advance(10 * DAY)
    change(store, made, channels=channels)
    added = [row for row in whole(store) if row.channel_id == channels[1]]
    assert min(row.due_at for row in added) == START + HOUR + 10 * DAY


def test_given_a_reminder_for_an_event_in_a_zone_when_summer_time_begins_between_then_a_day_before_is_the_same_wall_time(
    store: Store, channels: tuple[str, ...], clock: MovedClock
) -> None:
    event = add_event(store, datetime.fromisoformat("2027-03-28T12:00"))  # Lisbon's clocks went forward that morning
    announce(store, channels[0], schedule=BeforeEvent(Offset(1)), late=UNTIL_START, event=event)
    assert only(store).due_at == datetime(2027, 3, 27, 12, tzinfo=UTC)
