"""The calendar in and out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.community.errors import Refused
from desktop.community.events import recurrence_text
from desktop.exchange.calendar_read import ImportedEvent, read_calendar
from desktop.exchange.calendar_write import write_calendar
from desktop.exchange.tables import BadRow
from desktop.store import bulk, events
from desktop.store.database import Store
from resources.translations import Phrase, phrase, phrases

CALENDAR_SUFFIX = ".ics"


@dataclass(frozen=True, slots=True)
class CalendarReport:
    """What an import of a calendar did.

    Attributes:
        added: how many events are new; a series counts once, and so does each of its dates that was changed on its own.
        there: how many were there already.
        bad: those that can't be kept, and why.
        remarks: what was changed on the way.
    """

    added: int
    there: int
    bad: Sequence[BadRow]
    remarks: Sequence[Phrase]


def import_calendar(store: Store, path: Path) -> CalendarReport:
    """Import the events of an `.ics` file, as one operation. An event that is there already, by its UID, is left as it is."""
    calendar = read_calendar(path, store.setting("zone", "UTC"))
    known = events.known(store)
    fresh = [one for one in calendar.events if (one.event.uid, _date(one)) not in known]
    with bulk.staging(store) as staged:
        series: dict[str, str] = {}
        for one in fresh:
            if one.event.recurrence_id is None:
                series[one.event.uid] = events.stage(staged, one.event)
        changed = [one for one in fresh if one.event.recurrence_id is not None]
        for one in changed:
            root = series.get(one.series_uid) or events.by_uid(store, one.series_uid) or ""
            events.stage(staged, replace(one.event, series_id=root))
        if fresh:
            name = phrases("Imported {n} event from {file}", "Imported {n} events from {file}", n=len(fresh), file=path.name)
            bulk.load(store, staged, name)
    return CalendarReport(len(fresh), len(calendar.events) - len(fresh), calendar.bad, calendar.remarks)


def export_calendar(store: Store, path: Path) -> int:
    """Write all events to an `.ics` file. Gives how many; a series counts once."""
    if path.suffix.lower() != CALENDAR_SUFFIX:
        raise Refused(phrase("A calendar is written as iCalendar: give it a name that ends in .ics."))
    write_calendar(path, list(events.every(store)), store.setting("zone", "UTC"), store.setting("name"), store.clock.now())
    return events.count(store)


def _date(one: ImportedEvent) -> str:
    return recurrence_text(one.event.recurrence_id) if one.event.recurrence_id else ""
