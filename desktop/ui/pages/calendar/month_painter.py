"""Draws a month: where each thing stands is worked out once for a size, and asked by the mouse as well."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QLine, QLocale, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from desktop.ui.dates import Dates
from desktop.ui.pages.calendar.shown import WEEK, Piece
from desktop.ui.pages.calendar.words import clock
from desktop.ui.theme import Text, Theme
from desktop.ui.widgets.written import Written, measures
from resources.translations import _

if TYPE_CHECKING:
    from desktop.ui.pages.calendar.month_grid import MonthGrid

_ROOM_FOR_TIME = 11  # units of the grid: a narrower day shows the title alone


class MonthPainter:
    """Knows where the days and events of a grid stand.

    Attributes:
        names: how high the names of the days are, above the weeks.
    """

    def __init__(self, theme: Theme, dates: Dates, grid: "MonthGrid") -> None:
        self._theme, self._dates, self._grid = theme, dates, grid
        self._boxes: list[tuple[QRect, Piece]] | None = None
        self._stands: tuple[date, int, int, bool] | None = None
        self._mirrored = False
        self._weeks = 0
        self._rows: list[tuple[int, int]] = []
        self._edges: list[int] = []
        self._days: list[QRect] = []
        self._lines: list[QLine] = []
        self._clocks: dict[tuple[int, int], str] = {}
        self._called: dict[QLocale.FormatType, tuple[list[str], int]] = {}
        self._more: list[tuple[QRect, int, int]] = []
        self.measure()

    def forget(self) -> None:
        """The size, the month or what is in it is another."""
        self._boxes = self._stands = None

    def measure(self) -> None:
        """The text has another size."""
        struck = self._theme.font(Text.SMALL)
        struck.setStrikeOut(True)
        self._small, self._bold = Written(self._theme.font(Text.SMALL)), Written(self._theme.font(Text.SMALL, bold=True))
        self._struck = Written(struck)
        high, px = self._small.metrics.height(), self._theme.px
        self._lane, self._number, self.names = high + px(0.5), high + px(1), high + px(1.5)
        self._called.clear()
        self.forget()

    def day_at(self, point: QPoint) -> int | None:
        """How many days after the first of the grid the day under a point is."""
        top, width, height = self.names, self._grid.width(), self._grid.height()
        if not (0 <= point.x() < width and self._grid.scrolled + top <= point.y() < height):
            return None
        self._stand()
        x = width - 1 - point.x() if self._mirrored else point.x()
        week = min((point.y() - top) * self._weeks // max(height - top, 1), self._weeks - 1)
        return week * WEEK + min(x * WEEK // max(width, 1), WEEK - 1)

    def lanes(self) -> int:
        """How many events of one day have room."""
        high = max(self._grid.height(), self._theme.px(60)) - self.names
        return max((high // self._grid.weeks - self._number) // self._lane, 1)

    def least(self, weeks: int) -> int:
        """How high so many weeks are at least."""
        return self.names + weeks * (self._number + self._lane + self._theme.px(0.5))

    def day_box(self, place: int) -> QRect:
        """Where a day stands."""
        self._stand()
        return QRect(self._days[place])

    def boxes(self) -> list[tuple[QRect, Piece]]:
        """Where the events stand that have room."""
        self._stand()
        if self._boxes is None:
            self._boxes = list(self._place())
        return self._boxes

    def more_at(self, point: QPoint) -> int | None:
        """The day whose “+3 more” is under a point."""
        self.boxes()
        return next((place for box, place, _count in self._more if box.contains(point)), None)

    def paint(self) -> None:
        """Draw everything."""
        painter = QPainter(self._grid)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self._grid.rect(), self._theme.colour("window"))
        self._stand()
        self._draw_days(painter)
        self._draw_events(painter)
        painter.setPen(self._theme.colour("text_quiet"))
        for box, _place, count in self._more:
            self._bold.write(painter, box, _("+{n} more").format(n=count), right=self._mirrored)
        self._draw_marks(painter)
        self._draw_names(painter)
        painter.end()

    def _clock(self, moment: datetime) -> str:
        key = (moment.hour, moment.minute)
        if key not in self._clocks:
            self._clocks[key] = clock(moment, self._dates.locale)
        return self._clocks[key]

    def _stand(self) -> None:
        """Work out where the weeks and days stand, once for a size and a month."""
        grid = self._grid
        now = (grid.month, grid.width(), grid.height(), grid.layoutDirection() is Qt.LayoutDirection.RightToLeft)
        if now == self._stands:
            return
        self._stands, self._boxes = now, None
        _month, width, height, self._mirrored = now
        self._weeks = weeks = grid.weeks
        top = self.names
        self._rows = [(top + week * (height - top) // weeks, top + (week + 1) * (height - top) // weeks) for week in range(weeks)]
        self._edges = [column * width // WEEK for column in range(WEEK + 1)]
        self._days = [self._span_box(week, column, 1) for week in range(weeks) for column in range(WEEK)]
        self._lines = []
        for place, box in enumerate(self._days):
            self._lines.append(QLine(box.topLeft(), box.topRight()))
            if place % WEEK:
                edge = box.right() + 1 if self._mirrored else box.x()
                self._lines.append(QLine(edge, box.y(), edge, box.bottom()))

    def _span_box(self, week: int, column: int, columns: int) -> QRect:
        above, below = self._rows[week]
        left, right = self._sides(column, columns)
        return QRect(left, above, right - left, below - above)

    def _sides(self, column: int, columns: int) -> tuple[int, int]:
        """Where so many columns begin and end, from left to right."""
        left, right = self._edges[column], self._edges[column + columns]
        return (self._edges[WEEK] - right, self._edges[WEEK] - left) if self._mirrored else (left, right)

    def _place(self) -> Iterator[tuple[QRect, Piece]]:
        self._more = []
        lane, number, gap = self._lane, self._number, self._theme.px(0.25)
        first, hidden = self._grid.first, self._grid.hidden
        for week, (top, below) in enumerate(self._rows):
            room = max((below - top - number - gap) // lane, 0)
            pieces = self._grid.pieces(week)
            lost = [hidden.get(first + timedelta(days=week * WEEK + day), 0) for day in range(WEEK)] if hidden else [0] * WEEK
            out = _out(pieces, room, lost)
            for piece in pieces:
                if id(piece) not in out:
                    left, right = self._sides(piece.column, piece.columns)
                    yield QRect(left + gap * 2, top + number + piece.lane * lane, right - left - gap * 4, lane - gap), piece
            for day in range(WEEK):
                if lost[day] and room:
                    box = self._days[week * WEEK + day]
                    y = box.y() + number + max(room - 1, 0) * lane
                    self._more.append((QRect(box.x() + gap * 4, y, box.width() - gap * 8, lane - gap), week * WEEK + day, lost[day]))

    def _draw_names(self, painter: QPainter) -> None:
        """The days of the week, over what is scrolled away."""
        above = QRect(0, self._grid.scrolled, self._grid.width(), self.names)
        painter.fillRect(above, self._theme.colour("window"))
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawLine(above.bottomLeft() + QPoint(0, 1), above.bottomRight() + QPoint(0, 1))
        painter.setPen(self._theme.colour("text_quiet"))
        form = QLocale.FormatType.LongFormat if self._grid.width() > self._theme.px(90) else QLocale.FormatType.ShortFormat
        pad = self._theme.px(1)
        names, widest = self._names_of_days(form)
        if widest > self._grid.width() // WEEK - 2 * pad:
            names, _widest = self._names_of_days(QLocale.FormatType.NarrowFormat)
        for column, name in enumerate(names):
            box = self._span_box(0, column, 1)
            self._small.write(painter, QRect(box.x() + pad, above.y(), box.width() - 2 * pad, self.names), name, right=self._mirrored)

    def _names_of_days(self, form: QLocale.FormatType) -> tuple[list[str], int]:
        """The names of the days, and how wide the widest is."""
        found = self._called.get(form)
        if found is None:
            names = [self._dates.locale.standaloneDayName((self._grid.week_start + column) % WEEK + 1, form) for column in range(WEEK)]
            found = self._called[form] = (names, max(self._small.width(name) for name in names))
        return found

    def _draw_days(self, painter: QPainter) -> None:
        """Their grounds, the lines between them, their numbers."""
        grid, theme = self._grid, self._theme
        today, first, month = self._dates.today(), grid.first, grid.month.month
        days = [first + timedelta(days=place) for place in range(self._weeks * WEEK)]
        marked = grid.days if grid.days[0] != grid.days[1] else None
        soft, sunken = theme.colour("accent_soft"), theme.colour("sunken")
        for day, box in zip(days, self._days, strict=True):
            spoken_for = (marked and marked[0] <= day <= marked[1]) or grid.drop_day == day
            if spoken_for or (grid.draft is not None and grid.draft[0] <= day <= grid.draft[1]):
                painter.fillRect(box, soft)
            elif day.month != month:
                painter.fillRect(box, sunken)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLines(self._lines)
        side, inset, above = self._number - theme.px(0.25), theme.px(0.5), theme.px(0.25)
        ink, quiet = QPen(theme.colour("text")), QPen(theme.colour("text_quiet"))
        painter.setFont(self._small.font)
        for day, box in zip(days, self._days, strict=True):
            where = QRect(box.right() - inset - side + 1 if self._mirrored else box.x() + inset, box.y() + above, side, side)
            if day == today:
                self._draw_today(painter, where, str(day.day))
                painter.setFont(self._small.font)
                continue
            painter.setPen(ink if day.month == month else quiet)
            self._small.put(painter, *measures(where), str(day.day), centred=True)

    def _draw_today(self, painter: QPainter, where: QRect, number: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawEllipse(where)
        painter.setPen(self._theme.colour("on_accent"))
        self._bold.write(painter, where, number, centred=True)

    def _draw_events(self, painter: QPainter) -> None:
        """Where they have a ground, that; when they begin; what they are. A month has a hundred, so what all of them need is asked for once."""
        theme, grid, mirrored, clocks = self._theme, self._grid, self._mirrored, self._clock
        chosen_key, hovered = grid.chosen, grid.hovered
        of_bar, start, end, after_time, wide = (theme.px(units) for units in (1, 0.5, 0.5, 0.75, _ROOM_FOR_TIME))
        text, quiet, accent, on_accent = (QPen(theme.colour(name)) for name in ("text", "text_quiet", "accent_text", "on_accent"))
        write, pen = self._small.put, painter.setPen
        painter.setFont(self._small.font)
        for box, piece in self.boxes():
            one = piece.what
            bar, off, chosen = one.bar, one.occurrence.cancelled, one.key == chosen_key
            if bar or chosen or one is hovered:
                self._draw_ground(painter, box, piece)
            ink = on_accent if bar and chosen and not off else quiet if off else text
            x, y, width, high = measures(box)
            room = width - (of_bar if bar else start) - end
            x += end if mirrored else of_bar if bar else start
            if one.at is not None and not piece.begun_before and width > wide:
                pen(ink if bar and chosen else quiet if off else accent)
                used = write(painter, x, y, room, high, clocks(one.at), right=mirrored) + after_time
                room -= used
                x += 0 if mirrored else used
            pen(ink)
            if off:
                self._struck.write(painter, QRect(x, y, room, high), one.occurrence.title, right=mirrored)
                painter.setFont(self._small.font)
            else:
                write(painter, x, y, room, high, one.occurrence.title, right=mirrored)

    def _draw_ground(self, painter: QPainter, box: QRect, piece: Piece) -> None:
        """Of a bar, or of what is open or under the mouse."""
        theme, one, px = self._theme, piece.what, self._theme.px
        off, chosen, radius = one.occurrence.cancelled, one.key == self._grid.chosen, px(0.5)
        if not one.bar:
            _fill(painter, QRectF(box), radius, theme.colour("accent_soft" if chosen else "hover"))
            return
        _fill(painter, QRectF(box), radius, theme.colour("accent" if chosen and not off else "line" if off else "accent_soft"))
        if not chosen and not off and not piece.begun_before:  # a firm edge where it begins
            edge = QRectF(box.right() - px(0.375) + 1 if self._mirrored else box.x(), box.y(), px(0.375), box.height())
            _fill(painter, edge, 1, theme.colour("accent"))

    def _draw_marks(self, painter: QPainter) -> None:
        """The ring around the day where the keyboard is."""
        grid = self._grid
        place = (grid.day - grid.first).days
        if 0 <= place < grid.weeks * WEEK:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("accent_text" if grid.hasFocus() else "line_strong"), 2 if grid.hasFocus() else 1))
            inset = 1.5
            painter.drawRoundedRect(QRectF(self.day_box(place)).adjusted(inset, inset, -inset, -inset), 3, 3)


def _fill(painter: QPainter, box: QRectF, radius: int, colour: QColor) -> None:
    shape = QPainterPath()
    shape.addRoundedRect(box, radius, radius)
    painter.fillPath(shape, colour)


def _out(pieces: Sequence[Piece], room: int, lost: list[int]) -> set[int]:
    """The pieces (their `id`) that have no room in so many lanes; they are added to what each day has lost already."""
    over = [piece for piece in pieces if piece.lane >= room]
    _count(over, lost)
    if not any(lost):
        return set()
    # The last lane is for “+3 more” on the days that need it; what stands there is counted too.
    in_last = [piece for piece in pieces if piece.lane == room - 1]
    out = {id(piece) for piece in over}
    while more := [piece for piece in in_last if id(piece) not in out and _crowded(piece, lost)]:
        _count(more, lost)
        out.update(map(id, more))
    return out


def _count(pieces: list[Piece], lost: list[int]) -> None:
    for piece in pieces:
        for day in range(piece.column, piece.column + piece.columns):
            lost[day] += 1


def _crowded(piece: Piece, lost: list[int]) -> bool:
    return any(lost[piece.column : piece.column + piece.columns])
