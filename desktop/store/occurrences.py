"""The dates of all events, worked out ahead: one year back to three years ahead, so that a month of the calendar is one short query.

Local, and made anew from the events: by `follow` in every operation that touches one, by `refresh` when the horizon or the zone rules have moved.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from desktop.community.calendar import Window, dates
from desktop.community.events import Occurrence, recurrence_text
from desktop.community.instants import from_text, to_text
from desktop.community.zones import tzdata_version
from desktop.store import events, faults
from desktop.store.database import Store, set_setting
from desktop.store.journal import Changes, owners

BACK = timedelta(days=366)
AHEAD = timedelta(days=3 * 366)
STALE = timedelta(days=31)
_COLUMNS = 'series_id, event_id, recurrence_id, title, start, "end", zone, start_at, end_at, place, cancelled'
_FROM, _UNTIL, _RULES = "occurrences_from", "occurrences_until", "occurrences_tzdata"
_ATTEMPTS = 3


def between(store: Store, window: Window, most: int = -1) -> list[Occurrence]:
    """All dates in a window, cancelled ones too, in order; or the first of them. Outside the years worked out ahead they are worked out now."""
    ahead = _kept(store)
    if ahead and ahead.start <= window.start and window.end <= ahead.end:
        rows = store.rows(
            f"SELECT {_COLUMNS} FROM occurrence WHERE start_at < ? AND (end_at > ? OR start_at >= ?)"
            " ORDER BY start_at, event_id, recurrence_id LIMIT ?",
            (to_text(window.end), to_text(window.start), to_text(window.start), most),
        )
        return _values(store, rows)
    found = all_dates(store, window)
    return found if most < 0 else found[:most]


def first_of_each(store: Store, moments: Sequence[str], most: int) -> tuple[list[Occurrence], list[int]]:
    """The first dates that begin in each span between two neighbouring instants (as text), of those worked out ahead; and how many begin in each."""
    spans = json.dumps(list(pairwise(moments)))
    inside = "FROM occurrence WHERE start_at >= span.value ->> 0 AND start_at < span.value ->> 1"
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM json_each(?) span CROSS JOIN occurrence o"
        f" WHERE o.pk IN (SELECT pk {inside} ORDER BY start_at, event_id, recurrence_id LIMIT ?)"
        " ORDER BY span.key, start_at, event_id, recurrence_id",
        (spans, most),
    )
    counts = store.rows(f"SELECT (SELECT count(*) {inside}) FROM json_each(?) span ORDER BY span.key", (spans,))
    return [_value(row) for row in rows], [count for (count,) in counts]


def going_on(store: Store, moment: str, since: str) -> list[Occurrence]:
    """The dates worked out ahead that began from `since` on and go on over a moment (instants as text)."""
    query = f"SELECT {_COLUMNS} FROM occurrence WHERE start_at >= ? AND start_at < ? AND end_at > ? ORDER BY start_at, event_id, recurrence_id"
    return [_value(row) for row in store.rows(query, (since, moment, moment))]


def covers(store: Store, window: Window) -> bool:
    """Whether all of a window has been worked out ahead, so that `between` is one short query."""
    ahead = _kept(store)
    return ahead is not None and ahead.start <= window.start and window.end <= ahead.end


def of_event(store: Store, event_id: str, window: Window) -> list[Occurrence]:
    """The dates of one event or series in a window."""
    return _work_out(store, event_id, window)


def refresh(store: Store) -> bool:
    """Work all dates out anew where the horizon has moved by more than a month, or the zone rules or the community's zone have changed.

    Gives whether it did.
    """
    ahead, now = _kept(store), store.clock.now()
    if ahead is not None and abs(now - BACK - ahead.start) < STALE and store.setting(_RULES) == _rules(store):
        return False
    remake(store)
    return True


def remake(store: Store) -> None:
    """Work all dates out anew, for one year back to three ahead of now."""
    now = store.clock.now()
    window = Window(_midnight(now - BACK), _midnight(now + AHEAD))
    for left in reversed(range(_ATTEMPTS)):
        newest = _newest(store)
        found = all_dates(store, window)
        with store.write() as conn:
            if _newest(store) != newest:  # another program changed something meanwhile
                if left:
                    continue
                found = all_dates(store, window)
            conn.execute("DELETE FROM occurrence")
            _insert(store, found)
            for key, setting in ((_FROM, to_text(window.start)), (_UNTIL, to_text(window.end)), (_RULES, _rules(store))):
                set_setting(conn, key, setting)
            return


def all_dates(store: Store, window: Window) -> list[Occurrence]:
    """The dates of all events in a window, worked out from the events, in order."""
    found = [one for series_id in _all_series(store) for one in _work_out(store, series_id, window)]
    return sorted(found, key=_order)


def kept(store: Store) -> tuple[Window, list[Occurrence]] | None:
    """What has been worked out ahead, as it is in the file, and for which window; None where nothing has."""
    window = _kept(store)
    return (window, sorted(_values(store, store.rows(f"SELECT {_COLUMNS} FROM occurrence")), key=_order)) if window else None


def follow(store: Store, changes: Changes) -> None:
    """Bring the dates of changed events up to date."""
    window = _kept(store)
    if window is None:
        return
    touched = set(changes.ids.get("event", ()))
    if changes.bulk:
        marks = ",".join("?" * len(changes.bulk))
        touched |= {row[0] for row in store.rows(f"SELECT id FROM event WHERE op IN ({marks})", changes.bulk)}
    touched |= {row[0] for row_id in tuple(touched) for row in store.rows("SELECT series_id FROM event WHERE id = ?", (row_id,))}
    series = (touched | owners(store.conn, changes, "event")) - {""}
    store.conn.executemany("DELETE FROM occurrence WHERE series_id = ?", ((row_id,) for row_id in series))
    for row_id in series:
        _insert(store, _work_out(store, row_id, window))


def _kept(store: Store) -> Window | None:
    start, end = store.setting(_FROM), store.setting(_UNTIL)
    with faults.readable(store.path):
        return Window(from_text(start), from_text(end)) if start and end else None


def _order(one: Occurrence) -> tuple[str, str, str]:
    return to_text(one.start_at), one.event_id, one.recurrence_id


def _newest(store: Store) -> int:
    return int(store.value("SELECT coalesce(max(pk), 0) FROM operation"))


def _all_series(store: Store) -> list[str]:
    return [row[0] for row in store.rows("SELECT id FROM event WHERE series_id = '' AND deleted_at IS NULL")]


def _work_out(store: Store, series_id: str, window: Window) -> list[Occurrence]:
    event = events.series_or_single(store, series_id)
    if event is None:
        return []
    changed = events.changed_dates(store, series_id) if event.repeats else []
    return dates(event, changed, window, store.setting("zone", "UTC"))


def _insert(store: Store, found: Iterable[Occurrence]) -> None:
    marks = ",".join("?" * len(_COLUMNS.split(",")))
    store.conn.executemany(f"INSERT INTO occurrence ({_COLUMNS}) VALUES ({marks})", (_row(one) for one in found))


def _row(one: Occurrence) -> tuple[Any, ...]:
    when = (recurrence_text(one.start), recurrence_text(one.end), one.zone, to_text(one.start_at), to_text(one.end_at))
    return (one.series_id, one.event_id, one.recurrence_id, one.title, *when, one.place, int(one.cancelled))


def _values(store: Store, rows: Iterable[tuple[Any, ...]]) -> list[Occurrence]:
    with faults.readable(store.path):
        return [_value(row) for row in rows]


def _value(row: tuple[Any, ...]) -> Occurrence:
    series_id, event_id, recurrence_id, title, start, end, zone, start_at, end_at, place, cancelled = row
    return Occurrence(
        event_id,
        series_id,
        recurrence_id,
        title,
        _wall(start),
        _wall(end),
        zone,
        from_text(start_at),
        from_text(end_at),
        place,
        bool(cancelled),
    )


def _wall(text: str) -> datetime | date:
    """As `recurrence_moment`, a good deal quicker: this table was written here."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _rules(store: Store) -> str:
    """What all dates depend on beside the events: the zone rules, and the community's own zone."""
    return f"{tzdata_version()} {store.setting('zone', 'UTC')}"


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
