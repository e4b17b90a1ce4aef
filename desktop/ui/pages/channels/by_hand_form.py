"""The form for a place that a person posts to: what it is called, and what to open."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from desktop.actions import channel_edits
from desktop.actions.by_hand_places import PRESETS, Preset
from desktop.store.database import Store
from desktop.ui.kit import Kit
from desktop.ui.widgets.label import label, restyle
from desktop.ui.widgets.lines import Column
from resources.translations import _


class ByHandForm(Column):
    """One preset's form.

    Signals:
        ready: whether it can be added as it is.
        made: the id of the new channel.
    """

    ready = Signal(bool)
    made = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit.theme, widest=560)
        self._kit = kit
        self._preset: Preset = PRESETS[-1]
        box, px = self.box, kit.theme.px
        self._sentence = label("", "quiet", wrap=True)
        box.addWidget(self._sentence)
        box.addSpacing(px(2))
        box.addWidget(label(_("What do you call it?"), "strong"))
        self.name = QLineEdit()
        self.name.setAccessibleName(_("What do you call it?"))
        self.name.textChanged.connect(self._look)
        self.name.returnPressed.connect(self._entered)
        box.addWidget(self.name)
        box.addSpacing(px(1))
        self._asks = label("", "strong", wrap=True)
        box.addWidget(self._asks)
        self.address = QLineEdit()
        self.address.textChanged.connect(self._look)
        self.address.returnPressed.connect(self._entered)
        box.addWidget(self.address)
        self._problem = label("", "bad", wrap=True)
        self._problem.hide()
        box.addWidget(self._problem)
        box.addStretch()

    def show_preset(self, chosen: Preset) -> None:
        """Ask for what this kind of place needs."""
        self._preset = chosen
        self._sentence.setText(_(chosen.sentence))
        self.name.setText(_(chosen.name))
        asks = _(chosen.asks) if chosen.asks else ""
        self._asks.setText(asks)
        self._asks.setVisible(bool(asks))
        self.address.setVisible(bool(asks))
        self.address.setAccessibleName(asks or _("Address"))
        self.address.setPlaceholderText(chosen.hint)
        self.address.clear()
        self._look()

    def begin(self) -> None:
        """The name is there to be written over."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()
        self._look()

    def add(self) -> None:
        """Keep it."""
        chosen, name, address = self._preset, self.name.text(), self._preset.address(self.address.text())

        def keep(store: Store) -> str:
            return channel_edits.add_by_hand(store, name, address, chosen.formatting)

        self._kit.operations.run(keep, self.made.emit, failed=lambda error: self._say(str(error)))

    def _entered(self) -> None:
        if self._complete():
            self.add()

    def _complete(self) -> bool:
        return bool(self.name.text().strip()) and (not self._preset.needed or bool(self.address.text().strip()))

    def _look(self) -> None:
        self._say("")
        self.ready.emit(self._complete())

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        restyle(self.address, wrong="true" if problem else "false")
