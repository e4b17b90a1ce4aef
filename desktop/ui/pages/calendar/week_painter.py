"""Draws a week: quiet lines, soft blocks with a title and a time, a line at now."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle

from desktop.ui.dates import Dates
from desktop.ui.pages.calendar.shown import ONE_DAY, WEEK, Shown
from desktop.ui.pages.calendar.week_block import BlockPainter, Words
from desktop.ui.pages.calendar.week_layout import parts
from desktop.ui.pages.calendar.week_places import Slot, WeekPlaces
from desktop.ui.pages.calendar.words import clock
from desktop.ui.theme import Text, Theme
from resources.translations import _

if TYPE_CHECKING:
    from desktop.ui.pages.calendar.week_grid import WeekGrid


class WeekPainter:
    """Draws what a week's grid holds, at the places that are handed over."""

    def __init__(self, theme: Theme, dates: Dates, grid: "WeekGrid", places: WeekPlaces) -> None:
        self._theme, self._dates, self._grid, self._places = theme, dates, grid, places
        self._hours_picture: QPixmap | None = None
        self._head_picture: QPixmap | None = None
        self._clocks: dict[tuple[int, int], str] = {}
        self._leading = 0
        self._blocks = BlockPainter(theme, grid)
        self._centred = int(Qt.AlignmentFlag.AlignCenter.value)
        self.measure()

    def forget(self) -> None:
        """What is shown, or its size, is another."""
        self._hours_picture = self._head_picture = None

    def measure(self) -> None:
        """The text has another size."""
        theme = self._theme
        self._small, self._bold, self._number = theme.font(Text.SMALL), theme.font(Text.SMALL, bold=True), theme.font(Text.BODY, bold=True)
        self._metrics, self._bold_metrics = QFontMetrics(self._small), QFontMetrics(self._bold)
        self.forget()
        hours = max(self._bold_metrics.horizontalAdvance(self._clock(time)) for time in (datetime(2000, 1, 1, hour, 58) for hour in (10, 20)))  # noqa: DTZ001
        whole = min(self._metrics.horizontalAdvance(_("All day")), theme.px(8))
        self._places.line = self._metrics.height()
        self._blocks.measure()
        self._places.gutter = max(hours, whole) + theme.px(2)

    def paint(self, painter: QPainter, dirty: QRect) -> None:
        """Draw what lies in a box: a picture of all dates that is made once, and upon it what changes often."""
        grid, places = self._grid, self._places
        side = QStyle.visualAlignment(grid.layoutDirection(), Qt.AlignmentFlag.AlignLeading)
        self._leading = int((side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute).value)
        if self._head_picture is not None and self._head_picture.devicePixelRatio() != grid.devicePixelRatioF():
            self.forget()  # on another screen
        if self._hours_picture is None or self._head_picture is None:
            self._hours_picture, self._head_picture = self._draw_hours(), self._draw_head()
        self._prepare(painter)
        if dirty.bottom() >= places.head:
            painter.setClipRect(places.hours_box().intersected(dirty))
            painter.fillRect(places.hours_box(), self._theme.colour("window"))
            painter.drawPixmap(0, places.y(0) - places.line, self._hours_picture)
            for block in grid.blocks:
                if block.what.key == grid.chosen or block.what is grid.hovered:
                    self._block(painter, places.box(block), block.what, head=not block.begun_before)
            self._beyond(painter)
            self._made_and_moved(painter)
            self._now(painter)
            self._ring(painter, hours=True)
        if dirty.top() < places.head:
            painter.setClipRect(QRect(0, 0, places.width, places.head).intersected(dirty))
            painter.drawPixmap(0, 0, self._head_picture)
            self._marked_days(painter)
            for box, piece in grid.bars():
                if piece.what.key == grid.chosen or piece.what is grid.hovered:
                    self._block(painter, box, piece.what, head=not piece.begun_before, bar=True)
            self._ring(painter, hours=False)
        painter.end()

    def _prepare(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # a text is read as it is itself; where it stands is the layout's

    def _picture(self, height: int) -> QPixmap:
        ratio = self._grid.devicePixelRatioF()
        made = QPixmap(QSize(max(round(self._places.width * ratio), 1), max(round(height * ratio), 1)))
        made.setDevicePixelRatio(ratio)
        made.fill(self._theme.colour("window"))
        return made

    def _draw_hours(self) -> QPixmap:
        """All hours, with a line of text above and below, and all dates as they rest."""
        theme, places = self._theme, self._places
        made = self._picture(24 * places.hour + 2 * places.line)
        painter = QPainter(made)
        self._prepare(painter)
        painter.translate(0, places.line - places.y(0))
        painter.setFont(self._small)
        for hour in range(25):
            y = places.y(hour * 60)
            self._line(painter, y)
            if 0 < hour < 24:
                self._gutter_text(painter, y, self._clock(datetime(2000, 1, 1, hour)), theme.colour("text_quiet"))  # noqa: DTZ001  a time of day
        painter.setPen(QPen(theme.colour("line"), 1))
        self._uprights(painter, places.y(0) - places.line, places.y(24 * 60) + places.line)
        for block in self._grid.blocks:
            self._block(painter, places.box(block), block.what, head=not block.begun_before, rests=True)
        self._crowds(painter)
        painter.end()
        return made

    def _draw_head(self) -> QPixmap:
        """The heads of the days and the row of whole days."""
        made = self._picture(self._places.head)
        painter = QPainter(made)
        self._prepare(painter)
        self._heads(painter)
        self._day_row(painter)
        painter.end()
        return made

    def _uprights(self, painter: QPainter, top: int, bottom: int) -> None:
        for day in range(WEEK):
            left, wide = self._places.column(day)
            x = left + wide if self._places.mirrored else left
            painter.drawLine(QPointF(x + 0.5, top), QPointF(x + 0.5, bottom))

    def _line(self, painter: QPainter, y: int) -> None:
        places = self._places
        painter.setPen(QPen(self._theme.colour("line"), 1))
        inset = places.gutter - self._theme.px(0.5)
        left, right = (0, places.width - inset) if places.mirrored else (inset, places.width)
        painter.drawLine(QPointF(left, y + 0.5), QPointF(right, y + 0.5))

    def _gutter_text(self, painter: QPainter, y: int, text: str, colour: QColor) -> None:
        places, pad = self._places, self._theme.px(1)
        box = QRect(0, y - places.line // 2, places.gutter - pad, places.line)
        if places.mirrored:
            box.moveLeft(places.width - places.gutter + pad)
        far = Qt.AlignmentFlag.AlignLeft if places.mirrored else Qt.AlignmentFlag.AlignRight
        painter.setPen(colour)
        flags = int((far | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute).value)
        painter.drawText(box, flags, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width()))

    def _block(self, painter: QPainter, box: QRect, one: Shown, *, head: bool, bar: bool = False, rests: bool = False) -> None:
        """A date: among the hours with its time below, in the row of whole days in one line. `rests`: as it is when nobody looks at it."""
        theme, grid = self._theme, self._grid
        off, chosen = one.occurrence.cancelled, one.key == grid.chosen and not rests
        filled = chosen and not off
        ground, edge = ("accent", "") if filled else ("sunken", "line_strong") if off else ("accent_soft", "accent")
        self._blocks.ground(painter, box, ground, edge=edge if head or not bar else "")  # a firm edge where it begins
        if not rests and (one is grid.hovered or (off and chosen)):
            self._blocks.outline(painter, box, "accent_text")
        quiet = theme.colour("on_accent" if filled else "text_quiet")
        ink = theme.colour("on_accent" if filled else "text_quiet" if off else "text")
        times = self._times(one.at, one.until) if one.at is not None and one.until is not None and head else ()
        self._blocks.words(painter, box, Words(one.occurrence.title, times, "" if bar else one.occurrence.place, struck=off), ink, quiet, bar=bar)

    def _times(self, start: datetime, end: datetime) -> tuple[str, ...]:
        """`18:30–21:00`, and `18:30` for where that has no room."""
        both = _("{start}–{end}").format(start=self._clock(start), end=self._clock(end))
        return (both, self._clock(start)) if end - start < ONE_DAY else (self._clock(start),)

    def _crowds(self, painter: QPainter) -> None:
        painter.setFont(self._bold)
        for day, crowd in self._grid.crowds:
            box = self._places.crowd_box(day, crowd)
            self._blocks.ground(painter, box, "hover", edge="")
            painter.setPen(self._theme.colour("text_quiet"))
            words = self._bold_metrics.elidedText(_("+{n}").format(n=crowd.count), Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, self._centred, words)

    def _beyond(self, painter: QPainter) -> None:
        """A small mark at the edge of a day where something is above or below what is seen."""
        places, px = self._places, self._theme.px
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        hours = places.hours_box()
        for day in range(WEEK):
            boxes = [places.box(block) for block in self._grid.blocks if block.day == day]
            left, wide = places.column(day)
            x, high = left + wide // 2 - px(1.5), px(0.375)
            if any(box.bottom() < hours.top() for box in boxes):
                painter.drawRoundedRect(QRectF(x, hours.top() + px(0.25), px(3), high), high / 2, high / 2)
            if any(box.top() > hours.bottom() for box in boxes):
                painter.drawRoundedRect(QRectF(x, hours.bottom() - px(0.25) - high, px(3), high), high / 2, high / 2)

    def _made_and_moved(self, painter: QPainter) -> None:
        """What is being made, and where something is being dragged."""
        grid = self._grid
        for span, title in ((grid.marked, ""), (grid.draft, _("New event")), (grid.ghost, grid.ghost_title)):
            if span is None or not isinstance(span[0], datetime) or not isinstance(span[1], datetime):
                continue
            for part in parts(span[0], span[1], grid.first):
                times = self._times(span[0], span[1])
                self._made(painter, self._places.box(part), Words(title, times) if title else Words(times[0]))

    def _made(self, painter: QPainter, box: QRect, words: Words, *, bar: bool = False) -> None:
        """Something that is being made or moved."""
        self._blocks.ground(painter, box, "accent_soft", edge="accent")
        self._blocks.outline(painter, box, "accent")
        self._blocks.words(painter, box, words, self._theme.colour("text"), self._theme.colour("text_quiet"), bar=bar)

    def _now(self, painter: QPainter) -> None:
        grid, places, theme = self._grid, self._places, self._theme
        now = self._dates.now()
        day = (now.date() - grid.first).days
        if not 0 <= day < WEEK:
            return
        y = places.y(now.hour * 60 + now.minute)
        left, wide = places.column(day)
        colour = theme.colour("bad")
        painter.setFont(self._bold)
        gutter = places.gutter - theme.px(0.75)
        painter.fillRect(QRect(places.width - gutter if places.mirrored else 0, y - places.line, gutter, 2 * places.line), theme.colour("window"))
        self._gutter_text(painter, y, self._clock(now), colour)
        painter.setPen(QPen(colour, 2))
        painter.drawLine(QPointF(left, y + 0.5), QPointF(left + wide, y + 0.5))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(left + wide if places.mirrored else left, y + 0.5), 4, 4)

    def _heads(self, painter: QPainter) -> None:
        """The days of the week, above their numbers."""
        grid, theme, places = self._grid, self._theme, self._places
        locale, today, px = self._dates.locale, self._dates.today(), theme.px
        side = px(3.5)
        room = places.head_box(0).width() - 4
        form = locale.FormatType.LongFormat if room > px(14) else locale.FormatType.ShortFormat
        if max(self._metrics.horizontalAdvance(locale.standaloneDayName(day, form)) for day in range(1, WEEK + 1)) > room:
            form = locale.FormatType.NarrowFormat
        for day in range(WEEK):
            when, box = grid.first + timedelta(days=day), places.head_box(day)
            name = locale.standaloneDayName(when.isoweekday(), form)
            here = when == today
            painter.setFont(self._bold if here else self._small)
            painter.setPen(theme.colour("accent_text" if here else "text_quiet"))
            where = QRect(box.x(), px(0.25), box.width(), places.line)
            painter.drawText(where, self._centred, self._metrics.elidedText(name, Qt.TextElideMode.ElideRight, box.width() - 4))
            circle = QRect(box.center().x() - side // 2, where.bottom() + px(0.375), side, side)
            if here:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("accent"))
                painter.drawEllipse(circle)
            painter.setFont(self._number)
            painter.setPen(theme.colour("on_accent" if here else "text"))
            painter.drawText(circle, self._centred, str(when.day))

    def _day_row(self, painter: QPainter) -> None:
        grid, theme, places = self._grid, self._theme, self._places
        painter.setPen(QPen(theme.colour("line"), 1))
        self._uprights(painter, places.names, places.head)
        self._line(painter, places.names - 1)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(QPointF(0, places.head - 0.5), QPointF(places.width, places.head - 0.5))
        painter.setFont(self._small)
        middle = places.names + theme.px(0.25) + places.lane // 2
        self._gutter_text(painter, middle, _("All day"), theme.colour("text_quiet"))
        for box, piece in grid.bars():
            self._block(painter, box, piece.what, head=not piece.begun_before, bar=True, rests=True)
        painter.setFont(self._bold)
        painter.setPen(theme.colour("text_quiet"))
        for box, _day, count in grid.more_boxes():
            words = self._bold_metrics.elidedText(_("+{n} more").format(n=count), Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, self._leading, words)

    def _marked_days(self, painter: QPainter) -> None:
        """Days of the row where something is being made or dragged to."""
        grid = self._grid
        for span, title in ((grid.marked, ""), (grid.draft, _("New event")), (grid.ghost, grid.ghost_title)):
            if span is None or isinstance(span[0], datetime):
                continue
            low, high = max((span[0] - grid.first).days, 0), min((span[1] - grid.first).days, WEEK)
            if low < high:
                self._made(painter, self._places.bar_box(low, high - low, grid.row.free_lane(low, high)), Words(title), bar=True)

    def _ring(self, painter: QPainter, *, hours: bool) -> None:
        """Around the slot where the keyboard is."""
        grid = self._grid
        if not grid.hasFocus() or not grid.by_keyboard or (grid.minute is not None) is not hours:
            return
        day = (grid.day - grid.first).days
        if 0 <= day < WEEK:
            box = self._places.slot_box(Slot(day, grid.minute))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("accent_text"), 2))
            painter.drawRoundedRect(QRectF(box).adjusted(2, 1.5, -1.5, -1), 3, 3)

    def _clock(self, moment: datetime) -> str:
        key = (moment.hour, moment.minute)
        if key not in self._clocks:
            self._clocks[key] = clock(moment, self._dates.locale)
        return self._clocks[key]
