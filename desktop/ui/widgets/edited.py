"""Fields that look like text until one edits them: kept on Enter or when the focus goes on, put back by Escape."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy

from desktop.ui.widgets.label import restyle


class InPlaceLine(QLineEdit):
    """One line, edited in place.

    Args:
        name: the accessible name.
        hint: shown while it is empty.
    Signals:
        committed: the new text; only when it is another one.
    """

    committed = Signal(str)

    def __init__(self, name: str, hint: str = "", *, look: str = "") -> None:
        super().__init__()
        self._kept = ""
        self.setProperty("kind", "in_place")
        self.setProperty("look", look)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.editingFinished.connect(self.commit)
        self._align()

    def changeEvent(self, event: QEvent) -> None:
        """Stand at the leading side also where the text itself is read the other way."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._align()

    def _align(self) -> None:
        side = Qt.AlignmentFlag.AlignRight if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)

    def show_value(self, text: str) -> None:
        """What is so now. What the person is typing stays."""
        typing = self.hasFocus() and self.text() != self._kept
        self._kept = text
        self.clear_wrong()
        if not typing and self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def commit(self) -> None:
        """Keep what is typed."""
        if self.text() != self._kept:
            self.committed.emit(self.text())

    def wrong(self, reason: str) -> None:
        """It can't be: say why, and leave what was typed."""
        restyle(self, wrong="true")
        self.setToolTip(reason)
        self.setAccessibleDescription(reason)

    def clear_wrong(self) -> None:
        """It is right."""
        if self.property("wrong"):
            restyle(self, wrong="")
            self.setToolTip("")
            self.setAccessibleDescription("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts back what was."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._kept:
            self.setText(self._kept)
            self.clear_wrong()
            return
        super().keyPressEvent(event)


class InPlaceText(QPlainTextEdit):
    """Some lines, edited in place; as high as its text. Tab goes on to the next field.

    Signals:
        committed: the new text; only when it is another one.
    """

    committed = Signal(str)

    def __init__(self, name: str, hint: str = "", *, lines: int = 2) -> None:
        super().__init__()
        self._kept = ""
        self._lines = lines
        self.setProperty("kind", "in_place")
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.updateGeometry)

    def show_value(self, text: str) -> None:
        """What is so now. What the person is typing stays."""
        typing = self.hasFocus() and self.toPlainText() != self._kept
        self._kept = text
        if not typing and self.toPlainText() != text:
            self.setPlainText(text)

    def commit(self) -> None:
        """Keep what is typed."""
        if self.toPlainText() != self._kept:
            self.committed.emit(self.toPlainText())

    def sizeHint(self) -> QSize:
        """As high as the text, up to twelve lines."""
        lines = min(max(self.document().size().height(), self._lines), 12)
        return QSize(super().sizeHint().width(), round(lines * self.fontMetrics().lineSpacing()) + 2 * self.fontMetrics().descent() + 16)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what is typed."""
        super().focusOutEvent(event)
        self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts back what was."""
        if event.key() == Qt.Key.Key_Escape and self.toPlainText() != self._kept:
            self.setPlainText(self._kept)
            return
        super().keyPressEvent(event)
