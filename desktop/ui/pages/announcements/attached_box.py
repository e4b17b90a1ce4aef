"""What goes with it: at most one photo or one document, with a small picture and a cross."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.ui.icons import Icons
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.label import ElidedLabel, label
from integrations.message import Attachment, AttachmentKind
from resources.translations import _

PREVIEW_SIDE = 1200  # pixels; a photo of a phone is shown no larger


def picture_of(content: bytes, most: int = PREVIEW_SIDE) -> QPixmap:
    """A picture from a file's bytes, read no larger than needed, turned as its camera says; empty where it can't be read."""
    bytes_ = QByteArray(content)
    buffer = QBuffer(bytes_)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > most:
        reader.setScaledSize(size.scaled(most, most, Qt.AspectRatioMode.KeepAspectRatio))
    return QPixmap.fromImage(reader.read())


def png_of(image: QImage) -> bytes:
    """A picture from the clipboard as a file's bytes."""
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(kept.data())


class AttachedBox(QWidget):
    """The row under the editor; hidden while nothing is attached.

    Attributes:
        files: what is attached.
        picture: the photo as a picture; None without one.
    Signals:
        changed: something else is attached now.
    """

    changed = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self.files: tuple[Attachment, ...] = ()
        self.picture: QPixmap | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(1))
        self._thumb = QLabel()
        self._name = ElidedLabel("")
        self._size = label("", "small quiet")
        self.cross = icon_button(theme, icons, "x", _("Take the file away"), lambda: self.attach(()))
        row.addWidget(self._thumb)
        row.addWidget(self._name, 1)
        row.addWidget(self._size)
        row.addWidget(self.cross)
        self.hide()

    def attach(self, files: Sequence[Attachment], *, told: bool = True) -> None:
        """Let this go with it, in the place of what was attached. `told`: say that it changed."""
        self.files = tuple(files[:1])
        self.setVisible(bool(self.files))
        self.picture = None
        for one in self.files:
            side = self._theme.px(6)
            if one.kind is AttachmentKind.PHOTO:
                self.picture = picture_of(one.content)
                thumb = self.picture.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            else:
                thumb = self._icons.icon("file-text", "text_quiet").pixmap(self._theme.px(3), self._theme.px(3))
            self._thumb.setPixmap(thumb)
            self._name.setText(one.name)
            self._size.setText(_size(len(one.content)))
        if told:
            self.changed.emit()


def _size(count: int) -> str:
    return _("{n} MB").format(n=f"{count / 1_000_000:.1f}") if count >= 1_000_000 else _("{n} KB").format(n=max(round(count / 1000), 1))
