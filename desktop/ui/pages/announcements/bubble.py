"""One message as one channel's readers see it: in a bubble or a post, with its photo, its counter, and in words what stops it."""

from datetime import datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.numbers import digits
from desktop.ui.pages.announcements.rich import Manner, beginning, more_words, plain, rich
from desktop.ui.theme import Text, Theme
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.label import ElidedLabel, label, restyle
from integrations.base import Rendered
from resources.translations import _

_GROUNDS = {Manner.TELEGRAM: "info", Manner.WHATSAPP: "good"}
_NEARLY = 0.9  # of the limit


class Picture(QLabel):
    """A photo as wide as the bubble, no higher than a hand."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._whole = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(_("Photo"))

    def show_picture(self, picture: QPixmap | None) -> None:
        """Show this; nothing where it is None."""
        self._whole = picture or QPixmap()
        self.setVisible(not self._whole.isNull())
        self._fit()

    def resizeEvent(self, event: object) -> None:
        """Cut to the room there is."""
        self._fit()

    def sizeHint(self) -> QSize:
        """Its own proportions, up to a height."""
        if self._whole.isNull():
            return QSize(0, 0)
        width = max(self.width(), self._theme.px(20))
        return QSize(width, min(round(width * self._whole.height() / self._whole.width()), self._theme.px(26)))

    def _fit(self) -> None:
        if self._whole.isNull():
            return
        size = QSize(max(self.width(), 1), self.sizeHint().height())
        self.setFixedHeight(size.height())
        ratio = self.devicePixelRatioF()
        scaled = self._whole.scaled(size * ratio, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation)
        cut = scaled.copy(
            (scaled.width() - round(size.width() * ratio)) // 2,
            (scaled.height() - round(size.height() * ratio)) // 2,
            round(size.width() * ratio),
            round(size.height() * ratio),
        )
        cut.setDevicePixelRatio(ratio)
        self.setPixmap(cut)


class Bubble(QWidget):
    """The message in one channel."""

    def __init__(self, theme: Theme, icons: Icons, dates: Dates, community: str) -> None:
        super().__init__()
        self._theme, self._dates = theme, dates
        self._community = community
        self._manner = Manner.CHAT
        self._rendered: Rendered | None = None
        self._heard_as = ""
        px = theme.px
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, px(2))
        box.setSpacing(px(0.5))
        head = QHBoxLayout()
        head.setSpacing(px(1))
        self._avatar = Avatar(theme, 3)
        self._channel = ElidedLabel("", "strong")
        self._channel.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._way = label("", "small quiet")
        head.addWidget(self._avatar)
        head.addWidget(self._channel, 1)
        head.addWidget(self._way)
        box.addLayout(head)
        self._frame = QFrame()
        self._frame.setObjectName("bubble")
        inner = QVBoxLayout(self._frame)
        inner.setContentsMargins(px(1.5), px(1), px(1.5), px(1))
        inner.setSpacing(px(0.5))
        self._author = label("", "strong small")
        self._picture = Picture(theme)
        self._file = QWidget()
        file_row = QHBoxLayout(self._file)
        file_row.setContentsMargins(0, 0, 0, 0)
        file_row.setSpacing(px(1))
        clip = label()
        clip.setPixmap(icons.icon("file-text", "text_quiet").pixmap(px(2.5), px(2.5)))
        self._file_name = ElidedLabel("")
        file_row.addWidget(clip)
        file_row.addWidget(self._file_name, 1)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._time = label("", "small quiet")
        self._time.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        self._rest = label("", "small quiet", wrap=True)
        for part in (self._author, self._picture, self._file, self._text, self._rest, self._time):
            inner.addWidget(part)
        box.addWidget(self._frame)
        foot = QHBoxLayout()
        foot.setSpacing(px(1))
        self._problem = label("", "small bad", wrap=True)
        self._count = label("", "small quiet")
        self._count.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self._problem, 1)
        foot.addWidget(self._count)
        box.addLayout(foot)
        theme.changed.connect(self._draw)

    def show_channel(self, name: str, key: str, way: str, manner: Manner) -> None:
        """Whose readers see it. `way`: how it gets there (“Telegram”, “by hand”)."""
        self._manner = manner
        self._avatar.show_of(name, key)
        self._channel.setText(name)
        self._way.setText(way)
        self._heard_as = _("As {channel} shows it").format(channel=name)
        self._name_text()

    def show_message(self, rendered: Rendered, at: datetime, picture: QPixmap | None, file: str) -> None:
        """What they see, and when. `file`: the name of a document; empty for none."""
        self._rendered = rendered
        self._time.setText(self._dates.time(at))
        self._picture.show_picture(picture)
        self._file.setVisible(bool(file))
        self._file_name.setText(file)
        self._problem.setText("\n".join(str(problem) for problem in rendered.problems))
        if rendered.limit is None:
            self._count.setText(digits(rendered.length))
            restyle(self._count, look="small quiet")
        else:
            self._count.setText(_("{n} of {limit}").format(n=digits(rendered.length), limit=digits(rendered.limit)))
            over, nearly = rendered.length > rendered.limit, rendered.length > _NEARLY * rendered.limit
            restyle(self._count, look="small bad" if over else "small warn" if nearly else "small quiet")
        self._count.setAccessibleName(_("Length: {length}").format(length=self._count.text()))
        self._draw()

    def _draw(self) -> None:
        theme = self._theme
        ground, link = self._colours()
        radius = theme.px(1.5)
        border = f"border: 1px solid {theme.colour('line').name()};" if self._manner in (Manner.POST, Manner.MARKDOWN) else "border: none;"
        self._frame.setStyleSheet(f"QFrame#bubble {{ background: {ground}; {border} border-radius: {radius}px; }}")
        self._author.setText(self._community)
        self._author.setStyleSheet(f"color: {link};")
        self._author.setVisible(self._manner is not Manner.WHATSAPP)
        self._author.setFont(theme.font(Text.SMALL, bold=True))
        if self._rendered is not None:
            shown = beginning(self._rendered.text)
            self._text.setText(rich(self._manner, shown, link))
            self._name_text()
            more = len(self._rendered.text) - len(shown)
            self._rest.setText(more_words(more))
            self._rest.setVisible(more > 0)
            self._text.setVisible(bool(self._rendered.text.strip()))

    def _name_text(self) -> None:
        """A name takes the place of the text for those who listen: it holds both."""
        said = plain(self._text.text())
        self._text.setAccessibleName(f"{self._heard_as}: {said}" if said else self._heard_as)

    def _colours(self) -> tuple[str, str]:
        """Background and link."""
        tone = _GROUNDS.get(self._manner)
        if tone:
            return self._theme.colour(f"{tone}_soft").name(), self._theme.colour(tone).name()
        ground = "raised" if self._manner in (Manner.POST, Manner.MARKDOWN) else "sunken"
        return self._theme.colour(ground).name(), self._theme.colour("accent_text").name()
