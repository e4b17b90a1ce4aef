"""The sender on a virtual clock: what each answer comes to, lateness, sleep and clock changes, two senders, copied files (figures R4, R6, R7)."""

import asyncio
import shutil
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from desktop.community.deliveries import State, Who
from desktop.community.durations import Offset
from desktop.community.lateness import SKIP, UNTIL_START, Lateness, LateRule
from desktop.community.recurrence import recurrence
from desktop.community.schedules import At, BeforeEvent
from desktop.engine.computer import Computer
from desktop.engine.marks import Marks
from desktop.engine.news import ConnectionPaused, Halted
from desktop.engine.sender import Until, take_over
from desktop.store import announcements, connections, database, ledger, sending
from desktop.store.database import Store
from desktop.store.journal import operation
from helpers.clock import START, MovedClock
from helpers.community import GRACE, add_channels, add_event, announce, new_community, only, states
from helpers.scripted import Bench
from integrations.base import AuthenticationFailed, Moved, Rate, Rejected, RetryLater, Unsure
from resources.translations import phrase

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOON = START.replace(tzinfo=None)
WHY = phrase("Because.")


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def store(tmp_path: Path, clock: MovedClock) -> Iterator[Store]:
    with new_community(tmp_path / "c.belfry", clock) as store:
        yield store


@pytest.fixture
def bench(tmp_path: Path, store: Store, clock: MovedClock) -> Iterator[Bench]:
    bench = Bench(tmp_path, store, clock)
    yield bench
    bench.close()


def times(bench: Bench) -> list[timedelta]:
    """When messages were received, from the start."""
    return [at - START for at, *_ in bench.service.received]


# Sending


def test_given_an_announcement_for_now_when_sent_then_it_leaves_after_the_grace_time_and_is_kept_as_it_was_sent(bench: Bench, store: Store) -> None:
    announce(store, *add_channels(store, "Choir"), text="Hello **you**")
    outcome = bench.send()
    assert times(bench) == [GRACE]
    assert (only(store).state, only(store).sent_text, only(store).remote_id) == (State.SENT, "Hello you", "1")
    assert outcome.counts == {State.SENT: 1}
    assert [move.becomes for move in ledger.moves(store.conn, only(store).id)] == [State.SENDING, State.SENT]


def test_given_the_grace_time_when_a_person_takes_it_back_then_nothing_leaves(bench: Bench, store: Store) -> None:
    announce(store, *add_channels(store, "Choir"))

    def taken_back() -> None:
        with store.write() as conn:
            ledger.move(conn, only(store), State.CANCELLED, who=Who.PERSON, why=WHY, at=store.clock.now())

    bench.during((9 * SECOND, taken_back), lasts=MINUTE)
    assert bench.service.received == []
    assert states(store) == [State.CANCELLED]


def test_given_an_edit_in_the_last_moment_when_sent_then_what_leaves_is_what_it_says_now(bench: Bench, store: Store) -> None:
    made = announce(store, *add_channels(store, "Choir"), text="Old")

    def edited() -> None:
        with operation(store, phrase("Edited")) as op:
            announcements.change(op, replace(announcements.get(store, made), text="New"))

    bench.during((9.9 * SECOND, edited), lasts=MINUTE)
    assert [text for _, _, text, _ in bench.service.received] == ["New"]
    assert only(store).sent_text == "New"


def test_given_what_another_program_writes_when_a_sender_runs_then_it_leaves_in_time(bench: Bench, store: Store) -> None:
    [channel] = add_channels(store, "Choir")
    bench.during((100 * SECOND, lambda: announce(store, channel)), lasts=3 * MINUTE)
    assert times(bench) == [100 * SECOND + GRACE]


def test_given_a_channel_that_is_posted_by_hand_when_due_then_it_waits_with_its_text(bench: Bench, store: Store) -> None:
    announce(store, *add_channels(store, "WhatsApp group", service="byhand"))
    bench.send()
    assert (only(store).state, only(store).sent_text) == (State.WAITING, "Hello")
    assert bench.service.calls == []


