"""Where it goes: a chip for each channel."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop.community.connections import Channel
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.chip import chip
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.label import label
from resources.translations import _


class PlacesBox(QWidget):
    """The chips.

    Signals:
        changed: other channels are chosen now.
        connect_wanted: there is no channel yet, and the person wants one.
    """

    changed = Signal()
    connect_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._chips: dict[str, QToolButton] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(0.5))
        self._holder = QWidget()
        self._flow = FlowLayout(theme.px(0.75), parent=self._holder)
        box.addWidget(self._holder)
        self._none = label("", "quiet", wrap=True)
        self._connect = button(_("Connect a group"), self.connect_wanted.emit)
        box.addWidget(self._none)
        row = QHBoxLayout()
        row.addWidget(self._connect)
        row.addStretch()
        box.addLayout(row)
        self._can_connect = True
        self.let_connect(True)

    def let_connect(self, can: bool) -> None:
        """Whether the person connects groups, or asks somebody to."""
        self._can_connect = can
        connect = _("There is no group here yet. Connect one first; what you write is kept.")
        ask = _("There is no group here yet. Ask your organizer to connect one; what you write is kept.")
        self._none.setText(connect if can else ask)
        self._connect.setVisible(can and not self._chips)

    def offer(self, channels: Sequence[Channel], ways: Mapping[str, str]) -> None:
        """Offer these; those that were chosen stay so. `ways`: how each is reached, by its id, for the tooltip."""
        chosen = self.chosen()
        self._flow.clear()
        self._chips = {}
        for one in channels:
            made = chip(one.name, on=one.id in chosen)
            made.setToolTip(ways.get(one.id, ""))
            made.toggled.connect(lambda _on: self.changed.emit())
            self._flow.addWidget(made)
            self._chips[one.id] = made
        self._holder.setVisible(bool(channels))
        self._none.setVisible(not channels)
        self._connect.setVisible(self._can_connect and not channels)
        self.updateGeometry()

    def chosen(self) -> tuple[str, ...]:
        """The ids of the chosen channels."""
        return tuple(row_id for row_id, made in self._chips.items() if made.isChecked())

    def choose(self, ids: Sequence[str]) -> None:
        """Choose these and no others. Says nothing."""
        for row_id, made in self._chips.items():
            made.blockSignals(True)
            made.setChecked(row_id in ids)
            made.blockSignals(False)
