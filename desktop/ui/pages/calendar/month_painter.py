"""Draws a month: where each thing stands is worked out once for a size, and asked by the mouse as well."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from desktop.ui.dates import Dates
from desktop.ui.pages.calendar.shown import WEEK, Piece
from desktop.ui.pages.calendar.words import clock
from desktop.ui.theme import Text, Theme
from desktop.ui.widgets.written import Written
from resources.translations import _

if TYPE_CHECKING:
    from desktop.ui.pages.calendar.month_grid import MonthGrid

_ROOM_FOR_TIME = 11  # units of the grid: a narrower day shows the title alone


class MonthPainter:
    """Knows where the days and events of a grid stand."""

    def __init__(self, theme: Theme, dates: Dates, grid: "MonthGrid") -> None:
        self._theme, self._dates, self._grid = theme, dates, grid
        self._boxes: list[tuple[QRect, Piece]] | None = None
        self._stands: tuple[date, int, int, bool] | None = None
        self._mirrored = False
        self._weeks = 0
        self._rows: list[tuple[int, int]] = []
        self._edges: list[int] = []
        self._clocks: dict[tuple[int, int], str] = {}
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
        self._high = self._small.metrics.height()
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

    @property
    def names(self) -> int:
        """How high the names of the days are, above the weeks."""
        return self._high + self._theme.px(1.5)

    def day_box(self, place: int) -> QRect:
        """Where a day stands."""
        self._stand()
        return self._span_box(place // WEEK, place % WEEK, 1)

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
        self._days(painter)
        for box, piece in self.boxes():
            self._event(painter, box, piece)
        painter.setPen(self._theme.colour("text_quiet"))
        for box, _place, count in self._more:
            self._bold.write(painter, box, _("+{n} more").format(n=count), right=self._mirrored)
        self._marks(painter)
        self._names(painter)
        painter.end()

    @property
    def _lane(self) -> int:
        return self._high + self._theme.px(0.5)

    @property
    def _number(self) -> int:
        return self._high + self._theme.px(1)

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

    def _span_box(self, week: int, column: int, columns: int) -> QRect:
        y, below = self._rows[week]
        left, right = self._edges[column], self._edges[column + columns]
        return QRect(self._edges[WEEK] - right if self._mirrored else left, y, right - left, below - y)

    def _place(self) -> Iterator[tuple[QRect, Piece]]:
        self._more = []
        lane, number, gap = self._lane, self._number, self._theme.px(0.25)
        first, hidden = self._grid.first, self._grid.hidden
        for week in range(self._weeks):
            row = self._span_box(week, 0, WEEK)
            room = max((row.height() - number - gap) // lane, 0)
            pieces = self._grid.pieces(week)
            lost = [hidden.get(first + timedelta(days=week * WEEK + day), 0) for day in range(WEEK)]
            over = [piece for piece in pieces if piece.lane >= room]
            _count(over, lost)
            # The last lane is for “+3 more” on the days that need it; what stands there is counted too.
            last = [piece for piece in pieces if piece.lane == room - 1 and _crowded(piece, lost)]
            _count(last, lost)
            while more := [piece for piece in pieces if piece.lane == room - 1 and piece not in last and _crowded(piece, lost)]:
                _count(more, lost)
                last += more
            out = {id(piece) for piece in (*over, *last)}
            for piece in pieces:
                if id(piece) in out:
                    continue
                box = self._span_box(week, piece.column, piece.columns)
                yield QRect(box.x() + gap * 2, box.y() + number + piece.lane * lane, box.width() - gap * 4, lane - gap), piece
            for day in range(WEEK):
                if lost[day] and room:
                    box = self._span_box(week, day, 1)
                    y = box.y() + number + max(room - 1, 0) * lane
                    self._more.append((QRect(box.x() + gap * 4, y, box.width() - gap * 8, lane - gap), week * WEEK + day, lost[day]))

    def _names(self, painter: QPainter) -> None:
        """The days of the week, over what is scrolled away."""
        above = QRect(0, self._grid.scrolled, self._grid.width(), self.names)
        painter.fillRect(above, self._theme.colour("window"))
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawLine(above.bottomLeft() + QPoint(0, 1), above.bottomRight() + QPoint(0, 1))
        painter.setPen(self._theme.colour("text_quiet"))
        locale = self._dates.locale
        form = locale.FormatType.LongFormat if self._grid.width() > self._theme.px(90) else locale.FormatType.ShortFormat
        pad = self._theme.px(1)
        names = [locale.standaloneDayName((self._grid.week_start + column) % WEEK + 1, form) for column in range(WEEK)]
        if max(self._small.width(name) for name in names) > self._grid.width() // WEEK - 2 * pad:
            names = [locale.standaloneDayName((self._grid.week_start + column) % WEEK + 1, locale.FormatType.NarrowFormat) for column in range(WEEK)]
        for column, name in enumerate(names):
            box = self._span_box(0, column, 1)
            self._small.write(painter, QRect(box.x() + pad, above.y(), box.width() - 2 * pad, self.names), name, right=self._mirrored)

    def _days(self, painter: QPainter) -> None:
        grid, theme = self._grid, self._theme
        today, first, month = self._dates.today(), grid.first, grid.month.month
        marked = grid.days if grid.days[0] != grid.days[1] else None
        side = self._number - theme.px(0.25)
        hair = QPen(theme.colour("line"), 1)
        inset, above = theme.px(0.5), theme.px(0.25)
        for place in range(self._weeks * WEEK):
            day, box = first + timedelta(days=place), self.day_box(place)
            inside = day.month == month
            spoken_for = (marked and marked[0] <= day <= marked[1]) or grid.drop_day == day
            draft = grid.draft is not None and grid.draft[0] <= day <= grid.draft[1]
            if spoken_for or draft:
                painter.fillRect(box, theme.colour("accent_soft"))
            elif not inside:
                painter.fillRect(box, theme.colour("sunken"))
            painter.setPen(hair)
            painter.drawLine(box.topLeft(), box.topRight())
            if place % WEEK:
                edge = box.right() + 1 if self._mirrored else box.x()
                painter.drawLine(edge, box.y(), edge, box.bottom())
            where = QRect(box.x() + inset, box.y() + above, side, side)
            if self._mirrored:
                where.moveRight(box.right() - inset)
            if day == today:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("accent"))
                painter.drawEllipse(where)
            painter.setPen(theme.colour("on_accent" if day == today else "text" if inside else "text_quiet"))
            (self._bold if day == today else self._small).write(painter, where, str(day.day), centred=True)

    def _event(self, painter: QPainter, box: QRect, piece: Piece) -> None:
        theme, one, px = self._theme, piece.what, self._theme.px
        bar, off = one.bar, one.occurrence.cancelled
        chosen, hovered = one.key == self._grid.chosen, one is self._grid.hovered
        radius = px(0.5)
        if bar:
            _fill(painter, QRectF(box), radius, theme.colour("accent" if chosen and not off else "line" if off else "accent_soft"))
            if not chosen and not off and not piece.begun_before:  # a firm edge where it begins
                edge = QRectF(box.right() - px(0.375) + 1 if self._mirrored else box.x(), box.y(), px(0.375), box.height())
                _fill(painter, edge, 1, theme.colour("accent"))
        elif chosen or hovered:
            _fill(painter, QRectF(box), radius, theme.colour("accent_soft" if chosen else "hover"))
        ink = theme.colour("on_accent" if bar and chosen and not off else "text_quiet" if off else "text")
        start, end = px(1 if bar else 0.5), px(0.5)
        room = box.width() - start - end
        x = box.x() + (end if self._mirrored else start)
        if one.at is not None and not piece.begun_before and box.width() > px(_ROOM_FOR_TIME):
            painter.setPen(ink if bar and chosen else theme.colour("text_quiet" if off else "accent_text"))
            where = QRect(x, box.y(), room, box.height())
            used = self._small.write(painter, where, self._clock(one.at), right=self._mirrored) + px(0.75)
            room -= used
            x += 0 if self._mirrored else used
        painter.setPen(ink)
        (self._struck if off else self._small).write(painter, QRect(x, box.y(), room, box.height()), one.occurrence.title, right=self._mirrored)

    def _marks(self, painter: QPainter) -> None:
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


def _count(pieces: list[Piece], lost: list[int]) -> None:
    for piece in pieces:
        for day in range(piece.column, piece.column + piece.columns):
            lost[day] += 1


def _crowded(piece: Piece, lost: list[int]) -> bool:
    return any(lost[piece.column : piece.column + piece.columns])
