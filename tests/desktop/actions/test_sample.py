"""The sample community: rich, right on any day, and nobody real in it."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files as package_files
from itertools import pairwise
from pathlib import Path

import phonenumbers
import pytest

from desktop.actions import community, sample
from desktop.app import DATA_VARIABLE, program
from desktop.community import handles, phones
from desktop.community.addresses import normalised
from desktop.community.announcements import Announcement, AnnouncementStatus, AttachedFile
from desktop.community.calendar import Window
from desktop.community.connections import Channel
from desktop.community.deliveries import Delivery, State
from desktop.community.errors import Refused
from desktop.community.members import ContactKind, Member, MemberKind, MemberStatus
from desktop.community.schedules import At
from desktop.community.zones import to_wall
from desktop.engine.sender import Until
from desktop.engine.vault.environment import EnvironmentVault
from desktop.store import announcements, connections, events, files, ledger, members, occurrences, planning, undo
from desktop.store.database import Store
from helpers.clock import START, MovedClock
from helpers.virtual_time import VirtualAlarm, VirtualLoop
from integrations import manifest
from integrations.base import Capability, with_defaults
from integrations.message import Attachment, AttachmentKind, Message, from_markdown

DAYS = (
    START,
    datetime(2028, 2, 29, 20, 15, tzinfo=UTC),  # leap day
    datetime(2026, 10, 25, 0, 59, 59, tzinfo=UTC),  # a second before Lisbon sets its clocks back
    datetime(2027, 3, 28, 1, 0, tzinfo=UTC),  # as Lisbon sets them forward
    datetime(2026, 12, 31, 23, 59, tzinfo=UTC),
    datetime(2027, 8, 1, 17, 30, tzinfo=UTC),  # a Sunday, between the digest's hour in winter and in summer
    datetime(2028, 2, 17, 9, 0, tzinfo=UTC),  # somebody's birthday falls on the leap day
)
NOBODYS = ("+351923000", "+4917139200", "+46701740", "+1201555014", "+61491570")
"""A block that nobody in Portugal would mistake for a number, and the ranges that four countries keep for films."""


def opened(folder: Path, clock: MovedClock, computer: str = "laptop") -> Store:
    """A new community, filled at this moment, that is sent from this computer."""
    settings = {"name": sample.NAME, "zone": sample.ZONE, "country": sample.COUNTRY}
    store = community.new(folder / "sample.belfry", clock=clock, computer=computer, computer_name="Laptop", **settings)
    sample.fill(store)
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Filled on a Monday at noon; only read from."""
    with closing(opened(tmp_path_factory.mktemp("sample"), MovedClock())) as made:
        yield made


