"""Icons from resources/icons, drawn by QtSvg in the theme's colours at any size. They follow the theme without being set again."""

from functools import cache
from importlib import resources

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.ui.theme import Theme


@cache
def _source(name: str) -> str:
    return (resources.files("resources.icons") / f"{name}.svg").read_text("utf-8")


class Icons:
    """The icons in one theme."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._drawn: dict[tuple[str, str, int], QPixmap] = {}
        theme.changed.connect(self._drawn.clear)

    def icon(self, name: str, colour: str = "text") -> QIcon:
        """The icon `resources/icons/<name>.svg` in a named colour of the theme: quiet where it is disabled, in the accent where it is on."""
        _source(name)  # fails here, where the name is, for one that is not there
        return QIcon(_Engine(self, name, colour))

    def pixmap(self, name: str, colour: str, pixels: int) -> QPixmap:
        """A square picture, `pixels` wide in device pixels."""
        pixels = max(pixels, 1)
        key = (name, colour, pixels)
        if key not in self._drawn:
            svg = _source(name).replace("currentColor", self._theme.colour(colour).name())
            drawn = QPixmap(pixels, pixels)
            drawn.fill(Qt.GlobalColor.transparent)
            painter = QPainter(drawn)
            QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
            painter.end()
            self._drawn[key] = drawn
        return self._drawn[key]


class _Engine(QIconEngine):
    """Draws one icon at the moment it is needed."""

    def __init__(self, icons: Icons, name: str, colour: str) -> None:
        super().__init__()
        self._icons = icons
        self._name = name
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw into the rectangle, centred."""
        ratio = painter.device().devicePixelRatioF()
        side = min(rect.width(), rect.height())
        place = QRect(rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2, side, side)
        painter.drawPixmap(place, self._icons.pixmap(self._name, self._shade(mode, state), round(side * ratio)))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """A picture of this size."""
        return self._icons.pixmap(self._name, self._shade(mode, state), min(size.width(), size.height()))

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """A picture of this size in device pixels."""
        drawn = QPixmap(self.pixmap(size, mode, state))
        drawn.setDevicePixelRatio(scale)
        return drawn

    def clone(self) -> QIconEngine:
        """Another one that draws the same."""
        return _Engine(self._icons, self._name, self._colour)

    def _shade(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode is QIcon.Mode.Disabled:
            return "line_strong"
        return "accent_text" if state is QIcon.State.On and self._colour in ("text", "text_quiet") else self._colour
