"""The sample community: Alvalade Verde, invented, to try Belfry out. Its data lies in `resources/sample`; days in it are counted from today.

A day is a number (days from today), or `{"days": …, "month": true, "weekday": "SA"}`: from that day back to the first of its month where `month` says
so, then on to the first such weekday.
"""

import json
import mimetypes
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from importlib.resources import files as package_files
from typing import Any

from desktop.actions.connect import checked, service
from desktop.community.announcements import Announcement, AnnouncementStatus, AttachedFile
from desktop.community.connections import Channel, ConnectionRecord
from desktop.community.durations import parse_offset
from desktop.community.errors import Refused, Remedy
from desktop.community.events import Event, EventStatus
from desktop.community.ids import new_id
from desktop.community.lateness import Lateness, parse_lateness
from desktop.community.members import Birthday, ContactKind, ContactPoint, Member, MemberKind, MemberStatus, PostalAddress
from desktop.community.recurrence import recurrence
from desktop.community.schedules import NOW, At, BeforeEvent, Schedule, default_lateness
from desktop.community.zones import to_wall
from desktop.store import announcements, connections, events, files, members
from desktop.store.database import Store
from desktop.store.journal import Operation, operation
from resources.translations import phrase

NAME = "Alvalade Verde"
ZONE = "Europe/Lisbon"
COUNTRY = "PT"
"""The settings that a new file for the sample is best made with."""

_DATA = "resources.sample"
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LEFT = timedelta(seconds=5)
"""How long a message that is to be missed may still leave: less than the grace time for which it waits first."""

Day = int | Mapping[str, Any]


def fill(store: Store) -> None:
    """Put the sample community into an empty one: members, events, Practice and By hand, announcements of every kind. Takes two operations.

    Some announcements are due at once. The states that need a past (sent, waiting, rejected, unsure, missed) come from a sender that runs for a
    minute. Raises Refused, and changes nothing, where the community holds members or connections already.
    """
    if members.count(store) or connections.connections(store):
        raise Refused(phrase("There is something in this community already. The sample goes into a new one."), Remedy.MAKE_SAMPLE)
    now = store.clock.now()
    filling = _Filling(now, to_wall(now, ZONE).date())
    with operation(store, phrase("Filled with the sample community")) as op:
        filling.members(op)
        filling.events(op)
        filling.places(op)
        filling.announcements(op)
    with operation(store, phrase("Called off one date of {title}", title=filling.called_off[0].title)) as op:
        for one in filling.called_off:
            events.add(op, one)
        for row_id in filling.taken_back:
            announcements.change(op, replace(announcements.get(store, row_id), status=AnnouncementStatus.CANCELLED))


