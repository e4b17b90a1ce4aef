"""Combo boxes: a name that is heard, and a choice that ends in an ellipsis where it is cut, whole in the tooltip."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

_GAP = 4  # pixels between a picture and the words


class Combo(QComboBox):
    """A box whose choice ends in an ellipsis where it has no room; Qt cuts a letter in two."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits; a box that is typed into draws its own text."""
        if self.isEditable():
            super().paintEvent(event)
            return
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self._fitted(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    @property
    def shown(self) -> str:
        """What is read in it: the choice, or as much of it as has room."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return self._fitted(option)

    def _fitted(self, option: QStyleOptionComboBox) -> str:
        inside = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self)
        room = inside.width() - (option.iconSize.width() + _GAP if not option.currentIcon.isNull() else 0)
        return self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)


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
