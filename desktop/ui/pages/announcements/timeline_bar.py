"""Above the timeline: to which channel, and how much that is."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.combo import Combo, name_box
from desktop.ui.widgets.label import ElidedLabel
from resources.translations import _


class TimelineBar(QWidget):
    """The filter, and a quiet count.

    Signals:
        changed: another channel was chosen.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._names: Mapping[str, str] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(3), theme.px(1), theme.px(3), theme.px(1))
        row.setSpacing(theme.px(2))
        self.channels = Combo()
        name_box(self.channels, _("Which channel"))
        self.channels.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.channels.setMinimumContentsLength(18)
        self.channels.addItem(_("All channels"), "")
        self.channels.currentIndexChanged.connect(lambda _index: self.changed.emit())
        row.addWidget(self.channels)
        self._count = ElidedLabel("", "quiet")
        row.addWidget(self._count, 1)

    @property
    def channel(self) -> str:
        """The id of the channel that is shown; empty for all."""
        return str(self.channels.currentData() or "")

    def offer(self, names: Mapping[str, str]) -> None:
        """Offer these channels, by id. Says nothing; a channel that is gone is no longer filtered by."""
        if names == self._names:
            return
        self._names = dict(names)
        chosen = self.channel
        blocked = self.channels.blockSignals(True)
        self.channels.clear()
        self.channels.addItem(_("All channels"), "")
        for row_id, name in names.items():
            self.channels.addItem(name, row_id)
        self.channels.setCurrentIndex(max(self.channels.findData(chosen), 0))
        self.channels.blockSignals(blocked)

    def show_all(self) -> None:
        """All channels."""
        self.channels.setCurrentIndex(0)

    def say(self, text: str) -> None:
        """How much there is."""
        self._count.setText(text)
