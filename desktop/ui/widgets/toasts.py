"""Toasts: what was just done, with Undo, at the foot of the window for a while; and the jobs under way, with a number and Cancel.

They lie above the foot of the page with its buttons. What went wrong on a page does not follow to another one.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui import roles
from desktop.ui.icons import Icons
from desktop.ui.jobs import Job
from desktop.ui.notices import Notice, Notices, Tone
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import button, icon_button
from desktop.ui.widgets.label import label
from desktop.ui.widgets.progress import ProgressRow
from resources.translations import _

SECONDS, SECONDS_OF_PROBLEMS, MOST = 8, 20, 3


class Toast(QFrame):
    """One toast. It stays while the pointer or the focus is on it."""

    def __init__(self, theme: Theme, icons: Icons, notice: Notice, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = notice.key
        self.tone = notice.tone
        self.setProperty("kind", "floating")
        self.setAccessibleName(notice.text)
        roles.alert(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(2), theme.px(1), theme.px(1), theme.px(1))
        row.setSpacing(theme.px(1))
        if notice.tone in (Tone.BAD, Tone.WARN):
            picture = label()
            picture.setPixmap(icons.icon("circle-alert", notice.tone.value).pixmap(theme.px(2.25), theme.px(2.25)))
            row.addWidget(picture)
        words = label(notice.text, wrap=True)
        row.addWidget(words, 1)
        if notice.offer:
            pressed = button(notice.offer.label, self.close_soon, kind="link")
            offered = notice.offer.do
            pressed.clicked.connect(lambda: offered())
            row.addWidget(pressed)
        row.addWidget(icon_button(theme, icons, "x", _("Close this message"), self.close_soon))
        room = parent.parentWidget() or parent
        beside = row.sizeHint().width() - words.sizeHint().width()
        most = min(theme.px(42), room.width() - theme.px(4) - beside)  # in any window there is room for the button and the cross
        words.setMinimumWidth(min(words.fontMetrics().horizontalAdvance(notice.text) + 4, max(most, theme.px(12))))
        self._timer = QTimer(self, singleShot=True, interval=1000 * (SECONDS_OF_PROBLEMS if notice.tone is Tone.BAD else SECONDS))
        self._timer.timeout.connect(self._over)
        self._timer.start()

    def close_soon(self) -> None:
        """Go away, after what is being handled now."""
        self.hide()
        self.deleteLater()

    def _over(self) -> None:
        if self.underMouse() or any(child.hasFocus() for child in self.findChildren(QWidget)):
            self._timer.start(2000)
        else:
            self.close_soon()


class Toasts(QWidget):
    """The stack at the foot of the window, over its content.

    Args:
        foot: gives what they may not cover; None for nothing.
    """

    def __init__(self, theme: Theme, icons: Icons, notices: Notices, over: QWidget, foot: Callable[[], QWidget | None] = lambda: None) -> None:
        super().__init__(over)
        self._theme, self._icons, self._over, self._foot = theme, icons, over, foot
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.px(1))
        notices.said.connect(self.say)
        notices.began.connect(self.follow)
        over.installEventFilter(self)
        self.hide()

    def say(self, notice: Notice) -> None:
        """Show a toast."""
        for toast in self.toasts():
            if notice.key and toast.key == notice.key:
                self._drop(toast)
        for toast in self.toasts()[: 1 - MOST] if len(self.toasts()) >= MOST else []:
            self._drop(toast)
        self._add(Toast(self._theme, self._icons, notice, self))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, notice.text))

    def follow(self, job: Job) -> None:
        """Show the progress of a job until it has ended."""
        self._add(ProgressRow(self._theme, job, self))

    def leave_page(self) -> None:
        """The person has gone to another page: what was wrong on the last one is not said there."""
        for toast in self.toasts():
            if toast.tone in (Tone.WARN, Tone.BAD):
                self._drop(toast)
        self.settle()

    def toasts(self) -> list[Toast]:
        """The toasts that are shown, the oldest first."""
        return [toast for toast in self.findChildren(Toast, options=Qt.FindChildOption.FindDirectChildrenOnly) if not toast.isHidden()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot when the window or the page's foot changes, fold up when one goes."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Hide) or (event.type() is QEvent.Type.Show and watched is not self._over):
            QTimer.singleShot(0, self, self.settle)
        return False

    def settle(self) -> None:
        """Take the room that is needed, at the foot, in the middle."""
        shown = [child for child in self.findChildren(QFrame, options=Qt.FindChildOption.FindDirectChildrenOnly) if not child.isHidden()]
        self.setVisible(bool(shown))
        if not shown:
            return
        margin = self._theme.px(2)
        width = min(max(child.sizeHint().expandedTo(child.minimumSize()).width() for child in shown), self._over.width() - 2 * margin)
        self._box.activate()
        height = self._box.heightForWidth(width) if self._box.hasHeightForWidth() else self._box.sizeHint().height()
        foot = self._foot()
        if foot is not None:
            foot.installEventFilter(self)  # once, however often it is said
        below = foot.height() if foot is not None and foot.isVisible() else 0
        if height > self._over.height() - margin - below and len(self.toasts()) > 1:
            self._drop(self.toasts()[0])  # large text in a small window: the newest is what counts; what has gone is settled again
            return
        self.setGeometry((self._over.width() - width) // 2, max(self._over.height() - below - height - margin, 0), width, height)
        self.raise_()

    def _add(self, child: QWidget) -> None:
        child.installEventFilter(self)
        self._box.addWidget(child)
        child.show()
        self.settle()

    def _drop(self, toast: Toast) -> None:
        toast.hide()
        toast.deleteLater()
