"""What every combo box needs: a name that is heard, and its choice in whole where it is cut."""

from PySide6.QtWidgets import QComboBox


def name_box(box: QComboBox, name: str) -> None:
    """Name it. Where Qt gives a screen reader the choice as the name (on Linux), the name is heard as the description."""
    box.setAccessibleName(name)
    box.setAccessibleDescription(name)


def shorten(box: QComboBox, letters: int) -> None:
    """Let it be as narrow as so many letters, and show the whole choice in its tooltip."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(letters)
    box.currentTextChanged.connect(box.setToolTip)
    box.setToolTip(box.currentText())
