"""A field to search in: a glass, a hint, a clear button; Escape clears, the arrow down goes to what was found."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desktop.ui.icons import Icons

LETTERS = 24


class SearchField(QLineEdit):
    """Search as you type: connect `textChanged`.

    Signals:
        leave: the person goes on to the results.
    """

    leave = Signal()

    def __init__(self, icons: Icons, hint: str) -> None:
        super().__init__()
        self.setProperty("kind", "search")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        self.addAction(icons.icon("search", "text_quiet"), QLineEdit.ActionPosition.LeadingPosition)

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