def test_given_a_channel_that_is_gone_when_due_then_it_is_cancelled_and_nothing_leaves(bench: Bench, store: Store) -> None:
    announce(store, *add_channels(store, "Choir"))
    with operation(store, phrase("Deleted")) as op:
        op.delete("connection", "connection-practice")
    bench.send()
    assert states(store) == [State.CANCELLED]
    assert bench.service.calls == []


# What an answer means


def test_given_no_connection_when_sent_then_it_is_never_unsure_and_leaves_once_when_there_is_one(bench: Bench, store: Store) -> None:
    announce(store, *add_channels(store, "Choir"))
    bench.service.answers.extend(RetryLater(phrase("There is no {kind}.", kind=kind)) for kind in ("network", "such name", "open port") * 3)
    bench.service.refresh_error = RetryLater(WHY)
    bench.during(lasts=HOUR)
    tries = [at for _, at in _sends(bench)]
    waits = [(later - earlier).total_seconds() for earlier, later in pairwise(tries)]
    assert [round(wait) for wait in waits] == [5, 10, 20, 40, 80, 160, 300, 300, 300]
    assert bench.moved_to(State.UNSURE) == 0
    assert len(bench.service.received) == 1


def _sends(bench: Bench) -> list[tuple[str, datetime]]:
    return [call for call in bench.service.calls if call[0] == "send"]


def test_given_a_network_that_comes_back_when_something_waits_for_it_then_it_leaves_within_half_a_minute(bench: Bench, store: Store) -> None:
    announce(store, *add_channels(store, "Choir"))
    bench.service.answers.extend(RetryLater(WHY) for _ in range(6))  # by then it would wait for minutes
    bench.service.refresh_error = RetryLater(WHY)
    back = 4 * MINUTE

    def there_again() -> None:
        bench.service.refresh_error = None
        bench.service.answers.clear()

    bench.during((back, there_again), lasts=10 * MINUTE)
    [left] = times(bench)
    assert back <= left <= back + 30 * SECOND


def test_given_a_rate_limit_when_one_target_has_to_wait_then_it_waits_exactly_that_long_and_the_others_do_not(bench: Bench, store: Store) -> None:
    announce(store, *add_channels(store, "A", "B", "C"))
    bench.service.answers.append(RetryLater(WHY, timedelta(seconds=37)))
    bench.send()
    assert times(bench) == [GRACE, GRACE, GRACE + 37 * SECOND]


def test_given_a_rate_limit_when_more_waits_for_the_same_target_then_all_of_it_waits(bench: Bench, store: Store) -> None:
    [channel] = add_channels(store, "A")
    announce(store, channel)
    announce(store, channel)
    bench.service.answers.append(RetryLater(WHY, timedelta(seconds=37)))
    bench.send()
    assert times(bench) == [GRACE + 37 * SECOND] * 2


def test_given_refused_credentials_when_sent_then_the_connection_is_paused_the_person_is_asked_once_and_all_stays_queued(
    bench: Bench, store: Store
) -> None:
    announce(store, *add_channels(store, "A", "B", "C"))
    bench.service.answers.extend(AuthenticationFailed(WHY) for _ in range(9))
    outcome = bench.during(lasts=10 * MINUTE)
    assert sum(isinstance(one, ConnectionPaused) for one in bench.news) == 1
    assert states(store) == [State.QUEUED] * 3
    assert len(_sends(bench)) <= 3
    assert outcome.due == 0

    bench.service.answers.clear()
    with store.write() as conn:
        ledger.resume(conn, "connection-practice")
    bench.send()
    assert states(store) == [State.SENT] * 3


def test_given_a_refusal_when_sent_then_it_is_rejected_with_the_reason(bench: Bench, store: Store) -> None:
    announce(store, *add_channels(store, "A"))
    bench.service.answers.append(Rejected(phrase("Make the bot an administrator.")))
    bench.send()
    assert (only(store).state, str(only(store).reason)) == (State.REJECTED, "Make the bot an administrator.")
    assert len(_sends(bench)) == 1


