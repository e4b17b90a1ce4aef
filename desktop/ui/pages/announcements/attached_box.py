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


def image_of(content: bytes, most: int = PREVIEW_SIDE) -> QImage:
    """A picture from a file's bytes, read no larger than needed, turned as its camera says; null where it can't be read. For any thread."""
    bytes_ = QByteArray(content)
    buffer = QBuffer(bytes_)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > most:
        reader.setScaledSize(size.scaled(most, most, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def png_of(image: QImage) -> bytes:
    """A picture from the clipboard as a file's bytes. For any thread; a photograph takes a while."""
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
        drawn: `picture` is there now.
    """

    changed = Signal()
    drawn = Signal()

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

    def attach(self, files: Sequence[Attachment], image: QImage | None = None, *, told: bool = True) -> None:
        """Let this go with it, in the place of what was attached. `image`: of a photo, once it is read. `told`: say that it changed."""
        self.files = tuple(files[:1])
        self.setVisible(bool(self.files))
        self.picture = None
        for one in self.files:
            photo = one.kind is AttachmentKind.PHOTO
            self._thumb.setPixmap(self._icons.icon("image" if photo else "file-text", "text_quiet").pixmap(self._theme.px(3), self._theme.px(3)))
            self._name.setText(one.name)
            self._size.setText(_size(len(one.content)))
        if image is not None and self.files:
            self._draw(image)
        if told:
            self.changed.emit()

    def show_picture(self, image: QImage) -> None:
        """The photo that is attached has been read."""
        self._draw(image)
        self.drawn.emit()

    def _draw(self, image: QImage) -> None:
        if image.isNull():
            return
        side = self._theme.px(6)
        self.picture = QPixmap.fromImage(image)
        self._thumb.setPixmap(self.picture.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation))


def _size(count: int) -> str:
    return _("{n} MB").format(n=f"{count / 1_000_000:.1f}") if count >= 1_000_000 else _("{n} KB").format(n=max(round(count / 1000), 1))
