"""The editor: Markdown, shown formatted while it is written (the marks stay, quietly: nothing is ever hidden or lost), and its toolbar."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.ui.icons import Icons
from desktop.ui.pages.announcements.pasted import markdown_of
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import icon_button
from resources.translations import _

_BEYOND = "\U00010000"
_ADDRESS = re.compile(r"https?://\S+")
_LIST = re.compile(r"^(\s*)([-*+]|\d+[.)])\s+")


class Highlighter(QSyntaxHighlighter):
    """Shows bold text bold and so on. A hint while writing; what is true is the preview."""

    _RULES = (
        (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), "bold"),
        (re.compile(r"(?<![*\w])(\*)(?=[^\s*])([^*\n]+?)(?<=\S)\1(?!\*)"), "italic"),
        (re.compile(r"(?<![_\w])(_)(?=[^\s_])([^_\n]+?)(?<=\S)\1(?![_\w])"), "italic"),
        (re.compile(r"(~~)(?=\S)(.+?)(?<=\S)\1"), "strike"),
        (re.compile(r"(`+)(.+?)\1"), "code"),
    )
    _LINK = re.compile(r"\[([^\]\n]+)\]\([^)\s]*\)")

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        theme.changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        """One line."""
        text = _one_unit_each(text)
        quiet = QTextCharFormat()
        quiet.setForeground(self._theme.colour("line_strong"))
        mark = _LIST.match(text)
        if mark:
            listed = QTextCharFormat()
            listed.setForeground(self._theme.colour("accent_text"))
            listed.setFontWeight(QFont.Weight.Bold)
            self.setFormat(mark.start(2), len(mark[2]), listed)
        if re.match(r"#{1,6} ", text):
            heading = QTextCharFormat()
            heading.setFontWeight(QFont.Weight.Bold)
            self.setFormat(0, len(text), heading)
        for rule, look in self._RULES:
            for found in rule.finditer(text):
                self._paint(found.start(2), found.end(2), look)
                for start, length in ((found.start(), len(found[1])), (found.end() - len(found[1]), len(found[1]))):
                    self.setFormat(start, length, quiet)
        for found in self._LINK.finditer(text):
            link = QTextCharFormat()
            link.setForeground(self._theme.colour("accent_text"))
            link.setFontUnderline(True)
            self.setFormat(found.start(), len(found[0]), quiet)
            self.setFormat(found.start(1), len(found[1]), link)

    def _paint(self, start: int, end: int, look: str) -> None:
        for place in range(start, end):
            form = QTextCharFormat(self.format(place))
            match look:
                case "bold":
                    form.setFontWeight(QFont.Weight.Bold)
                case "italic":
                    form.setFontItalic(True)
                case "strike":
                    form.setFontStrikeOut(True)
                case "code":
                    form.setFontFamilies(["monospace"])
            self.setFormat(place, 1, form)


class MarkdownEdit(QPlainTextEdit):
    """A field for Markdown.

    Signals:
        picture_pasted: a `QImage` came from the clipboard or was dropped.
        files_given: a list of `Path`s was dropped or pasted.
    """

    picture_pasted = Signal(object)
    files_given = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(_("Text of the announcement"))
        self.setPlaceholderText(_("What is there to say? Drop a photo here, or paste one."))
        self.setTabChangesFocus(True)
        self.setMinimumHeight(theme.px(16))
        self.highlighter = Highlighter(self.document(), theme)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Texts, pictures and files."""
        return source.hasImage() or source.hasUrls() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """A picture or files go with the message; a text is written, and a copied address makes a link of what is selected."""
        paths = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if paths:
            self.files_given.emit(paths)
        elif source.hasImage() and not source.hasText():
            image = source.imageData()
            if isinstance(image, QImage):
                self.picture_pasted.emit(image)
        elif self.textCursor().hasSelection() and _ADDRESS.fullmatch(source.text().strip()):
            self.link(source.text().strip())
        else:
            self._put((markdown_of(source.html()) if source.hasHtml() else "") or source.text())

    def paste_plain(self) -> None:
        """What was copied, without its formatting."""
        self._put(QGuiApplication.clipboard().text())

    def _put(self, text: str) -> None:
        """Write it at the cursor, as one step of undo."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.insertText(text)
        cursor.endEditBlock()
        self.ensureCursorVisible()

    def surround(self, mark: str) -> None:
        """Put marks around what is selected, or take them away where they are there; without a selection, write between them."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        text = _one_unit_each(cursor.selectedText().replace("\u2029", "\n"))
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        whole, size = _one_unit_each(self.toPlainText()), len(mark)
        cursor.beginEditBlock()
        if len(text) > 2 * size and _marked(mark, _edge(text, mark), _edge(text[::-1], mark)):
            cursor.insertText(_letters(text[size:-size]))
            first, last = start, end - 2 * size
        elif _marked(mark, _edge(whole[:start][::-1], mark), _edge(whole[end:], mark)):
            cursor.setPosition(start - size)
            cursor.setPosition(end + size, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(_letters(text))
            first, last = start - size, end - size
        else:
            bare = text.strip()
            before, after = text[: len(text) - len(text.lstrip())] if bare else text, text[len(text.rstrip()) :] if bare else ""
            # Marks hold within one paragraph's line: each line gets its own.
            lines = "\n".join(f"{mark}{line}{mark}" if line.strip() else line for line in bare.split("\n")) if bare else mark + mark
            cursor.insertText(_letters(before + lines + after))
            first = start + len(before) + size
            last = first + (len(lines) - 2 * size)
        cursor.endEditBlock()
        self._select(first, last)

    def link(self, address: str = "") -> None:
        """Make a link of what is selected. Without an address it leads to the one that was copied last, selected to be written over."""
        copied = QGuiApplication.clipboard().text().strip()
        cursor = self.textCursor()
        text = cursor.selectedText() or _("text of the link")
        start = cursor.selectionStart()
        shown = address or (copied if _ADDRESS.fullmatch(copied) else "https://")
        cursor.insertText(f"[{text}]({shown})")
        if address:
            return
        where = start + len(_one_unit_each(text)) + 3
        self._select(where, where + len(_one_unit_each(shown)))

    def bullets(self) -> None:
        """Make points of the selected lines, or lines of the points."""
        cursor = self.textCursor()
        document = self.document()
        first, last = document.findBlock(cursor.selectionStart()), document.findBlock(cursor.selectionEnd())
        blocks = [document.findBlockByNumber(number) for number in range(first.blockNumber(), last.blockNumber() + 1)]
        all_points = all(block.text().startswith("- ") for block in blocks)
        cursor.beginEditBlock()
        for block in blocks:
            at = QTextCursor(block)
            if all_points:
                at.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, 2)
                at.removeSelectedText()
            elif not block.text().startswith("- "):
                at.insertText("- ")
        cursor.endEditBlock()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a list goes on with the list; on an empty point it ends it. Ctrl+Enter is the page's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            cursor = self.textCursor()
            line = cursor.block().text()
            found = _LIST.match(line)
            if found and not cursor.hasSelection() and cursor.positionInBlock() >= found.end():
                if line[found.end() :].strip():
                    cursor.insertText(f"\n{found[1]}{_next(found[2])} ")
                else:
                    cursor.select(QTextCursor.SelectionType.LineUnderCursor)
                    cursor.removeSelectedText()
                self.ensureCursorVisible()
                return
        super().keyPressEvent(event)

    def _select(self, first: int, last: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(first)
        cursor.setPosition(max(last, first), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus()


class Editor(QWidget):
    """The field with its toolbar.

    Attributes:
        field: the field.
        bar: the row of buttons, for more of them at its end.
    """

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(0.5))
        self.field = MarkdownEdit(theme)
        self.bar = QHBoxLayout()
        self.bar.setSpacing(theme.px(0.25))
        tools: tuple[tuple[str, str, str, Callable[[], object]], ...] = (
            ("bold", _("Bold"), "Ctrl+B", lambda: self.field.surround("**")),
            ("italic", _("Italic"), "Ctrl+I", lambda: self.field.surround("*")),
            ("strikethrough", _("Struck out"), "Ctrl+Shift+X", lambda: self.field.surround("~~")),
            ("code", _("Code"), "Ctrl+Shift+C", lambda: self.field.surround("`")),
            ("link", _("Link"), "Ctrl+Shift+K", lambda: self.field.link()),
            ("list", _("List"), "Ctrl+Shift+L", lambda: self.field.bullets()),
        )
        plain = QShortcut(QKeySequence("Ctrl+Shift+V"), self.field)
        plain.setContext(Qt.ShortcutContext.WidgetShortcut)
        plain.activated.connect(self.field.paste_plain)
        for icon, name, key, do in tools:
            sequence = QKeySequence(key)
            made = icon_button(theme, icons, icon, name, do)
            made.setToolTip(f"{name} ({sequence.toString(QKeySequence.SequenceFormat.NativeText)})")
            self.bar.addWidget(made)
            shortcut = QShortcut(sequence, self.field)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(do)
        self.bar.addStretch()
        box.addLayout(self.bar)
        box.addWidget(self.field, 1)


def _next(mark: str) -> str:
    """The mark of the next point: the next number, or the same bullet."""
    return f"{int(mark[:-1]) + 1}{mark[-1]}" if mark[:-1].isdigit() else mark


def _edge(text: str, mark: str) -> int:
    """How many of the mark's letter a text begins with."""
    return len(text) - len(text.lstrip(mark[0]))


def _marked(mark: str, before: int, after: int) -> bool:
    """Whether runs of a mark's letter of these lengths hold this mark: of `***`, one is italic's and two are bold's."""
    run = min(before, after)
    return run % 2 == 1 if mark == "*" else run >= len(mark)


def _one_unit_each(text: str) -> str:
    """The text with two letters (surrogates) where Qt counts two, as for an emoji: places in it are places in the document."""
    if text.isascii():
        return text
    return "".join(letter if letter < _BEYOND else _halves(ord(letter) - ord(_BEYOND)) for letter in text)


def _halves(rest: int) -> str:
    return chr(0xD800 + (rest >> 10)) + chr(0xDC00 + (rest & 0x3FF))


def _letters(text: str) -> str:
    """The inverse of `_one_unit_each`."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