def test_given_a_group_that_moved_when_sent_then_its_new_address_is_kept_and_it_is_sent_there_once(bench: Bench, store: Store) -> None:
    [channel] = add_channels(store, "A")
    announce(store, channel)
    announce(store, channel, schedule=At(NOON + DAY, "UTC"))
    bench.service.answers.append(Moved(WHY, "-100500"))
    bench.send()
    assert [(target, text) for _, target, text, _ in bench.service.received] == [("-100500", "Hello")]
    assert connections.channel(store, channel).target == "-100500"
    assert {row.target for row in ledger.listed(store.conn)} == {"-100500"}


def test_given_a_group_that_moves_for_ever_when_sent_then_it_ends(bench: Bench, store: Store) -> None:
    announce(store, *add_channels(store, "A"))
    bench.service.answers.extend(Moved(WHY, f"-{number}") for number in range(99))
    bench.send()
    assert states(store) == [State.REJECTED]
    assert len(_sends(bench)) < 6


@pytest.mark.parametrize("answer", [Unsure(WHY), pytest.param(ValueError("a bug"), marks=pytest.mark.expects_log("raised what it must not"))])
def test_given_no_clear_answer_when_sent_then_it_is_unsure_and_stays_so_for_a_person(bench: Bench, store: Store, answer: Exception) -> None:
    announce(store, *add_channels(store, "A"))
    bench.service.answers.append(answer)
    bench.during(lasts=HOUR)
    assert states(store) == [State.UNSURE]
    assert len(_sends(bench)) == 1


def test_given_a_service_with_keys_when_there_is_no_clear_answer_then_it_is_repeated_under_the_same_key(bench: Bench, store: Store) -> None:
    announce(store, *add_channels(store, "A", service="keyed"))
    bench.service.answers.extend([Unsure(WHY), Unsure(WHY)])
    bench.during(lasts=10 * MINUTE)
    assert states(store) == [State.SENT]
    assert len(_sends(bench)) == 3
    assert {key for *_, key in bench.service.received} == {only(store).id}


@pytest.mark.parametrize("second", [RetryLater(WHY, HOUR), RetryLater(WHY), Rejected(WHY), AuthenticationFailed(WHY), Moved(WHY, "-9")])
def test_given_a_repeat_that_was_not_posted_when_the_first_try_may_be_out_then_it_is_unsure_still(
    bench: Bench, store: Store, second: Exception
) -> None:
    announce(store, *add_channels(store, "A", service="keyed"))
    bench.service.answers.extend([Unsure(WHY), second])
    bench.during(lasts=20 * SECOND)
    assert states(store) == [State.UNSURE]


def test_given_a_pace_when_many_are_due_then_no_window_holds_more_than_the_service_permits(tmp_path: Path, store: Store, clock: MovedClock) -> None:
    bench = Bench(tmp_path, store, clock, rate=Rate(per_second=5, target_per_second=1, target_per_minute=3))
    channels = add_channels(store, *(f"G{number}" for number in range(12)))
    for _ in range(4):
        announce(store, *channels)
    bench.send()
    bench.close()
    left = [(at - START).total_seconds() for at, *_ in bench.service.received]
    assert len(left) == 48
    assert all(sum(start <= other < start + 1 for other in left) <= 5 for start in left)
    for channel in {target for _, target, *_ in bench.service.received}:
        mine = [(at - START).total_seconds() for at, target, *_ in bench.service.received if target == channel]
        assert all(sum(start <= other < start + 1 for other in mine) <= 1 for start in mine)
        assert all(sum(start <= other < start + 60 for other in mine) <= 3 for start in mine)
    # Three to each of twelve at five a second: 7.2 s; the fourth a minute after the first.
    assert left[35] - left[0] < 7.2 * 1.1
    assert left[-1] - left[0] < 64 * 1.1


# Lateness, sleep, clocks


