"""Planning: from announcements, events and channels to the rows of the ledger, for a horizon ahead. Doing it again changes nothing that is right.

`follow` does it in the transaction of every operation that touches them, `refresh` as time goes by and zone rules change. What has begun to leave is
never touched.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from desktop.community.announcements import Announcement, AnnouncementStatus
from desktop.community.calendar import Window
from desktop.community.deliveries import Delivery, State, Who, delivery_id
from desktop.community.errors import Refused
from desktop.community.events import Occurrence
from desktop.community.instants import to_text
from desktop.community.schedules import At, BeforeEvent, EventDate, Now, Wanted, plan
from desktop.community.zones import tzdata_version
from desktop.store import announcements, ledger, occurrences
from desktop.store.database import Store, set_setting
from desktop.store.driver import Connection
from desktop.store.journal import Changes
from resources.translations import phrase

HORIZON = timedelta(days=60)
GRACE = timedelta(seconds=10)
GRACE_SETTING = "grace_seconds"
_RULES = "planned_tzdata"
_WAITING = (State.HELD, State.QUEUED, State.WAITING)
_LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST = datetime(9000, 1, 1, tzinfo=UTC)
_NEAR = timedelta(days=2)  # no change of a zone's rules moves anything by so much
_BACK = timedelta(days=3)
"""How far before it was made an announcement is looked for dates that could still go out then, beside its own lateness and offset."""

Step = Callable[[Connection], object]


def follow(store: Store, changes: Changes) -> None:
    """Bring the deliveries of all that an operation has touched up to date, inside its transaction."""
    for announcement_id in sorted(_touched(store, changes)):
        for step in _steps(store, announcement_id):
            step(store.conn)


def refresh(store: Store, *, soon: bool = False) -> int:
    """Plan ahead for what repeats; after a change of the zone rules, for all that still waits. Gives how many announcements needed it.

    What goes out once was planned when it was made, and by `follow` with every change since. `soon`: of what waits only that which may be due now or
    was before, whatever the zones have done; the rest is for a `refresh` after it.
    """
    query = (
        "SELECT id FROM announcement WHERE deleted_at IS NULL AND status = 'scheduled' AND (rrule != '' OR rdates != '' OR "
        "schedule = 'before' AND event_id IN (SELECT id FROM event WHERE rrule != '' OR rdates != ''))"
    )
    new_rules = store.setting(_RULES) != tzdata_version()
    if new_rules:
        query += " UNION SELECT announcement_id FROM delivery WHERE state IN ('held', 'queued', 'waiting') AND due_at < :until"
    until = to_text(store.clock.now() + _NEAR) if soon else to_text(_LATEST)
    needed = [row[0] for row in store.rows(query, {"until": until} if new_rules else ()) if _steps(store, row[0])]
    for announcement_id in needed:
        with store.write() as conn:
            for step in _steps(store, announcement_id):
                step(conn)
    if new_rules and not soon:
        with store.write() as conn:
            set_setting(conn, _RULES, tzdata_version())
    return len(needed)


def grace(store: Store) -> timedelta:
    """How long a message that is due at once still waits, so that a person can take it back."""
    return timedelta(seconds=float(store.setting(GRACE_SETTING) or GRACE.total_seconds()))


def _touched(store: Store, changes: Changes) -> set[str]:
    """The announcements that an operation may have changed in when and where they go."""
    touched = set(changes.ids.get("announcement", ()))
    for table, query in (
        ("announcement_channel", "SELECT announcement_id FROM announcement_channel WHERE id = ?"),
        ("event", "SELECT id FROM announcement WHERE event_id = ?"),
        ("event", "SELECT id FROM announcement WHERE event_id = (SELECT series_id FROM event WHERE id = ?) AND event_id != ''"),
        ("channel", "SELECT announcement_id FROM announcement_channel WHERE channel_id = ?"),
        (
            "connection",
            "SELECT announcement_id FROM announcement_channel WHERE channel_id IN (SELECT id FROM channel WHERE connection_id = ?)",
        ),
    ):
        for row_id in changes.ids.get(table, ()):
            touched |= {row[0] for row in store.rows(query, (row_id,))}
    if changes.bulk:
        touched |= {row[0] for row in store.rows("SELECT id FROM announcement WHERE schedule = 'before' AND deleted_at IS NULL")}
    return touched


def _steps(store: Store, announcement_id: str) -> list[Step]:
    """What has to be done to the ledger for one announcement; empty where all is right."""
    rows = ledger.of_announcement(store.conn, announcement_id)
    found = _announcement(store, announcement_id)
    now = store.clock.now()
    if found is None or found.status is not AnnouncementStatus.SCHEDULED or found.made_at is None:
        return [_cancel(row, now) for row in rows if row.state in _WAITING]
    dates = _wanted(store, found, rows, now)
    targets = {row_id: target for row_id in found.channels for target in _target(store, row_id)}
    at_first = now + grace(store)
    there: dict[tuple[str, str], list[Delivery]] = defaultdict(list)
    for row in rows:
        there[row.occurrence, row.channel_id].append(row)
    planned = {channel_id: max((row.due_at for row in rows if row.channel_id == channel_id), default=None) for channel_id in targets}
    steps: list[Step] = []
    for channel_id, target in targets.items():
        for date in dates:
            kept = there.pop((date.occurrence, channel_id), [])
            wanted = Delivery(
                id=delivery_id(announcement_id, date.occurrence, channel_id, target),
                announcement_id=announcement_id,
                occurrence=date.occurrence,
                channel_id=channel_id,
                target=target,
                state=State.QUEUED,
                due_at=_milliseconds(date.due_at),
                late_until=_milliseconds(date.late_until),
                next_attempt_at=_milliseconds(max(date.due_at, at_first)),
                asks=found.late.asks,
            )
            if kept:
                # One row for each date and channel, also where the group has got a new address since: never a second one.
                steps += [step for row in kept for step in _mend(store, row, wanted, date, now)]
            elif date.takes_place and (wanted.late_until >= now or _fell_due_unplanned(planned[channel_id], date)):
                steps.append(lambda conn, new=wanted: ledger.insert(conn, new))  # type: ignore[misc]
    steps += [_cancel(row, now) for left in there.values() for row in left if row.state in _WAITING]
    return steps


def _announcement(store: Store, announcement_id: str) -> Announcement | None:
    """The announcement, if it is there still."""
    try:
        return announcements.get(store, announcement_id)
    except Refused:
        return None


def _wanted(store: Store, found: Announcement, rows: list[Delivery], now: datetime) -> list[Wanted]:
    """The dates of an announcement: all it has where it goes out once, else those from the last that are planned until the horizon."""
    due = [row.due_at for row in rows]
    waiting = [row.due_at for row in rows if row.state in _WAITING]
    after = min([now, *due[-1:], *waiting[:1]])
    horizon = max([now + HORIZON, *(moment + timedelta(milliseconds=1) for moment in due)])
    made_at = found.made_at or now
    match found.schedule:
        case Now() | At(repeats=None):
            return plan(found.schedule, found.late, made_at=made_at, after=_LONG_AGO, horizon=_LATEST)
        case At():
            if not rows:
                after = made_at - found.late.within - _BACK
            return plan(found.schedule, found.late, made_at=made_at, after=after, horizon=horizon)
        case BeforeEvent():
            ahead = found.schedule.offset.exact + timedelta(days=found.schedule.offset.days + 2)
            if not rows:
                after = made_at - ahead - _BACK
            window = Window(after, horizon + ahead)
            home = store.setting("zone", "UTC")
            all_dates = [
                EventDate(one.recurrence_id, one.start, one.zone or home, takes_place=not one.cancelled) for one in _dates(store, found, window)
            ]
            if all(one.occurrence == "" for one in all_dates):
                after, horizon = _LONG_AGO, _LATEST
            return plan(found.schedule, found.late, made_at=made_at, after=after, horizon=horizon, dates=all_dates)


def _dates(store: Store, found: Announcement, window: Window) -> list[Occurrence]:
    repeats = store.value("SELECT rrule != '' OR rdates != '' FROM event WHERE id = ?", (found.event_id,))
    return occurrences.of_event(store, found.event_id, window if repeats else Window(_LONG_AGO, _LATEST))


def _target(store: Store, channel_id: str) -> Iterable[str]:
    """The address of a channel that is there, on a connection that is there; nothing for any other."""
    rows = store.rows(
        "SELECT target FROM channel WHERE id = ? AND deleted_at IS NULL AND connection_id IN (SELECT id FROM connection WHERE deleted_at IS NULL)",
        (channel_id,),
    )
    return [row[0] for row in rows]


def _fell_due_unplanned(planned_until: datetime | None, date: Wanted) -> bool:
    """Its time came and went while nothing was there to plan it: it is kept, as missed, so that it is not lost in silence."""
    return planned_until is not None and date.due_at > planned_until


def _mend(store: Store, row: Delivery, wanted: Delivery, date: Wanted, now: datetime) -> list[Step]:
    """What makes a row that is there what is wanted now."""
    timed = replace(row, due_at=wanted.due_at, late_until=wanted.late_until, asks=wanted.asks, target=wanted.target)
    moved = timed.due_at != row.due_at
    if moved:
        timed = replace(timed, next_attempt_at=wanted.next_attempt_at)
    again = date.takes_place and wanted.late_until >= now
    match row.state:
        case State.HELD | State.QUEUED | State.WAITING if not date.takes_place:
            return [lambda conn: ledger.move(conn, row, State.SKIPPED, who=Who.PLANNER, why=phrase("The event was cancelled."), at=now)]
        case State.HELD | State.QUEUED | State.WAITING if timed != row:
            return [lambda conn: ledger.retime(conn, timed)]
        case State.MISSED if again and moved:
            fresh = replace(timed, next_attempt_at=wanted.next_attempt_at)
            return [lambda conn: ledger.move(conn, row, State.QUEUED, who=Who.PLANNER, why=phrase("It has a new time."), at=now, then=fresh)]
        case State.SKIPPED | State.CANCELLED if again and _stopped_by_planning(store, row):
            fresh = replace(timed, next_attempt_at=wanted.next_attempt_at)
            return [lambda conn: ledger.move(conn, row, State.QUEUED, who=Who.PLANNER, why=phrase("It is to go out after all."), at=now, then=fresh)]
        case _:
            return []


def _stopped_by_planning(store: Store, row: Delivery) -> bool:
    """Whether it was stopped by a change that has been taken back, and not by a person, nor by a later date of the same announcement."""
    return bool(ledger.last_mover(store.conn, row.id) is Who.PLANNER)


def _cancel(row: Delivery, now: datetime) -> Step:
    why = phrase("The announcement was taken back or changed, so this is not to go out any more.")
    return lambda conn: ledger.move(conn, row, State.CANCELLED, who=Who.PLANNER, why=why, at=now)


def _milliseconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
