"""Events in and out of the community file."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from desktop.community.errors import Refused, Remedy
from desktop.community.events import Event, EventStatus, recurrence_moment, recurrence_text
from desktop.community.ids import new_id
from desktop.store import faults
from desktop.store.bulk import Staging
from desktop.store.database import Store
from desktop.store.journal import Operation
from desktop.store.tables import EVENT, Value
from resources.translations import phrase

COLUMNS = ", ".join(f'"{name}"' for name in ("id", *EVENT.columns))
_NAMES = ("id", *EVENT.columns)
_PLAIN = ("title", "zone", "place", "description", "url", "rrule", "series_id", "uid", "photo")


def add(op: Operation, event: Event) -> str:
    """Keep a new event; gives its id."""
    return op.new("event", **_columns(event))


def change(op: Operation, event: Event) -> None:
    """Make the event with this id what the value says. Raises Refused where there is none."""
    get(op.store, event.id)
    op.put("event", event.id, **_columns(event))


def delete(op: Operation, event_id: str) -> None:
    """Take an event out of the calendar, with the dates that were changed on their own; undo brings them back."""
    for (changed,) in op.conn.execute("SELECT id FROM event WHERE series_id = ? AND deleted_at IS NULL", (event_id,)).fetchall():
        op.delete("event", changed)
    op.delete("event", event_id)


def stage(staged: Staging, event: Event) -> str:
    """Add a new event to a bulk load; gives its id."""
    row_id = event.id or new_id()
    staged.add("event", row_id, **_columns(event))
    return row_id


def get(store: Store, event_id: str) -> Event:
    """One event. `event_id` may be the end of an id that no other has (its random part). Raises Refused where there is none, or more than one."""
    rows = store.rows(f"SELECT {COLUMNS} FROM event WHERE substr(id, ?) = ? AND deleted_at IS NULL LIMIT 2", (-len(event_id), event_id))
    if len(rows) != 1 or not event_id:
        raise Refused(phrase("There is no event {event}.", event=event_id), Remedy.FIND_EVENT)
    return _values(store, rows)[0]


def changed_dates(store: Store, series_id: str) -> list[Event]:
    """The dates of a series that were changed on their own."""
    return _values(store, store.rows(f"SELECT {COLUMNS} FROM event WHERE series_id = ? AND deleted_at IS NULL", (series_id,)))


def every(store: Store) -> Iterator[Event]:
    """All events, the series before their changed dates."""
    for row in store.rows(f"SELECT {COLUMNS} FROM event WHERE deleted_at IS NULL ORDER BY series_id != '', start, pk"):
        yield from _values(store, [row])


def any_there(store: Store) -> bool:
    """Whether there is one; counting them takes a while."""
    return store.value("SELECT 1 FROM event WHERE deleted_at IS NULL AND series_id = '' LIMIT 1") is not None


def count(store: Store) -> int:
    """How many there are; a series counts once."""
    return int(store.value("SELECT count(*) FROM event WHERE deleted_at IS NULL AND series_id = ''"))


def known(store: Store) -> set[tuple[str, str]]:
    """The (UID, RECURRENCE-ID text) of all events, so that a calendar that is imported again makes no second copies.

    An event without a UID goes out as `<id>@belfry`, and a changed date under the UID of its series.
    """
    rows = store.rows(
        "SELECT coalesce(nullif(series.uid, ''), series.id || '@belfry', nullif(event.uid, ''), event.id || '@belfry'), event.recurrence_id"
        " FROM event LEFT JOIN event AS series ON series.id = event.series_id AND series.deleted_at IS NULL WHERE event.deleted_at IS NULL"
    )
    return {(row[0], row[1].replace("-", "").replace(":", "")) for row in rows}


def by_uid(store: Store, uid: str) -> str | None:
    """The id of the event or series with this UID."""
    found = store.value(
        "SELECT id FROM event WHERE (uid = ? OR (uid = '' AND id = ?)) AND series_id = '' AND recurrence_id = '' AND deleted_at IS NULL",
        (uid, uid.removesuffix("@belfry")),
    )
    return None if found is None else str(found)


def series_or_single(store: Store, event_id: str) -> Event | None:
    """The event or series with this id; None where there is none, or it is a changed date of a series."""
    rows = store.rows(f"SELECT {COLUMNS} FROM event WHERE id = ? AND deleted_at IS NULL AND series_id = ''", (event_id,))
    return _values(store, rows)[0] if rows else None


def _values(store: Store, rows: Iterable[tuple[Any, ...]]) -> list[Event]:
    with faults.readable(store.path):
        return [value(row) for row in rows]


def value(row: tuple[Any, ...]) -> Event:
    """An event from its COLUMNS."""
    found = dict(zip(_NAMES, row, strict=True))
    return Event(
        **{name: found[name] for name in _PLAIN},
        id=found["id"],
        start=_moment(found["start"]),
        end=_moment(found["end"]),
        status=EventStatus(found["status"]),
        rdates=tuple(recurrence_moment(text) for text in found["rdates"].split()),
        exdates=tuple(recurrence_moment(text) for text in found["exdates"].split()),
        recurrence_id=_moment(found["recurrence_id"]) if found["recurrence_id"] else None,
    )


def _columns(event: Event) -> dict[str, Value]:
    plain: dict[str, Value] = {name: getattr(event, name) for name in _PLAIN}
    return plain | {
        "start": event.start.isoformat(),
        "end": event.end.isoformat(),
        "status": event.status.value,
        "rdates": _list(event.rdates),
        "exdates": _list(event.exdates),
        "recurrence_id": event.recurrence_id.isoformat() if event.recurrence_id else "",
    }


def _list(moments: Iterable[datetime | date]) -> str:
    return " ".join(recurrence_text(moment) for moment in moments)


def _moment(text: str) -> datetime | date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
