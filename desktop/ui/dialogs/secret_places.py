"""Choosing where secrets are kept, and moving them there."""

import asyncio
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from desktop.community.ports import Moved, Safe, Secret, VaultKind
from desktop.store import connections
from desktop.ui.dialogs.passphrase import PassphraseFields
from desktop.ui.dialogs.sheet import Sheet
from desktop.ui.engine_calls import EngineCalls
from desktop.ui.kit import Kit
from desktop.ui.news import EVERYTHING
from desktop.ui.widgets.label import label
from desktop.ui.widgets.lines import Column
from resources.translations import _, mark, ngettext

PLACES = {
    VaultKind.KEYRING: (
        mark("In this computer’s keyring"),
        mark("The system locks it with your log-in. The best place where it works."),
    ),
    VaultKind.FILE: (
        mark("In a file that a passphrase locks"),
        mark("Belfry asks for the passphrase at each start. Whoever forgets it connects the services anew; nothing else is lost."),
    ),
    VaultKind.RUN: (
        mark("Nowhere: only until Belfry is quit"),
        mark("Nothing is written. What is kept elsewhere stays there, and is used again after the next start."),
    ),
}
NOW = {
    VaultKind.KEYRING: mark("Tokens and passwords are in this computer’s keyring, never in the community’s file."),
    VaultKind.FILE: mark("Tokens and passwords are in a file of their own that a passphrase locks, never in the community’s file."),
    VaultKind.RUN: mark("Tokens and passwords are remembered until Belfry is quit. What is given meanwhile is not written anywhere."),
}
"""What is so, for each place."""


class SecretPlaces(Sheet):
    """The three places, with what each means.

    Args:
        problem: why another one is needed; empty: the person wants one.
    Signals:
        chosen: they are kept there from now on.
    """

    chosen = Signal()

    def __init__(self, kit: Kit, parent: QWidget, problem: str = "") -> None:
        super().__init__(
            kit.theme,
            _("Where tokens and passwords are kept"),
            problem or _("Those that are there come along. The community’s file never holds them, so a copy of it can be given away."),
            _("Keep them there"),
            self._move,
            parent,
            size=(68, 72),
        )
        self._kit = kit
        self._safe: Safe = kit.program.secrets()
        self._calls = EngineCalls(kit.engine, self)
        px = kit.theme.px
        column = Column(kit.theme, margin=0)
        column.box.addWidget(self.sentence)  # scrolls with the rest: it may be long
        self._group = QButtonGroup(self)
        self.places: dict[VaultKind, QRadioButton] = {}
        self.fields = PassphraseFields(kit.theme, new=not self._safe.begun)
        for kind, (name, meaning) in PLACES.items():
            radio = self.places[kind] = QRadioButton(_("{place} (now)").format(place=_(name)) if kind is self._safe.kind else _(name))
            radio.setAccessibleDescription(_(meaning))
            radio.setEnabled(kind is not self._safe.kind)
            radio.toggled.connect(self._changed)
            self._group.addButton(radio)
            column.box.addWidget(radio)
            under = QWidget()
            box = QVBoxLayout(under)
            box.setContentsMargins(px(3), 0, 0, px(1))
            box.addWidget(label(_(meaning), "quiet small", wrap=True))
            if kind is VaultKind.FILE:
                box.addWidget(self.fields)
            column.box.addWidget(under)
        column.box.addStretch()
        self.box.addWidget(column, 1)
        self.wrong = label("", "bad", wrap=True)
        self.wrong.hide()
        self.box.addWidget(self.wrong)
        self.fields.changed.connect(self._changed)
        self.finished.connect(self._end)
        first = VaultKind.FILE if self._safe.kind is VaultKind.KEYRING else VaultKind.KEYRING
        self.places[first].setChecked(True)
        self.places[first].setFocus()
        self._changed()

    @property
    def place(self) -> VaultKind:
        """What is chosen."""
        return next(kind for kind, radio in self.places.items() if radio.isChecked())

    def _changed(self) -> None:
        if self._group.checkedButton() is None:
            return
        file = self.place is VaultKind.FILE
        self.fields.setVisible(file)
        self.go.setEnabled((not file or self.fields.passphrase is not None) and not self._calls.busy)

    def _move(self) -> None:
        passphrase = self.fields.passphrase if self.place is VaultKind.FILE else Secret("")
        if passphrase is None:
            return
        self.wrong.hide()
        refs, kind = connections.secret_refs(self._kit.store), self.place
        self._calls.ask(asyncio.to_thread(self._safe.move, kind, refs, passphrase), self._moved, self._refused)
        self.go.setEnabled(False)
        self.go.setText(_("Moving …"))

    def _moved(self, done: Moved) -> None:
        self._kit.notices.say(said(self._safe.kind, done), key="secrets")
        self._kit.operations.news.emit(EVERYTHING)
        self._kit.engine.wake()
        self.chosen.emit()
        self.accept()

    def _refused(self, why: str) -> None:
        self.go.setText(_("Keep them there"))
        self.wrong.setText(why)
        self.wrong.show()
        self._changed()

    def _end(self) -> None:
        self.fields.clear()
        self._calls.end()


def said(kind: VaultKind, done: Moved) -> str:
    """What is so now, and what came along."""
    lines = [_(NOW[kind])]
    if done.moved:
        lines.append(ngettext("{n} of them came along.", "{n} of them came along.", done.moved).format(n=done.moved))
    if done.left:
        left = ngettext("{n} could not be deleted from the old place.", "{n} could not be deleted from the old place.", done.left)
        lines.append(left.format(n=done.left))
    return "\n".join(lines)


def choose_place(kit: Kit, parent: QWidget, problem: str = "", then: Callable[[], object] | None = None) -> SecretPlaces:
    """Ask where secrets are kept; `then` is called when they are."""
    dialog = SecretPlaces(kit, parent, problem)
    if then is not None:
        dialog.chosen.connect(lambda: then())
    dialog.open()
    return dialog
