"""The hands of a person at the window: a mouse and keys to type with, or the keyboard alone. Of a control they know what a person sees: its name."""

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QMenu,
    QMenuBar,
    QScrollArea,
    QWidget,
)
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

PATIENCE = 20_000  # milliseconds
MOST_TABS = 40
"""So many times a person presses Tab on one page at most, before the control has come."""

Key = Qt.Key
CONTROL, SHIFT, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it. (On Linux, Qt calls a box by what is chosen in it, and leaves its name to the label beside it.)"""
    if isinstance(widget, QComboBox):
        return widget.accessibleName()
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip().replace("&", "")


def in_sight(widget: QWidget) -> bool:
    """Whether it can be seen: as a whole, or, where it is larger than what scrolls it, a part of it."""
    if not widget.isVisible() or widget.visibleRegion().isEmpty():
        return False
    above: QWidget | None = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            view = above.viewport()
            box = QRect(widget.mapTo(view, QPoint()), widget.size())
            if box.height() <= view.height() and not (view.rect().top() <= box.top() and box.bottom() <= view.rect().bottom()):
                return False
        above = above.parentWidget()
    return True


class Hands(ABC):
    """What a person does, whichever way."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot

    # What both do

    def wait(self, met: Callable[[], object]) -> None:
        """Look until it is so."""
        self.qtbot.waitUntil(lambda: bool(met()), timeout=PATIENCE)

    def sees(self, text: str) -> bool:
        """Whether something with this text is shown in the window in front."""
        return any(text in one for one in self.texts())

    def texts(self) -> list[str]:
        """All that is written in the window in front."""
        found = []
        for one in self._widgets():
            for said in ("text", "toPlainText", "currentText"):
                read = getattr(one, said, None)
                if callable(read):
                    found.append(str(read()))
            found.append(name_of(one))
        return found

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press a key: the window system gives it to the window in front, which gives it to whatever has the focus."""
        self.front()
        window = QGuiApplication.focusWindow()
        assert window is not None, "no window has the focus"
        QTest.keyClick(window, key, held)
        QApplication.processEvents()

    def spell(self, text: str) -> None:
        """Type into whatever has the focus."""
        QTest.keyClicks(self.focus(), text)

    def paste(self, text: str) -> None:
        """Paste what was copied elsewhere."""
        QGuiApplication.clipboard().setText(text)
        self.key(Key.Key_V, CONTROL)

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """The control with this name in the window in front."""
        with contextlib.suppress(TimeoutError):  # said in the next line, with what is there instead
            self.wait(lambda: any(isinstance(one, kind) and name_of(one) == name for one in self._controls()))
        found = [one for one in self._controls() if isinstance(one, kind) and name_of(one) == name]
        assert found, f"nothing in {self.front()} is called {name!r}; there are {sorted({name_of(one) for one in self._widgets() if name_of(one)})}"
        return found[0]

    def there(self, name: str) -> bool:
        """Whether a control with this name is there and can be used."""
        return any(name_of(one) == name and one.isEnabled() for one in self._controls())

    @staticmethod
    def front() -> QWidget:
        """The window in front."""
        window = QApplication.activePopupWidget() or QApplication.activeModalWidget() or QApplication.activeWindow()
        if (
            window is None or not window.isVisible()
        ):  # a window has closed: a desktop brings the one below to the front, the offscreen platform does not
            window = next(one for one in QApplication.topLevelWidgets() if one.isVisible() and one.isWindow())
            window.activateWindow()
            QApplication.processEvents()
        return window

    @staticmethod
    def focus() -> QWidget:
        """What has the focus."""
        focus = QApplication.focusWidget()
        assert focus is not None, "nothing has the focus"
        return focus

    def _controls(self) -> Iterator[QWidget]:
        """What can be used. (Of buttons of which one is chosen, Tab stops at that one only; arrows and the mouse go to the others.)"""
        yield from (one for one in self._widgets() if isinstance(one, QAbstractButton) or one.focusPolicy() is not Qt.FocusPolicy.NoFocus)

    def _widgets(self) -> Iterator[QWidget]:
        front = self.front()
        yield from (one for one in front.findChildren(QWidget) if one.isVisible())

    # What each does in its own way

    @abstractmethod
    def go(self, page: str) -> None:
        """Go to a page."""

    @abstractmethod
    def press(self, name: str) -> None:
        """Press a button, a chip, a check box."""

    @abstractmethod
    def to(self, name: str) -> None:
        """Go to a field."""

    @abstractmethod
    def menu(self, menu: str, item: str) -> None:
        """Choose something from the menu bar."""

    @abstractmethod
    def press_menu(self, name: str, item: str) -> None:
        """Press a button that has a menu, and choose from it what begins like this."""

    @abstractmethod
    def choose(self, name: str, item: str) -> None:
        """Choose from a list that folds out."""

    @abstractmethod
    def row(self, name: str, text: str, *more: str) -> None:
        """Choose the row with this text in a list, and those with these texts, too."""

    @abstractmethod
    def open_row(self, name: str, text: str) -> None:
        """Open what the row with this text speaks of."""

    def write(self, name: str, text: str) -> None:
        """Write over what is in a field, and go on with Enter."""
        self.to(name)
        self.key(Key.Key_A, CONTROL)
        self.spell(text)
        self.key(Key.Key_Return)


class Keyboard(Hands):
    """The keyboard alone."""

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        super().key(key, held)
        if key in (Key.Key_Tab, Key.Key_Backtab):
            self.look()

    def look(self) -> QWidget:
        """Where the focus is: it can always be seen."""
        focus = QApplication.focusWidget()
        assert focus is not None, "the focus is lost"
        assert in_sight(focus), f"the focus is on {type(focus).__name__} {name_of(focus)!r}, which nobody sees"
        return focus

    def go(self, page: str) -> None:
        pages = ("Today", "Members", "Calendar", "Announcements", "Channels", "Settings")
        self.key(Qt.Key(Key.Key_1 + pages.index(page)), CONTROL)
        self.look()

    def to(self, name: str) -> None:
        self.find(name)
        met = []
        for _ in range(MOST_TABS):
            focus = self.look()
            met.append(name_of(focus))
            if met[-1] == name:
                return
            self.key(Key.Key_Tab)
        raise AssertionError(f"Tab does not come to {name!r}, but to {met}")

    def press(self, name: str) -> None:
        self.to(name)
        self.key(Key.Key_Space)

    def menu(self, menu: str, item: str) -> None:
        self.wait(self._alt)
        bar = self.focus()
        assert isinstance(bar, QMenuBar)
        self._walk(Key.Key_Right, len(bar.actions()), lambda: _word(bar.activeAction()) == menu, f"the menu {menu}")
        self.key(Key.Key_Down)
        self._in_menu(item)

    def _alt(self) -> bool:
        """Alt leads to the menus; pressed again where something came to the front just then."""
        if not self.front().isActiveWindow():
            return False
        window = self.front().windowHandle()
        QTest.keyPress(window, Key.Key_Alt, ALT)
        QTest.keyRelease(window, Key.Key_Alt, NONE)
        return isinstance(QApplication.focusWidget(), QMenuBar)

    def press_menu(self, name: str, item: str) -> None:
        self.press(name)
        self.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        self._in_menu(item)

    def choose(self, name: str, item: str) -> None:
        self.to(name)
        box = QApplication.focusWidget()
        assert isinstance(box, QComboBox)
        self.key(Key.Key_Space)
        view = box.view()
        self.wait(view.isVisible)
        self.key(Key.Key_Home)
        self._walk(Key.Key_Down, box.count(), lambda: view.currentIndex().data() == item, f"{item} in {name}")
        self.key(Key.Key_Return)
        self.wait(lambda: not view.isVisible())

    def row(self, name: str, text: str, *more: str) -> None:
        self.to(name)
        view = QApplication.focusWidget()
        assert isinstance(view, QAbstractItemView)
        self.key(Key.Key_Home)
        self._row(view, text, NONE)
        self.key(Key.Key_Space)
        for other in more:
            self._row(view, other, CONTROL)
            self.key(Key.Key_Space, CONTROL)

    def open_row(self, name: str, text: str) -> None:
        self.row(name, text)
        self.key(Key.Key_Return)

    def _row(self, view: QAbstractItemView, text: str, held: Qt.KeyboardModifier) -> None:
        self._walk(Key.Key_Down, view.model().rowCount(QModelIndex()), lambda: text in _written(view.currentIndex()), f"the row {text}", held)

    def _in_menu(self, item: str) -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        self._walk(Key.Key_Down, len(menu.actions()), lambda: _word(menu.activeAction()).startswith(item), f"{item} in the menu")
        self.key(Key.Key_Return)
        self.wait(lambda: QApplication.activePopupWidget() is None)

    def _walk(self, key: Qt.Key, most: int, met: Callable[[], bool], what: str, held: Qt.KeyboardModifier = NONE) -> None:
        for _ in range(most + 1):
            if met():
                return
            self.key(key, held)
        raise AssertionError(f"the arrows do not come to {what}")


class Mouse(Hands):
    """The mouse; and the keyboard to type."""

    def click(self, widget: QWidget, place: QPoint | None = None, held: Qt.KeyboardModifier = NONE) -> None:
        """Scroll to it, and click what can be seen there."""
        above: QWidget | None = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea) and above.viewport().isAncestorOf(widget):
                above.ensureWidgetVisible(widget)
            above = above.parentWidget()
        QApplication.processEvents()
        at = place or widget.visibleRegion().boundingRect().center()
        hit = widget.window().childAt(widget.mapTo(widget.window(), at))
        assert hit is not None, f"{name_of(widget)!r} is out of sight"
        assert hit is widget or widget.isAncestorOf(hit), f"{name_of(widget)!r} lies under {type(hit).__name__}"
        QTest.mouseClick(widget, LEFT, held, at)
        QApplication.processEvents()

    def go(self, page: str) -> None:
        self.press(page)

    def press(self, name: str) -> None:
        self.click(self.find(name))

    def to(self, name: str) -> None:
        self.press(name)

    def menu(self, menu: str, item: str) -> None:
        bar = next(one for one in self._widgets() if isinstance(one, QMenuBar))
        place = bar.actionGeometry(next(one for one in bar.actions() if _word(one) == menu)).center()
        QTest.mouseClick(bar, LEFT, NONE, place)
        self._in_menu(item)

    def press_menu(self, name: str, item: str) -> None:
        self.press(name)
        self.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        self._in_menu(item)

    def choose(self, name: str, item: str) -> None:
        box = self.find(name)
        assert isinstance(box, QComboBox)
        self.click(box)
        view = box.view()
        self.wait(view.isVisible)
        index = next(view.model().index(row, 0) for row in range(view.model().rowCount(QModelIndex())) if box.itemText(row) == item)
        view.scrollTo(index)
        QTest.mouseMove(view.viewport(), view.visualRect(index).center())
        QTest.mouseClick(view.viewport(), LEFT, NONE, view.visualRect(index).center())
        self.wait(lambda: not view.isVisible())

    def row(self, name: str, text: str, *more: str) -> None:
        view = self.find(name, QAbstractItemView)
        assert isinstance(view, QAbstractItemView)
        for number, wanted in enumerate((text, *more)):
            index = next(
                view.model().index(row, 0) for row in range(view.model().rowCount(QModelIndex())) if wanted in _written(view.model().index(row, 0))
            )
            view.scrollTo(index)
            self.click(view.viewport(), view.visualRect(index).center(), CONTROL if number else NONE)

    def open_row(self, name: str, text: str) -> None:
        self.row(name, text)
        view = self.find(name, QAbstractItemView)
        assert isinstance(view, QAbstractItemView)
        QTest.mouseDClick(view.viewport(), LEFT, NONE, view.visualRect(view.currentIndex()).center())

    def _in_menu(self, item: str) -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(one for one in menu.actions() if _word(one).startswith(item))
        QTest.mouseClick(menu, LEFT, NONE, menu.actionGeometry(action).center())
        self.wait(lambda: QApplication.activePopupWidget() is None)


def _word(action: QAction | None) -> str:
    return action.text().replace("&", "") if action is not None else ""


def _written(index: QModelIndex) -> str:
    """What stands in a row."""
    said, cell = [], index.siblingAtColumn(0)
    while cell.isValid():
        said.append(str(cell.data(Qt.ItemDataRole.DisplayRole) or cell.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
        cell = cell.siblingAtColumn(cell.column() + 1)
    return " ".join(said)
