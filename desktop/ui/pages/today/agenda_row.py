"""A line of an agenda: when, what, a quiet line below each, perhaps a word at the end. A button that leads to the thing itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle

from desktop.ui.theme import Text, Theme


@dataclass(frozen=True, slots=True)
class Line:
    """What it says.

    Attributes:
        when: at the leading side, quietly; empty for none.
        away: below that; empty for none.
        under: below the text; empty for none.
        word: at the trailing side; empty for none.
        gone: it does not take place; `word` has to say so, too.
    """

    when: str
    text: str
    under: str = ""
    away: str = ""
    word: str = ""
    tip: str = ""
    gone: bool = False


class AgendaRow(QAbstractButton):
    """One line. `peers`: the lines of its list, which share the width of the column for the time."""

    def __init__(self, theme: Theme, line: Line, peers: Sequence[Line] = ()) -> None:
        super().__init__()
        self._theme, self._peers = theme, peers or (line,)
        self.line = line
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(", ".join(part for part in (line.when, line.text, line.word) if part))
        self.setAccessibleDescription(" · ".join(part for part in (line.away, line.under) if part))
        self.setToolTip(line.tip)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        px = self._theme.px
        body, small = self._metrics()
        two = bool(self.line.under or self.line.away)
        return QSize(px(30), body.height() + (small.height() + px(0.25) if two else 0) + 2 * px(0.75))

    def minimumSizeHint(self) -> QSize:
        """As narrow as the time and a few letters."""
        return QSize(self._lead() + self._theme.px(10), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it, mirrored where people read from the right."""
        theme, px, line = self._theme, self._theme.px, self.line
        body, small = self._metrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pointed = self.underMouse() and self.isEnabled()
        if self.hasFocus() or pointed:
            painter.setPen(QPen(theme.colour("accent_text"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover") if pointed else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(0.75), px(0.75))
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each text as it is read itself; where it stands is the layout's
        top, inset, first = px(0.75), px(1), self._lead()
        second = top + body.height() + px(0.25)
        word_width = small.horizontalAdvance(line.word) + px(1.5) if line.word else 0
        start, width = inset + first, self.width() - 2 * inset - first
        painter.setPen(theme.colour("text_quiet"))
        painter.setFont(theme.font())
        self._write(painter, QRect(inset, top, first, body.height()), line.when)
        painter.setPen(theme.colour("text_quiet" if line.gone else "text"))
        font = theme.font(bold=not line.gone)
        font.setStrikeOut(line.gone)
        painter.setFont(font)
        self._write(painter, QRect(start, top, width - word_width, body.height()), line.text)
        painter.setPen(theme.colour("text_quiet"))
        painter.setFont(theme.font(Text.SMALL))
        self._write(painter, QRect(inset, second, first, small.height()), line.away)
        self._write(painter, QRect(start, second, width, small.height()), line.under)
        if line.word:
            painter.setPen(theme.colour("warn" if line.gone else "text_quiet"))
            at = self.width() - inset - word_width + px(1.5)
            self._write(painter, QRect(at, top, word_width, body.height()), line.word)
        painter.end()

    def _lead(self) -> int:
        """The width of the column for the time, with the space behind it."""
        body, small = QFontMetrics(self._theme.font()), QFontMetrics(self._theme.font(Text.SMALL))
        widest = max(max(body.horizontalAdvance(one.when), small.horizontalAdvance(one.away)) for one in self._peers)
        return widest + self._theme.px(2) if widest else 0

    def _write(self, painter: QPainter, where: QRect, text: str) -> None:
        if not text:
            return
        box = QStyle.visualRect(self.layoutDirection(), self.rect(), where)
        side = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignAbsolute), shown)

    def _metrics(self) -> tuple[QFontMetrics, QFontMetrics]:
        return QFontMetrics(self._theme.font(bold=True)), QFontMetrics(self._theme.font(Text.SMALL))
