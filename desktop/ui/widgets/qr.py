"""A QR code, black on white in both themes: cameras read nothing else for certain."""

import segno
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.theme import Theme
from resources.translations import _

_QUIET = 4  # modules of margin: ISO/IEC 18004


class QrCode(QWidget):
    """The code of a text, such as a link; nothing where it is empty or too long for a code."""

    def __init__(self, theme: Theme, units: float = 22) -> None:
        super().__init__()
        self._theme, self._units = theme, units
        self._rows: tuple[bytes, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Code for the camera of a phone"))

    def show_text(self, text: str) -> bool:
        """Draw this text. Gives whether there is a code for it."""
        try:
            self._rows = tuple(bytes(row) for row in segno.make(text, error="l", boost_error=False, micro=False).matrix) if text else ()
        except segno.DataOverflowError:
            self._rows = ()
        self.setToolTip(text)
        self.update()
        return bool(self._rows)

    def sizeHint(self) -> QSize:
        """A square."""
        side = self._theme.px(self._units)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw whole pixels only, so that edges are sharp."""
        if not self._rows:
            return
        painter = QPainter(self)
        across = len(self._rows) + 2 * _QUIET
        module = max(self.width() // across, 1)
        left = (self.width() - module * across) // 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(QRectF(left, left, module * across, module * across), QColor("white"))
        black = QColor("black")
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(QRectF(left + (x + _QUIET) * module, left + (y + _QUIET) * module, module, module), black)
        painter.end()
