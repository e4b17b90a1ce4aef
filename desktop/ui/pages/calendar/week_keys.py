"""The keyboard over a week.

Arrows go to another half hour or day and, up from the first half hour, to the row of whole days; with Shift they mark. Alt with up and down goes to
the date before or after. Enter opens what is there, and what else is there when it is pressed again, or makes something. With Ctrl the open date
moves, with Ctrl and Shift its end. PageUp and PageDown turn, Home goes to now.
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.ui.dates import Dates
from desktop.ui.pages.calendar.shown import ONE_DAY, Shown
from desktop.ui.pages.calendar.week_layout import DAY_MINUTES, SLOT, in_day_row
from desktop.ui.pages.calendar.week_mouse import after

if TYPE_CHECKING:
    from desktop.ui.pages.calendar.week_grid import WeekGrid

_STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -SLOT), Qt.Key.Key_Down: (0, SLOT)}


class WeekKeys:
    """What keys do."""

    def __init__(self, dates: Dates, grid: "WeekGrid") -> None:
        self._dates, self._grid = dates, grid

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key says. Gives whether it says anything."""
        grid, key, held = self._grid, Qt.Key(event.key()), event.modifiers()
        if key in _STEPS:
            days, minutes = _STEPS[key]
            self._arrow(-days if grid.places.mirrored else days, minutes, held)
            return True
        match key:
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                grid.turned.emit(1 if key is Qt.Key.Key_PageDown else -1)
            case Qt.Key.Key_Home | Qt.Key.Key_T:
                now = self._dates.now()
                grid.move_to(now.date(), (now.hour * 60 + now.minute) // SLOT * SLOT)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self._enter()
            case Qt.Key.Key_N if not held:
                grid.make_marked()
            case Qt.Key.Key_Escape if grid.mouse.held:
                grid.unmark()
                grid.mouse.let_go()
            case Qt.Key.Key_Escape:
                grid.closed.emit()
            case _:
                return False
        return True

    def _arrow(self, days: int, minutes: int, held: Qt.KeyboardModifier) -> None:
        grid = self._grid
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if held & Qt.KeyboardModifier.ControlModifier:
            self._move_open(timedelta(days=days, minutes=minutes), end_only=shift)
        elif held & Qt.KeyboardModifier.AltModifier and minutes:
            self._walk(1 if minutes > 0 else -1)
        elif days:
            if not (shift and grid.minute is not None):  # a time is marked within its day
                grid.move_to(grid.day + timedelta(days=days), grid.minute, keep_anchor=shift)
        elif grid.minute is None:
            if minutes > 0 and not shift:
                grid.move_to(grid.day, min(-(-grid.top // SLOT) * SLOT, DAY_MINUTES - SLOT))
        elif grid.minute + minutes < 0:
            if not shift:
                grid.move_to(grid.day, None)
        elif grid.minute + minutes < DAY_MINUTES:
            grid.move_to(grid.day, grid.minute + minutes, keep_anchor=shift)

    def _enter(self) -> None:
        """The first date here, then the next; where there is none, a new one."""
        grid = self._grid
        listed = grid.here()
        if grid.marked or not listed:
            grid.make_marked()
            return
        keys = [one.key for one in listed]
        place = keys.index(grid.chosen) + 1 if grid.chosen in keys else 0
        grid.opened.emit(listed[place % len(listed)])

    def _move_open(self, by: timedelta, *, end_only: bool) -> None:
        """Move the open date, or its end; what takes whole days goes by days."""
        grid = self._grid
        one = next((one for one in grid.found if one.key == grid.chosen), None)
        if one is None or (in_day_row(one) and by != by.days * ONE_DAY):
            return
        if end_only:
            grid.stretched.emit(one, by)
            return
        grid.move_to(*_place(one, by))
        grid.moved.emit(one, by)

    def _walk(self, step: int) -> None:
        """To the next place of the week where something begins, or the one before."""
        grid = self._grid
        places = {_place(one, timedelta(0)) for one in grid.found}
        inside = sorted((place for place in places if grid.first <= place[0] <= grid.last), key=_order)
        here = _order((grid.day, grid.minute))
        ahead = [place for place in inside if (_order(place) > here if step > 0 else _order(place) < here)]
        if ahead:
            grid.move_to(*ahead[0 if step > 0 else -1])


def _place(one: Shown, by: timedelta) -> tuple[date, int | None]:
    """Where a date that is moved so far begins."""
    start, _end = after(one, by, end_only=False)
    if in_day_row(one) or not isinstance(start, datetime):
        return one.first + by, None
    return start.date(), (start.hour * 60 + start.minute) // SLOT * SLOT


def _order(place: tuple[date, int | None]) -> tuple[date, int]:
    return place[0], -1 if place[1] is None else place[1]
