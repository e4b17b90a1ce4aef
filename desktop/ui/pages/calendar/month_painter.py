"""Draws a month: where each thing stands is worked out once for a size, and asked by the mouse as well."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle

from desktop.ui.dates import Dates
from desktop.ui.pages.calendar.shown import WEEK, Piece
from desktop.ui.pages.calendar.words import clock
from desktop.ui.theme import Text, Theme
from resources.translations import _

if TYPE_CHECKING:
    from desktop.ui.pages.calendar.month_grid import MonthGrid

_ROOM_FOR_TIME = 11  # units of the grid: a narrower day shows the title alone


class MonthPainter:
    """Knows where the days and events of a grid stand."""

    def __init__(self, theme: Theme, dates: Dates, grid: "MonthGrid") -> None:
        self._theme, self._dates, self._grid = theme, dates, grid
        self._boxes: list[tuple[QRect, Piece]] | None = None
        self._small, self._bold = theme.font(Text.SMALL), theme.font(Text.SMALL, bold=True)
        self._struck = theme.font(Text.SMALL)
        self._struck.setStrikeOut(True)
        self._metrics = QFontMetrics(self._small)
        self._high = self._metrics.height()
        self._leading = 0
        self._clocks: dict[tuple[int, int], str] = {}
        self._more: list[tuple[QRect, int, int]] = []

    def forget(self) -> None:
        """The size, the month or what is in it is another."""
        self._boxes = None

    def measure(self) -> None:
        """The text has another size."""
        self._small, self._bold = self._theme.font(Text.SMALL), self._theme.font(Text.SMALL, bold=True)
        self._struck = self._theme.font(Text.SMALL)
        self._struck.setStrikeOut(True)
        self._metrics = QFontMetrics(self._small)
        self._high = self._metrics.height()
        self.forget()

    def day_at(self, point: QPoint) -> int | None:
        """How many days after the first of the grid the day under a point is."""
        top, width, height = self._top(), self._grid.width(), self._grid.height()
        if not (0 <= point.x() < width and top <= point.y() < height):
            return None
        x = width - 1 - point.x() if self._mirrored else point.x()
        week = min((point.y() - top) * self._grid.weeks // max(height - top, 1), self._grid.weeks - 1)
        return week * WEEK + min(x * WEEK // max(width, 1), WEEK - 1)

    def lanes(self) -> int:
        """How many events of one day have room."""
        high = max(self._grid.height(), self._theme.px(60)) - self._top()
        return max((high // self._grid.weeks - self._number) // self._lane, 1)

    def day_box(self, place: int) -> QRect:
        """Where a day stands."""
        return self._span_box(place // WEEK, place % WEEK, 1)

    def boxes(self) -> list[tuple[QRect, Piece]]:
        """Where the events stand that have room."""
        if self._boxes is None:
            self._boxes = list(self._place())
        return self._boxes

    def more_at(self, point: QPoint) -> int | None:
        """The day whose “+3 more” is under a point."""
        self.boxes()
        return next((place for box, place, _count in self._more if box.contains(point)), None)

    def paint(self) -> None:
        """Draw everything."""
        side = QStyle.visualAlignment(self._grid.layoutDirection(), Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self._leading = int((side | Qt.AlignmentFlag.AlignAbsolute).value)
        painter = QPainter(self._grid)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # a text is read as it is itself; where it stands is the layout's
        painter.fillRect(self._grid.rect(), self._theme.colour("window"))
        self._names(painter)
        self._days(painter)
        for box, piece in self.boxes():
            self._event(painter, box, piece)
        painter.setFont(self._bold)
        painter.setPen(self._theme.colour("text_quiet"))
        for box, _place, count in self._more:
            words = _("+{n} more").format(n=count)
            painter.drawText(box, self._leading, self._metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width()))
        self._marks(painter)
        painter.end()

    @property
    def _mirrored(self) -> bool:
        return self._grid.layoutDirection() is Qt.LayoutDirection.RightToLeft

    @property
    def _lane(self) -> int:
        return self._high + self._theme.px(0.5)

    @property
    def _number(self) -> int:
        return self._high + self._theme.px(1)

    def _top(self) -> int:
        return self._high + self._theme.px(1.5)

    def _clock(self, moment: datetime) -> str:
        key = (moment.hour, moment.minute)
        if key not in self._clocks:
            self._clocks[key] = clock(moment, self._dates.locale)
        return self._clocks[key]

    def _span_box(self, week: int, column: int, columns: int) -> QRect:
        top, width, height, weeks = self._top(), self._grid.width(), self._grid.height(), self._grid.weeks
        y, below = top + week * (height - top) // weeks, top + (week + 1) * (height - top) // weeks
        left, right = column * width // WEEK, (column + columns) * width // WEEK
        return QRect(width - right if self._mirrored else left, y, right - left, below - y)

    def _place(self) -> Iterator[tuple[QRect, Piece]]:
        self._more = []
        lane, number, gap = self._lane, self._number, self._theme.px(0.25)
        for week in range(self._grid.weeks):
            row = self._span_box(week, 0, WEEK)
            room = max((row.height() - number - gap) // lane, 0)
            pieces = self._grid.pieces(week)
            lost = [0] * WEEK
            for day in range(WEEK):
                lost[day] = self._grid.hidden.get(self._grid.first + timedelta(days=week * WEEK + day), 0)
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
        """The days of the week."""
        painter.setFont(self._small)
        painter.setPen(self._theme.colour("text_quiet"))
        locale = self._dates.locale
        form = locale.FormatType.LongFormat if self._grid.width() > self._theme.px(90) else locale.FormatType.ShortFormat
        pad = self._theme.px(1)
        for column in range(WEEK):
            box = self._span_box(0, column, 1)
            name = locale.standaloneDayName((self._grid.week_start + column) % WEEK + 1, form)
            painter.drawText(QRect(box.x() + pad, 0, box.width() - 2 * pad, self._top()), self._leading, name)

    def _days(self, painter: QPainter) -> None:
        grid, theme = self._grid, self._theme
        today = self._dates.today()
        marked = grid.days if grid.days[0] != grid.days[1] else None
        side = self._number - theme.px(0.25)
        for place in range(grid.weeks * WEEK):
            day, box = grid.first + timedelta(days=place), self.day_box(place)
            inside = day.month == grid.month.month
            spoken_for = (marked and marked[0] <= day <= marked[1]) or grid.drop_day == day
            draft = grid.draft is not None and grid.draft[0] <= day <= grid.draft[1]
            if spoken_for or draft:
                painter.fillRect(box, theme.colour("accent_soft"))
            elif not inside:
                painter.fillRect(box, theme.colour("sunken"))
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(box.topLeft(), box.topRight())
            if place % WEEK:
                edge = box.right() + 1 if self._mirrored else box.x()
                painter.drawLine(edge, box.y(), edge, box.bottom())
            where = QRect(box.x() + theme.px(0.5), box.y() + theme.px(0.25), side, side)
            if self._mirrored:
                where.moveRight(box.right() - theme.px(0.5))
            if day == today:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("accent"))
                painter.drawEllipse(where)
            painter.setFont(self._bold if day == today else self._small)
            painter.setPen(theme.colour("on_accent" if day == today else "text" if inside else "text_quiet"))
            painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter), str(day.day))

    def _event(self, painter: QPainter, box: QRect, piece: Piece) -> None:
        theme, one, px = self._theme, piece.what, self._theme.px
        off = one.occurrence.cancelled
        chosen, hovered = one.key == self._grid.chosen, one is self._grid.hovered
        radius = px(0.5)
        if one.bar:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent" if chosen and not off else "line" if off else "accent_soft"))
            painter.drawRoundedRect(QRectF(box), radius, radius)
            if not chosen and not off and not piece.begun_before:  # a firm edge where it begins
                edge = QRectF(box.right() - px(0.375) + 1 if self._mirrored else box.x(), box.y(), px(0.375), box.height())
                painter.setBrush(theme.colour("accent"))
                painter.drawRoundedRect(edge, 1, 1)
        elif chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(QRectF(box), radius, radius)
        ink = theme.colour("on_accent" if one.bar and chosen and not off else "text_quiet" if off else "text")
        inner = box.adjusted(px(1 if one.bar else 0.5), 0, -px(0.5), 0)
        if self._mirrored:
            inner = box.adjusted(px(0.5), 0, -px(1 if one.bar else 0.5), 0)
        if one.at is not None and not piece.begun_before and box.width() > px(_ROOM_FOR_TIME):
            time = self._clock(one.at)
            width = self._metrics.horizontalAdvance(time)
            painter.setFont(self._small)
            painter.setPen(ink if one.bar and chosen else theme.colour("text_quiet" if off else "accent_text"))
            painter.drawText(inner, self._leading, time)
            inner = inner.adjusted(0, 0, -width - px(0.75), 0) if self._mirrored else inner.adjusted(width + px(0.75), 0, 0, 0)
        painter.setFont(self._struck if off else self._small)
        painter.setPen(ink)
        painter.drawText(inner, self._leading, self._metrics.elidedText(one.occurrence.title, Qt.TextElideMode.ElideRight, inner.width()))

    def _marks(self, painter: QPainter) -> None:
        """The ring around the day where the keyboard is."""
        grid = self._grid
        place = (grid.day - grid.first).days
        if 0 <= place < grid.weeks * WEEK:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("accent_text" if grid.hasFocus() else "line_strong"), 2 if grid.hasFocus() else 1))
            inset = 1.5
            painter.drawRoundedRect(QRectF(self.day_box(place)).adjusted(inset, inset, -inset, -inset), 3, 3)


def _count(pieces: list[Piece], lost: list[int]) -> None:
    for piece in pieces:
        for day in range(piece.column, piece.column + piece.columns):
            lost[day] += 1


def _crowded(piece: Piece, lost: list[int]) -> bool:
    return any(lost[piece.column : piece.column + piece.columns])
