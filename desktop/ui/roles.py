"""What a screen reader is told a widget is, where Qt says no more than that there is one: a page's title is a heading, a toast an alert."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QLabel, QWidget

_PROPERTY = "spoken_as"
_ROLES = {"heading": QAccessible.Role.Heading, "alert": QAccessible.Role.AlertMessage, "table": QAccessible.Role.Table}


class _Spoken(QAccessibleWidget):
    """A widget in another role; a label is called by its text."""

    def text(self, kind: QAccessible.Text) -> str:
        """What is said of it."""
        said = super().text(kind)
        owner = self.object()
        if not said and kind is QAccessible.Text.Name and isinstance(owner, QLabel):
            return owner.text()
        return said


def heading(widget: QWidget) -> None:
    """The title of a page or dialog."""
    widget.setProperty(_PROPERTY, "heading")


def alert(widget: QWidget) -> None:
    """A message that comes by itself."""
    widget.setProperty(_PROPERTY, "alert")


def table(widget: QWidget) -> None:
    """Days in rows and columns, drawn by hand."""
    widget.setProperty(_PROPERTY, "table")


def install() -> None:
    """Tell Qt, once for the run of the program. Nothing is asked where no screen reader listens."""
    QAccessible.installFactory(_spoken)


def _spoken(_class_name: str, owner: QObject | None) -> QAccessibleInterface | None:
    role = _ROLES.get(str(owner.property(_PROPERTY))) if isinstance(owner, QWidget) else None
    return _Spoken(owner, role, "") if role is not None and isinstance(owner, QWidget) else None