@pytest.mark.parametrize(
    ("late", "slept", "state"),
    [
        (SKIP, 4 * MINUTE, State.SENT),
        (SKIP, 6 * MINUTE, State.MISSED),
        (Lateness(LateRule.WITHIN, HOUR), 59 * MINUTE, State.SENT),
        (Lateness(LateRule.WITHIN, HOUR), 61 * MINUTE, State.MISSED),
    ],
)
def test_given_a_rule_of_lateness_when_the_computer_slept_over_the_moment_then_it_is_kept_to(
    bench: Bench, store: Store, clock: MovedClock, late: Lateness, slept: timedelta, state: State
) -> None:
    announce(store, *add_channels(store, "A"), schedule=At(NOON + HOUR, "UTC"), late=late)
    bench.during((HOUR - MINUTE, lambda: clock.suspend(slept + MINUTE)), lasts=HOUR + MINUTE)
    assert states(store) == [state]
    assert len(bench.service.received) == (state is State.SENT)


def test_given_a_reminder_when_the_computer_wakes_then_it_leaves_before_the_event_and_never_after_it(
    bench: Bench, store: Store, clock: MovedClock
) -> None:
    [channel] = add_channels(store, "A")
    for hours in (5, 6):
        event = add_event(store, NOON + hours * HOUR)
        announce(store, channel, schedule=BeforeEvent(Offset(0, HOUR)), late=UNTIL_START, event=event)
    woken = 5.5 * HOUR
    bench.during((HOUR, lambda: clock.suspend(woken - HOUR)), lasts=2 * HOUR)
    assert sorted(states(store)) == [State.MISSED, State.SENT]
    [left] = times(bench)
    assert woken <= left <= woken + 30 * SECOND


def test_given_a_series_when_the_computer_sleeps_for_days_then_one_catches_up_and_the_rhythm_does_not_shift(
    bench: Bench, store: Store, clock: MovedClock
) -> None:
    late = Lateness(LateRule.WITHIN, 9 * DAY)
    announce(store, *add_channels(store, "A"), schedule=At(NOON + HOUR, "UTC", recurrence("FREQ=DAILY")), late=late)
    bench.during((2 * HOUR, lambda: clock.suspend(5 * DAY)), lasts=26 * HOUR)
    woken = 5 * DAY + 2 * HOUR
    left = times(bench)
    assert left[0] == HOUR
    assert woken <= left[1] <= woken + 30 * SECOND
    assert left[2:] == [6 * DAY + HOUR]
    assert states(store)[:7] == [State.SENT, *[State.SKIPPED] * 4, State.SENT, State.SENT]


def test_given_a_sleep_when_woken_then_old_sockets_are_dropped_and_one_cheap_read_is_made_before_anything_leaves(
    bench: Bench, store: Store, clock: MovedClock
) -> None:
    [channel] = add_channels(store, "A")
    announce(store, channel)
    announce(store, channel, schedule=At(NOON + 3 * HOUR, "UTC"))
    bench.during((HOUR, lambda: clock.suspend(3 * HOUR)), lasts=2 * HOUR)
    assert [name for name, _ in bench.service.calls] == ["send", "refresh", "send", "close"]


@pytest.mark.parametrize("jump", [3650 * DAY, -3650 * DAY, HOUR, -HOUR])
def test_given_a_clock_that_is_set_when_a_sender_runs_then_nothing_is_repeated_and_it_takes_little_time_and_room(
    bench: Bench, store: Store, clock: MovedClock, jump: timedelta
) -> None:
    [channel] = add_channels(store, "A")
    announce(store, channel, schedule=At(NOON + MINUTE, "UTC", recurrence("FREQ=DAILY")))
    bench.during(lasts=5 * MINUTE)
    assert len(bench.service.received) == 1
    spent: list[float] = []

    def set_clock(by: timedelta) -> None:
        spent.append(time.process_time())
        clock.set_wall(clock.now() + by)

    tracemalloc.start()
    bench.during((30 * SECOND, lambda: set_clock(jump)), (45 * SECOND, lambda: set_clock(-jump)), lasts=46 * SECOND)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert spent[1] - spent[0] < 5  # a tick takes less than 1 s; the tracing makes it several times slower
    assert peak < 50_000_000
    keys = [key for *_, key in bench.service.received]
    assert len(keys) == len(set(keys))
    assert sum(at.date() == START.date() for at, *_ in bench.service.received) == 1