@pytest.fixture(params=DAYS, ids=lambda day: f"{day:%Y-%m-%d}")
def any_day(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Filled on a day when something might go wrong."""
    with closing(opened(tmp_path, MovedClock(request.param))) as made:
        yield made


def today(store: Store) -> date:
    return to_wall(store.clock.now(), sample.ZONE).date()


def ahead(store: Store, days: int) -> Window:
    now = store.clock.now()
    return Window(now, now + timedelta(days=days))


def starting(store: Store, text: str) -> Announcement:
    (found,) = (one for one in announcements.every(store) if text in one.text)
    return found


def deliveries(store: Store) -> list[Delivery]:
    return ledger.listed(store.conn)


def test_given_a_new_file_when_filled_then_every_list_has_something_in_it(store: Store) -> None:
    everybody = list(members.every(store))
    assert len(everybody) == 48
    assert Counter(member.kind for member in everybody) == {MemberKind.PERSON: 42, MemberKind.ORGANIZATION: 6}
    assert {member.status for member in everybody} == set(MemberStatus)
    assert {way.kind for member in everybody for way in member.contact_points} == set(ContactKind)
    assert {"board", "volunteer", "newcomer", "balcony", "seeds"} <= {tag for member in everybody for tag in member.tags}
    assert sum(bool(member.photo) for member in everybody) == 10
    assert sum(bool(member.fields) for member in everybody) > 20
    assert events.count(store) == 13
    assert [(one.service, one.name) for one in connections.connections(store)] == [("practice", "Practice"), ("byhand", "By hand")]
    assert len(connections.channels(store)) == 8
    assert len(list(announcements.every(store))) == 16


def test_given_the_members_then_many_scripts_are_among_their_names_and_each_is_found_by_latin_letters(store: Store) -> None:
    everybody = list(members.every(store))
    assert len({member.name for member in everybody}) == 48
    assert sum(any(ord(letter) > 0x24F for letter in member.name.replace("’", "")) for member in everybody) >= 14
    searches = (
        ("lukasz", "Łukasz"),
        ("soren", "Søren"),
        ("strauss", "Strauß"),
        ("obrien", "O’Brien"),
        ("xiaoming", "李小明"),
        ("olena", "Олена"),
    )
    for query, name in searches:
        assert any(name in member.name for member in members.every(store, query)), query


def test_given_any_day_then_there_are_newcomers_and_birthdays_this_week_and_next(any_day: Store) -> None:
    day = today(any_day)
    everybody = list(members.every(any_day))
    newcomers = [one for one in everybody if one.joined and day - timedelta(days=14) <= one.joined <= day]
    assert len(newcomers) == 3
    assert all("newcomer" in one.tags for one in newcomers)
    assert all(one.joined is not None and one.joined <= day for one in everybody)
    soon = {(day + timedelta(days=n)).timetuple()[1:3] for n in range(14)}
    assert sum(one.birthday is not None and (one.birthday.month, one.birthday.day) in soon for one in everybody) >= 5


def test_given_the_members_then_nobody_real_can_be_reached_through_them(store: Store) -> None:
    for member in members.every(store):
        for way in member.contact_points:
            match way.kind:
                case ContactKind.EMAIL:
                    assert normalised(way.value) == way.value
                    assert way.value.endswith("@example.org")
                case ContactKind.PHONE | ContactKind.WHATSAPP:
                    assert phonenumbers.is_valid_number(phonenumbers.parse(way.value)), way.value
                    assert phones.normalised(way.value, sample.COUNTRY) == way.value
                    assert way.value.startswith(NOBODYS)
                case ContactKind.WEBSITE:
                    assert way.value.startswith("https://example.org/")
                case ContactKind.POSTAL:
                    assert way.postal is not None
                    assert way.postal.code == "1700-000"
                case _:
                    assert handles.normalised(way.kind, way.value) == way.value
                    assert "example" in way.value
    kept = str(list(events.every(store))) + str(connections.channels(store)) + str(list(announcements.every(store)))
    assert set(re.findall(r"(?:https?://|@)([\w.-]+\.\w+)", kept)) == {"example.org"}


def numbers(member: Member) -> list[str]:
    return [way.value for way in member.contact_points if way.kind is ContactKind.PHONE]


def test_given_the_members_then_no_two_share_an_address_or_a_number(store: Store) -> None:
    everybody = list(members.every(store))
    assert not [value for value, times in Counter(number for one in everybody for number in numbers(one)).items() if times > 1]
    mailboxes = [way.value for one in everybody for way in one.contact_points if way.kind is ContactKind.EMAIL]
    assert len(set(mailboxes)) == len(mailboxes)


def test_given_any_day_then_the_weekly_evening_has_one_moved_and_one_cancelled_date_soon(any_day: Store) -> None:
    (series,) = (one for one in events.every(any_day) if one.uid.startswith("gathering.") and one.repeats)
    dates = occurrences.of_event(any_day, series.id, ahead(any_day, 35))
    assert len(dates) == 5
    assert [one.cancelled for one in dates] == [False, False, True, False, False]
    assert [(one.start - datetime.combine(today(any_day), time())).days for one in dates if isinstance(one.start, datetime)] == [2, 9, 16, 23, 30]
    moved = [one for one in dates if one.event_id != series.id and not one.cancelled]
    assert len(moved) == 1
    assert moved[0].place != series.place
    assert moved[0].start != series.start


def test_given_any_day_then_every_event_is_where_it_should_be(any_day: Store) -> None:
    for event in events.every(any_day):
        assert event.title
        assert event.description
        assert event.all_day == (event.zone == "")
        around = Window(any_day.clock.now() - timedelta(days=60), any_day.clock.now() + timedelta(days=60))
        if not event.series_id:
            assert occurrences.of_event(any_day, event.id, around), event.title
    by_key = {event.uid.partition(".")[0]: event for event in events.every(any_day) if not event.series_id}
    for key, weekday in (("swap", 5), ("board", 3)):
        dates = occurrences.of_event(any_day, by_key[key].id, ahead(any_day, 180))
        assert [one.start.weekday() for one in dates] == [weekday] * len(dates)
        assert all(one.start.day <= 7 for one in dates)
        assert 5 <= len(dates) <= 7
    fair = by_key["fair"]
    assert (fair.start.weekday(), fair.length) == (5, timedelta(days=2))
    assert today(any_day) + timedelta(days=12) <= fair.start < today(any_day) + timedelta(days=19)
    birthday = occurrences.of_event(any_day, by_key["birthday"].id, ahead(any_day, 60))
    assert [one.start.day for one in birthday] == [1]
    past = [one for one in by_key.values() if not one.repeats and one.end < (one.start if one.all_day else datetime.combine(today(any_day), time()))]
    assert {one.uid.partition(".")[0] for one in past} == {"talk", "supper", "walk"}


def attachments_of(store: Store, one: Announcement) -> tuple[Attachment, ...]:
    def attachment(kept: AttachedFile, kind: AttachmentKind) -> Attachment:
        content = files.content(store, kept.sha256)
        assert content
        return Attachment(kind, kept.name, kept.media_type, content)

    photo = [attachment(one.photo, AttachmentKind.PHOTO)] if one.photo else []
    document = [attachment(one.document, AttachmentKind.DOCUMENT)] if one.document else []
    return (*photo, *document)


def test_given_the_announcements_then_each_can_be_sent_in_each_of_its_channels(store: Store) -> None:
    by_id = {channel.id: channel for channel in connections.channels(store)}
    used: set[str] = set()
    for one in announcements.every(store):
        assert one.channels
        for channel_id in one.channels:
            channel: Channel = by_id[channel_id]
            declared = manifest(connections.connection(store, channel.connection_id).service)
            message = Message(from_markdown(one.text), attachments_of(store, one), one.silent)
            rendered = declared.render(message, with_defaults(declared.channel_fields, channel.settings))
            assert rendered.problems == (), (channel.name, one.summary)
            assert rendered.text.strip()
            used.add(channel_id)
            if Capability.BY_HAND not in declared:
                assert declared.target is None or declared.target(channel.target) is None
    assert used == by_id.keys()
    looks = str([from_markdown(one.text) for one in announcements.every(store)])
    assert all(look in looks for look in ("Style.BOLD", "Style.ITALIC", "Style.STRIKE", "Style.CODE", "ListBlock", "link='https://example.org"))


def test_given_any_day_then_deliveries_are_planned_and_planning_again_changes_nothing(any_day: Store) -> None:
    assert planning.refresh(any_day) == 0
    rows, now = deliveries(any_day), any_day.clock.now()
    states = Counter(one.state for one in rows)
    assert set(states) == {State.QUEUED, State.SKIPPED, State.CANCELLED}
    due = [one for one in rows if one.state is State.QUEUED and one.due_at <= now]
    names = {channel.id: channel.name for channel in connections.channels(any_day)}
    assert {names[one.channel_id] for one in due} == set(names.values())
    drafts = [one for one in announcements.every(any_day) if one.status is AnnouncementStatus.DRAFT]
    assert len(drafts) == 1
    assert not ledger.of_announcement(any_day.conn, drafts[0].id)


def test_given_any_day_then_the_digest_goes_out_each_sunday_at_six(any_day: Store) -> None:
    digest = starting(any_day, "The week at Alvalade Verde")
    assert isinstance(digest.schedule, At)
    times = sorted({one.due_at for one in ledger.of_announcement(any_day.conn, digest.id)})
    walls = [to_wall(moment, sample.ZONE) for moment in times]
    assert len(walls) >= 8
    assert all((wall.weekday(), wall.hour, wall.minute) == (6, 18, 0) for wall in walls)
    assert {(after - before) for before, after in pairwise(walls)} == {timedelta(weeks=1)}


def test_given_any_day_then_the_reminder_comes_a_day_before_each_evening_and_is_skipped_for_the_cancelled_one(any_day: Store) -> None:
    reminder = starting(any_day, "Tomorrow is greenhouse evening")
    rows = ledger.of_announcement(any_day.conn, reminder.id)
    (series,) = (one for one in events.every(any_day) if one.uid.startswith("gathering.") and one.repeats)
    expected = {
        (one.start.replace(tzinfo=None) - timedelta(days=1), State.SKIPPED if one.cancelled else State.QUEUED)
        for one in occurrences.of_event(any_day, series.id, ahead(any_day, 58))
        if isinstance(one.start, datetime)
    }
    planned = {(to_wall(one.due_at, sample.ZONE), one.state) for one in rows}
    assert expected <= planned
    assert len(planned - expected) <= 1  # the one on the edge of the horizon


def test_given_the_sample_when_the_sender_ran_for_a_minute_then_every_state_can_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.engine.alarm.SchedulerAlarm", VirtualAlarm)  # on a clock that does not keep the test waiting
    clock = MovedClock()
    here = program(environ={DATA_VARIABLE: str(tmp_path / "data")}, clock=clock)
    with closing(opened(tmp_path, clock, here.computer.id)) as store, closing(VirtualLoop(clock)) as loop:
        loop.run_until_complete(here.sender(store, EnvironmentVault({}), lambda _news: None).run(Until.IDLE))
        rows = deliveries(store)
        assert {one.state for one in rows} == set(State) - {State.HELD, State.SENDING}  # held: nothing asks for approval yet
        assert Counter(one.state for one in rows if one.due_at <= clock.now()) == {
            State.SENT: 6,
            State.WAITING: 3,
            State.MISSED: 2,
            State.REJECTED: 1,
            State.UNSURE: 1,
            State.QUEUED: 1,
        }
        assert {one.asks for one in rows if one.state is State.MISSED} == {True, False}
        assert clock.now() - START < timedelta(minutes=2)


def test_given_the_sample_when_undone_twice_then_nothing_of_it_is_left_to_see_or_to_send(tmp_path: Path) -> None:
    with closing(opened(tmp_path, MovedClock())) as store:
        assert [str(one.name) for one in undo.history(store)] == ["Called off one date of Greenhouse evening", "Filled with the sample community"]
        assert undo.undo(store).kept == 0
        assert {one.state for one in deliveries(store)} == {State.QUEUED}
        assert undo.undo(store).kept == 0
        assert (members.count(store), events.count(store), connections.channels(store), list(announcements.every(store))) == (0, 0, [], [])
        assert {one.state for one in deliveries(store)} == {State.CANCELLED}
        assert occurrences.between(store, ahead(store, 60)) == []


def test_given_a_community_with_somebody_in_it_when_filled_then_refused_and_left_alone(tmp_path: Path) -> None:
    with closing(opened(tmp_path, MovedClock())) as store:
        before = store.data_version(), members.count(store), len(undo.history(store))
        with pytest.raises(Refused):
            sample.fill(store)
        assert (store.data_version(), members.count(store), len(undo.history(store))) == before


def test_given_the_files_of_the_sample_then_they_are_small_and_each_is_used() -> None:
    folder = package_files("resources.sample")
    kept = {file.name: len(file.read_bytes()) for file in folder.joinpath("files").iterdir()}
    assert sum(kept.values()) < 300_000
    texts = "".join(folder.joinpath(f"{name}.json").read_text(encoding="utf-8") for name in ("members", "events", "announcements"))
    assert set(re.findall(r'"(?:photo|document)": "([^"]+)"', texts)) == kept.keys()
    assert all(json.loads(folder.joinpath(f"{name}.json").read_text(encoding="utf-8")) for name in ("members", "events", "announcements", "places"))
