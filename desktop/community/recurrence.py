"""Repeating: a rule of RFC 5545 in wall time, and the dates it gives within a window. Zones play no part here but for an UNTIL in UTC.

python-dateutil reads and walks the rules. It walks from the start and, where a rule gives nothing, on to the year 9999; so a rule is moved forward
to the window by whole periods, and a walk ends where the window does.
"""

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, datetime, time, timedelta
from itertools import islice, product
from typing import TypedDict

from dateutil.rrule import MONTHLY, WEEKLY, YEARLY, rrule, weekday

from desktop.community.errors import Refused
from desktop.community.rule_text import MAX_TIMES_A_DAY, TIMES, Lists, Rule, parsed
from desktop.community.zones import to_wall
from resources.translations import phrase

MAX_DATES = 10_000
"""The most extra or left-out dates that one repetition may list."""
MAX_YEARS = 100
MAX_COUNT = 20_000
"""How far from its start and over how many dates a COUNT is followed. One that reaches further has no end that matters."""
_SHORT = timedelta(days=200)
"""Series that repeat on the same days share the walk over a window of up to this length."""

_Days = tuple[int, int, int, tuple[tuple[int, int], ...], Lists, datetime, int]
"""The arguments of `_days`."""
Wall = datetime | date
"""A naive wall time, or a date for what lasts all day."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How something repeats. Made by `recurrence()`, which refuses what cannot be walked.

    Attributes:
        rule: the RRULE's text without its name, as it was given (`FREQ=WEEKLY;BYDAY=TU`); empty where only `extra` adds dates.
        extra: RDATE, wall times or dates.
        left_out: EXDATE; a date leaves out everything of that day.
    """

    rule: str
    extra: tuple[Wall, ...] = ()
    left_out: tuple[Wall, ...] = ()


class _Parts(TypedDict, total=False):
    """The arguments of dateutil's `rrule` that make up a rule."""

    bymonth: tuple[int, ...]
    bymonthday: tuple[int, ...]
    byyearday: tuple[int, ...]
    byweekno: tuple[int, ...]
    byhour: tuple[int, ...]
    byminute: tuple[int, ...]
    bysecond: tuple[int, ...]
    bysetpos: tuple[int, ...]
    byweekday: tuple[weekday, ...]


@functools.lru_cache(maxsize=2048)
def recurrence(rule: str, extra: tuple[Wall, ...] = (), left_out: tuple[Wall, ...] = ()) -> Recurrence:
    """A repetition from the text of an RRULE, with or without its name, and the dates of RDATE and EXDATE.

    Raises Refused where the rule is none of RFC 5545 §3.3.10, repeats by the hour or faster, or names a date that no year has.
    """
    text = rule.strip().removeprefix("RRULE:")
    if text:
        parsed(text)
    if len(extra) + len(left_out) > MAX_DATES:
        raise Refused(phrase("This repeats with more than {most} extra or left-out dates, which Belfry does not keep.", most=MAX_DATES))
    return Recurrence(text, extra, left_out)


def occurrences(start: Wall, repeats: Recurrence | None, after: datetime, before: datetime, zone: str = "", limit: int = 10_000) -> list[Wall]:
    """The starts, in order, with `after` <= start < `before`: wall times (naive), or dates where `start` is a date.

    `start` always is the first (RFC 5545 §3.8.5.3), also where the rule would not give it. `zone` is needed to read an UNTIL that is given in UTC.
    Not more than `limit`, the earliest. The work is bounded by the window, whatever the rule.
    """
    return list(starts(start, repeats, after, before, zone, limit))


def starts(start: Wall, repeats: Recurrence | None, after: datetime, before: datetime, zone: str = "", limit: int = 10_000) -> Sequence[Wall]:
    """As `occurrences`. Series that repeat on the same days at one time, with no date more or less, get the very same tuple."""
    if repeats is None:
        return [start] if after <= _moment(start) < before else []
    moment = _moment(start)
    if not (repeats.extra or repeats.left_out):
        walked = _first(_walk(moment, repeats.rule, zone, after, before), limit) if repeats.rule else ()
        if after <= moment < before and (not walked or walked[0] != moment):
            walked = (moment, *walked[: limit - 1])
        return walked if isinstance(start, datetime) else [one.date() for one in walked]
    left_out = {_moment(wall) for wall in repeats.left_out if isinstance(wall, datetime)}
    days_out = {wall for wall in repeats.left_out if not isinstance(wall, datetime)}
    found = {_moment(wall) for wall in (start, *repeats.extra) if after <= _moment(wall) < before}
    room = limit + len(left_out) + MAX_TIMES_A_DAY * len(days_out)
    if repeats.rule:
        found.update(_first(_walk(moment, repeats.rule, zone, after, before), room))
    kept = sorted(one for one in found if one not in left_out and one.date() not in days_out)[:limit]
    return kept if isinstance(start, datetime) else [one.date() for one in kept]


