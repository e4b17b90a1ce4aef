"""A round picture for each person and group: the photo, or initials on a colour that stays theirs."""

import zlib

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.theme import AVATARS, Text, Theme


def initials(name: str) -> str:
    """The first letters of the first and last word, or the first letter of the only one: `Ana Maria Silva` gives `AS`."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return name[:1].upper()
    first, last = words[0], words[-1]
    if _is_han(first[0]):
        return first[0]
    return (first[0] + last[0] if len(words) > 1 else first[0]).upper()


def colour_of(theme: Theme, key: str) -> QColor:
    """The colour that belongs to this id or name."""
    return theme.colour(f"avatar_{zlib.crc32(key.encode()) % AVATARS + 1}")


def paint_avatar(painter: QPainter, theme: Theme, box: QRect, name: str, key: str, photo: QPixmap | None = None) -> None:
    """Draw an avatar into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    if photo is not None and not photo.isNull():
        path = QPainterPath()
        path.addEllipse(QRectF(box))
        painter.setClipPath(path)
        side = min(photo.width(), photo.height())
        painter.drawPixmap(box, photo, QRect((photo.width() - side) // 2, (photo.height() - side) // 2, side, side))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour_of(theme, key or name))
        painter.drawEllipse(box)
        font = theme.font(Text.BODY, bold=True)
        font.setPixelSize(max(round(box.height() * 0.4), 8))
        painter.setFont(font)
        painter.setPen(theme.colour("avatar_text"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), initials(name))
    painter.restore()


def _is_han(character: str) -> bool:
    return "\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7af"


class Avatar(QWidget):
    """An avatar as a widget; decoration, the name stands beside it."""

    def __init__(self, theme: Theme, units: float = 5) -> None:
        super().__init__()
        self._theme = theme
        self._units = units
        self._name = self._key = ""
        self._photo: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_of(self, name: str, key: str, photo: QPixmap | None = None) -> None:
        """Whose it is: the name for the initials, the id for the colour."""
        self._name, self._key, self._photo = name, key, photo
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        side = self._theme.px(self._units)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        side = min(self.width(), self.height())
        box = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        paint_avatar(painter, self._theme, box, self._name, self._key, self._photo)
        painter.end()
