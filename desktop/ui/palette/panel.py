"""The palette's panel: a field and a list over the window. Enter does, Escape leaves, the arrows choose."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.ui.icons import Icons
from desktop.ui.palette.sources import Found, Source, best
from desktop.ui.theme import Theme
from desktop.ui.widgets.label import ElidedLabel, label
from desktop.ui.widgets.search_field import GlassField
from resources.translations import _


class Palette(QFrame):
    """Finds anything.

    Args:
        over: the window; the panel lies over it.
        sources: asked at every key; what answers equally well stands in this order.
    """

    def __init__(self, theme: Theme, icons: Icons, sources: Sequence[Source], over: QWidget) -> None:
        super().__init__(over)
        self._theme, self._icons, self._sources, self._over = theme, icons, sources, over
        self._found: list[Found] = []
        self._back: QWidget | None = None
        self.setProperty("kind", "floating")
        self.setAccessibleName(_("Find anything"))
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.px(1), theme.px(1), theme.px(1), theme.px(1))
        self.field = GlassField(icons)
        self.field.setAccessibleName(_("Find anything"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda _item: self._choose())
        box.addWidget(self.field)
        box.addWidget(self.list, 1)
        self._nothing = label(_("Nothing is found by that."), "quiet")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addWidget(self._nothing)
        self.field.textChanged.connect(self._look)
        self.field.installEventFilter(self)
        self.hide()

    def ask_for(self, words: str) -> None:
        """What can be found, to be read in the empty field."""
        self.field.setPlaceholderText(words)

    def open(self) -> None:
        """Come to the front, empty."""
        self._back = self.window().focusWidget()
        width = min(self._theme.px(76), self._over.width() - self._theme.px(4))
        height = min(self._theme.px(56), self._over.height() - self._theme.px(12))
        self.setGeometry((self._over.width() - width) // 2, self._theme.px(8), width, height)
        self.field.clear()
        self._look("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Go away; the focus goes back to where it was."""
        self.hide()
        if self._back is not None and self._back.isVisible():
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the list while the field has the focus; a click elsewhere leaves."""
        if event.type() is QEvent.Type.FocusOut and self.isVisible() and not self.list.underMouse():
            self.hide()
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        row, count = self.list.currentRow(), self.list.count()
        match event.key():
            case Qt.Key.Key_Escape:
                self.leave()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose()
            case Qt.Key.Key_Down if count:
                self.list.setCurrentRow((row + 1) % count)
            case Qt.Key.Key_Up if count:
                self.list.setCurrentRow((row - 1) % count)
            case _:
                return False
        return True

    def _look(self, typed: str) -> None:
        self._found = best(found for source in self._sources for found in source(typed))
        self.list.clear()
        for found in self._found:
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{found.title}, {found.detail}")
            item.setSizeHint(QSize(10, self._theme.px(4.5)))
            self.list.addItem(item)
            self.list.setItemWidget(item, self._row(found))
        self.list.setVisible(bool(self._found))
        self._nothing.setVisible(not self._found)
        if self._found:
            self.list.setCurrentRow(0)

    def _row(self, found: Found) -> QWidget:
        row = QWidget()
        row.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        box = QHBoxLayout(row)
        box.setContentsMargins(self._theme.px(1), 0, self._theme.px(1), 0)
        box.setSpacing(self._theme.px(1))
        picture = label()
        icon = self._icons.icon(found.icon, "text_quiet") if isinstance(found.icon, str) else found.icon
        if icon.isNull():
            icon = self._icons.icon("arrow-right", "text_quiet")
        picture.setPixmap(icon.pixmap(self._theme.px(2.25), self._theme.px(2.25)))
        box.addWidget(picture)
        box.addWidget(ElidedLabel(found.title), 1)
        box.addWidget(label(found.detail, "quiet small"))
        return row

    def _choose(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._found):
            self.leave()
            self._found[row].do()
