"""Every schema that was ever released is opened by this Belfry, with all that is in it."""

import importlib.util
import shutil
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from desktop.store import announcements, check, database, erase, events, files, members, schema, sending, undo
from desktop.store.driver import connect
from desktop.store.journal import operation
from helpers.communities import WORK, dates_anew, dates_kept, make, reopen, words_in_index, words_of_values

FILES = Path(__file__).parents[2] / "files"
SAVED = sorted(FILES.glob("schema-*.belfry"))


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_schema", FILES / "make_schema.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    kept = list(sys.path)
    spec.loader.exec_module(made)
    sys.path[:] = kept
    return made


def schema_of(path: Path) -> list[tuple[str, str]]:
    with closing(connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as conn:
        return conn.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").fetchall()


def test_there_is_a_saved_file_of_each_schema() -> None:
    assert [saved.name for saved in SAVED] == [f"schema-{number}.belfry" for number in range(1, schema.SCHEMA + 1)]


@pytest.mark.parametrize("saved", SAVED, ids=lambda saved: saved.stem)
def test_given_a_saved_file_when_opened_then_all_that_is_in_it_reads_back(saved: Path, path: Path, maker: ModuleType) -> None:
    shutil.copy(saved, path)
    with reopen(path) as store:
        assert check.check(store) == []
        found = [replace(one, id="", contact_points=tuple(replace(way, id="") for way in one.contact_points)) for one in members.every(store)]
        assert sorted(found, key=lambda one: one.name) == sorted(maker.people(), key=lambda one: one.name)
        kept = sorted(events.every(store), key=lambda one: one.title)
        expected = sorted(maker.calendar(), key=lambda one: one.title)
        series = next(one.id for one in kept if one.rrule)
        assert [replace(one, id="", series_id="") for one in kept] == expected
        assert {one.title: one.series_id for one in kept if one.series_id} == {"Rehearsal, moved": series}
        assert dates_kept(store) == dates_anew(store) != []
        assert words_in_index(store) == words_of_values(store)
        assert files.content(store, files.sha256(maker.PHOTO)) == maker.PHOTO
        announcement = next(announcements.every(store))
        assert (announcement.event_id, str(announcement.schedule.offset)) == (series, "1d")  # type: ignore[union-attr]
        assert [str(done.name) for done in undo.history(store)] == [
            "Edited Ana Lima",
            "Erased a member",
            "Added […]",
            "Announced",
            "Added events",
            "Imported people.csv",
        ]
        assert len(erase.erased_ids(store)) == 1
        assert sending.named(store).computer == "computer-of-schema"
        assert store.value("SELECT count(*) FROM delivery") > 0


@pytest.mark.parametrize("saved", SAVED, ids=lambda saved: saved.stem)
def test_given_a_saved_file_when_worked_on_then_all_goes_back_to_the_beginning(saved: Path, path: Path) -> None:
    shutil.copy(saved, path)
    with reopen(path) as store:
        with operation(store, WORK) as op:
            members.add(op, members.get(store, store.value("SELECT id FROM member")))
        while undo.last_done(store):
            assert undo.undo(store).kept == 0
        assert (members.count(store), events.count(store), list(announcements.every(store))) == (0, 0, [])
        assert check.check(store) == []


def test_the_first_step_makes_what_it_made_when_it_was_released(path: Path) -> None:
    """A step that people have taken is never edited: what is added since comes with the next. While schema 1 is unreleased, make its file anew."""
    make(path).close()
    if schema.SCHEMA == 1:
        assert schema_of(path) == schema_of(FILES / "schema-1.belfry")
    with reopen(path) as store:
        assert database.is_whole(path, None)
        assert store.value("PRAGMA user_version") == schema.SCHEMA