# Who sends


def test_given_a_sender_that_lives_when_a_second_starts_then_it_says_who_sends_and_sends_nothing(bench: Bench, store: Store) -> None:
    announce(store, *add_channels(store, "A"), schedule=At(NOON + MINUTE, "UTC"))

    async def both() -> tuple[int, int]:
        first, second = bench.sender(pid=1), bench.sender(pid=2)
        running = bench.loop.create_task(first.run(Until.STOPPED))
        await asyncio.sleep(45)
        other = (await second.run(Until.STOPPED)).other
        assert other is not None
        await asyncio.sleep(60)
        first.stop()
        await running
        return other.pid, len(bench.service.received)

    assert bench.run(both()) == (1, 1)


@pytest.mark.expects_log("is no longer sending")
def test_given_a_sender_that_was_killed_when_the_next_starts_then_it_takes_over_at_once_and_what_was_on_its_way_is_unsure(
    bench: Bench, store: Store, clock: MovedClock
) -> None:
    announce(store, *add_channels(store, "A"))
    bench.service.answers.append(3600.0)

    async def killed() -> None:
        first = bench.loop.create_task(bench.sender(pid=1).run(Until.STOPPED))
        await asyncio.sleep(20)
        assert not first.done()
        assert states(store) == [State.SENDING]
        bench.pids.discard(1)  # as the operating system sees it; what is left of it does nothing for an hour
        began = clock.now()
        second = bench.sender(pid=2)
        bench.loop.call_later(1.5, second.stop)
        assert (await second.run(Until.STOPPED)).other is None
        assert clock.now() - began < 2 * SECOND
        assert states(store) == [State.UNSURE]
        left_over = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left_over:
            task.cancel()
        await asyncio.wait(left_over)

    bench.run(killed())


def test_given_a_file_from_another_computer_when_sent_from_here_then_nothing_leaves_until_a_person_takes_over(
    bench: Bench, store: Store, tmp_path: Path
) -> None:
    [channel] = add_channels(store, "A")
    bench.send()  # this computer is named
    announce(store, channel)
    announce(store, channel, schedule=At(NOON + DAY, "UTC"))
    other = Computer("computer-2", "desktop")
    copy = tmp_path / "synced" / "c.belfry"
    copy.parent.mkdir()
    store.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(store.path, copy)
    bench.clock.advance(MINUTE)

    outcome = bench.run(bench.sender(computer=other, path=copy).run(Until.IDLE))
    assert outcome.refused is not None
    assert "laptop sends for this community" in str(outcome.refused)
    with database.open(copy, clock=bench.clock, device="device-2") as elsewhere:
        assert take_over(elsewhere, Marks(tmp_path / other.id), other) == 1
        assert states(elsewhere) == [State.UNSURE, State.QUEUED]
    assert bench.run(bench.sender(computer=other, path=copy).run(Until.IDLE)).refused is None
    assert bench.service.received == []


def test_given_an_older_copy_put_back_when_sent_then_nothing_leaves_and_after_a_take_over_the_sent_one_is_unsure(
    bench: Bench, store: Store, tmp_path: Path
) -> None:
    announce(store, *add_channels(store, "A"))
    older = tmp_path / "older"
    store.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(store.path, older)
    bench.send()
    assert len(bench.service.received) == 1
    path = store.path
    store.close()
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    shutil.copyfile(older, path)

    assert bench.send().refused is not None
    with database.open(path, clock=bench.clock, device="device-1") as back:
        assert take_over(back, Marks(tmp_path / bench.computer.id), bench.computer) == 1
        assert states(back) == [State.UNSURE]
    bench.send()
    assert len(bench.service.received) == 1


