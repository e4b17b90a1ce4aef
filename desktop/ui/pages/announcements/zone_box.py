"""A time zone: the community's own, said as “Lisbon time”, and all others behind it, read when they are asked for."""

from importlib import resources

from PySide6.QtCore import Signal

from desktop.ui.rule_words import zone_words
from desktop.ui.widgets.combo import Combo, name_box
from resources.translations import _


class ZoneBox(Combo):
    """Chooses a zone.

    Signals:
        picked: the person has chosen another one.
    """

    picked = Signal()

    def __init__(self, home: str) -> None:
        super().__init__()
        name_box(self, _("Time zone"))
        self.setMaxVisibleItems(16)
        self.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContentsOnFirstShow)
        self.addItem(zone_words(home), home)
        self._filled = False
        self.activated.connect(lambda: self.picked.emit())

    @property
    def zone(self) -> str:
        """Its IANA name."""
        return str(self.currentData())

    def choose(self, zone: str) -> None:
        """Show this zone."""
        index = self.findData(zone)
        if index < 0:
            self.addItem(zone_words(zone), zone)
            index = self.count() - 1
        self.setCurrentIndex(index)

    def showPopup(self) -> None:
        """All zones, by place."""
        if not self._filled:
            self._filled = True
            known = {self.itemData(number) for number in range(self.count())}
            # The package tzdata lists its zones in this file: no folder has to be searched.
            names = (resources.files("tzdata") / "zones").read_text("utf-8").split()
            for name in sorted(names):
                if "/" in name and not name.startswith("Etc/") and name not in known:
                    self.addItem(name.replace("_", " "), name)
        super().showPopup()
