"""Tab goes where the eye goes: through a window as it is laid out, whenever its parts were made; and what it comes to is scrolled into sight.

Qt's own order is the one in which widgets were made: a row that is added later would come after everything else.
"""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QGridLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)


def next_in(window: QWidget, *, forth: bool) -> bool:
    """Put the focus on what is read next in a window, or before. Gives whether there is anything; for `focusNextPrevChild`."""
    focus = QApplication.focusWidget()
    reason = Qt.FocusReason.TabFocusReason if forth else Qt.FocusReason.BacktabFocusReason
    stops = _stops()
    for one in _from(window, focus if focus is not None and window.isAncestorOf(focus) else window, forth=forth):
        if one is not window and stops(one):
            one.setFocus(reason)
            return True
    return False


def reached(window: QWidget) -> Iterator[QWidget]:
    """What Tab stops at, in the order in which it is read."""
    stops = _stops()
    return (one for one in _read(window) if one is not window and stops(one))


class InSight(QObject):
    """Scrolls what gets the focus into sight, as a whole where there is room. Not while the mouse is held: what is pressed stays in its place."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.focusObjectChanged.connect(self._changed)  # focusChanged would hand over what loses it, too, even in its destruction

    def _changed(self, now: QObject | None) -> None:
        if isinstance(now, QWidget) and QGuiApplication.mouseButtons() is Qt.MouseButton.NoButton:
            bring(now)


def bring(widget: QWidget) -> None:
    """Scroll it into sight, in everything that scrolls around it."""
    above = widget.parentWidget()
    while above is not None:
        content = above.widget() if isinstance(above, QScrollArea) else None
        if isinstance(above, QScrollArea) and content is not None and content.isAncestorOf(widget):
            high, margin = above.viewport().height(), above.fontMetrics().descent()
            box, bar = _wanted(widget, high).translated(widget.mapTo(content, QPoint())), above.verticalScrollBar()
            if box.top() < bar.value() or box.height() > high:
                bar.setValue(box.top() - margin)
            elif box.bottom() >= bar.value() + high:
                bar.setValue(box.bottom() + 1 + margin - high)
        above = above.parentWidget()


def _wanted(widget: QWidget, room: int) -> QRect:
    """What of it is to be in sight: where it is written in, with a line around; or, where all of it has no room, where the keyboard is in it."""
    written = isinstance(widget, QPlainTextEdit | QTextEdit)
    if not written and widget.height() <= room:
        return widget.rect()
    place = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    line = widget.fontMetrics().height() if written else 0
    return QRectF(place).toAlignedRect().adjusted(0, -line, 0, line).intersected(widget.rect())


def _stops() -> Callable[[QWidget], bool]:
    """Whether Tab stops at something that is seen."""
    every = QGuiApplication.styleHints().tabFocusBehavior() is Qt.TabFocusBehavior.TabFocusAllControls
    needed = Qt.FocusPolicy.TabFocus if every else Qt.FocusPolicy.StrongFocus
    return lambda one: one.focusPolicy() & needed == needed and one.isEnabled() and one.focusProxy() is None


def _from(window: QWidget, start: QWidget, *, forth: bool) -> Iterator[QWidget]:
    """What is read after a part of a window, or before it, and then all of the window again from its other end.

    Only what lies on the way is looked at: a window has hundreds of parts, and the next one is near.
    """
    here = start
    if forth:
        for one in _parts(here):
            yield from _read(one)
    while here is not window:
        above = here.parentWidget()
        if above is None:
            break
        beside = _parts(above)
        if here in beside:
            number = beside.index(here)
            for one in beside[number + 1 :] if forth else reversed(beside[:number]):
                yield from _read(one, forth=forth)
        if not forth:
            yield above
        here = above
    yield from _read(window, forth=forth)


def _read(widget: QWidget, *, forth: bool = True) -> Iterator[QWidget]:
    """A widget and all in it that can be seen, as it is laid out; or backwards."""
    if not widget.isVisible():
        return
    if forth:
        yield widget
    parts = _parts(widget)
    for one in parts if forth else reversed(parts):
        yield from _read(one, forth=forth)
    if not forth:
        yield widget


def _parts(widget: QWidget) -> list[QWidget]:
    """What is directly in a widget, as it is laid out."""
    if isinstance(widget, QComboBox | QLineEdit) or (isinstance(widget, QAbstractScrollArea) and not isinstance(widget, QScrollArea)):
        return []  # one control; what it is made of is its own
    if isinstance(widget, QScrollArea):
        return [widget.viewport()]
    layout = widget.layout()
    laid = list(_laid_out(layout, widget)) if layout is not None else []
    rest = [one for one in widget.children() if isinstance(one, QWidget) and not one.isWindow() and one not in laid]
    return laid + sorted(rest, key=_place)


def _laid_out(layout: QLayout, owner: QWidget) -> Iterator[QWidget]:
    """The widgets in a layout of `owner`, as they are laid out. Without `itemAt`: Python would hold on to items that Qt has freed."""
    inner = [one for one in layout.children() if isinstance(one, QLayout)]
    own = [one for one in owner.children() if isinstance(one, QWidget) and layout.indexOf(one) >= 0]
    found: list[QLayout | QWidget] = [*own, *inner]
    for one in sorted(found, key=lambda one: _number(layout, one)):
        if isinstance(one, QLayout):
            yield from _laid_out(one, owner)
        else:
            yield one


def _number(layout: QLayout, one: QWidget | QLayout) -> tuple[int, ...]:
    """Its place: in a grid its row and column."""
    number = layout.indexOf(one)
    return layout.getItemPosition(number)[:2] if isinstance(layout, QGridLayout) else (number,)  # type: ignore[index]


def _place(widget: QWidget) -> tuple[int, int]:
    left = widget.x() if widget.layoutDirection() is Qt.LayoutDirection.LeftToRight else -widget.x()
    return widget.y(), left