@dataclass(slots=True)
class _Filling:
    """One run of `fill`.

    Attributes:
        now: the instant, UTC.
        today: the day at that instant in ZONE.
        event_ids, channel_ids: of what was made, by the keys of the data.
        called_off: dates to be cancelled once deliveries are planned for them.
        taken_back: ids of announcements to be taken back once their deliveries are planned.
    """

    now: datetime
    today: date
    event_ids: dict[str, str] = field(default_factory=dict)
    channel_ids: dict[str, str] = field(default_factory=dict)
    called_off: list[Event] = field(default_factory=list)
    taken_back: list[str] = field(default_factory=list)

    def members(self, op: Operation) -> None:
        for row in _read("members.json"):
            joined, birthday = self.today - timedelta(days=row.pop("joined")), self._birthday(row.pop("birthday", None))
            kind, status = MemberKind(row.pop("kind", "person")), MemberStatus(row.pop("status", "active"))
            photo = _keep(op, row.pop("photo", None))
            reach, tags = _reach(row.pop("reach")), tuple(row.pop("tags"))
            member = Member(**row, joined=joined, birthday=birthday, kind=kind, status=status, contact_points=reach, tags=tags)
            members.add(op, replace(member, photo=photo.sha256) if photo else member)

    def events(self, op: Operation) -> None:
        for row in _read("events.json"):
            photo = _keep(op, row.get("photo"))
            start, end = self._times(row["day"], row)
            series = Event(
                title=row["title"],
                start=start,
                end=end,
                zone=row.get("zone", ZONE) if "at" in row else "",
                place=row.get("place", ""),
                description=row["description"],
                url=row.get("url", ""),
                status=EventStatus(row.get("status", "confirmed")),
                rrule=row.get("rrule", ""),
                uid=f"{row['key']}.alvalade-verde@example.org",
                photo=photo.sha256 if photo else "",
            )
            row_id = self.event_ids[row["key"]] = events.add(op, series)
            part = replace(series, rrule="", series_id=row_id)
            for changed in row.get("changed", ()):
                of, _ = self._times(changed["day"], row)
                start, end = self._times(changed["day"], changed)
                events.add(op, replace(part, title=changed["title"], place=changed["place"], start=start, end=end, recurrence_id=of))
            if "called_off" in row:
                start, end = self._times(row["called_off"], row)
                self.called_off.append(replace(part, start=start, end=end, recurrence_id=start, status=EventStatus.CANCELLED))

    def places(self, op: Operation) -> None:
        data = _read("places.json")
        records: dict[str, ConnectionRecord] = {}
        for row in data["connections"]:
            declared = service(row["service"])
            records[row["key"]] = ConnectionRecord(declared.id, row["name"], checked(declared.fields, {}), id=new_id())
            connections.put_connection(op, records[row["key"]])
        for row in data["channels"]:
            record = records[row["connection"]]
            settings = checked(service(record.service).channel_fields, row.get("settings", {}))
            self.channel_ids[row["key"]] = connections.add_channel(op, Channel(record.id, row["name"], row.get("target", ""), settings))

    def announcements(self, op: Operation) -> None:
        for row in _read("announcements.json"):
            late = parse_lateness(row["late"]) if "late" in row else None
            schedule = self._schedule(row.get("when"), late)
            made = Announcement(
                text="\n".join(row["text"]),
                channels=tuple(self.channel_ids[key] for key in row["to"]),
                schedule=schedule,
                late=late or default_lateness(schedule),
                event_id=self.event_ids[row["event"]] if "event" in row else "",
                photo=_keep(op, row.get("photo")),
                document=_keep(op, row.get("document")),
                silent=row.get("silent", False),
                status=AnnouncementStatus(row.get("status", "scheduled")),
            )
            row_id = announcements.add(op, made)
            if row.get("taken_back"):
                self.taken_back.append(row_id)

    def _schedule(self, when: Any, late: Lateness | None) -> Schedule:
        match when:
            case None:
                return NOW
            case "just too late" if late is not None:
                return self._ago(late.late_until(self.now) - self.now - _LEFT)
            case {"minutes_ago": minutes}:
                return self._ago(timedelta(minutes=minutes))
            case {"before": offset}:
                return BeforeEvent(parse_offset(offset))
            case {"day": day, "at": at}:
                repeats = recurrence(when["repeats"]) if "repeats" in when else None
                return At(datetime.combine(self._day(day), time.fromisoformat(at)), ZONE, repeats)
            case _:
                raise ValueError(f"no such time: {when}")

    def _ago(self, length: timedelta) -> At:
        return At(to_wall(self.now - length, ZONE).replace(microsecond=0), ZONE)

    def _day(self, day: Day) -> date:
        if isinstance(day, int):
            return self.today + timedelta(days=day)
        found = self.today + timedelta(days=day["days"])
        if day.get("month"):
            found = found.replace(day=1)
        if "weekday" in day:
            found += timedelta(days=(_WEEKDAYS.index(day["weekday"]) - found.weekday()) % 7)
        return found

    def _times(self, day: Day, row: Mapping[str, Any]) -> tuple[datetime | date, datetime | date]:
        """Start and end of what takes `minutes` from `at`, or whole `days`."""
        first = self._day(day)
        if "at" not in row:
            return first, first + timedelta(days=row["days"])
        start = datetime.combine(first, time.fromisoformat(row["at"]))
        return start, start + timedelta(minutes=row["minutes"])

    def _birthday(self, given: Any) -> Birthday | None:
        if given is None or isinstance(given, str):
            return Birthday.parse(given) if given else None
        day = self.today + timedelta(days=given["in"])
        leap_day = (day.month, day.day) == (2, 29)  # which their year need not have
        return Birthday(day.month, day.day, None if leap_day else given.get("year"))


def _reach(rows: Iterable[list[Any]]) -> tuple[ContactPoint, ...]:
    """From `[kind, value, label]`, the first of each kind being the preferred one; the value of a postal address is its parts."""
    ways: list[ContactPoint] = []
    for kind, value, *label in rows:
        postal = PostalAddress(**value) if kind == ContactKind.POSTAL else None
        first = all(way.kind != kind for way in ways)
        ways.append(ContactPoint(ContactKind(kind), postal.formatted() if postal else value, "".join(label), first, postal))
    return tuple(ways)


def _keep(op: Operation, name: str | None) -> AttachedFile | None:
    """A file of the sample, kept in the store."""
    if name is None:
        return None
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    content = package_files(_DATA).joinpath("files", name).read_bytes()
    return AttachedFile(files.keep(op.conn, content, media_type), name, media_type)


def _read(name: str) -> Any:
    return json.loads(package_files(_DATA).joinpath(name).read_text(encoding="utf-8"))
