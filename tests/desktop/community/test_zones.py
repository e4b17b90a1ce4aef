"""Wall time and instants: every zone at every change, against the C library, which reads the same zone files with code of its own (figure R8)."""

import os
import sys
import time as libc
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.community.durations import Offset
from desktop.community.errors import Refused
from desktop.community.lateness import ASK
from desktop.community.recurrence import recurrence
from desktop.community.schedules import At, plan
from desktop.community.zones import is_zone, pin_tzdata, to_utc, to_wall, tzdata_version, zone

FOLDER = Path(str(files("tzdata"))) / "zoneinfo"
NAMES = sorted(name for name in (files("tzdata") / "zones").read_text().split() if name)
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True, scope="module")
def _pinned() -> Iterator[None]:
    before = zoneinfo.TZPATH
    pin_tzdata()
    yield
    zoneinfo.reset_tzpath(before)


@contextmanager
def _c_library_in(name: str) -> Iterator[None]:
    """The C library's local time becomes that of the zone, read from the file of the package."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = f":{FOLDER / name}"
    libc.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        libc.tzset()


@cache
def _seen_in(rules: bytes, name: str) -> list[tuple[int, int, int, dict[int, int]]]:
    """The oracle for all zones with these rules: (change, offset before, after, stamp at which each minute, or a later one, is first shown)."""
    with _c_library_in(name):
        return [(change, _offset(change - 1), _offset(change), _watched(change)) for change in _changes()]


def _offset(stamp: int) -> int:
    return libc.localtime(stamp).tm_gmtoff


def _changes() -> list[int]:
    """The seconds at which the offset changes, 2024 to 2037, found by looking at the C library's clock every six hours and halving."""
    found = []
    step = 6 * 3600
    stamps = range(int(FIRST.timestamp()), int(LAST.timestamp()), step)
    before = _offset(stamps[0])
    for stamp in stamps[1:]:
        after = _offset(stamp)
        if after != before:
            low, high = stamp - step, stamp
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if _offset(middle) == before else (low, middle)
            found.append(high)
            before = after
    return found


def _watched(change: int) -> dict[int, int]:
    """What somebody who watches the wall clock sees around a change: for each minute, the stamp at which the clock first shows it or a later one.

    Shown minutes are counted as if they were UTC. Where the clock goes back, it shows nothing new for a while; where it jumps, minutes are left out.
    """
    first: dict[int, int] = {}
    latest = None
    for stamp in range(change - 3 * 3600, change + 12 * 3600, 60):
        shown = (stamp + _offset(stamp)) // 60
        if latest is None or shown > latest:
            first.update(dict.fromkeys(range(shown if latest is None else latest + 1, shown + 1), stamp))
            latest = shown
    return first


@pytest.mark.skipif(not hasattr(libc, "tzset"), reason="the C library of this system reads no zone files")
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS takes TZ from its own folder only")
def test_given_every_zone_and_every_change_when_planned_daily_then_each_local_date_fires_once_at_the_moment_a_watcher_would_see() -> None:
    checked = 0
    known: set[bytes] = set()
    for name in NAMES:
        rules = (FOLDER / name).read_bytes()
        for change, before, after, seen in _seen_in(rules, name):
            assert change % 60 == 0
            length = timedelta(seconds=abs(after - before))
            minute = timedelta(minutes=1)
            around = (-minute, timedelta(0), length / 2, length - minute, length, length + timedelta(hours=9))
            checked += _check_change(name, change, (before, after), around[2:3] if rules in known else around, seen)
        known.add(rules)  # another name for the same rules is looked at once each change
    assert checked > 20_000


def _check_change(name: str, change: int, offsets: tuple[int, int], around: tuple[timedelta, ...], seen: dict[int, int]) -> int:
    """How many dates were compared."""
    checked = 0
    before, after = offsets
    edge = datetime.fromtimestamp(change + min(offsets), UTC).replace(tzinfo=None)  # the wall time at which the gap or the fold begins
    for moved in around:
        wall = (edge + moved).replace(second=0)
        start = wall - timedelta(days=3)
        schedule = At(start, name, recurrence("FREQ=DAILY"))
        window = datetime.fromtimestamp(change, UTC)
        fired = plan(schedule, ASK, made_at=window - timedelta(days=9), after=window - timedelta(days=2), horizon=window + timedelta(days=2))
        assert len({one.occurrence for one in fired}) == len(fired)
        by_date = {one.occurrence: one.due_at for one in fired}
        for days in (-1, 0, 1):
            target = wall + timedelta(days=days)
            minute = int(target.replace(tzinfo=UTC).timestamp()) // 60
            # The day before and the day after there is no change, and the wall clock is simply so far from UTC.
            expected = seen.get(minute, minute * 60 - (before if days < 0 else after))
            assert by_date[f"{target:%Y%m%dT%H%M%S}"].timestamp() == expected, (name, target)
            checked += 1
    return checked


@pytest.mark.parametrize(
    ("wall", "instant"),
    [
        ("2026-03-29T02:30", "2026-03-29T01:00Z"),  # in the gap: the clock jumps from 02:00 to 03:00
        ("2026-03-29T02:00", "2026-03-29T01:00Z"),
        ("2026-03-29T03:00", "2026-03-29T01:00Z"),
        ("2026-03-29T03:01", "2026-03-29T01:01Z"),
        ("2026-10-25T02:30", "2026-10-25T00:30Z"),  # in the fold: the first
        ("2026-10-25T03:00", "2026-10-25T02:00Z"),
    ],
)
def test_given_a_change_in_berlin_when_made_an_instant_then_gap_and_fold_are_as_promised(wall: str, instant: str) -> None:
    assert to_utc(datetime.fromisoformat(wall), "Europe/Berlin") == datetime.fromisoformat(instant)


@given(
    instant=st.datetimes(datetime(1990, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    name=st.sampled_from(NAMES),
)
def test_given_any_instant_when_taken_to_the_wall_and_back_then_it_is_itself_or_the_first_with_that_wall_time(instant: datetime, name: str) -> None:
    back = to_utc(to_wall(instant, name), name)
    assert back <= instant
    assert to_wall(back, name) == to_wall(instant, name)


def test_given_a_day_that_a_zone_left_out_when_made_an_instant_then_it_is_the_next_valid_moment() -> None:
    assert to_utc(datetime.fromisoformat("2011-12-30T12:00"), "Pacific/Apia") == datetime(2011, 12, 30, 10, tzinfo=UTC)


def test_given_days_and_hours_before_when_a_change_lies_between_then_days_keep_the_wall_time_and_hours_are_real() -> None:
    start = datetime.fromisoformat("2026-03-29T12:00")  # after the change of that morning
    assert Offset(days=1).before(start, "Europe/Berlin") == datetime(2026, 3, 28, 11, tzinfo=UTC)
    assert Offset(exact=timedelta(hours=24)).before(start, "Europe/Berlin") == datetime(2026, 3, 28, 10, tzinfo=UTC)


@pytest.mark.parametrize("name", ["Europe", "Nowhere/Land", "../etc/passwd", "", "W. Europe Standard Time"])
def test_given_a_name_that_is_no_zone_when_asked_for_then_a_sentence_says_so(name: str) -> None:
    assert not is_zone(name)
    with pytest.raises(Refused, match=r"not a time zone"):
        zone(name)


def test_given_the_package_when_pinned_then_its_release_is_told_and_no_folder_of_the_system_is_read() -> None:
    assert date(int(tzdata_version()[:4]), 1, 1) >= date(2026, 1, 1)
    assert zoneinfo.TZPATH == ()
