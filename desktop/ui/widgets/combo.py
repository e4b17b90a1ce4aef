"""What every combo box needs: a name that is heard, and its choice in whole where it is cut."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox


class _Still(QObject):
    """The wheel over a box that nobody has gone to scrolls the page and changes nothing."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand the wheel on to what lies around the box."""
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QComboBox | QAbstractSpinBox) and not watched.hasFocus():
            event.ignore()
            return True
        return False


def hold_still(box: QComboBox | QAbstractSpinBox) -> None:
    """Let the wheel turn it only when it has the focus, which the wheel does not give it."""
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.installEventFilter(_Still(box))


def name_box(box: QComboBox, name: str) -> None:
    """Name it. Where Qt gives a screen reader the choice as the name (on Linux), the name is heard as the description."""
    box.setAccessibleName(name)
    box.setAccessibleDescription(name)
    hold_still(box)


def shorten(box: QComboBox, letters: int) -> None:
    """Let it be as narrow as so many letters, and show the whole choice in its tooltip."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(letters)
    box.currentTextChanged.connect(box.setToolTip)
    box.setToolTip(box.currentText())
