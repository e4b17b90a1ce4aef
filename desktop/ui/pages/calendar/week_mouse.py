"""The mouse over a week: click or drag to make, drag to move, drag the lower edge to change the end. Knows what is held; the grid shows it."""

from datetime import datetime, time, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from desktop.community.recurrence import Wall
from desktop.ui.pages.calendar.shown import ONE_DAY, Shown
from desktop.ui.pages.calendar.week_layout import DAY_MINUTES, SLOT
from desktop.ui.pages.calendar.week_places import Slot, WeekPlaces
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.ui.pages.calendar.week_grid import WeekGrid

STEP = 15
"""Minutes: what is dragged falls on these."""
_EDGE = 1  # units of the grid: so near to its lower edge a block is caught by it
_SCROLLED = 12  # pixels for each move beyond an edge


class Held(Enum):
    """What a pressed button does."""

    NOTHING = auto()
    MAKE = auto()
    MOVE = auto()
    STRETCH = auto()


class WeekMouse:
    """What is held by the mouse.

    Attributes:
        dragging: it has moved so far that it is no click.
    """

    def __init__(self, theme: Theme, grid: "WeekGrid", places: WeekPlaces) -> None:
        self._theme, self._grid, self._places = theme, grid, places
        self._held = Held.NOTHING
        self._pressed = QPoint()
        self._slot = Slot(0, None)
        self._one: Shown | None = None
        self.dragging = False

    @property
    def held(self) -> bool:
        """Whether the button is down."""
        return self._held is not Held.NOTHING

    def press(self, point: QPoint) -> None:
        """Something may begin here."""
        slot = self._places.slot_at(point)
        if slot is None:
            return
        self._pressed, self._slot, self.dragging = point, slot, False
        self._one = self._grid.shown_at(point)
        self._held = Held.MAKE if self._one is None else Held.STRETCH if self.at_edge(point) else Held.MOVE
        self._grid.put(slot)

    def move(self, point: QPoint) -> None:
        """Show what would be if it were let go here."""
        grid = self._grid
        if not self.held:
            edge = self.at_edge(point)
            hovered = grid.shown_at(point)
            shape = Qt.CursorShape.SizeVerCursor if edge else Qt.CursorShape.PointingHandCursor if hovered else Qt.CursorShape.ArrowCursor
            grid.hover(hovered, shape)
            return
        if not self.dragging and (point - self._pressed).manhattanLength() < QApplication.startDragDistance():
            return
        self.dragging = True
        self._scroll(point)
        if self._held is Held.MAKE:
            grid.mark_to(self._to(point))
        elif self._one is not None:
            by = self._by(self._one, point)
            grid.show_ghost(self._one, by, Qt.CursorShape.SizeVerCursor if self._held is Held.STRETCH else Qt.CursorShape.ClosedHandCursor)

    def release(self, point: QPoint) -> None:
        """Open, make, move or stretch."""
        grid, held, one, dragged, slot = self._grid, self._held, self._one, self.dragging, self._slot
        by = self._by(one, point) if one is not None else timedelta(0)
        self.let_go()
        if held is Held.NOTHING:
            return
        if one is None:
            more = None if dragged else grid.more_at(self._pressed)
            if more is not None:
                grid.more.emit(more)
            else:
                grid.make_marked()
        elif not dragged:
            grid.opened.emit(one)
        elif by and held is Held.STRETCH:
            grid.stretched.emit(one, by)
        elif by:
            grid.put(Slot(self._places.day_at(point.x()), slot.minute))
            grid.moved.emit(one, by)

    def let_go(self) -> None:
        """Nothing is held any more."""
        self._held, self._one, self.dragging = Held.NOTHING, None, False
        self._grid.show_ghost(None, timedelta(0), Qt.CursorShape.ArrowCursor)

    def at_edge(self, point: QPoint) -> bool:
        """Whether a point is on the lower edge of a date that ends there."""
        near = self._theme.px(_EDGE)
        for block in reversed(self._grid.blocks):
            box = self._places.box(block)
            if box.contains(point) and point.y() >= self._places.head:
                return not block.goes_on and box.bottom() - point.y() < min(near, box.height() // 3)
        return False

    def _to(self, point: QPoint) -> Slot:
        """The slot that is dragged to: in the row of whole days another day, among the hours another time of the same day."""
        if self._slot.minute is None:
            return Slot(self._places.day_at(point.x()), None)
        return Slot(self._slot.day, self._places.minute_at(max(point.y(), self._places.head)) // SLOT * SLOT)

    def _by(self, one: Shown, point: QPoint) -> timedelta:
        """How far a date, or its end, was dragged."""
        places = self._places
        days = places.day_at(point.x()) - places.day_at(self._pressed.x())
        if self._slot.minute is None or one.at is None or one.until is None:
            return timedelta(days=days)
        low = places.minute_at(point.y())
        if self._held is Held.STRETCH:
            day = self._grid.first + timedelta(days=places.day_at(point.x()))
            minute = min((low + STEP // 2) // STEP * STEP, DAY_MINUTES)
            end = max(datetime.combine(day, time()) + timedelta(minutes=minute), one.at + timedelta(minutes=STEP))
            return end - one.until
        minutes = round((low - places.minute_at(self._pressed.y())) / STEP) * STEP
        by = timedelta(days=days, minutes=minutes)
        return by - timedelta(minutes=(one.at + by).minute % STEP) if minutes else by

    def _scroll(self, point: QPoint) -> None:
        """Go on beyond the edge of what is seen."""
        if self._slot.minute is None:
            return
        bar = self._grid.verticalScrollBar()
        if point.y() > self._places.height:
            bar.setValue(bar.value() + _SCROLLED)
        elif point.y() < self._places.head:
            bar.setValue(bar.value() - _SCROLLED)


def after(one: Shown, by: timedelta, *, end_only: bool) -> tuple[Wall, Wall]:
    """When a date would be; for whole days its days, the end not among them."""
    if one.at is None or one.until is None:
        return one.first + by, one.last + ONE_DAY + by
    return (one.at if end_only else one.at + by), one.until + by
