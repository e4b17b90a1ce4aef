"""A dialog: title, sentence, content, buttons at its foot. Opened with `open()`, never `exec()`; Escape leaves it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.ui import roles
from desktop.ui.reading_order import next_in, reached
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.label import label
from resources.translations import _


class Sheet(QDialog):
    """Base of the dialogs of pages.

    Attributes:
        box: where the content goes.
        go: the primary button.
        cancel: the other one.
    """

    def __init__(
        self, theme: Theme, title: str, sentence: str, go: str, do: Callable[[], object], parent: QWidget, *, size: tuple[float, float]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.px(3), theme.px(2.5), theme.px(3), theme.px(2))
        outer.setSpacing(theme.px(1))
        head = label(title, "title", wrap=True)
        roles.heading(head)
        outer.addWidget(head)
        self.sentence = label(sentence, "quiet", wrap=True)
        outer.addWidget(self.sentence)
        outer.addSpacing(theme.px(1))
        self.box = QVBoxLayout()
        self.box.setSpacing(theme.px(1))
        outer.addLayout(self.box, 1)
        outer.addSpacing(theme.px(1))
        self._footer = QWidget()
        self.foot = QHBoxLayout(self._footer)
        self.foot.setContentsMargins(0, 0, 0, 0)
        self.foot.setSpacing(theme.px(1))
        self.foot.addStretch()
        self.cancel: QPushButton = button(_("Cancel"), self.reject)
        self.foot.addWidget(self.cancel)
        self.go: QPushButton = button(go, do, kind="primary")
        self.foot.addWidget(self.go)
        outer.addWidget(self._footer)
        self.go.setDefault(True)  # not before it is in the dialog: Enter would cancel
        theme.dress(self)
        room = parent.window().size()
        self.resize(min(theme.px(size[0]), room.width() - theme.px(4)), min(theme.px(size[1]), room.height() - theme.px(4)))

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes as one reads."""
        return next_in(self, forth=next)

    def showEvent(self, event: QShowEvent) -> None:
        """Work begins with the content, not with the buttons."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._focus_content)  # after QDialog has chosen

    def _focus_content(self) -> None:
        focus: QWidget | None = self.focusWidget()
        if focus is None or self._footer.isAncestorOf(focus):  # None: QDialog chooses when the window system has shown it
            first = next(reached(self), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.TabFocusReason)