def ends(start: Wall, repeats: Recurrence | None, zone: str = "") -> datetime | None:
    """The last start there will be (wall time), or None where it goes on for good."""
    if repeats is None:
        return _moment(start)
    last = _moment(start)
    if repeats.rule:
        until = _until(_moment(start), repeats.rule, zone)
        if until is None:
            return None
        last = max(last, until)
    return max((last, *(_moment(wall) for wall in repeats.extra)))


def _walk(start: datetime, text: str, zone: str, after: datetime, before: datetime) -> Iterable[datetime]:
    """What the rule gives in the window, in order, from the period in which the window begins to the one in which it ends."""
    rule, until, lists, times = _written_out(start, text, zone)
    if until is not None and until < after:
        return ()
    skipped = max(0, _periods(rule, start, after))
    begin = start if skipped == 0 else _period_start(rule, start, skipped)
    steps = _periods(rule, begin, before) + 1
    first, last = max(after, begin), until if until is not None and until < before else None
    if not times or before - after > _SHORT:
        return _within(_dates(rule, begin, steps), first, before, last)
    # From the midnight of `begin` on: the days, walked once for all who have them, with the times.
    days = (rule.frequency, rule.interval, rule.week_start, rule.weekdays, lists, datetime.combine(begin, time()), steps)
    if len(times) > 1:
        return _within((day + at for day, at in product(_days(*days), times)), first, before, last)
    return _moments(days, times[0], first, before, last)


def _within(dates: Iterable[datetime], first: datetime, before: datetime, last: datetime | None) -> Iterator[datetime]:
    for moment in dates:
        if moment >= before or (last is not None and moment > last):
            return
        if moment >= first:
            yield moment


def _first(walked: Iterable[datetime], most: int) -> Sequence[datetime]:
    """No more than so many of them."""
    return walked[:most] if isinstance(walked, tuple) else tuple(islice(walked, most))


@functools.lru_cache(maxsize=4096)  # a far month looks at every series
def _written_out(start: datetime, text: str, zone: str) -> tuple[Rule, datetime | None, Lists, tuple[timedelta, ...]]:
    """The rule with everything that it takes from its start, and after when it gives nothing; then the lists that choose its days, and the times of
    each; no times where it counts them together with the days.
    """
    rule = _explicit(parsed(text), start)
    lists = dict(rule.lists)
    times = () if "bysetpos" in lists else _times(*(lists[part] for part in TIMES))
    return rule, _until(start, text, zone), tuple((part, values) for part, values in rule.lists if part not in TIMES), times


@functools.lru_cache(maxsize=4096)
def _until(start: datetime, text: str, zone: str) -> datetime | None:
    """The wall time after which the rule gives nothing: its UNTIL, or the last that its COUNT lets through. None where it has no end."""
    rule = parsed(text)
    until = rule.until
    if until is not None and until.tzinfo is not None:
        until = to_wall(until, zone) if zone else until.replace(tzinfo=None)
    if rule.count is None:
        return until
    far = start.replace(year=min(start.year + MAX_YEARS, MAXYEAR), day=1)
    dates = _dates(_explicit(rule, start), start, _periods(rule, start, far))
    # The start counts as the first (RFC 5545 §3.3.10), also where the rule would not give it.
    others = list(islice((moment for moment in dates if moment != start), min(rule.count - 1, MAX_COUNT)))
    last = others[-1] if others else start
    if len(others) < rule.count - 1 and far.year < MAXYEAR:
        return until
    return last if until is None else min(last, until)


@functools.lru_cache(maxsize=1024)
def _moments(days: _Days, at: timedelta, first: datetime, before: datetime, last: datetime | None) -> tuple[datetime, ...]:
    """For what has one time a day: those who have days and time in common get the very same tuple."""
    return tuple(_within((day + at for day in _days(*days)), first, before, last))


@functools.lru_cache(maxsize=256)
def _days(
    frequency: int,
    interval: int,
    week_start: int,
    weekdays: tuple[tuple[int, int], ...],
    lists: Lists,
    begin: datetime,
    steps: int,
) -> tuple[datetime, ...]:
    return tuple(_dates(Rule(frequency, interval, week_start=week_start, weekdays=weekdays, lists=lists), begin, steps))


