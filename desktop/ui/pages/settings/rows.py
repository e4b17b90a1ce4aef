"""The rows of a section of settings: what it is at the leading side, what it is set to beside it, or below it in large text, and what it means."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from desktop.ui.theme import LARGE, Theme
from desktop.ui.widgets.combo import name_box
from desktop.ui.widgets.label import label
from desktop.ui.widgets.lines import SectionHeader, line

LABEL_WIDTH = 20  # units of the grid


class Section(QWidget):
    """A heading, a line, and rows below it."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(title)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, theme.px(1), 0, theme.px(2))
        self._grid.setHorizontalSpacing(theme.px(2))
        self._grid.setVerticalSpacing(theme.px(1))
        self._beside = theme.scale < LARGE
        if self._beside:
            self._grid.setColumnMinimumWidth(0, theme.px(LABEL_WIDTH))
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(SectionHeader(theme, title), 0, 0, 1, 2)
        self._grid.addWidget(line(), 1, 0, 1, 2)

    def add(self, name: str, field: QWidget, meaning: str = "", *, narrow: bool = False) -> QLabel | None:
        """One row. Gives the label of the meaning, where there is one. `narrow`: the field is as wide as it likes to be, not as the row."""
        row = self._grid.rowCount()
        head = label(name)
        head.setBuddy(field)
        if isinstance(field, QComboBox):
            name_box(field, name)
        elif not field.accessibleName():
            field.setAccessibleName(name)
        if self._beside:
            head.setMinimumHeight(self._theme.px(4))
            self._grid.addWidget(head, row, 0, Qt.AlignmentFlag.AlignTop)
        else:
            self._grid.addWidget(head, row, 0, 1, 2)
            row += 1
        self._put(field, row, narrow=narrow)
        if not meaning:
            return None
        said = label(meaning, "quiet small", wrap=True)
        self._put(said, row + 1)
        return said

    def add_wide(self, field: QWidget) -> None:
        """Something without a name of its own, as wide as the fields."""
        self._put(field, self._grid.rowCount())

    def add_below(self, field: QWidget) -> None:
        """Something without a name of its own, as wide as it likes to be."""
        self._put(field, self._grid.rowCount(), narrow=True)

    def _put(self, field: QWidget, row: int, *, narrow: bool = False) -> None:
        aligned = Qt.AlignmentFlag.AlignLeading if narrow else Qt.AlignmentFlag(0)
        if self._beside:
            self._grid.addWidget(field, row, 1, aligned)
        else:
            self._grid.addWidget(field, row, 0, 1, 2, aligned)
