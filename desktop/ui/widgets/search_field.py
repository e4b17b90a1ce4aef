"""A field to search in: a glass, a hint, a clear button; Escape clears, the arrow down goes to what was found."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from desktop.ui.icons import Icons

LETTERS = 24


class GlassField(QLineEdit):
    """A line with a glass at its beginning, as high as its letters are; Qt's own stays at 16 pixels."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._glass = icons.icon("search", "text_quiet")

    def changeEvent(self, event: QEvent) -> None:
        """Room for the glass, at the side where reading begins."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange):
            room, mirrored = self._size + self._gap, self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            self.setTextMargins(0 if mirrored else room, 0, room if mirrored else 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, and the glass over it."""
        super().paintEvent(event)
        at = self._gap + 2
        left = self.width() - at - self._size if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else at
        painter = QPainter(self)
        self._glass.paint(painter, QRect(left, (self.height() - self._size) // 2, self._size, self._size))
        painter.end()

    @property
    def _size(self) -> int:
        return self.fontMetrics().height()

    @property
    def _gap(self) -> int:
        return self._size // 3


class SearchField(GlassField):
    """Search as you type: connect `textChanged`.

    Signals:
        leave: the person goes on to the results.
    """

    leave = Signal()

    def __init__(self, icons: Icons, hint: str) -> None:
        super().__init__(icons)
        self.setProperty("kind", "search")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for a name."""
        return QSize(self.fontMetrics().averageCharWidth() * LETTERS, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape clears, then leaves; Down leaves."""
        match event.key():
            case Qt.Key.Key_Escape if self.text():
                self.clear()
            case Qt.Key.Key_Escape | Qt.Key.Key_Down:
                self.leave.emit()
            case _:
                super().keyPressEvent(event)
