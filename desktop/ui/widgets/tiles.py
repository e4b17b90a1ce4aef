"""Tiles: a few things of one kind side by side, each a button with a picture, a name, a quiet line and a state; arrows go from one to the next."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.ui.icons import Icons
from desktop.ui.theme import Text, Theme
from desktop.ui.widgets.avatar import paint_avatar


@dataclass(frozen=True, slots=True)
class Tile:
    """What a tile shows.

    Attributes:
        key: names it; also gives the avatar its colour.
        icon: of resources/icons; empty: an avatar with the initials of the name.
        line: below the name, quietly; empty for none.
        state: a word or two; empty for none.
        tone: the colour's name for the state: `good`, `warn`, `bad`, `info`, `text_quiet`.
        state_icon: stands before the state.
    """

    key: str
    name: str
    line: str = ""
    state: str = ""
    tone: str = "text_quiet"
    state_icon: str = ""
    icon: str = ""
    tip: str = ""


class TileButton(QAbstractButton):
    """One tile."""

    def __init__(self, theme: Theme, icons: Icons, tile: Tile, *, checkable: bool) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self.tile = tile
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)
        self.show_tile(tile)

    def show_tile(self, tile: Tile) -> None:
        """Show something else."""
        self.tile = tile
        self.setAccessibleName(", ".join(part for part in (tile.name, tile.state) if part))
        self.setAccessibleDescription(tile.line)
        self.setToolTip("\n".join(part for part in (tile.name, tile.line, tile.tip) if part))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        px = self._theme.px
        name, small = self._metrics()
        lines = name.height() + sum(small.height() + px(0.25) for text in (self.tile.line, self.tile.state) if text)
        return QSize(px(32), max(lines, px(4 if self.tile.icon else 5)) + 2 * px(1 if self.tile.icon else 1.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it, mirrored where people read from the right."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused, on = self.hasFocus(), self.isChecked()
        width = 2 if focused else 1
        ground = "accent_soft" if on else "hover" if self.underMouse() and self.isEnabled() else "raised"
        painter.setPen(QPen(theme.colour("accent_text" if focused or on else "line"), width))
        painter.setBrush(theme.colour(ground))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), px(0.75), px(0.75))
        pad, side = px(1.5), px(4 if self.tile.icon else 5)
        side = min(side, self.height() - 2 * px(1))
        self._picture(painter, self._placed(QRect(pad, (self.height() - side) // 2 if not self.tile.state else pad, side, side)))
        left = pad + side + px(1.5)
        self._words(painter, left, self.width() - left - pad)
        painter.end()

    def _words(self, painter: QPainter, left: int, width: int) -> None:
        theme, px = self._theme, self._theme.px
        name, small = self._metrics()
        high = name.height() + sum(small.height() + px(0.25) for text in (self.tile.line, self.tile.state) if text)
        y = (self.height() - high) // 2
        painter.setFont(theme.font(Text.BODY, bold=True))
        self._text(painter, name, self.tile.name, theme.colour("text"), QRect(left, y, width, name.height()))
        y += name.height() + px(0.25)
        painter.setFont(theme.font(Text.SMALL))
        if self.tile.line:
            self._text(painter, small, self.tile.line, theme.colour("text_quiet"), QRect(left, y, width, small.height()))
            y += small.height() + px(0.25)
        if self.tile.state:
            indent = 0
            if self.tile.state_icon:
                side = small.height()
                ratio = self.devicePixelRatioF()
                picture = self._icons.pixmap(self.tile.state_icon, self.tile.tone, round(side * ratio))
                painter.drawPixmap(self._placed(QRect(left, y, side, side)), picture)
                indent = side + px(0.5)
            self._text(painter, small, self.tile.state, theme.colour(self.tile.tone), QRect(left + indent, y, width - indent, small.height()))

    def _text(self, painter: QPainter, metrics: QFontMetrics, text: str, colour: QColor, box: QRect) -> None:
        painter.setPen(colour)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading  # the painter mirrors it with its widget
        painter.drawText(self._placed(box), int(flags), metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width()))

    def _picture(self, painter: QPainter, box: QRect) -> None:
        if not self.tile.icon:
            paint_avatar(painter, self._theme, box, self.tile.name, self.tile.key)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("sunken"))
        painter.drawEllipse(QPointF(box.center()) + QPointF(0.5, 0.5), box.width() / 2, box.height() / 2)
        side = round(box.width() * 0.55)
        inner = QRect(box.x() + (box.width() - side) // 2, box.y() + (box.height() - side) // 2, side, side)
        painter.drawPixmap(inner, self._icons.pixmap(self.tile.icon, "text", round(side * self.devicePixelRatioF())))

    def _placed(self, box: QRect) -> QRect:
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            return QRect(self.width() - box.x() - box.width(), box.y(), box.width(), box.height())
        return box

    def _metrics(self) -> tuple[QFontMetrics, QFontMetrics]:
        return QFontMetrics(self._theme.font(Text.BODY, bold=True)), QFontMetrics(self._theme.font(Text.SMALL))

    def enterEvent(self, event: QEnterEvent) -> None:
        """The ground changes under the pointer."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """And back."""
        super().leaveEvent(event)
        self.update()


class Tiles(QWidget):
    """Tiles in as many columns as there is room for.

    Signals:
        pressed: the key of the tile that was clicked, or chosen with Space or Enter.
        opened: the key of one that was double-clicked.
    """

    pressed = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, name: str, *, narrowest: float = 30, widest: float = 52, checkable: bool = True) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self._narrowest, self._widest, self._checkable = narrowest, widest, checkable
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.buttons: list[TileButton] = []
        theme.changed.connect(self._arrange)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these; where their keys are the same as before, the buttons stay, with the focus."""
        if [button.tile.key for button in self.buttons] == [tile.key for tile in tiles]:
            for button, tile in zip(self.buttons, tiles, strict=True):
                if button.tile != tile:
                    button.show_tile(tile)
        else:
            for button in self.buttons:
                button.hide()
                button.deleteLater()
            self.buttons = [self._made(tile) for tile in tiles]
        self.updateGeometry()
        self._arrange()

    def select(self, key: str) -> None:
        """Show which one is open; an empty key for none."""
        for button in self.buttons:
            button.setChecked(button.tile.key == key)

    def button(self, key: str) -> TileButton | None:
        """The tile with this key."""
        return next((button for button in self.buttons if button.tile.key == key), None)

    def hasHeightForWidth(self) -> bool:
        """More rows where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What the rows take."""
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        """Two columns."""
        width = self._theme.px(self._narrowest) * 2
        return QSize(width, self.heightForWidth(max(self.width(), width)))

    def minimumSizeHint(self) -> QSize:
        """One column."""
        return QSize(self._theme.px(20), self.heightForWidth(self.width()) if self.width() > 1 else 0)

    def resizeEvent(self, event: object) -> None:
        """Other columns, perhaps."""
        self._arrange()

    def _key(self, event: QKeyEvent, focused: int) -> bool:
        """Arrows go from tile to tile; Enter chooses. Gives whether the key was one of ours."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.buttons[focused].click()
            return True
        columns = self._columns(self.width())
        forth = -1 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
        by = {Qt.Key.Key_Right: forth, Qt.Key.Key_Left: -forth, Qt.Key.Key_Down: columns, Qt.Key.Key_Up: -columns}.get(Qt.Key(event.key()), 0)
        if not by or not 0 <= focused + by < len(self.buttons):
            return False
        self.buttons[focused + by].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click beside the tiles is nothing."""

    def _made(self, tile: Tile) -> TileButton:
        button = TileButton(self._theme, self._icons, tile, checkable=self._checkable)
        button.setParent(self)
        button.clicked.connect(lambda: self._press(button))
        button.installEventFilter(self)
        button.show()
        return button

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """A button keeps arrows to itself; here they belong to the whole."""
        if isinstance(event, QKeyEvent) and watched in self.buttons and event.type() == QEvent.Type.KeyPress and event.key() != Qt.Key.Key_Space:
            return self._key(event, self.buttons.index(watched))
        if isinstance(watched, TileButton) and event.type() == QEvent.Type.MouseButtonDblClick:
            self.opened.emit(watched.tile.key)
        return False

    def _press(self, button: TileButton) -> None:
        if self._checkable:
            self.select(button.tile.key)
        self.pressed.emit(button.tile.key)

    def _columns(self, width: int) -> int:
        gap, narrowest = self._theme.px(1.5), self._theme.px(self._narrowest)
        return max(1, (width + gap) // (narrowest + gap))

    def _arrange(self) -> None:
        high = self._place(self.width(), move=True)
        if high != self.height():
            self.setFixedHeight(high)

    def _place(self, width: int, *, move: bool) -> int:
        gap, columns = self._theme.px(1.5), self._columns(width)
        each = min((width - gap * (columns - 1)) // columns, self._theme.px(self._widest))
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        y = 0
        for first in range(0, len(self.buttons), columns):
            row = self.buttons[first : first + columns]
            high = max(button.sizeHint().height() for button in row)
            for column, button in enumerate(row):
                x = column * (each + gap)
                if move:
                    button.setGeometry(width - x - each if mirrored else x, y, each, high)
            y += high + gap
        return max(y - gap, 0)
