"""A line of an agenda: when, what, a quiet line, perhaps a word at the end. A button that leads to the thing itself."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle

from desktop.ui.theme import Text, Theme


@dataclass(frozen=True, slots=True)
class Line:
    """What it says.

    Attributes:
        when: at the leading side, quietly.
        under: a quiet line; empty for none.
        word: at the trailing side; empty for none.
        gone: it does not take place; `word` has to say so, too.
    """

    when: str
    text: str
    under: str = ""
    word: str = ""
    tip: str = ""
    gone: bool = False


class AgendaRow(QAbstractButton):
    """One line. `column`: how wide the column for the time is, in units of the grid."""

    def __init__(self, theme: Theme, line: Line, column: float) -> None:
        super().__init__()
        self._theme, self._column = theme, column
        self.line = line
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(", ".join(part for part in (line.when, line.text, line.word) if part))
        self.setAccessibleDescription(line.under)
        self.setToolTip(line.tip)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        px = self._theme.px
        body, small = self._metrics()
        return QSize(px(30), body.height() + (small.height() + px(0.25) if self.line.under else 0) + 2 * px(0.875))

    def minimumSizeHint(self) -> QSize:
        """As narrow as the time and a few letters."""
        return QSize(self._theme.px(self._column + 10), self.sizeHint().height())

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
        top, inset = px(0.875), px(1)
        first = px(self._column)
        word_width = small.horizontalAdvance(line.word) + px(1) if line.word else 0
        width = self.width() - inset - first - inset - word_width
        painter.setPen(theme.colour("text_quiet"))
        painter.setFont(theme.font())
        self._write(painter, QRect(inset, top, first - px(0.5), body.height()), line.when, body)
        painter.setPen(theme.colour("text_quiet" if line.gone else "text"))
        font = theme.font(bold=not line.gone)
        font.setStrikeOut(line.gone)
        painter.setFont(font)
        self._write(painter, QRect(inset + first, top, width, body.height()), line.text, QFontMetrics(font))
        painter.setPen(theme.colour("text_quiet"))
        painter.setFont(theme.font(Text.SMALL))
        if line.under:
            under = QRect(inset + first, top + body.height() + px(0.25), width + word_width, small.height())
            self._write(painter, under, line.under, small)
        if line.word:
            painter.setPen(theme.colour("warn" if line.gone else "text_quiet"))
            self._write(painter, QRect(self.width() - inset - word_width + px(1), top, word_width, body.height()), line.word, small)
        painter.end()

    def _write(self, painter: QPainter, where: QRect, text: str, metrics: QFontMetrics) -> None:
        box = QStyle.visualRect(self.layoutDirection(), self.rect(), where)
        side = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(box, int(side), metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width()))

    def _metrics(self) -> tuple[QFontMetrics, QFontMetrics]:
        return QFontMetrics(self._theme.font(bold=True)), QFontMetrics(self._theme.font(Text.SMALL))
