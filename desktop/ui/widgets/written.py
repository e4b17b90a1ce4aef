"""Short texts painted again and again, in lists and in the calendar: each is laid out once, cut where it has no room; then it costs a quarter."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStaticText, QTextOption

MOST = 2_000
"""So many texts are kept; then all are forgotten."""


class Written:
    """Writes in one font, each text in the direction in which it is read itself. The colour is the painter's pen."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self._struck = font.strikeOut()
        self._kept: dict[tuple[str, int], tuple[QStaticText, int, int]] = {}

    def write(self, painter: QPainter, box: QRect, text: str, *, right: bool = False, centred: bool = False) -> int:
        """Write one line at the left of the box, or where else is said, half-way down; gives its width."""
        painter.setFont(self.font)
        return self.put(painter, box.x(), box.y(), box.width(), box.height(), text, right=right, centred=centred)

    def put(self, painter: QPainter, x: int, y: int, room: int, high: int, text: str, *, right: bool = False, centred: bool = False) -> int:
        """The same into a box of these measures, by a painter that has the font: for hundreds of texts one after the other."""
        line, width, height = self._kept.get((text, room)) or self._lay_out(text, room)
        if centred:
            x += (room - width) // 2
        elif right:
            x += room - width
        if self._struck:  # Qt draws the stroke through a static text where the text stood first
            painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
            painter.drawText(QRect(x, y, width + 1, high), _HALF_WAY, line.text())
        else:
            painter.drawStaticText(x, y + (high - height) // 2, line)
        return width

    def width(self, text: str) -> int:
        """How wide a text is that has all the room it needs."""
        return self.metrics.horizontalAdvance(text)

    def _lay_out(self, text: str, room: int) -> tuple[QStaticText, int, int]:
        width = self.metrics.horizontalAdvance(text)
        cut = text if width < room else self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        line = QStaticText(cut)
        line.setTextFormat(Qt.TextFormat.PlainText)
        line.setTextOption(_OPTION)
        line.prepare(font=self.font)
        if len(self._kept) >= MOST:
            self._kept.clear()
        made = self._kept[text, room] = (line, width if cut == text else self.metrics.horizontalAdvance(cut), round(line.size().height()))
        return made


def measures(box: QRect) -> tuple[int, int, int, int]:
    """x, y, width and height: asked for together, where boxes are many."""
    return box.getRect()  # type: ignore[return-value]  # the stubs say that it gives an object


_HALF_WAY = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
_OPTION = QTextOption(Qt.AlignmentFlag.AlignLeft)
_OPTION.setWrapMode(QTextOption.WrapMode.NoWrap)
_OPTION.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
