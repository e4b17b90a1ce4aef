"""A check box whose text is cut where it has no room, whole in its tooltip and for screen readers."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStyle, QStyleOptionButton


class Tick(QCheckBox):
    """One line with a box before it.

    Args:
        tip: stands below the whole text in the tooltip.
    """

    def __init__(self, text: str, tip: str = "") -> None:
        super().__init__(text)
        self._whole, self._tip = text, tip
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """The box and a few letters."""
        return QSize(self._beside() + self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what fits."""
        super().resizeEvent(event)
        self._fit()

    def _beside(self) -> int:
        """What the box takes."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        style = self.style()
        box = style.pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, option, self)
        return box + style.pixelMetric(QStyle.PixelMetric.PM_CheckBoxLabelSpacing, option, self) + 2

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width() - self._beside(), 0))
        if shown != self.text():
            self.setText(shown)
        self.setToolTip("\n".join(part for part in (self._whole if shown != self._whole else "", self._tip) if part))
