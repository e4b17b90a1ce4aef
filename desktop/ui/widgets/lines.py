"""What separates and groups: a hairline, a section's header, a card, a column of text that stays readable in a wide window."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.label import label


def line(*, upright: bool = False) -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setProperty("kind", "line")
    if upright:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


class SectionHeader(QWidget):
    """A small bold heading with a count, and what can be done with the section at its end."""

    def __init__(self, theme: Theme, text: str, buttons: Sequence[QWidget] = ()) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(1), 0, theme.px(0.5))
        row.setSpacing(theme.px(1))
        self._text = label(text, "strong")
        self._count = label("", "quiet")
        row.addWidget(self._text)
        row.addWidget(self._count)
        row.addStretch()
        for button in buttons:
            row.addWidget(button)

    def set_count(self, text: str) -> None:
        """What stands behind the heading, quietly."""
        self._count.setText(text)


class Card(QFrame):
    """A bordered box for one thing among others of its kind. Use lines and space first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(theme.px(2), theme.px(2), theme.px(2), theme.px(2))
        self.box.setSpacing(theme.px(1))


class _Scrolled(QWidget):
    """As high as its content is at its width: Qt would add what wrapped text takes in a narrower one, and scroll over nothing."""

    def minimumSizeHint(self) -> QSize:
        """No height of its own where it depends on the width: `QScrollArea` asks for the height at the width that it has."""
        least, layout = super().minimumSizeHint(), self.layout()
        return QSize(least.width(), 0) if layout is not None and layout.hasHeightForWidth() else least


class Column(QScrollArea):
    """Content one below the other, scrolled, never wider than is good to read: at 2560 pixels it stays at the leading side.

    Attributes:
        box: where the content goes; a stretch at its end keeps it at the top.
    """

    def __init__(self, theme: Theme, *, widest: int = 760, margin: float = 3, foot: float | None = None) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = _Scrolled()
        holder.setProperty("kind", "scrolled")
        side = QHBoxLayout(holder)
        side.setContentsMargins(theme.px(margin), 0, theme.px(margin), theme.px(margin if foot is None else foot))
        inner = QWidget()
        inner.setMaximumWidth(round(widest * theme.scale))
        inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        side.addWidget(inner, 1000)
        side.addStretch(1)
        self.box = QVBoxLayout(inner)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(theme.px(1))
        self.setWidget(holder)
        self.viewport().setAutoFillBackground(False)
        holder.setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        """Low enough to leave room for what does not scroll: a line and a half."""
        return QSize(super().minimumSizeHint().width(), self.fontMetrics().height() * 3 // 2)
