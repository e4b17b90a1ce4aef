"""What a screen reader meets in a widget: every control has a name, the right role, and its state."""

from collections.abc import Iterator

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QListView,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)

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
    return [_described(one) for one in _controls(found) if not _called(one)]


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


def _called(interface: QAccessibleInterface) -> str:
    """Its name. (On Linux, Qt calls a box by what is chosen in it: its own name is asked of itself.)"""
    thing = interface.object()
    return (thing.accessibleName() if isinstance(thing, QComboBox) else interface.text(QAccessible.Text.Name)).strip()


def _inside_another(interface: QAccessibleInterface) -> bool:
    """Whether it is the inner part of a control that carries the name: the line of a spin box, the list of a combo box."""
    parent = interface.parent()
    return parent.isValid() and parent.role() in (QAccessible.Role.SpinBox, QAccessible.Role.ComboBox, QAccessible.Role.EditableText)


def _described(interface: QAccessibleInterface) -> str:
    thing = interface.object()
    return f"{interface.role().name} {type(thing).__name__} ({thing.objectName()})"


_LISTS = {QTableView: QAccessible.Role.Table, QListView: QAccessible.Role.List, QTabBar: QAccessible.Role.PageTabList}
_FIELDS = {
    QComboBox: QAccessible.Role.ComboBox,
    QAbstractSpinBox: QAccessible.Role.SpinBox,
    QLineEdit: QAccessible.Role.EditableText,
    QPlainTextEdit: QAccessible.Role.EditableText,
    QMessageBox: QAccessible.Role.AlertMessage,
    QDialog: QAccessible.Role.Dialog,
}


def misspoken(widget: QWidget) -> list[str]:
    """Controls whose role or state a screen reader would tell wrongly, each in a sentence. Must be empty."""
    return [f"{type(one).__name__} “{_said(one)}” {wrong}" for one in (widget, *widget.findChildren(QWidget)) for wrong in _wrong(one)]


def _wrong(one: QWidget) -> Iterator[str]:
    if not one.isVisible():
        return
    found = QAccessible.queryAccessibleInterface(one)
    role, state = found.role(), found.state()
    expected = _role(one)
    if expected is not None and role is not expected:
        yield f"is told as {role.name}, not as {expected.name}"
    if isinstance(one, QAbstractButton) and (bool(state.checkable), bool(state.checked)) != (one.isCheckable(), one.isChecked()):
        yield f"is {'' if one.isChecked() else 'not '}chosen, and told otherwise"
    if expected is not None and bool(state.disabled) is one.isEnabled():
        yield f"is {'' if one.isEnabled() else 'not '}enabled, and told otherwise"
    if isinstance(one, QLineEdit | QPlainTextEdit) and bool(state.readOnly) is not one.isReadOnly():
        yield "can be written in or not, and is told otherwise"
    if isinstance(one, QAbstractItemView) and not isinstance(one, QHeaderView):
        yield from _rows(one, found)


def _role(one: QWidget) -> QAccessible.Role | None:
    role = next((role for kind, role in (*_LISTS.items(), *_FIELDS.items()) if isinstance(one, kind)), None)
    if role is not None or not isinstance(one, QAbstractButton):
        return None if isinstance(one.parentWidget(), QAbstractSpinBox | QComboBox) else role
    if isinstance(one, QPushButton | QToolButton) and one.menu() is not None:
        return QAccessible.Role.ButtonMenu
    if isinstance(one, QRadioButton):
        return QAccessible.Role.RadioButton
    return QAccessible.Role.CheckBox if one.isCheckable() else QAccessible.Role.Button


def _rows(view: QAbstractItemView, found: QAccessibleInterface) -> Iterator[str]:
    """Every row has words; and of a list, what is selected is told as selected. (PySide has no way to the cells of a table.)"""
    model = view.model()
    selection: QItemSelectionModel | None = view.selectionModel()  # the stubs do not know that it may be None
    if selection is None:
        return
    for row in range(min(model.rowCount(QModelIndex()), _ROWS_LOOKED_AT)):
        index = model.index(row, 0)
        words = [index.data(role) for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)]
        if not any(str(word or "").strip() for word in words):
            yield f"has a row without words, the {row + 1}th"
        told = found.child(row) if isinstance(view, QListView) and found.childCount() == model.rowCount(QModelIndex()) else None
        if told is not None and told.isValid() and bool(told.state().selected) is not selection.isSelected(index):
            yield f"tells otherwise what is selected, in the {row + 1}th row"


def _said(one: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)[:40]
