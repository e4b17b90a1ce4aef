"""Random work on members, tags, ways to reach them and events, with undo and redo at any time, against a model of plain dictionaries."""

import json
import tempfile
from copy import deepcopy
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desktop.community.errors import Refused
from desktop.community.events import Event
from desktop.community.members import ContactKind, ContactPoint, Member
from desktop.store import bulk, check, events, members, undo
from desktop.store.journal import operation
from helpers.clock import MovedClock
from helpers.communities import dates_anew, dates_kept, make, rows, wall, words_in_index, words_of_values
from resources.translations import phrase

NAMES = st.sampled_from(["Ana", "Łukasz", "Søren O’Brien", "小明", "Straße", "ana"])
TAGS = st.lists(st.sampled_from(["choir", "Bakers", "Jugend", "小"]), unique=True, max_size=3).map(tuple)
WAYS = st.lists(
    st.builds(ContactPoint, st.sampled_from([ContactKind.EMAIL, ContactKind.PHONE]), st.sampled_from(["a@b.org", "c@d.org", "+351912345678"])),
    max_size=2,
).map(tuple)
TITLES = st.sampled_from(["Rehearsal", "Concert", "Fest"])
RULES = st.sampled_from(["", "FREQ=WEEKLY;COUNT=6", "FREQ=MONTHLY;BYDAY=1SU;COUNT=4"])
HOURS = st.integers(0, 24 * 40)

State = dict[str, dict[str, tuple[object, ...]]]


