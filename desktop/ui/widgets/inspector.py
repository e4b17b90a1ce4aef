"""The inspector: the panel at the trailing side of a page that shows and edits what is selected, in place."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.lines import Column, line

NARROWEST, USUAL, WIDEST = 300, 360, 460  # pixels at 100 %
FOOT = 9  # units of the grid below the last thing: it can be scrolled to above a toast


class Inspector(QWidget):
    """A frame with a hairline at its leading side and scrolled content.

    Attributes:
        box: where the content goes.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(line(upright=True))
        self.column = Column(theme, widest=WIDEST, margin=2, foot=FOOT)
        row.addWidget(self.column, 1)
        self.setMinimumWidth(round(NARROWEST * theme.scale))
        self.setMaximumWidth(round(WIDEST * theme.scale))

    @property
    def box(self) -> QVBoxLayout:
        """Where the content goes."""
        return self.column.box


class Beside(QWidget):
    """A list with an inspector beside it. Where the window is narrow, the inspector takes the place of the list and has a way back.

    Signals are the page's own: it calls `show_inspector` and `hide_inspector`.
    """

    def __init__(self, theme: Theme, content: QWidget, inspector: QWidget, *, narrow: int = 620) -> None:
        super().__init__()
        self._content, self._inspector = content, inspector
        self._narrow = round(narrow * theme.scale)
        self._open = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(content, 5)
        row.addWidget(inspector, 2)
        inspector.hide()

    @property
    def covers(self) -> bool:
        """Whether the inspector, when it is open, stands in the place of the list."""
        return self.width() < self._narrow

    def show_inspector(self, shown: bool) -> None:
        """Open or close it."""
        self._open = shown
        self._arrange()

    def resizeEvent(self, event: object) -> None:
        """Side by side, or one at a time."""
        self._arrange()

    def _arrange(self) -> None:
        self._inspector.setVisible(self._open)
        self._inspector.setMaximumWidth(16_777_215 if self.covers else round(WIDEST * max(self._inspector.minimumWidth() / NARROWEST, 1)))
        self._content.setVisible(not (self._open and self.covers))


def framed(content: QWidget, theme: Theme) -> QFrame:
    """The content in a card's frame."""
    frame = QFrame()
    frame.setProperty("kind", "card")
    box = QVBoxLayout(frame)
    box.setContentsMargins(theme.px(1), theme.px(1), theme.px(1), theme.px(1))
    box.addWidget(content)
    return frame
