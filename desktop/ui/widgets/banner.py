"""Banners above a page: what stays in sight until it is closed or is not so any more."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui import roles
from desktop.ui.icons import Icons
from desktop.ui.notices import Notice, Notices, Tone
from desktop.ui.theme import LARGE, Theme
from desktop.ui.widgets.buttons import button, icon_button
from desktop.ui.widgets.label import label
from resources.translations import _

PART = 0.35  # of the window's height, at most
_TONES = {Tone.PLAIN: ("info", "info"), Tone.GOOD: ("circle-check", "good"), Tone.WARN: ("triangle-alert", "warn"), Tone.BAD: ("circle-alert", "bad")}


class Banner(QFrame):
    """A sentence with an icon, perhaps a button, and a cross."""

    def __init__(self, theme: Theme, icons: Icons, notice: Notice) -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        self.setProperty("tone", notice.tone.value)
        self.page = notice.page
        self.setAccessibleName(notice.text)
        roles.alert(self)
        icon, colour = _TONES[notice.tone]
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(1.5), theme.px(0.75), theme.px(0.75), theme.px(0.75))
        row.setSpacing(theme.px(1))
        at = Qt.AlignmentFlag.AlignVCenter if theme.scale < LARGE else Qt.AlignmentFlag.AlignTop
        picture = label()
        picture.setPixmap(icons.icon(icon, colour).pixmap(theme.px(2.25), theme.px(2.25)))
        row.addWidget(picture, 0, at)
        words = label(notice.text, wrap=True)
        lines = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)  # never more than its own width asks for
        lines.setHeightForWidth(True)
        words.setSizePolicy(lines)
        said = QBoxLayout(QBoxLayout.Direction.LeftToRight if theme.scale < LARGE else QBoxLayout.Direction.TopToBottom)
        said.setSpacing(theme.px(1))
        said.addWidget(words, 1)
        if notice.offer:
            said.addWidget(button(notice.offer.label, notice.offer.do), 0, Qt.AlignmentFlag.AlignLeading)
        row.addLayout(said, 1)
        self.cross = icon_button(theme, icons, "x", _("Close this message"))
        row.addWidget(self.cross, 0, at)


class Banners(QScrollArea):
    """The banners of the window, the newest at the top. Where large text has little room they take no more than a part of the window, and scroll."""

    def __init__(self, theme: Theme, icons: Icons, notices: Notices) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self._shown: dict[str, Banner] = {}
        self._page = ""
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._holder = QWidget()
        self._holder.setProperty("kind", "scrolled")
        self._box = QVBoxLayout(self._holder)
        self._box.setContentsMargins(theme.px(3), theme.px(1), theme.px(3), 0)
        self._box.setSpacing(theme.px(1))
        self.setWidget(self._holder)
        self.viewport().setAutoFillBackground(False)
        self._holder.setAutoFillBackground(False)
        self._holder.installEventFilter(self)
        notices.stays.connect(self.keep)
        notices.cleared.connect(self.clear)
        self.hide()

    def keep(self, notice: Notice) -> None:
        """Show a banner in the place of the one with the same key."""
        self.clear(notice.key)
        banner = Banner(self._theme, self._icons, notice)
        banner.cross.clicked.connect(lambda: self.clear(notice.key))
        self._shown[notice.key] = banner
        self._box.insertWidget(0, banner)
        self._arrange()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, notice.text))

    def clear(self, key: str) -> None:
        """Take one away."""
        gone = self._shown.pop(key, None)
        if gone is not None:
            gone.hide()
            gone.deleteLater()
        self._arrange()

    def show_for(self, page: str) -> None:
        """The person is on this page now: what is about another one waits there."""
        self._page = page
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other lines, another height."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A banner has come or gone, or says something else."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return False

    def _arrange(self) -> None:
        for banner in self._shown.values():
            banner.setVisible(banner.page in ("", self._page))
        self.setVisible(self._any)
        self._fit()

    @property
    def _any(self) -> bool:
        return any(not banner.isHidden() for banner in self._shown.values())

    def _fit(self) -> None:
        most = round(self.window().height() * PART)
        wanted = self._box.heightForWidth(self.width()) if self._any else 0
        self.setFixedHeight(min(wanted, most))
