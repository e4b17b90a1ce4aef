"""What becomes of an announcement: drafted, published, changed, taken back, copied."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.actions import announcement_edits, rehearsals
from desktop.actions.announcement_edits import Written
from desktop.community.announcements import Announcement, AnnouncementStatus
from desktop.community.connections import Channel, ConnectionRecord
from desktop.community.deliveries import State
from desktop.community.errors import Refused
from desktop.community.recurrence import recurrence
from desktop.community.schedules import NOW, At
from desktop.store import announcement_lists, announcements, connections, database, ledger, undo
from desktop.store.database import Store
from desktop.store.journal import operation
from helpers.clock import MovedClock
from integrations.message import Attachment, AttachmentKind
from resources.translations import phrase

ZONE = "Europe/Lisbon"
LATER = At(datetime(2026, 12, 6, 18, 0), ZONE)  # noqa: DTZ001  wall time
PHOTO = Attachment(AttachmentKind.PHOTO, "a.png", "image/png", b"\x89PNG\r\n\x1a\nx")


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def store(tmp_path: Path, clock: MovedClock) -> Iterator[Store]:
    settings = {"name": "Choir", "zone": ZONE, "country": "PT"}
    with database.create(tmp_path / "c.belfry", clock=clock, device="0190a6de-0000-7000-8000-000000000001", settings=settings) as made:
        yield made


@pytest.fixture
def group(store: Store) -> str:
    with operation(store, phrase("x")) as op:
        connections.put_connection(op, ConnectionRecord("byhand", "By hand", id="hand"))
        return connections.add_channel(op, Channel("hand", "WhatsApp"))


def states(store: Store, announcement_id: str) -> list[State]:
    return [one.state for one in ledger.of_announcement(store.conn, announcement_id)]


def test_a_draft_goes_nowhere_whatever_is_wrong_with_it(store: Store) -> None:
    kept = announcement_edits.keep_draft(store, Written(Announcement("", ()), (PHOTO,)))
    assert kept.status is AnnouncementStatus.DRAFT
    assert kept.photo is not None
    assert announcement_edits.attachments(store, kept) == (PHOTO,)
    assert states(store, kept.id) == []


def test_given_a_file_that_was_kept_before_and_erased_since_when_the_draft_is_kept_then_it_is_kept_again(store: Store) -> None:
    name = announcement_edits.keep_file(store, PHOTO)
    assert announcement_edits.keep_file(store, PHOTO) == name
    store.conn.execute("DELETE FROM file WHERE sha256 = ?", (name,))
    kept = announcement_edits.keep_draft(store, Written(Announcement("", ()), (PHOTO,), (name,)))
    assert announcement_edits.attachments(store, kept) == (PHOTO,)


def test_given_an_old_draft_for_now_when_published_then_its_time_counts_from_now_and_undo_brings_the_draft_back(
    store: Store, group: str, clock: MovedClock
) -> None:
    draft = announcement_edits.keep_draft(store, Written(Announcement("Tea", (group,))))
    clock.advance(timedelta(days=3))
    made = announcement_edits.publish(store, Written(draft))

    (one,) = ledger.of_announcement(store.conn, made.id)
    assert one.due_at == clock.now()
    assert one.next_attempt_at == clock.now() + timedelta(seconds=10)
    assert announcement_edits.leaves_at(store, made.id) == one.next_attempt_at
    assert announcement_lists.drafts(store) == []

    undo.undo(store)
    assert [one.text for one in announcement_lists.drafts(store)] == ["Tea"]
    assert states(store, made.id) == [State.CANCELLED]


@pytest.mark.parametrize(
    ("text", "schedule", "says"),
    [
        ("", LATER, "no text"),
        ("x", At(datetime(2026, 11, 1, 18, 0), ZONE), "has passed"),  # noqa: DTZ001
        ("x", At(datetime(2026, 11, 1, 18, 0), ZONE, recurrence("FREQ=DAILY;COUNT=2")), "All its dates have passed"),  # noqa: DTZ001
    ],
)
def test_what_would_never_go_out_is_refused_and_nothing_is_kept(store: Store, group: str, text: str, schedule: At, says: str) -> None:
    with pytest.raises(Refused, match=r".") as refused:
        announcement_edits.publish(store, Written(Announcement(text, (group,), schedule)))
    assert says in str(refused.value)
    assert list(announcements.every(store)) == []


def test_without_a_channel_it_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match="at least one channel"):
        announcement_edits.publish(store, Written(Announcement("x", ())))


def test_a_change_moves_what_waits_and_leaves_what_has_gone_out(store: Store, group: str, clock: MovedClock) -> None:
    made = announcement_edits.publish(store, Written(Announcement("x", (group,), LATER)))
    moved = Announcement("y", (group,), At(datetime(2026, 12, 7, 18, 0), ZONE), id=made.id, made_at=made.made_at)  # noqa: DTZ001
    announcement_edits.change(store, Written(moved))
    (one,) = ledger.of_announcement(store.conn, made.id)
    assert one.due_at.day == 7

    with store.write() as conn:
        conn.execute("UPDATE delivery SET state = 'sent'")
    with pytest.raises(Refused, match="gone out"):
        announcement_edits.change(store, Written(moved))


def test_changed_to_now_it_goes_out_now(store: Store, group: str, clock: MovedClock) -> None:
    made = announcement_edits.publish(store, Written(Announcement("x", (group,), LATER)))
    clock.advance(timedelta(hours=5))
    changed = announcement_edits.change(store, Written(Announcement("x", (group,), NOW, id=made.id)))
    assert states(store, made.id) == [State.CANCELLED]
    (one,) = ledger.of_announcement(store.conn, changed.id)
    assert one.due_at == clock.now()


def test_one_date_left_out_and_all_taken_back_and_let_go_on(store: Store, group: str) -> None:
    weekly = At(LATER.wall, ZONE, recurrence("FREQ=WEEKLY"))
    made = announcement_edits.publish(store, Written(Announcement("x", (group,), weekly)))
    planned = states(store, made.id)
    announcement_edits.leave_out(store, made.id, "20261213T180000")
    assert states(store, made.id).count(State.CANCELLED) == 1
    announcement_edits.take_back(store, made.id)
    assert set(states(store, made.id)) == {State.CANCELLED}
    announcement_edits.go_on(store, made.id)
    assert states(store, made.id).count(State.QUEUED) == len(planned) - 1


def test_a_copy_is_a_draft_and_only_drafts_are_thrown_away(store: Store, group: str, clock: MovedClock) -> None:
    made = announcement_edits.publish(store, Written(Announcement("x", (group,), LATER), (PHOTO,)))
    clock.advance(timedelta(days=30))
    copy = announcement_edits.duplicate(store, made.id)
    assert (copy.status, copy.schedule, copy.photo) == (AnnouncementStatus.DRAFT, NOW, made.photo)
    with pytest.raises(Refused):
        announcement_edits.throw_away(store, made.id)
    announcement_edits.throw_away(store, copy.id)
    assert announcement_lists.drafts(store) == []


def test_a_rehearsal_makes_practice_where_there_is_none_and_reaches_no_group(store: Store, group: str) -> None:
    assert rehearsals.own_places(store) == []
    tried = rehearsals.rehearse(store, Written(Announcement("x", (group,), LATER), (PHOTO,)))
    (place,) = rehearsals.own_places(store)
    assert [announcements.get(store, row_id).channels for row_id in tried.announcements] == [(place.id,)]
    again = rehearsals.send_to_me(store, Written(Announcement("x", (group,))), place.id)
    assert announcements.get(store, again.announcements[0]).text == "x"
    with pytest.raises(Refused, match="only you read"):
        rehearsals.send_to_me(store, Written(Announcement("x", (group,))), group)
    with pytest.raises(Refused, match="no text"):
        rehearsals.send_to_me(store, Written(Announcement(" ", (group,))), place.id)
