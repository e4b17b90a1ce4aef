"""A line to type a tag into, completed with what there is."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit


class TagLine(QLineEdit):
    """Takes tags, one after the other.

    Signals:
        committed: what was typed; the line is empty again.
    """

    committed = Signal(str)

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setProperty("kind", "in_place")
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._known = QStringListModel(self)
        completer = QCompleter(self)
        completer.setModel(self._known)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self.editingFinished.connect(self._commit)
        self._align()

    def offer(self, known: Sequence[str]) -> None:
        """Complete with these."""
        self._known.setStringList(list(known))

    def changeEvent(self, event: QEvent) -> None:
        """Stand at the leading side also where the text itself is read the other way."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._align()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what is typed."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def _align(self) -> None:
        side = Qt.AlignmentFlag.AlignRight if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)

    def _commit(self) -> None:
        text = self.text()
        self.clear()
        if text.strip():
            self.committed.emit(text)
