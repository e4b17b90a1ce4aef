"""Asking for a passphrase: the fields, and the dialog that unlocks the file of secrets."""

import asyncio
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from desktop.community.ports import Safe, Secret
from desktop.ui.dialogs.sheet import Sheet
from desktop.ui.engine_calls import EngineCalls
from desktop.ui.kit import Kit
from desktop.ui.theme import Theme
from desktop.ui.widgets.label import label
from desktop.ui.widgets.lines import Column
from resources.translations import _

SHORT = 10  # letters
LONG = 20


class PassphraseFields(QWidget):
    """A new passphrase, typed twice; or one that exists, typed once.

    Signals:
        changed: something else is typed now.
    """

    changed = Signal()

    def __init__(self, theme: Theme, *, new: bool) -> None:
        super().__init__()
        self._new = new
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(0.75))
        self.first = _field(_("A new passphrase") if new else _("Passphrase"))
        self.second = _field(_("The same once more"))
        self.second.setVisible(new)
        self.shown = QCheckBox(_("Show what is typed"))
        self.shown.toggled.connect(self._show)
        self.said = label("", "quiet small", wrap=True)
        for widget in (self.first, self.second, self.shown, self.said):
            box.addWidget(widget)
        for field in (self.first, self.second):
            field.textChanged.connect(self._typed)
        self._typed()

    @property
    def passphrase(self) -> Secret | None:
        """What is typed; None where that can't be one yet."""
        text = self.first.text()
        return Secret(text) if text and (not self._new or text == self.second.text()) else None

    def clear(self) -> None:
        """Forget what is typed."""
        self.first.clear()
        self.second.clear()

    def _show(self, shown: bool) -> None:
        for field in (self.first, self.second):
            field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _typed(self) -> None:
        self.said.setText(self._hint())
        self.said.setVisible(bool(self.said.text()))
        self.changed.emit()

    def _hint(self) -> str:
        """Advice, never a condition."""
        first, second = self.first.text(), self.second.text()
        if not self._new:
            return ""
        if second and second != first:
            return _("The two are not the same yet.")
        if not first:
            return _("Four or five words in a row are easy to remember and hard to guess.")
        if len(first) < SHORT:
            return _("Rather short: somebody who has the file could guess it.")
        return _("A long one: hard to guess.") if len(first) >= LONG else _("Longer is better; a sentence will do.")


class UnlockDialog(Sheet):
    """Asks for the passphrase of the file of secrets, and unlocks it.

    Signals:
        unlocked: it was the right one.
    """

    unlocked = Signal()

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(
            kit.theme,
            _("Unlock the passwords"),
            _("They are in a file that your passphrase locks. Until it is unlocked, what goes out through a service waits; all else works as usual."),
            _("Unlock"),
            self._unlock,
            parent,
            size=(60, 38),
        )
        self._safe: Safe = kit.program.secrets()
        self._calls = EngineCalls(kit.engine, self)
        self.fields = PassphraseFields(kit.theme, new=False)
        self.wrong = label("", "bad", wrap=True)
        self.wrong.hide()
        column = Column(kit.theme, margin=0)
        for widget in (self.sentence, self.fields, self.wrong):
            column.box.addWidget(widget)
        column.box.addStretch()
        self.box.addWidget(column, 1)
        self.cancel.setText(_("Later"))
        self.fields.changed.connect(self._typed)
        self.finished.connect(self._end)
        self.fields.first.setFocus()
        self._typed()

    def _typed(self) -> None:
        self.go.setEnabled(self.fields.passphrase is not None and not self._calls.busy)

    def _unlock(self) -> None:
        passphrase = self.fields.passphrase
        if passphrase is None:
            return
        self.wrong.hide()
        self._calls.ask(asyncio.to_thread(self._safe.unlock, passphrase), lambda _nothing: self._opened(), self._refused)
        self.go.setEnabled(False)

    def _opened(self) -> None:
        self.unlocked.emit()
        self.accept()

    def _refused(self, why: str) -> None:
        self.wrong.setText(why)
        self.wrong.show()
        self._typed()
        self.fields.first.selectAll()
        self.fields.first.setFocus()

    def _end(self) -> None:
        self.fields.clear()
        self._calls.end()


def _field(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setAccessibleName(name)
    made.setPlaceholderText(name)
    made.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhNoAutoUppercase)
    return made


def unlock(kit: Kit, parent: QWidget, then: Callable[[], object]) -> UnlockDialog:
    """Ask for the passphrase; `then` is called when it was the right one, and not at all when the person leaves it for later."""
    dialog = UnlockDialog(kit, parent)
    dialog.unlocked.connect(lambda: then())
    dialog.open()
    return dialog
