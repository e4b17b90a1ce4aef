"""What is written and how it will look, side by side; one at a time where the window is narrow, with a button that goes to the other."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.lines import line
from resources.translations import _

NARROW = 640  # pixels at 100 %: below, the preview takes the place of the editor


class Sides(QHBoxLayout):
    """Both sides.

    Attributes:
        switch: the button; it stands at the foot of the page, and only in a narrow window.
    """

    def __init__(self, theme: Theme, fields: QWidget, preview: QWidget) -> None:
        super().__init__()
        self._theme, self._fields, self._preview = theme, fields, preview
        self._shows_preview = False
        self._width = 0
        self._parting = line(upright=True)
        self.switch = button(_("Preview"), self._turn)
        self.setSpacing(0)
        self.addWidget(fields, 11)
        self.addWidget(self._parting)
        self.addWidget(preview, 9)

    def arrange(self, width: int) -> None:
        """The page is so wide."""
        self._width = width
        narrow = width < NARROW * self._theme.scale
        self.switch.setVisible(narrow)
        self.switch.setText(_("Write") if self._shows_preview else _("Preview"))
        self._fields.setVisible(not narrow or not self._shows_preview)
        self._preview.setVisible(not narrow or self._shows_preview)
        self._parting.setVisible(not narrow)

    def _turn(self) -> None:
        self._shows_preview = not self._shows_preview
        self.arrange(self._width)
