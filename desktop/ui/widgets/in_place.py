"""A line that is edited where it is shown, with what is wrong with it said below."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.widgets.edited import InPlaceLine
from desktop.ui.widgets.label import label


class InPlace(QWidget):
    """One line.

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
        self._problem = label("", "bad small", wrap=True)
        self._problem.hide()
        box.addWidget(self.line)
        box.addWidget(self._problem)
        self.line.committed.connect(self._committed)

    def show_text(self, text: str) -> None:
        """What is so now; what is being typed stays."""
        self.line.show_value(text)
        self._problem.hide()

    def keep(self) -> None:
        """Keep what was typed, where something was."""
        self.line.commit()

    def refuse(self, problem: str) -> None:
        """It can't be so; the text stays to be mended."""
        self.line.wrong(problem)
        self._problem.setText(problem)
        self._problem.show()

    def _committed(self, text: str) -> None:
        self._problem.hide()
        self._keep(text)
