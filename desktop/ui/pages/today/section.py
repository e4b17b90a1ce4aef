"""A heading and what stands below it; made anew when it changes."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.label import label
from desktop.ui.widgets.lines import SectionHeader, line


class Section(QWidget):
    """A list of widgets under a heading. Without an `otherwise` it is not there while it is empty."""

    def __init__(self, theme: Theme, title: str, otherwise: QWidget | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._shown: object = None
        self._otherwise = otherwise
        self.setAccessibleName(title)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.header = SectionHeader(theme, title)
        box.addWidget(self.header)
        box.addWidget(line())
        self.list = QVBoxLayout()
        self.list.setContentsMargins(0, theme.px(0.5), 0, 0)
        self.list.setSpacing(0)
        box.addLayout(self.list)
        if otherwise is not None:
            box.addWidget(otherwise)
        else:
            self.hide()

    def fill(self, shown: object, widgets: Callable[[], Sequence[QWidget]]) -> None:
        """Put these widgets in, unless what they show is shown already."""
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self.list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        made = widgets()
        for widget in made:
            self.list.addWidget(widget)
        if self._otherwise is not None:
            self._otherwise.setVisible(not made)
        else:
            self.setVisible(bool(made))


def nothing(theme: Theme, sentence: str, first_step: QWidget) -> QWidget:
    """What an empty section says, with the first step."""
    made = QWidget()
    box = QVBoxLayout(made)
    box.setContentsMargins(0, theme.px(1.5), 0, theme.px(1))
    box.setSpacing(theme.px(0.5))
    box.addWidget(label(sentence, "quiet", wrap=True))
    row = QHBoxLayout()
    row.addWidget(first_step)
    row.addStretch()
    box.addLayout(row)
    return made


def capital(text: str) -> str:
    """With a capital letter at its beginning."""
    return text[:1].upper() + text[1:]
