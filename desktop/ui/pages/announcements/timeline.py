"""The timeline: what goes out in the next eight weeks, a row for each date of each announcement, week by week."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from desktop.community.deliveries import State
from desktop.community.zones import to_utc
from desktop.store import announcement_lists, connections
from desktop.store.announcement_lists import Going
from desktop.store.database import Store
from desktop.ui.dates import Dates, Form, written
from desktop.ui.pages.announcements import state_words
from desktop.ui.pages.announcements.rows import Row
from desktop.ui.pages.announcements.summaries import summary
from resources.translations import _, ngettext

WEEKS = 8
MOST = 600
_SEVERAL = 3


def key_of(going: Going) -> str:
    """What names a row: announcement and date."""
    return f"{going.announcement_id} {going.occurrence} {going.due_at.isoformat()}"


def look(store: Store, dates: Dates) -> list[Going]:
    """What is to be listed: from the beginning of today, eight weeks and what is planned beyond."""
    start = to_utc(datetime.combine(dates.today(), time()), dates.zone.key)
    return announcement_lists.going(store, start, start + timedelta(days=3660), MOST)


def rows(store: Store, dates: Dates, found: Sequence[Going]) -> list[Row]:
    """The rows, with a heading for each of the next weeks, also for one with nothing in it."""
    names = {channel.id: channel.name for channel in connections.channels(store)}
    today = dates.today()
    monday = today - timedelta(days=today.weekday())
    weeks: dict[int, list[Going]] = {number: [] for number in range(WEEKS)} if found else {}
    for one in found:
        weeks.setdefault(min(_week(one, dates), WEEKS), []).append(one)
    listed: list[Row] = []
    for number, here in weeks.items():
        count = ngettext("{n} message", "{n} messages", len(here)).format(n=len(here)) if here else _("nothing yet")
        listed.append(Row("", partial(week_words, monday + timedelta(weeks=number), dates), word=count))
        listed += [_row(one, one.due_at.astimezone(dates.zone).date(), dates, names) for one in here]
    return listed


def count_words(found: Sequence[Going], dates: Dates) -> str:
    """`25 messages in the next 8 weeks`."""
    n = sum(_week(one, dates) < WEEKS for one in found)
    return ngettext("{n} message in the next 8 weeks", "{n} messages in the next 8 weeks", n).format(n=n)


def _week(one: Going, dates: Dates) -> int:
    """How many weeks away its week is; 0: this one."""
    today = dates.today()
    day = one.due_at.astimezone(dates.zone).date()
    return (day - (today - timedelta(days=today.weekday()))).days // 7


def week_words(day: date, dates: Dates) -> str:
    """`This week`, `Next week`, `7 Dec – 13 Dec`, `Later`."""
    today = dates.today()
    monday, this = day - timedelta(days=day.weekday()), today - timedelta(days=today.weekday())
    weeks = (monday - this).days // 7
    match weeks:
        case 0:
            return _("This week")
        case 1:
            return _("Next week")
        case _ if weeks < WEEKS:
            last = monday + timedelta(days=6)
            first_text, last_text = (written(one, Form.SHORT, dates.locale) for one in (monday, last))
            return _("{first} – {last}").format(first=first_text, last=last_text)
        case _:
            return _("Later")


def places_words(places: Sequence[tuple[str, State]], names: Mapping[str, str]) -> str:
    """`Newsletter, Neighbours and 3 more`."""
    known = [names.get(row_id, "–") for row_id, _state in places]
    if len(known) <= _SEVERAL:
        return ", ".join(known)
    more = len(known) - _SEVERAL + 1
    return ngettext("{names} and {n} more", "{names} and {n} more", more).format(names=", ".join(known[: _SEVERAL - 1]), n=more)


def _row(one: Going, day: date, dates: Dates, names: Mapping[str, str]) -> Row:
    near = dates.day(day) if abs((day - dates.today()).days) < 2 else dates.short(day)
    state = state_words.together([state for _id, state in one.places])
    count = sum(other is state for _id, other in one.places)
    word = state_words.word(state)
    if count < len(one.places):
        word = _("{state}: {n} of {all}").format(state=word, n=count, all=len(one.places))
    return Row(
        key_of(one),
        partial(summary, one.text),
        near[:1].upper() + near[1:],
        dates.time(one.due_at),
        _("{places} · repeats").format(places=places_words(one.places, names)) if one.repeats else places_words(one.places, names),
        word,
        state_words.TONES[state],
        _("{when} – {places}").format(when=dates.full(one.due_at), places=", ".join(names.get(row_id, "–") for row_id, _s in one.places)),
    )
