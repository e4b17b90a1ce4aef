"""Choosing one of several in a settings row: a box that keeps what is chosen at once, and a row of colours."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QComboBox, QCompleter, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.combo import Combo
from desktop.ui.widgets.flow import FlowLayout

SWATCH = 3.5  # units of the grid
WIDTH = 30  # letters that a long list's box has room for


def choice(options: Sequence[tuple[str, str]], keep: Callable[[str], object]) -> QComboBox:
    """A box of (value, words). `keep` is called with the value that a person chooses."""
    box = Combo()
    for value, words in options:
        box.addItem(words, value)
    box.activated.connect(lambda index: keep(str(box.itemData(index))))
    return box


class LongChoice(Combo):
    """A box of hundreds, in which what is typed finds the words. It holds what is chosen alone until somebody goes to it.

    Args:
        options: all (value, words), in their order; asked once, on the UI thread.
        words: how one value is said.
        keep: called with the value that a person chooses.
    """

    def __init__(self, options: Callable[[], Sequence[tuple[str, str]]], words: Callable[[str], str], keep: Callable[[str], object]) -> None:
        super().__init__()
        self._options: Callable[[], Sequence[tuple[str, str]]] | None = options
        self._words = words
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(WIDTH)
        completer = QCompleter(self.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.activated.connect(lambda index: keep(str(self.itemData(index))))

    def show_value(self, value: str) -> None:
        """Show what is so now."""
        if self._options is not None and self.findData(value) < 0:
            self.clear()
            self.addItem(self._words(value), value)
        show_choice(self, value)

    def fill(self) -> None:
        """Offer all of them; what is chosen stays."""
        if self._options is None:
            return
        options, self._options = self._options(), None
        chosen = str(self.currentData() or "")
        self.clear()
        for value, words in options:
            self.addItem(words, value)
        show_choice(self, chosen)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Somebody is here."""
        self.fill()
        super().focusInEvent(event)

    def showPopup(self) -> None:
        """Open the list."""
        self.fill()
        super().showPopup()


def show_choice(box: QComboBox, value: str) -> None:
    """Show what is so now; what can't be found is shown as it is."""
    index = box.findData(value)
    if index < 0 and value:
        box.addItem(value, value)
        index = box.count() - 1
    box.setCurrentIndex(index)


class Swatch(QAbstractButton):
    """One colour to choose, as a disc with a ring where it is chosen."""

    def __init__(self, theme: Theme, colour: str, name: str) -> None:
        super().__init__()
        self._theme, self._colour = theme, QColor(colour)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """A square on the grid."""
        return QSize(self._theme.px(SWATCH), self._theme.px(SWATCH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the disc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(5, 5, -5, -5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.drawEllipse(box)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.setPen(QPen(self._theme.colour("text"), 2))
            painter.drawEllipse(QRectF(self.rect()).adjusted(2, 2, -2, -2))
        if self.hasFocus():  # a frame around it, whether it is chosen or not
            painter.setPen(QPen(self._theme.colour("accent_text"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), self._theme.px(0.5), self._theme.px(0.5))
        painter.end()


class Swatches(QWidget):
    """A row of colours, one of them chosen."""

    def __init__(self, theme: Theme, colours: Sequence[tuple[str, str]], keep: Callable[[str], object]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Swatch] = {}
        row = FlowLayout(theme.px(0.5), parent=self)
        for colour, name in colours:
            button = Swatch(theme, colour, name)
            button.clicked.connect(lambda _checked=False, chosen=colour: keep(chosen))
            self._group.addButton(button)
            self._buttons[colour] = button
            row.addWidget(button)

    def show_chosen(self, colour: str) -> None:
        """Show which one is chosen."""
        if colour in self._buttons:
            self._buttons[colour].setChecked(True)
