"""Draws one block of a week: a soft ground with a firm edge, and as much of its words as has room."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QWidget

from desktop.ui.theme import Text, Theme

_MOST_KEPT = 2_000
_MOST_LINES = 4  # of a title


@dataclass(frozen=True, slots=True)
class Words:
    """What is written on a block.

    Attributes:
        times: the same time, the longest way to write it first; empty for none.
        struck: it does not take place.
    """

    title: str
    times: tuple[str, ...] = ()
    place: str = ""
    struck: bool = False


class BlockPainter:
    """Draws blocks on a widget, mirrored as it is."""

    def __init__(self, theme: Theme, on: QWidget) -> None:
        self._theme, self._on = theme, on
        self._lines: dict[tuple[str, int, int], list[str]] = {}
        self.measure()

    def measure(self) -> None:
        """The text has another size."""
        self._small, self._bold, self._struck = (self._theme.font(Text.SMALL, bold=bold) for bold in (False, True, True))
        self._struck.setStrikeOut(True)
        self._metrics, self._bold_metrics = QFontMetrics(self._small), QFontMetrics(self._bold)
        self._lines.clear()

    def ground(self, painter: QPainter, box: QRect, colour: str, *, edge: str) -> None:
        """The ground. `edge`: the colour of its leading edge; empty for none."""
        theme, radius = self._theme, self._theme.px(0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("window"))
        painter.drawRoundedRect(QRectF(box).adjusted(-1, -1, 1, 1), radius, radius)  # keeps it apart from what is beneath
        painter.setBrush(theme.colour(colour))
        painter.drawRoundedRect(QRectF(box), radius, radius)
        if edge:
            wide = theme.px(0.375)
            painter.setBrush(theme.colour(edge))
            x = box.right() + 1 - wide if self._mirrored else box.x()
            painter.drawRoundedRect(QRectF(x, box.y(), wide, box.height()), 1.5, 1.5)

    def outline(self, painter: QPainter, box: QRect, colour: str) -> None:
        """A thin line around it."""
        radius = self._theme.px(0.5)
        painter.setPen(QPen(self._theme.colour(colour), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def words(self, painter: QPainter, box: QRect, words: Words, ink: QColor, quiet: QColor, *, bar: bool = False) -> None:
        """The title, and below it the time and the place; in a bar or a low block the time beside it."""
        px, line = self._theme.px, self._metrics.height()
        edge, far = px(0.875), px(0.25)
        inner = box.adjusted(far, 0, -edge, 0) if self._mirrored else box.adjusted(edge, 0, -far, 0)
        if inner.width() < px(1):
            return
        pad = px(0.375) if box.height() >= line + px(0.75) and not bar else max((box.height() - line) // 2, 0)
        room = 1 if bar else max((box.height() - 2 * pad) // line, 1)
        lines = self._wrapped(words.title, inner.width(), min(room, max(room - bool(words.times), 1), _MOST_LINES))
        painter.setFont(self._struck if words.struck else self._bold)
        painter.setPen(ink)
        y = box.y() + pad
        for text in lines:
            painter.drawText(QRect(inner.x(), y, inner.width(), line), self._leading, text)
            y += line
        painter.setFont(self._small)
        painter.setPen(quiet)
        if room == 1:
            used = self._bold_metrics.horizontalAdvance(lines[0]) + px(0.75) if lines else 0
            x = inner.x() if self._mirrored else inner.x() + used
            painter.drawText(QRect(x, box.y() + pad, inner.width() - used, line), self._leading, self._fitting(words.times, inner.width() - used))
            return
        time = self._fitting(words.times, inner.width())
        if words.times and not time:
            return  # a few letters of a time or a place tell nothing
        for text in (time, words.place):
            if text and y + line <= box.bottom() + 1:
                shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
                painter.drawText(QRect(inner.x(), y, inner.width(), line), self._leading, shown)
                y += line

    @property
    def _mirrored(self) -> bool:
        return self._on.layoutDirection() is Qt.LayoutDirection.RightToLeft

    @property
    def _leading(self) -> int:
        side = QStyle.visualAlignment(self._on.layoutDirection(), Qt.AlignmentFlag.AlignLeading)
        return int((side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute).value)

    def _fitting(self, texts: tuple[str, ...], width: int) -> str:
        """The first that has room; empty where none has."""
        return next((text for text in texts if self._metrics.horizontalAdvance(text) <= width), "")

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
        for number in range(most):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            start = line.textStart()
            rest = text[start:] if number == most - 1 else text[start : start + line.textLength()]
            yield self._bold_metrics.elidedText(rest.strip(), Qt.TextElideMode.ElideRight, width)
        layout.endLayout()
