"""What a screen reader meets in a widget: every control has a name and a role."""

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

_CONTROLS = (
    QAccessible.Role.Button,
    QAccessible.Role.ButtonMenu,
    QAccessible.Role.CheckBox,
    QAccessible.Role.ComboBox,
    QAccessible.Role.EditableText,
    QAccessible.Role.Link,
    QAccessible.Role.List,
    QAccessible.Role.MenuItem,
    QAccessible.Role.PageTab,
    QAccessible.Role.ProgressBar,
    QAccessible.Role.RadioButton,
    QAccessible.Role.Slider,
    QAccessible.Role.SpinBox,
    QAccessible.Role.Table,
    QAccessible.Role.Tree,
)
_ROWS_LOOKED_AT = 40


def nameless(widget: QWidget) -> list[str]:
    """The visible controls below a widget that have no name, as `Role ClassName (object name)`. Must be empty."""
    found = QAccessible.queryAccessibleInterface(widget)
    return [_described(one) for one in _controls(found) if not one.text(QAccessible.Text.Name).strip()]


def names(widget: QWidget) -> list[str]:
    """The names of the visible controls below a widget."""
    found = QAccessible.queryAccessibleInterface(widget)
    return [one.text(QAccessible.Text.Name) for one in _controls(found)]


def _controls(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    state = interface.state()
    if state.invisible:
        return
    if interface.role() in _CONTROLS and not _inside_another(interface):
        yield interface
    for number in range(min(interface.childCount(), _ROWS_LOOKED_AT)):
        child = interface.child(number)
        if child.isValid():
            yield from _controls(child)


def _inside_another(interface: QAccessibleInterface) -> bool:
    """Whether it is the inner part of a control that carries the name: the line of a spin box, the list of a combo box."""
    parent = interface.parent()
    return parent.isValid() and parent.role() in (QAccessible.Role.SpinBox, QAccessible.Role.ComboBox, QAccessible.Role.EditableText)


def _described(interface: QAccessibleInterface) -> str:
    thing = interface.object()
    return f"{interface.role().name} {type(thing).__name__} ({thing.objectName()})"
