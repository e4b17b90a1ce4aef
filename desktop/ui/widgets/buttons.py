"""Buttons of each kind, with the accessible name and tooltip that they need."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from desktop.ui.icons import Icons
from desktop.ui.theme import Theme

ICON = 2.25  # units of the grid


def button(text: str, do: Callable[[], object] | None = None, *, kind: str = "", enabled: bool = True) -> QPushButton:
    """A button with words. `kind`: empty, `primary` (one on a page), `link` or `danger`."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setEnabled(enabled)
    made.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
    if do:
        made.clicked.connect(lambda: do())
    return made


def icon_button(
    theme: Theme, icons: Icons, icon: str, name: str, do: Callable[[], object] | None = None, *, colour: str = "text_quiet"
) -> QToolButton:
    """A button with a picture only; `name` is its accessible name and tooltip."""
    made = QToolButton()
    made.setIcon(icons.icon(icon, colour))
    made.setIconSize(QSize(theme.px(ICON), theme.px(ICON)))
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if do:
        made.clicked.connect(lambda: do())
    return made


def action_button(action: QAction, *, kind: str = "") -> QPushButton:
    """A button that is a menu's action, with its shortcut in the tooltip."""
    made = QPushButton(action.text())
    made.setProperty("kind", kind)
    shortcut = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    made.setToolTip(f"{action.text()} ({shortcut})" if shortcut else "")
    made.clicked.connect(action.trigger)

    def follow() -> None:
        made.setText(action.text())
        made.setEnabled(action.isEnabled())

    action.changed.connect(follow)
    follow()
    return made


def entered(window: QWidget, event: QKeyEvent) -> bool:
    """Press the button that has the focus, for Enter, which Qt hands to it in dialogs only. Gives whether there was one. For a `keyPressEvent`."""
    focus = window.focusWidget()
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not isinstance(focus, QPushButton | QToolButton):
        return False
    if not event.isAutoRepeat() and focus.isEnabled():
        focus.click()
    return True
