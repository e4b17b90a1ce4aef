"""Banners above a page: what stays in sight until it is closed or is not so any more."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.icons import Icons
from desktop.ui.notices import Notice, Notices, Tone
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import button, icon_button
from desktop.ui.widgets.label import label
from resources.translations import _

_TONES = {Tone.PLAIN: ("info", "info"), Tone.GOOD: ("circle-check", "good"), Tone.WARN: ("triangle-alert", "warn"), Tone.BAD: ("circle-alert", "bad")}


class Banner(QFrame):
    """A sentence with an icon, perhaps a button, and a cross."""

    def __init__(self, theme: Theme, icons: Icons, notice: Notice) -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        self.setProperty("tone", notice.tone.value)
        self.setAccessibleName(notice.text)
        icon, colour = _TONES[notice.tone]
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(1.5), theme.px(0.75), theme.px(0.75), theme.px(0.75))
        row.setSpacing(theme.px(1))
        picture = label()
        picture.setPixmap(icons.icon(icon, colour).pixmap(theme.px(2.25), theme.px(2.25)))
        row.addWidget(picture)
        row.addWidget(_Words(notice.text), 1)
        if notice.offer:
            row.addWidget(button(notice.offer.label, notice.offer.do))
        self.cross = icon_button(theme, icons, "x", _("Close this message"))
        row.addWidget(self.cross)


class _Words(QLabel):
    """A sentence that can be read whole, also where the window is small and the text large: the page gives way, not the words."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as the words are at this width."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))


class Banners(QWidget):
    """The banners of the window, the newest at the top."""

    def __init__(self, theme: Theme, icons: Icons, notices: Notices) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self._shown: dict[str, Banner] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(theme.px(3), theme.px(1), theme.px(3), 0)
        self._box.setSpacing(theme.px(1))
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
        self.show()

    def clear(self, key: str) -> None:
        """Take one away."""
        gone = self._shown.pop(key, None)
        if gone is not None:
            gone.hide()
            gone.deleteLater()
        self.setVisible(bool(self._shown))
