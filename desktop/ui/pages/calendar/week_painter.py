"""Draws a week: quiet lines, soft blocks with a title and a time, a line at now."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle

from desktop.ui.dates import Dates
from desktop.ui.pages.calendar.shown import ONE_DAY, WEEK, Shown
from desktop.ui.pages.calendar.week_layout import parts
from desktop.ui.pages.calendar.week_places import Slot, WeekPlaces
from desktop.ui.pages.calendar.words import clock
from desktop.ui.theme import Text, Theme
from resources.translations import _

if TYPE_CHECKING:
    from desktop.ui.pages.calendar.week_grid import WeekGrid

_MOST_KEPT = 2_000


class WeekPainter:
    """Draws what a week's grid holds, at the places that are handed over."""

    def __init__(self, theme: Theme, dates: Dates, grid: "WeekGrid", places: WeekPlaces) -> None:
        self._theme, self._dates, self._grid, self._places = theme, dates, grid, places
        self._lines: dict[tuple[str, int, int], list[str]] = {}
        self._hours_picture: QPixmap | None = None
        self._head_picture: QPixmap | None = None
        self._clocks: dict[tuple[int, int], str] = {}
        self._leading = 0
        self._centred = int(Qt.AlignmentFlag.AlignCenter.value)
        self.measure()

    def forget(self) -> None:
        """What is shown, or its size, is another."""
        self._hours_picture = self._head_picture = None

    def measure(self) -> None:
        """The text has another size."""
        theme = self._theme
        self._small, self._bold, self._number = theme.font(Text.SMALL), theme.font(Text.SMALL, bold=True), theme.font(Text.BODY, bold=True)
        self._struck = theme.font(Text.SMALL, bold=True)
        self._struck.setStrikeOut(True)
        self._metrics, self._bold_metrics = QFontMetrics(self._small), QFontMetrics(self._bold)
        self._lines.clear()
        self.forget()
        hours = max(self._metrics.horizontalAdvance(self._clock(time)) for time in (datetime(2000, 1, 1, hour) for hour in (10, 20)))  # noqa: DTZ001
        whole = min(self._metrics.horizontalAdvance(_("All day")), theme.px(8))
        self._places.line = self._metrics.height()
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
        self._ground(painter, box, ground, edge=edge if head or not bar else "")  # a firm edge where it begins
        if not rests and (one is grid.hovered or (off and chosen)):
            painter.setPen(QPen(theme.colour("accent_text"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(0.5), theme.px(0.5))
        ink = theme.colour("on_accent" if filled else "text_quiet" if off else "text")
        quiet = theme.colour("on_accent" if filled else "text_quiet")
        time = self._times(one.at, one.until, box.width()) if one.at is not None and one.until is not None and head else ""
        place = "" if bar else one.occurrence.place
        self._words(painter, box, one.occurrence.title, time, place, (ink, quiet), self._struck if off else self._bold, bar=bar)

    def _times(self, start: datetime, end: datetime, width: int) -> str:
        """`18:30–21:00`, or where that has no room `18:30`."""
        both = _("{start}–{end}").format(start=self._clock(start), end=self._clock(end))
        return both if end - start < ONE_DAY and self._metrics.horizontalAdvance(both) <= width - self._theme.px(1.25) else self._clock(start)

    def _ground(self, painter: QPainter, box: QRect, colour: str, *, edge: str) -> None:
        theme, radius = self._theme, self._theme.px(0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("window"))
        painter.drawRoundedRect(QRectF(box).adjusted(-1, -1, 1, 1), radius, radius)  # keeps it apart from what is beneath
        painter.setBrush(theme.colour(colour))
        painter.drawRoundedRect(QRectF(box), radius, radius)
        if edge:
            wide = theme.px(0.375)
            painter.setBrush(theme.colour(edge))
            x = box.right() + 1 - wide if self._places.mirrored else box.x()
            painter.drawRoundedRect(QRectF(x, box.y(), wide, box.height()), 1.5, 1.5)

    def _words(
        self, painter: QPainter, box: QRect, title: str, time: str, place: str, inks: tuple[QColor, QColor], font: QFont, *, bar: bool = False
    ) -> None:
        px, line = self._theme.px, self._places.line
        inner = box.adjusted(px(0.875), 0, -px(0.25), 0) if not self._places.mirrored else box.adjusted(px(0.25), 0, -px(0.875), 0)
        if inner.width() < px(1):
            return
        pad = px(0.375) if box.height() >= line + px(0.75) else max((box.height() - line) // 2, 0)
        room = 1 if bar else max((box.height() - 2 * pad) // line, 1)
        lines = self._wrapped(title, inner.width(), min(room, max(room - (1 if time else 0), 1), 4))
        painter.setFont(font)
        painter.setPen(inks[0])
        y = box.y() + pad if not bar else box.y() + (box.height() - line) // 2
        for text in lines:
            painter.drawText(QRect(inner.x(), y, inner.width(), line), self._leading, text)
            y += line
        painter.setFont(self._small)
        painter.setPen(inks[1])
        if room == 1 and time:
            used = self._bold_metrics.horizontalAdvance(lines[0]) + px(0.75)
            left = inner.width() - used
            time = time if left >= self._metrics.horizontalAdvance(time) else time.partition("–")[0]
            if left >= self._metrics.horizontalAdvance(time):
                x = inner.x() if self._places.mirrored else inner.x() + used
                painter.drawText(QRect(x, y - line, left, line), self._leading, time)
            return
        if self._metrics.horizontalAdvance(time) > inner.width():
            return  # a few letters of a time or a place tell nothing
        for text in (time, place):
            if text and y + line <= box.bottom() + 1:
                shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
                painter.drawText(QRect(inner.x(), y, inner.width(), line), self._leading, shown)
                y += line

    def _wrapped(self, text: str, width: int, most: int) -> list[str]:
        """The lines of a title; what has no room ends in “…”."""
        key = (text, width, most)
        kept = self._lines.get(key)
        if kept is None:
            if len(self._lines) > _MOST_KEPT:
                self._lines.clear()
            kept = self._lines[key] = list(self._wrap(text, width, most))
        return kept

    def _wrap(self, text: str, width: int, most: int) -> Iterator[str]:
        layout = QTextLayout(text, self._bold)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        start = 0
        for number in range(most):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            start = line.textStart()
            rest = text[start:] if number == most - 1 else text[start : start + line.textLength()]
            yield self._bold_metrics.elidedText(rest.strip(), Qt.TextElideMode.ElideRight, width)
        layout.endLayout()

    def _crowds(self, painter: QPainter) -> None:
        painter.setFont(self._bold)
        for day, crowd in self._grid.crowds:
            box = self._places.crowd_box(day, crowd)
            self._ground(painter, box, "hover", edge="")
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
        grid, theme = self._grid, self._theme
        for span, title in ((grid.marked, ""), (grid.draft, _("New event")), (grid.ghost, grid.ghost_title)):
            if span is None or not isinstance(span[0], datetime) or not isinstance(span[1], datetime):
                continue
            for part in parts(span[0], span[1], grid.first):
                box = self._places.box(part)
                self._made(painter, box)
                times = self._times(span[0], span[1], box.width())
                self._words(painter, box, title or times, times if title else "", "", (theme.colour("text"), theme.colour("text_quiet")), self._bold)

    def _made(self, painter: QPainter, box: QRect) -> None:
        self._ground(painter, box, "accent_soft", edge="accent")
        painter.setPen(QPen(self._theme.colour("accent"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), self._theme.px(0.5), self._theme.px(0.5))

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
        for day in range(WEEK):
            when, box = grid.first + timedelta(days=day), places.head_box(day)
            wide = box.width() > px(14)
            name = locale.standaloneDayName(when.isoweekday(), locale.FormatType.LongFormat if wide else locale.FormatType.ShortFormat)
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
        grid, theme = self._grid, self._theme
        for span, title in ((grid.marked, ""), (grid.draft, _("New event")), (grid.ghost, grid.ghost_title)):
            if span is None or isinstance(span[0], datetime):
                continue
            low, high = max((span[0] - grid.first).days, 0), min((span[1] - grid.first).days, WEEK)
            if low < high:
                box = self._places.bar_box(low, high - low, 0)
                self._made(painter, box)
                self._words(painter, box, title, "", "", (theme.colour("text"), theme.colour("text_quiet")), self._bold, bar=True)

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
