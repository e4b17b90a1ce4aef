"""Moving dates of the calendar, and their ends. Of a series it is asked which: only this date, or all of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop.actions import event_edits
from desktop.community.events import Event
from desktop.store import events
from desktop.ui.kit import Kit
from desktop.ui.pages.calendar.move_bar import MoveBar
from desktop.ui.pages.calendar.shown import ONE_DAY, Shown
from desktop.ui.pages.calendar.words import clock
from resources.translations import _

_SHORTEST = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class _Asked:
    key: tuple[str, str]
    edit: Callable[[Event], Event]


class Moves:
    """What dragging a date does.

    Args:
        done: called when the question was answered; the calendar takes the focus again.
    Attributes:
        bar: where it is asked.
    """

    def __init__(self, kit: Kit, done: Callable[[], object]) -> None:
        self._kit, self._done = kit, done
        self._asked: _Asked | None = None
        self.bar = MoveBar(kit.theme)
        self.bar.one.connect(lambda: self._answer("one"))
        self.bar.every.connect(lambda: self._answer("every"))
        self.bar.neither.connect(lambda: self._answer(""))

    def move(self, one: Shown, by: timedelta) -> None:
        """A date was dragged so far."""
        to = self._kit.dates.short(one.first + by)
        if one.at is None or by == timedelta(days=by.days):
            words = _("Move “{title}” to {day}: only this date, or all dates as far?").format(title=one.occurrence.title, day=to)
        else:
            at = one.at + by
            words = _("Move “{title}” to {day} {time}: only this date, or all dates as far?").format(
                title=one.occurrence.title, day=self._kit.dates.short(at.date()), time=clock(at, self._kit.dates.locale)
            )
        self._do(one, lambda event: moved(event, by), words)

    def stretch(self, one: Shown, by: timedelta) -> None:
        """The end of a date was dragged so far."""
        dates = self._kit.dates
        title = one.occurrence.title
        if one.until is not None:
            words = _("End “{title}” at {time}: only this date, or all dates?").format(title=title, time=clock(one.until + by, dates.locale))
        else:
            day = dates.short(max(one.last + by, one.first))
            words = _("End “{title}” on {day}: only this date, or all dates?").format(title=title, day=day)
        self._do(one, lambda event: stretched(event, by), words)

    def _do(self, one: Shown, edit: Callable[[Event], Event], words: str) -> None:
        series_id, occurrence = one.key
        if occurrence:
            self._asked = _Asked(one.key, edit)
            self.bar.ask(words)
            return
        now = edit(events.get(self._kit.store, series_id))
        self._kit.operations.run(lambda store: event_edits.change(store, now))

    def _answer(self, answer: str) -> None:
        asked, self._asked = self._asked, None
        self.bar.hide()
        self._done()
        if asked is None or not answer:
            return
        series_id, occurrence = asked.key
        if answer == "one":
            date = asked.edit(event_edits.date_of(self._kit.store, series_id, occurrence))
            self._kit.operations.run(lambda store: event_edits.change_date(store, date))
        else:
            series = asked.edit(events.get(self._kit.store, series_id))
            self._kit.operations.run(lambda store: event_edits.change(store, series))


def moved(event: Event, by: timedelta) -> Event:
    """The event so much later; one of whole days goes by whole days."""
    return event_edits.moved_to(event, event.start + by)


def stretched(event: Event, by: timedelta) -> Event:
    """The event with its end so much later, and no shorter than can be."""
    end = event.end + by
    shortest = event.start + (_SHORTEST if isinstance(event.start, datetime) else ONE_DAY)
    return replace(event, end=max(end, shortest))
