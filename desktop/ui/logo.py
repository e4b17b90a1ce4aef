"""The community's own picture: at the top of the rail, as the icon of the window, in Settings. Without one: initials on the community's colour."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QImageReader, QImageWriter, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.community.errors import Refused
from desktop.store import files
from desktop.store.database import Store
from desktop.ui.reading import Reader
from desktop.ui.theme import Text, Theme
from desktop.ui.widgets.avatar import initials
from resources.translations import phrase

SIDE = 512  # pixels that are kept
MOST_PIXELS = 60_000_000
READ = (b"png", b"jpeg", b"gif", b"webp", b"bmp")
ICON_SIDES = (16, 24, 32, 48, 64, 128)
_ROUND = 0.22  # of the side


def small(content: bytes, name: str) -> bytes:
    """A picture out of a foreign hand as a PNG that is kept. Takes long: beside the UI thread. `name`: what the person calls it.

    Raises Refused for what is no picture, or too large a one.
    """
    held = QByteArray(content)  # the buffer has only a pointer to it
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if bytes(reader.format().data()) not in READ or not size.isValid():
        raise Refused(phrase("{file} is no picture that Belfry can read. Nothing was changed. Choose a PNG, JPEG, GIF or WebP file.", file=name))
    if size.width() * size.height() > MOST_PIXELS:
        raise Refused(
            phrase(
                "{file} is too large: {width} × {height} pixels. Nothing was changed. Save it smaller; {side} pixels are enough.",
                file=name,
                width=size.width(),
                height=size.height(),
                side=SIDE,
            )
        )
    if max(size.width(), size.height()) > SIDE:
        reader.setScaledSize(_within(size))
    image = reader.read()
    if image.isNull():
        raise Refused(phrase("{file} is damaged: it can't be read to its end. Nothing was changed. Choose another picture.", file=name))
    return png(image)


def png(image: QImage) -> bytes:
    """A picture, made small, as the bytes of a file."""
    if max(image.width(), image.height()) > SIDE:
        image = image.scaled(_within(image.size()), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(kept.data())


def _within(size: QSize) -> QSize:
    return size.scaled(SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


class Logo(QObject):
    """What the community looks like now.

    Signals:
        changed: it looks different.
    """

    changed = Signal()

    def __init__(self, store: Store, reader: Reader, theme: Theme) -> None:
        super().__init__()
        self._store, self._reader, self._theme = store, reader, theme
        self._hash = self._name = ""
        self._image = QImage()
        theme.changed.connect(self.changed)
        self.look()

    @property
    def there(self) -> bool:
        """Whether the community has a picture."""
        return bool(self._hash)

    def look(self) -> None:
        """A setting may be another one now."""
        wanted, name = self._store.setting(files.LOGO), self._store.setting("name")
        if wanted != self._hash:
            self._hash = wanted
            self._image = QImage()
            if wanted:
                self._reader.ask("logo", lambda store: QImage.fromData(files.content(store, wanted) or b""), self._take)
            else:
                self._reader.forget("logo")
                self.changed.emit()
        if name != self._name:
            self._name = name
            self.changed.emit()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Draw it into a square."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(box, box.width() * _ROUND, box.height() * _ROUND)
        painter.setClipPath(shape)
        if self._image.isNull():
            painter.fillPath(shape, self._theme.colour("accent"))
            font = self._theme.font(Text.BODY, bold=True)
            font.setPixelSize(max(round(box.height() * 0.42), 7))
            painter.setFont(font)
            painter.setPen(self._theme.colour("on_accent"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), initials(self._name or "–"))
        else:
            if self._image.hasAlphaChannel():
                painter.fillPath(shape, QColor("white"))  # made for paper: a dark one would not be seen on the dark theme
            size = self._image.size().scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            where = QRectF(0, 0, size.width(), size.height())
            where.moveCenter(box.center())
            painter.drawImage(where, self._image)
        painter.restore()

    def icon(self) -> QIcon:
        """For the window and the task bar."""
        icon = QIcon()
        for side in ICON_SIDES:
            drawn = QPixmap(side, side)
            drawn.fill(Qt.GlobalColor.transparent)
            painter = QPainter(drawn)
            self.paint(painter, QRectF(0, 0, side, side))
            painter.end()
            icon.addPixmap(drawn)
        return icon

    def _take(self, image: QImage) -> None:
        self._image = image
        self.changed.emit()


class LogoMark(QWidget):
    """The logo as a widget, a square; decoration: the community's name stands beside it or in its tooltip."""

    def __init__(self, theme: Theme, logo: Logo, units: float) -> None:
        super().__init__()
        self._theme, self._logo, self._units = theme, logo, units
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        logo.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A square."""
        side = self._theme.px(self._units)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        self._logo.paint(painter, QRectF(self.rect()))
        painter.end()