def test_given_a_copy_beside_the_file_when_it_takes_over_while_the_file_sends_then_the_file_sends_no_more(
    bench: Bench, store: Store, tmp_path: Path
) -> None:
    announce(store, *add_channels(store, "A"), schedule=At(NOON + HOUR, "UTC"))
    bench.send()
    copy = tmp_path / "copy.belfry"
    store.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(store.path, copy)

    def taken_over() -> None:
        with database.open(copy, clock=bench.clock, device="device-1") as beside:
            take_over(beside, Marks(tmp_path / bench.computer.id), bench.computer)

    outcome = bench.during((10 * MINUTE, taken_over), lasts=2 * HOUR)
    assert bench.service.received == []
    assert outcome.refused is not None
    assert any(isinstance(one, Halted) for one in bench.news)
    assert states(store) == [State.QUEUED]  # certainly not sent


@pytest.mark.parametrize("again", [Until.STOPPED, Until.IDLE])
def test_given_a_sender_when_the_file_is_taken_over_under_it_then_it_ends_and_sends_nothing(bench: Bench, store: Store, again: Until) -> None:
    announce(store, *add_channels(store, "A"), schedule=At(NOON + HOUR, "UTC"))
    outcome = bench.during((MINUTE, lambda: take_over(store, Marks(bench.folder / "other"), Computer("computer-2", "desktop"))), lasts=2 * HOUR)
    assert (bench.service.received, outcome.counts) == ([], {})
    assert states(store) == [State.QUEUED]
    assert bench.send(again).refused is not None


@pytest.mark.expects_log("Another program is writing")
@pytest.mark.parametrize("locked_at", [5 * SECOND, 12 * SECOND])
def test_given_a_file_that_cannot_be_written_for_a_minute_when_something_is_due_then_it_leaves_once_and_that_is_kept(
    bench: Bench, store: Store, locked_at: timedelta
) -> None:
    announce(store, *add_channels(store, "A"))
    bench.service.answers.append(5.0)  # due after 10 s, so the second lock comes between the claim and the answer
    lock = (locked_at, lambda: store.conn.execute("BEGIN IMMEDIATE"))
    free = (MINUTE, lambda: store.conn.execute("ROLLBACK"))
    bench.during(lock, free, lasts=2 * MINUTE)
    assert len(bench.service.received) == 1
    assert states(store) == [State.SENT]
    assert any(isinstance(one, Halted) for one in bench.news)


# Ending


def test_given_a_send_on_its_way_when_stopped_then_it_is_waited_for_and_the_lease_is_given_back(bench: Bench, store: Store) -> None:
    announce(store, *add_channels(store, "A"))
    bench.service.answers.append(8.0)
    bench.during(lasts=12 * SECOND)
    assert states(store) == [State.SENT]
    assert bench.service.calls[-1][0] == "close"
    assert store.value("SELECT holder FROM lease") == ""


def test_given_a_send_without_end_when_stopped_then_it_is_unsure_after_the_deadline(bench: Bench, store: Store) -> None:
    announce(store, *add_channels(store, "A"))
    bench.service.answers.append(3600.0)
    bench.during(lasts=12 * SECOND)
    assert states(store) == [State.UNSURE]
    assert bench.clock.now() - START < 30 * SECOND


def test_given_once_when_run_then_what_is_due_goes_and_what_is_not_stays(bench: Bench, store: Store, clock: MovedClock) -> None:
    [channel] = add_channels(store, "A")
    announce(store, channel)
    clock.advance(GRACE)
    announce(store, channel)
    outcome = bench.send(Until.ONCE)
    assert outcome.counts == {State.SENT: 1}
    assert sorted(states(store)) == [State.QUEUED, State.SENT]


def test_given_once_when_more_is_due_than_one_look_takes_in_then_all_of_it_goes(bench: Bench, store: Store, clock: MovedClock) -> None:
    channels = add_channels(store, *(f"G{number}" for number in range(120)))
    for _ in range(5):
        announce(store, *channels)
    clock.advance(GRACE)
    assert bench.send(Until.ONCE).counts == {State.SENT: 600}


def test_given_a_fresh_file_when_a_sender_starts_then_it_names_this_computer(bench: Bench, store: Store) -> None:
    assert sending.named(store).fresh
    bench.send()
    assert sending.named(store).name == "laptop"
    assert bench.clock.now().tzinfo is UTC