class Journal(RuleBasedStateMachine):
    """The model keeps, for each step, what the community held before and after it. A step taken back in order gives the earlier one again."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = MovedClock()
        self.store = make(Path(self.folder.name) / "c.belfry", self.clock)
        self.done: list[tuple[State, State]] = []
        self.undone: list[tuple[State, State]] = []
        self.model: State = {"member": {}, "event": {}}

    def teardown(self) -> None:
        try:
            assert check.check(self.store) == []
        finally:
            self.store.close()
            self.folder.cleanup()

    def seen(self) -> State:
        """What the community holds, in the shape of the model, read through the values."""
        found: State = {"member": {}, "event": {}}
        for member in members.every(self.store):
            ways = tuple((way.kind, way.value) for way in member.contact_points)
            found["member"][member.id] = (member.name, member.tags, ways)
        for event in events.every(self.store):
            found["event"][event.id] = (event.title, event.start, event.rrule, event.series_id)
        return found

    def step(self, after: State) -> None:
        """A step was made that ought to have led to this."""
        if after != self.model:
            self.done.append((self.model, after))
            self.undone.clear()
        self.model = after

    @rule(names=st.lists(NAMES, min_size=1, max_size=2), tags=TAGS, ways=WAYS)
    def add_members(self, names: list[str], tags: tuple[str, ...], ways: tuple[ContactPoint, ...]) -> None:
        after = deepcopy(self.model)
        with operation(self.store, phrase("Added")) as op:
            for name in names:
                row_id = members.add(op, Member(name, tags=tags, contact_points=ways))
                after["member"][row_id] = (name, tags, tuple((way.kind, way.value) for way in ways))
        self.step(after)

    @precondition(lambda self: self.model["member"])
    @rule(which=st.integers(0), name=NAMES, tags=TAGS, ways=WAYS, keep=st.booleans())
    def change_member(self, which: int, name: str, tags: tuple[str, ...], ways: tuple[ContactPoint, ...], keep: bool) -> None:
        row_id = self.pick("member", which)
        before = members.get(self.store, row_id)
        points = (*before.contact_points, *ways)[:3] if keep else ways
        after = deepcopy(self.model)
        after["member"][row_id] = (name, tags, tuple((way.kind, way.value) for way in points))
        pks = self.store.value("SELECT count(*) FROM operation")
        with operation(self.store, phrase("Changed")) as op:
            members.change(op, Member(name, tags=tags, contact_points=points, id=row_id))
        if after == self.model and self.store.value("SELECT count(*) FROM operation") > pks:
            # Equal ways were made anew: a step that shows nothing, but a step.
            self.done.append((self.model, after))
            self.undone.clear()
        self.step(after)

    @precondition(lambda self: self.model["member"])
    @rule(which=st.integers(0))
    def delete_member(self, which: int) -> None:
        row_id = self.pick("member", which)
        after = deepcopy(self.model)
        del after["member"][row_id]
        with operation(self.store, phrase("Deleted")) as op:
            members.delete(op, row_id)
        self.step(after)

    @rule(title=TITLES, hours=HOURS, repeats=RULES)
    def add_event(self, title: str, hours: int, repeats: str) -> None:
        after = deepcopy(self.model)
        event = self.event(title, hours, repeats)
        with operation(self.store, phrase("Added")) as op:
            row_id = events.add(op, event)
        after["event"][row_id] = (title, event.start, repeats, "")
        self.step(after)

    @precondition(lambda self: self.model["event"])
    @rule(which=st.integers(0), title=TITLES, hours=HOURS)
    def change_event(self, which: int, title: str, hours: int) -> None:
        row_id = self.pick("event", which)
        _, _, repeats, series = self.model["event"][row_id]
        there = events.get(self.store, row_id)
        event = self.event(title, hours, str(repeats), str(series), there.recurrence_id, row_id)
        after = deepcopy(self.model)
        after["event"][row_id] = (title, event.start, repeats, series)
        with operation(self.store, phrase("Changed")) as op:
            events.change(op, event)
        self.step(after)

    @precondition(lambda self: any(row[2] for row in self.model["event"].values()))
    @rule(which=st.integers(0), weeks=st.integers(0, 5), hours=HOURS)
    def change_one_date(self, which: int, weeks: int, hours: int) -> None:
        series = sorted(row_id for row_id, row in self.model["event"].items() if row[2])
        row_id = series[which % len(series)]
        start = self.model["event"][row_id][1]
        assert isinstance(start, datetime)
        event = self.event("Moved", hours, "", row_id, start + timedelta(weeks=weeks))
        after = deepcopy(self.model)
        with operation(self.store, phrase("Moved")) as op:
            after["event"][events.add(op, event)] = ("Moved", event.start, "", row_id)
        self.step(after)

    @precondition(lambda self: self.model["event"])
    @rule(which=st.integers(0))
    def delete_event(self, which: int) -> None:
        row_id = self.pick("event", which)
        after = deepcopy(self.model)
        after["event"] = {one: row for one, row in after["event"].items() if one != row_id and row[3] != row_id}
        with operation(self.store, phrase("Deleted")) as op:
            events.delete(op, row_id)
        self.step(after)

    @rule(names=st.lists(NAMES, max_size=3), tags=TAGS, ways=WAYS, title=TITLES, hours=HOURS, repeats=RULES, adopt=st.integers(0))
    def load(self, names: list[str], tags: tuple[str, ...], ways: tuple[ContactPoint, ...], title: str, hours: int, repeats: str, adopt: int) -> None:
        """An import: members, an event, and a changed date of a series that is there."""
        after = deepcopy(self.model)
        series = sorted(row_id for row_id, row in self.model["event"].items() if row[2])
        event = self.event(title, hours, repeats)
        with bulk.staging(self.store) as staged:
            for name in names:
                members.stage(staged, Member(name, tags=tags, contact_points=ways))
            row_id = events.stage(staged, event)
            after["event"][row_id] = (title, event.start, repeats, "")
            if series:
                root = series[adopt % len(series)]
                start = self.model["event"][root][1]
                assert isinstance(start, datetime)
                moved = self.event("Imported", hours, "", root, start + timedelta(weeks=1))
                after["event"][events.stage(staged, moved)] = ("Imported", moved.start, "", root)
            bulk.load(self.store, staged, phrase("Imported"))
        for member in members.every(self.store):
            if member.id not in after["member"]:
                after["member"][member.id] = (member.name, tags, tuple((way.kind, way.value) for way in ways))
        assert sorted(str(row[0]) for row_id, row in after["member"].items() if row_id not in self.model["member"]) == sorted(names)
        self.step(after)

    @rule()
    def undo(self) -> None:
        if not self.done:
            with pytest.raises(Refused):
                undo.undo(self.store)
            return
        before, after = self.done.pop()
        assert undo.undo(self.store).kept == 0
        self.undone.append((before, after))
        self.model = before

    @rule()
    def redo(self) -> None:
        if not self.undone:
            with pytest.raises(Refused):
                undo.redo(self.store)
            return
        before, after = self.undone.pop()
        assert undo.redo(self.store).kept == 0
        self.done.append((before, after))
        self.model = after

    @rule(jump=st.sampled_from([timedelta(seconds=1), timedelta(days=-400), timedelta(milliseconds=-1), timedelta(days=20)]))
    def the_clock_jumps(self, jump: timedelta) -> None:
        self.clock.set_wall(self.clock.now() + jump)

    @invariant()
    def holds_what_the_model_holds(self) -> None:
        assert self.seen() == self.model

    @invariant()
    def finds_what_is_there(self) -> None:
        members.index(self.store)
        assert words_in_index(self.store) == words_of_values(self.store)

    @invariant()
    def shows_the_dates_of_the_events(self) -> None:
        assert dates_kept(self.store) == dates_anew(self.store)

    @invariant()
    def goes_on_in_time(self) -> None:
        clocks = [row[0] for row in self.store.rows("SELECT hlc FROM operation ORDER BY pk")]
        assert clocks == sorted(set(clocks))

    @invariant()
    def can_be_told_again_from_the_journal(self) -> None:
        """The rows that were not loaded in bulk are what the journal says, entry after entry."""
        told: dict[tuple[str, str], dict[str, object]] = {}
        for table, row_id, after in self.store.rows('SELECT "table", row_id, after FROM journal ORDER BY pk'):
            told.setdefault((table, row_id), {"deleted_at": None}).update(json.loads(after))
        bulky = {row[0] for row in self.store.rows("SELECT DISTINCT operation FROM journal_bulk WHERE \"table\" != ''")}
        for table, found in rows(self.store, "member", "contact_point", "member_tag", "event").items():
            derived = {"sort_key", "folded"}
            for row_id, row in found.items():
                if (table, row_id) in told and told[table, row_id].keys() >= row.keys() - derived - {"id"}:
                    assert {name: value for name, value in told[table, row_id].items() if name != "deleted_at"} == {
                        name: value for name, value in row.items() if name not in derived | {"id"}
                    }
                else:
                    assert bulky

    def pick(self, table: str, which: int) -> str:
        ids = sorted(self.model[table])
        return ids[which % len(ids)]

    def event(self, title: str, hours: int, repeats: str, series: str = "", instead: object = None, row_id: str = "") -> Event:
        start = wall("2026-11-02T00:00") + timedelta(hours=hours)
        assert instead is None or isinstance(instead, datetime)
        return Event(
            title, start, start + timedelta(hours=2), zone="Europe/Lisbon", rrule=repeats, series_id=series, recurrence_id=instead, id=row_id
        )


TestJournal = Journal.TestCase
TestJournal.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