def _times(hours: tuple[int, ...], minutes: tuple[int, ...], seconds: tuple[int, ...]) -> tuple[timedelta, ...]:
    """The times of a day."""
    return tuple(timedelta(hours=hour, minutes=minute, seconds=second) for hour, minute, second in product(hours, minutes, seconds))


def _dates(rule: Rule, begin: datetime, steps: int) -> Iterator[datetime]:
    """What dateutil gives for a rule from `begin`, over that many periods."""
    parts = _Parts(byweekday=tuple(weekday(day, which or None) for day, which in rule.weekdays)) if rule.weekdays else _Parts()
    parts.update(dict(rule.lists))  # type: ignore[typeddict-item]  # its keys are those of _LISTS
    walk = rrule(rule.frequency, dtstart=begin, interval=_Steps(rule.interval).limit(steps), wkst=rule.week_start, **parts)  # type: ignore[arg-type]
    try:
        yield from walk
    except (_WalkedFarEnough, OverflowError, ValueError):  # the last two: a week that reaches beyond the year 9999
        return


class _WalkedFarEnough(Exception):
    """The walk has come to the end of its window."""


class _Steps(int):
    """An interval that ends the walk after some periods: dateutil adds it (by the week: multiplies it) once for each period that it walks.

    There is no other way to stop dateutil on a rule that gives no date: it looks at UNTIL only when it has found one.
    """

    _left: int

    def limit(self, steps: int) -> "_Steps":
        self._left = steps
        return self

    def _step(self) -> None:
        if self._left <= 0:
            raise _WalkedFarEnough
        self._left -= 1

    def __radd__(self, other: int) -> int:
        self._step()
        return other + int(self)

    def __mul__(self, other: int) -> int:
        self._step()
        return int(self) * other


def _explicit(rule: Rule, start: datetime) -> Rule:
    """The rule with everything written out that it takes from its start, so that it means the same from another start."""
    lists = dict(rule.lists)
    weekdays = rule.weekdays
    if not weekdays and not {"byweekno", "byyearday", "bymonthday"} & lists.keys():
        if rule.frequency == YEARLY:
            lists.setdefault("bymonth", (start.month,))
        if rule.frequency in (YEARLY, MONTHLY):
            lists["bymonthday"] = (start.day,)
        elif rule.frequency == WEEKLY:
            weekdays = ((start.weekday(), 0),)
    for part, value in zip(TIMES, (start.hour, start.minute, start.second), strict=True):
        lists.setdefault(part, (value,))
    return replace(rule, weekdays=weekdays, lists=tuple(lists.items()))


def _periods(rule: Rule, start: datetime, moment: datetime) -> int:
    """How many whole intervals lie between the period of `start` and that of `moment`."""
    match rule.frequency:
        case _ if rule.frequency == YEARLY:
            between = moment.year - start.year
        case _ if rule.frequency == MONTHLY:
            between = (moment.year - start.year) * 12 + moment.month - start.month
        case _ if rule.frequency == WEEKLY:
            between = (_week(moment, rule.week_start) - _week(start, rule.week_start)) // 7
        case _:
            between = moment.toordinal() - start.toordinal()
    return between // rule.interval


def _period_start(rule: Rule, start: datetime, skipped: int) -> datetime:
    """The first moment of the period that many intervals after that of `start`."""
    ahead = skipped * rule.interval
    if rule.frequency == YEARLY:
        return datetime(start.year + ahead, 1, 1)  # noqa: DTZ001  # wall time, as everything here
    if rule.frequency == MONTHLY:
        years, month = divmod(start.month - 1 + ahead, 12)
        return datetime(start.year + years, month + 1, 1)  # noqa: DTZ001
    if rule.frequency == WEEKLY:
        return datetime.combine(date.fromordinal(_week(start, rule.week_start) + 7 * ahead), time())
    return datetime.combine(date.fromordinal(start.toordinal() + ahead), time())


def _week(moment: datetime, week_start: int) -> int:
    """The ordinal of the day on which the week of a moment began; for the first week of the year 1 this may lie before there are dates."""
    return moment.toordinal() - (moment.weekday() - week_start) % 7


def _moment(wall: Wall) -> datetime:
    return wall.replace(microsecond=0, fold=0) if isinstance(wall, datetime) else datetime.combine(wall, time())
