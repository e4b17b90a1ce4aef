"""The rail: where one can go. With words where the window is wide, with pictures alone (and tooltips) where it is not."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop.ui.icons import Icons
from desktop.ui.theme import GRID, Theme
from desktop.ui.widgets.label import ElidedLabel
from resources.translations import _

_GAP = "\u2002"  # Qt puts the icon too near to the word


class Rail(QWidget):
    """Buttons for the pages; the last ones stand at the foot.

    Args:
        mark: the community's own picture, above the pages.
        places: the name of a page, its icon, its action.
        foot: how many of them stand at the foot.
    Signals:
        chosen: the name of a page.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, mark: QWidget, places: Sequence[tuple[str, str, QAction]], *, foot: int = 1) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("kind", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Pages"))
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.px(1), GRID, theme.px(1), GRID)
        box.setSpacing(GRID // 2)  # not more in large text: all pages have room in the lowest window
        self._community = ElidedLabel("", "strong")
        self._mark = mark
        top = QHBoxLayout()
        top.setContentsMargins(theme.px(0.75), theme.px(0.5), theme.px(0.5), 0)
        top.setSpacing(theme.px(1))
        top.addWidget(mark)
        top.addWidget(self._community, 1)
        box.addLayout(top)
        box.addSpacing(GRID)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        for index, (name, icon, action) in enumerate(places):
            if index == len(places) - foot:
                box.addStretch()
            button = QToolButton()
            button.setProperty("kind", "rail")
            button.setCheckable(True)
            button.setIcon(icons.icon(icon, "text_quiet"))
            button.setIconSize(QSize(theme.px(2.5), theme.px(2.5)))
            button.setText(_GAP + action.text())
            button.setAccessibleName(action.text())
            _follow(button, action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on, name=name: self.chosen.emit(name))
            self._group.addButton(button)
            self._buttons[name] = button
            box.addWidget(button)
        self.widen(True)

    def narrow(self, names: Collection[str]) -> None:
        """Show these places alone."""
        for name, button in self._buttons.items():
            button.setVisible(name in names)

    def name_community(self, name: str) -> None:
        """What stands above the pages."""
        self._community.setText(name)
        self._mark.setAccessibleName(name)
        self._mark.setToolTip(name)

    def select(self, name: str) -> None:
        """Show where the person is."""
        self._buttons[name].setChecked(True)

    def widen(self, wide: bool) -> None:
        """With words, or pictures alone."""
        self._community.setVisible(wide)
        self.setFixedWidth(self._theme.px(22) if wide else self._theme.px(7))
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if wide else Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._buttons.values():
            button.setToolButtonStyle(style)
            button.setFixedWidth(self._theme.px(20) if wide else self._theme.px(5))


def _follow(button: QToolButton, action: QAction) -> None:
    """The key of a place is in its tooltip."""

    def tell() -> None:
        key = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
        button.setToolTip(f"{action.text()} ({key})" if key else action.text())

    action.changed.connect(tell)
    tell()
