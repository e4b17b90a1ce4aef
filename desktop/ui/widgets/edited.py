"""Texts that look like text until one edits them, as high as what they hold. Kept on Enter or when the focus goes on, put back by Escape."""

import math
import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.widgets.label import label, restyle

_BREAK = re.compile(r"\s*[\r\n\u2028\u2029]+\s*")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MARGIN = 2  # pixels between the text and the padding of the style sheet
_MOST_LINES = 12  # what is longer is scrolled


class InPlaceText(QPlainTextEdit):
    """Some lines, edited in place. Tab goes on to the next field.

    Args:
        name: the accessible name.
        hint: shown while it is empty.
        lines: as high as these at least.
    Signals:
        committed: the new text; only when it is another one.
        judged: why it can't be; empty when it is right again.
    """

    committed = Signal(str)
    judged = Signal(str)

    def __init__(self, name: str, hint: str = "", *, lines: int = 2, look: str = "") -> None:
        super().__init__()
        self._kept = ""
        self._told: str | None = None
        self._lines = lines
        self._measured_for: object = None
        self._measured: dict[int, tuple[int, bool]] = {}
        self.setProperty("kind", "in_place")
        self.setProperty("look", look)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_MARGIN)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.textChanged.connect(self.updateGeometry)
        self._align()

    def text(self) -> str:
        """What it holds now."""
        return self.toPlainText()

    def setText(self, text: str) -> None:
        """Hold another text, kept or not."""
        self.setPlainText(text)

    def show_value(self, text: str) -> None:
        """What is so now. What the person is typing stays."""
        typing = self.hasFocus() and self.text() != self._kept
        self._kept, self._told = text, None
        self.clear_wrong()
        if not typing and self.text() != text:
            self.setText(text)

    def commit(self) -> None:
        """Keep what is typed; once, also where keeping it takes a while and the focus goes on meanwhile."""
        typed = self.text()
        if typed not in (self._kept, self._told):
            self._told = typed
            self.committed.emit(typed)

    def wrong(self, reason: str) -> None:
        """It can't be: say why, and leave what was typed."""
        self._told = None
        restyle(self, wrong="true")
        self.setToolTip(reason)
        self.setAccessibleDescription(reason)
        self.judged.emit(reason)

    def clear_wrong(self) -> None:
        """It is right."""
        if self.property("wrong"):
            restyle(self, wrong="")
            self.setToolTip("")
            self.setAccessibleDescription("")
            self.judged.emit("")

    def heightForWidth(self, width: int) -> int:
        """As high as its text, or its hint, when it is so wide."""
        return self._measure(width)[0]

    def sizeHint(self) -> QSize:
        """As high as it is at its present width."""
        return QSize(super().sizeHint().width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """A few letters of one line."""
        metrics, around = self.fontMetrics(), self.contentsMargins()
        return QSize(metrics.averageCharWidth() * 6, metrics.height() + around.top() + around.bottom() + 2 * _MARGIN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A bar only where there is more than it may be high."""
        super().resizeEvent(event)
        longer = self._measure(self.width())[1]
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if longer else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if policy != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)

    def changeEvent(self, event: QEvent) -> None:
        """Stand at the leading side also where the text itself is read the other way."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._align()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by keyboard can type over it."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason) and not self.isReadOnly():
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what is typed, and show its beginning."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
                self._unmark()
            self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts back what was."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._kept:
            self.setText(self._kept)
            self.clear_wrong()
            return
        super().keyPressEvent(event)

    def _unmark(self) -> None:
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def _align(self) -> None:
        side = Qt.AlignmentFlag.AlignRight if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else Qt.AlignmentFlag.AlignLeft
        option = self.document().defaultTextOption()
        option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        self.document().setDefaultTextOption(option)

    def _measure(self, width: int) -> tuple[int, bool]:
        """How high it is at a width, and whether it holds more than that; layouts ask for the same few widths again and again."""
        self.ensurePolished()
        text = self.text() or self.placeholderText()
        around = self.contentsMargins()
        asked = (text, self.font().key(), around.left(), around.top(), around.right(), around.bottom())
        if self._measured_for != asked:
            self._measured_for = asked
            self._measured.clear()
        if width not in self._measured:
            high, longer = self._text_height(text, width - around.left() - around.right() - 2 * _MARGIN)
            self._measured[width] = (high + around.top() + around.bottom() + 2 * _MARGIN, longer)
        return self._measured[width]

    def _text_height(self, text: str, room: int) -> tuple[int, bool]:
        """As the document lays it out: each paragraph wrapped at words, or inside one that is too long."""
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        one, high = math.ceil(QFontMetrics(self.font()).lineSpacing()), 0.0
        for paragraph in text.split("\n"):
            layout = QTextLayout(paragraph, self.font())
            layout.setTextOption(option)
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLeadingIncluded(True)
                line.setLineWidth(max(room, 1))
                high += line.height()
            layout.endLayout()
        return min(max(math.ceil(high), one * self._lines), one * _MOST_LINES), high > one * _MOST_LINES


class InPlaceLine(InPlaceText):
    """One text without paragraphs, such as a name or a place: it is wrapped where it is long, and Enter keeps it."""

    def __init__(self, name: str, hint: str = "", *, look: str = "") -> None:
        super().__init__(name, hint, lines=1, look=look)

    def setText(self, text: str) -> None:
        """Hold another text; a break in it becomes a space."""
        super().setText(_in_one(text))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What is pasted comes without its breaks."""
        plain = QMimeData()
        plain.setText(_in_one(source.text()))
        super().insertFromMimeData(plain)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps it."""
        if event.key() in _ENTER:
            self.commit()
            return
        super().keyPressEvent(event)


def problem_of(line: InPlaceText) -> QLabel:
    """What is wrong with a line, to stand below it; takes no room while nothing is."""
    made = label("", "bad small", wrap=True)
    made.hide()

    def tell(reason: str) -> None:
        made.setText(reason)
        made.setVisible(bool(reason))

    line.judged.connect(tell)
    return made


class InPlace(QWidget):
    """A line with what is wrong with it said below.

    Args:
        keep: called with the new text; it may call `refuse`.
        look: `title` for a heading.
    """

    def __init__(self, name: str, keep: Callable[[str], object], *, look: str = "", hint: str = "") -> None:
        super().__init__()
        self._keep = keep
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        self.line = InPlaceLine(name, hint, look=look)
        box.addWidget(self.line)
        box.addWidget(problem_of(self.line))
        self.line.committed.connect(self._committed)

    def show_text(self, text: str) -> None:
        """What is so now; what is being typed stays."""
        self.line.show_value(text)

    def keep(self) -> None:
        """Keep what was typed, where something was."""
        self.line.commit()

    def refuse(self, problem: str) -> None:
        """It can't be so; the text stays to be mended."""
        self.line.wrong(problem)

    def _committed(self, text: str) -> None:
        self.line.clear_wrong()
        self._keep(text)


def _in_one(text: str) -> str:
    return _BREAK.sub(" ", text.strip("\r\n"))
