"""Where things stand in a week's picture: the heads of the days, the row of whole days, the hours. Asked by the painter and by the mouse."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect

from desktop.ui.pages.calendar.shown import WEEK
from desktop.ui.pages.calendar.week_layout import DAY_MINUTES, SLOT, Block, Crowd, Part, Place
from desktop.ui.theme import Theme

_HOUR = 6  # units of the grid, at least
_LANE, _TIGHT = 6, 4  # as narrow as a block is among many, and among three
_GAP = 0.5  # beside the blocks of a day, so that something can be made there
WHOLE = Place(0, 1, 1)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the week.

    Attributes:
        day: from 0.
        minute: of the wall clock; None in the row of whole days.
    """

    day: int
    minute: int | None


class WeekPlaces:
    """Knows where things stand for one size.

    Attributes:
        gutter: how wide the names of the hours are, with the space around them; set by the painter.
        line: how high a line of text is; set by the painter.
        scrolled: so many pixels of the hours are above what is seen.
        names: how high the heads of the days are.
        lane: how high a lane of the row of whole days is.
        head: where the hours begin.
        seen: how many pixels of the hours are seen.
        hour: how high an hour is: a whole day fits where there is room for it.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.width = self.height = self.scrolled = 0
        self.gutter = self.line = 0
        self.mirrored = False
        self.names = self.lane = self.head = self.seen = self._gap = 0
        self.hour = 1
        self._columns = [0] * (WEEK + 1)

    def arrange(self, width: int, height: int, lanes: int, *, mirrored: bool) -> None:
        """Work it out for a size. `lanes`: of the row of whole days."""
        px = self._theme.px
        self.width, self.height, self.mirrored = width, height, mirrored
        self.names, self.lane, self._gap = self.line + px(4.75), self.line + px(0.5), px(_GAP)
        self.head = self.names + lanes * self.lane + px(1)
        self.seen = max(height - self.head, 0)
        self.hour = max(px(_HOUR), self.seen // 24)
        room = width - self.gutter
        self._columns = [self.gutter + day * room // WEEK for day in range(WEEK + 1)]

    @property
    def most(self) -> int:
        """So many dates have room side by side."""
        day = (self.width - self.gutter) // WEEK
        return max(day // self._theme.px(_LANE), 3 if day >= 3 * self._theme.px(_TIGHT) else 2)

    def hours_box(self) -> QRect:
        """What is below the row of whole days."""
        return QRect(0, self.head, self.width, self.seen)

    def column(self, day: int, days: int = 1) -> tuple[int, int]:
        """(left, width) of a day, or of some days from it on."""
        left, right = self._columns[day], self._columns[day + days]
        return (self.width - right if self.mirrored else left), right - left

    def y(self, minute: int) -> int:
        """Where a minute of the day is."""
        return self.head + minute * self.hour // 60 - self.scrolled

    def head_box(self, day: int) -> QRect:
        """The head of a day."""
        left, wide = self.column(day)
        return QRect(left, 0, wide, self.names)

    def day_row_box(self, day: int, days: int = 1) -> QRect:
        """A day, or some, in the row of whole days."""
        left, wide = self.column(day, days)
        return QRect(left, self.names, wide, self.head - self.names)

    def bar_box(self, day: int, days: int, lane: int) -> QRect:
        """A bar in the row of whole days."""
        left, wide = self.column(day, days)
        gap = self._theme.px(0.25)
        return QRect(left + gap, self.names + gap + lane * self.lane, wide - 3 * gap, self.lane - gap)

    def slot_box(self, slot: Slot, minutes: int = SLOT) -> QRect:
        """A slot, so many minutes high."""
        if slot.minute is None:
            return self.day_row_box(slot.day)
        left, wide = self.column(slot.day)
        top = self.y(slot.minute)
        return QRect(left, top, wide, self.y(slot.minute + minutes) - top)

    def box(self, of: Block | Part, place: Place = WHOLE) -> QRect:
        """A block, or a part of something that is being made or moved."""
        return self._lane_box(of.day, of.start, of.end, of.place if isinstance(of, Block) else place)

    def crowd_box(self, day: int, crowd: Crowd) -> QRect:
        """What says how many more there are."""
        return self._lane_box(day, crowd.start, crowd.end, crowd.place)

    def day_at(self, x: int) -> int:
        """The day under or nearest to a point."""
        along = (self.width - 1 - x if self.mirrored else x) - self.gutter
        return min(max(along * WEEK // max(self.width - self.gutter, 1), 0), WEEK - 1)

    def minute_at(self, y: int) -> int:
        """The minute under or nearest to a point."""
        return min(max((y - self.head + self.scrolled) * 60 // self.hour, 0), DAY_MINUTES - 1)

    def slot_at(self, point: QPoint, step: int = SLOT) -> Slot | None:
        """The slot under a point; None on the heads and beside the days."""
        along = self.width - 1 - point.x() if self.mirrored else point.x()
        if along < self.gutter or not 0 <= point.x() < self.width or not self.names <= point.y() < self.height:
            return None
        minute = None if point.y() < self.head else self.minute_at(point.y()) // step * step
        return Slot(self.day_at(point.x()), minute)

    def _lane_box(self, day: int, start: int, end: int, place: Place) -> QRect:
        left, wide = self.column(day)
        wide -= self._gap
        if self.mirrored:
            left += self._gap
        low, high = place.lane * wide // place.lanes, (place.lane + place.wide) * wide // place.lanes
        top = self.y(start)
        x = left + wide - high if self.mirrored else left + low
        return QRect(x + 1, top + 1, high - low - 2, self.y(end) - top - 2)
