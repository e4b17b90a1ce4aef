"""A VTIMEZONE for a zone (RFC 5545 §3.6.5): the changes of its clocks since the first event, the present rule as an RRULE where it is one.

Not icalendar's `Timezone.from_tzinfo`: it puts the beginning of summer time an hour late (§3.8.2.4 wants it in the time before the change), and gives
bare lists of dates, which Outlook, that takes a zone by its rules, does not read.
"""

import bisect
import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from desktop.community.zones import zone

_AHEAD = 5
_FIRST_YEAR, _LAST_YEAR = 1970, 2037
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the changes of one observance have in common."""

    before: timedelta
    after: timedelta
    name: str
    summer: bool


def timezone(name: str, first_year: int, this_year: int) -> Timezone:
    """The rules of a zone, by its IANA name, from the year of the first event until some years from now, or for good where they are a rule."""
    rules = zone(name)
    first = datetime(min(max(first_year, _FIRST_YEAR), this_year), 1, 1, tzinfo=UTC)
    last = datetime(min(this_year, _LAST_YEAR) + _AHEAD, 1, 1, tzinfo=UTC)
    begin = first - timedelta(days=366)
    changes = list(_changes(rules, begin, last))
    kinds: dict[_Kind, list[datetime]] = {}
    if not changes or changes[0] > first:
        kinds[_kind(rules, begin, begin)] = [_onset(rules, begin, begin)]
    for change in changes:
        before = change - timedelta(seconds=1)
        kinds.setdefault(_kind(rules, before, change), []).append(_onset(rules, before, change))
    made = Timezone()
    made.add("TZID", name)
    made.add("X-LIC-LOCATION", name)
    for kind, starts in kinds.items():
        ruled = next(at for at in range(len(starts) + 1) if _weekday(starts[at:], last.year - 1) or at == len(starts))
        for some, weekday in ((starts[:ruled], ""), (starts[ruled:], _weekday(starts[ruled:], last.year - 1))):
            if some:
                made.add_component(_observance(kind, some, weekday))
    return made


def _observance(kind: _Kind, starts: Sequence[datetime], weekday: str) -> TimezoneStandard | TimezoneDaylight:
    """The changes at these onsets; where a weekday (`-1SU`) is given, each year from the first on for good."""
    made = TimezoneDaylight() if kind.summer else TimezoneStandard()
    made.add("DTSTART", starts[0])
    made.add("TZOFFSETFROM", kind.before)
    made.add("TZOFFSETTO", kind.after)
    made.add("TZNAME", kind.name)
    if weekday:
        made.add("RRULE", vRecur(FREQ="YEARLY", BYMONTH=starts[0].month, BYDAY=weekday))
    elif starts[1:]:
        made.add("RDATE", list(starts[1:]))
    return made


def _changes(rules: tzinfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The instants at which the offset changes: looked for day by day, then to the second."""
    day = first
    while day < last:
        following = day + timedelta(days=1)
        old = _offset(rules, day)
        if _offset(rules, following) != old:
            seconds = range(1, 24 * 3600 + 1)
            found = bisect.bisect_left(seconds, True, key=lambda after, day=day, old=old: _offset(rules, day + timedelta(seconds=after)) != old)  # type: ignore[misc]
            yield day + timedelta(seconds=seconds[found])
        day = following


def _kind(rules: tzinfo, before: datetime, after: datetime) -> _Kind:
    old, new = before.astimezone(rules), after.astimezone(rules)
    forward = _offset(rules, after) > _offset(rules, before)  # IANA calls winter in Dublin daylight saving; other programs do not
    return _Kind(_offset(rules, before), _offset(rules, after), new.tzname() or "", forward and bool(old.dst() or new.dst()))


def _onset(rules: tzinfo, before: datetime, change: datetime) -> datetime:
    return change.replace(tzinfo=None) + _offset(rules, before)


def _offset(rules: tzinfo, instant: datetime) -> timedelta:
    return instant.astimezone(rules).utcoffset() or timedelta(0)


def _weekday(starts: Sequence[datetime], last_year: int) -> str:
    """The BYDAY that all these have in common, such as `-1SU`; empty where they are not one each year until the last, at the same time."""
    years = [start.year for start in starts]
    same = {(start.month, start.weekday(), start.time()) for start in starts}
    if len(same) != 1 or len(starts) < 3 or years != list(range(years[0], last_year + 1)):
        return ""
    weekday = _WEEKDAYS[starts[0].weekday()]
    if all(start.day > calendar.monthrange(start.year, start.month)[1] - 7 for start in starts):
        return f"-1{weekday}"
    weeks = {(start.day - 1) // 7 + 1 for start in starts}
    return f"{weeks.pop()}{weekday}" if len(weeks) == 1 else ""
