"""Where the dates of a week stand: cut at midnight, side by side where they overlap, in minutes of the wall clock. Pure: no Qt, no pixels."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desktop.ui.pages.calendar.shown import ONE_DAY, WEEK, Piece, Shown, week_pieces

DAY_MINUTES = 24 * 60
SHORTEST = 30
"""Minutes; what is shorter is drawn as long as this, so that it can be read and caught."""
SLOT = 30
"""Minutes from one place of the keyboard to the next, and of the mouse for something new."""
USUAL_TOP = 8 * 60
_AROUND = 30
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span stands beside those that overlap with it.

    Attributes:
        lane, lanes: it stands in this lane, from 0, of so many of equal width.
        wide: over how many lanes it goes, because nobody else needs them.
    """

    lane: int
    wide: int
    lanes: int


@dataclass(frozen=True, slots=True)
class Crowd:
    """Spans for which no lane is left, told by their number.

    Attributes:
        start, end: minutes.
    """

    start: int
    end: int
    count: int
    place: Place


@dataclass(frozen=True, slots=True)
class Block:
    """A date, or the part of it that lies on one day of the week.

    Attributes:
        day: of the week, from 0.
        start, end: minutes of the wall clock, as they are drawn.
        begun_before, goes_on: parts of it are on the day before or after.
    """

    what: Shown
    day: int
    start: int
    end: int
    place: Place
    begun_before: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What of a span of wall time lies on one day of the week."""

    day: int
    start: int
    end: int
    begun_before: bool
    goes_on: bool


@dataclass(frozen=True, slots=True)
class DayRow:
    """The row of whole days above the hours.

    Attributes:
        pieces: what has room.
        lost: for each day, how many have none; they are told in the last lane.
        lanes: how many it has.
    """

    pieces: Sequence[Piece] = ()
    lost: Sequence[int] = (0,) * WEEK
    lanes: int = 1

    def free_lane(self, low: int, high: int) -> int:
        """The lane where nothing stands from one day to before another; the last where there is none."""
        taken = {piece.lane for piece in self.pieces if piece.column < high and low < piece.column + piece.columns}
        return next((lane for lane in range(self.lanes) if lane not in taken), self.lanes - 1)


def day_row(found: Sequence[Shown], hidden: Mapping[date, int], first: date, room: int) -> DayRow:
    """The row of the week that begins on `first`, with `room` lanes, or one more instead of saying that there is one more.

    Args:
        hidden: for a day, how many more there are than were handed over.
    """
    pieces = week_pieces([one for one in found if in_day_row(one)], first)
    if not hidden and all(piece.lane <= room for piece in pieces):
        room += 1
    lost = [hidden.get(first + timedelta(days=day), 0) for day in range(WEEK)]
    for piece in pieces:
        for day in range(piece.column, piece.column + piece.columns):
            lost[day] += piece.lane >= room
    seen = [piece for piece in pieces if piece.lane < room]
    return DayRow(seen, lost, max(max((piece.lane + 1 for piece in seen), default=0) + any(lost), 1))


def in_day_row(one: Shown) -> bool:
    """Whether a date stands above the hours: it takes whole days, or a day and longer."""
    return one.at is None or one.until is None or one.until - one.at >= ONE_DAY


def parts(start: datetime, end: datetime, first: date) -> Iterator[Part]:
    """A span of wall time (naive), cut at each midnight, as far as it lies in the week that begins on `first`.

    Where the clock is put back, an end may read earlier than its start; the span is then as short as can be.
    """
    monday = datetime.combine(first, time())
    begins = (start - monday) // _MINUTE
    ends = max((end - monday) // _MINUTE, begins + 1)
    for day in range(max(begins // DAY_MINUTES, 0), min(-(-ends // DAY_MINUTES), WEEK)):
        midnight = day * DAY_MINUTES
        begin = min(max(begins - midnight, 0), DAY_MINUTES - SHORTEST)
        until = max(min(ends - midnight, DAY_MINUTES), begin + SHORTEST)
        yield Part(day, begin, until, begins < midnight, ends > midnight + DAY_MINUTES)


def side_by_side(spans: Sequence[tuple[int, int]], most: int) -> tuple[list[Place | None], list[Crowd]]:
    """Places for spans (start, end) of one day. No two that overlap share a lane; beyond `most` lanes the last is a crowd's.

    Gives a place for each span, in their order; None for those that are counted in a crowd.
    """
    places: list[Place | None] = [None] * len(spans)
    crowds: list[Crowd] = []
    cluster: list[int] = []
    until = 0
    for number in sorted(range(len(spans)), key=lambda number: (spans[number][0], -spans[number][1])):
        if cluster and spans[number][0] >= until:
            crowds += _settle(spans, cluster, most, places)
            cluster = []
        until = max(until, spans[number][1]) if cluster else spans[number][1]
        cluster.append(number)
    if cluster:
        crowds += _settle(spans, cluster, most, places)
    return places, crowds


def blocks(found: Sequence[Shown], first: date, most: int) -> tuple[list[Block], list[tuple[int, Crowd]]]:
    """Everything among the hours of the week that begins on `first`; the crowds with their day, from 0."""
    of_day: list[list[tuple[Shown, Part]]] = [[] for _day in range(WEEK)]
    for one in found:
        if one.at is not None and one.until is not None and not in_day_row(one):
            for part in parts(one.at, one.until, first):
                of_day[part.day].append((one, part))
    placed: list[Block] = []
    crowded: list[tuple[int, Crowd]] = []
    for day, listed in enumerate(of_day):
        places, crowds = side_by_side([(part.start, part.end) for _one, part in listed], most)
        crowded += [(day, crowd) for crowd in crowds]
        placed += [
            Block(one, day, part.start, part.end, place, part.begun_before, part.goes_on)
            for (one, part), place in zip(listed, places, strict=True)
            if place is not None
        ]
    return placed, crowded


def sensible_top(found: Sequence[Block], visible: int) -> int:
    """The minute at which the hours begin to be shown: 8:00 or the earliest date; later where all of them are seen only then.

    Args:
        visible: so many minutes have room.
    """
    if not found:
        return USUAL_TOP
    earliest = min((block.start for block in found if not block.begun_before), default=USUAL_TOP)  # a night's end is no beginning of a day
    latest = max(block.end for block in found)
    top = USUAL_TOP if earliest >= USUAL_TOP else earliest - _AROUND
    if latest > top + visible:
        top = min(earliest - _AROUND, latest + _AROUND - visible)
    return max(top, 0)


def _settle(spans: Sequence[tuple[int, int]], cluster: Sequence[int], most: int, places: list[Place | None]) -> list[Crowd]:
    """Lanes for spans that hang together."""
    lanes: list[list[tuple[int, int]]] = []
    lane_of: dict[int, int] = {}
    left: list[int] = []
    for number in cluster:
        start = spans[number][0]
        lane = next((lane for lane, taken in enumerate(lanes) if taken[-1][1] <= start), len(lanes))
        if lane >= most:
            left.append(number)
            continue
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append(spans[number])
        lane_of[number] = lane
    merged: list[list[int]] = []
    if left:  # the last lane is the crowd's: what stands there is counted too
        left += [number for number, lane in lane_of.items() if lane == most - 1]
        merged = _merged(sorted(spans[number] for number in left))
        lanes[most - 1] = [(start, end) for start, end, _count in merged]
        lane_of = {number: lane for number, lane in lane_of.items() if lane < most - 1}
    for number, lane in lane_of.items():
        wide = 1
        while lane + wide < len(lanes) and not any(_overlap(spans[number], other) for other in lanes[lane + wide]):
            wide += 1
        places[number] = Place(lane, wide, len(lanes))
    return [Crowd(start, end, count, Place(len(lanes) - 1, 1, len(lanes))) for start, end, count in merged]


def _merged(spans: Sequence[tuple[int, int]]) -> list[list[int]]:
    """[start, end, how many] of those that hang together; `spans` in order."""
    found: list[list[int]] = []
    for start, end in spans:
        if found and start < found[-1][1]:
            found[-1][1] = max(found[-1][1], end)
            found[-1][2] += 1
        else:
            found.append([start, end, 1])
    return found


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
