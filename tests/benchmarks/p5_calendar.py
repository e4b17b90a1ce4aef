"""P5: the calendar of 10,000 events: any month inside the years worked out ahead, and elsewhere; the other views that are read at once beside it."""

import random
from collections.abc import Sequence
from datetime import date

from benchmarks.desk import Desk
from benchmarks.figure import Figure, Held, Options
from benchmarks.window import Took, beside, p95, timed

from desktop.ui.navigation import PageName
from desktop.ui.pages.calendar.page import CalendarPage
from desktop.ui.pages.calendar.shown import month_away

INSIDE, ELSEWHERE = 16.0, 200.0
BACK, AHEAD = 11, 35
"""Months that are wholly worked out ahead."""
_FAR = (-60, 60)


def figures(options: Options) -> list[Figure]:
    """Over the big community."""
    return beside("p5_calendar", options)


def measure(desk: Desk, options: Options) -> list[Figure]:
    """Turn to every month, in no order, in a window of the usual size."""
    page = desk.page(PageName.CALENDAR)
    assert isinstance(page, CalendarPage)
    page.do("month")
    desk.rest()
    this = page.grid.month
    chance = random.Random(options.seed)
    ahead = [month_away(this, by) for by in range(-BACK, AHEAD)] * options.rounds
    far = [month_away(this, by) for by in range(*_FAR) if not -BACK - 2 <= by <= AHEAD + 2] * options.rounds
    chance.shuffle(ahead)
    chance.shuffle(far)
    inside = [timed(lambda month=month: _turn(page, month)) for month in ahead]  # type: ignore[misc]  # mypy infers no lambda with a default
    bare, filled = _elsewhere(desk, page, far[: 40 * options.rounds])
    found = [
        p95("P5 a month worked out ahead, p95", inside, INSIDE, note="read, arranged and painted"),
        p95("P5 a month elsewhere: its grid, p95", bare, INSIDE),
        p95("P5 a month elsewhere: filled, p95", filled, ELSEWHERE),
    ]
    for view in ("week", "agenda"):
        if any(command.name == view for command in page.entry.commands):
            found.append(p95(f"P5 {view}, p95", _views(desk, page, view, ahead[:50]), None, held=Held.NOTHING, note="shown and filled"))
    return found


def _turn(page: CalendarPage, month: date) -> None:
    page._go_to(month)
    page.grid.repaint()


def _elsewhere(desk: Desk, page: CalendarPage, months: Sequence[date]) -> tuple[list[Took], list[Took]]:
    """What the empty grid took, and what it took until it was full."""
    bare, filled = [], []
    for month in months:

        def fill(month: date = month) -> None:
            bare.append(timed(lambda: _turn(page, month)))
            desk.until(lambda: not desk.desktop.kit.reader.busy)
            page.grid.repaint()

        filled.append(timed(fill))
    return bare, filled


def _views(desk: Desk, page: CalendarPage, view: str, months: Sequence[date]) -> list[Took]:
    """Another view than the month's, turned to the beginning of each of these."""
    page.do(view)
    desk.rest()

    def turn(month: date) -> None:
        page._go_to(month)
        desk.until(lambda: not desk.desktop.kit.reader.busy)
        page.repaint()

    return [timed(lambda month=month: turn(month)) for month in months]  # type: ignore[misc]  # mypy infers no lambda with a default
