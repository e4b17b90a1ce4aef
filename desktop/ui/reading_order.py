"""Tab goes where the eye goes: through a window as it is laid out, whenever its parts were made; and what it comes to is scrolled into sight.

Qt's own order is the one in which widgets were made: a row that is added later would come after everything else.
"""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QComboBox, QGridLayout, QLayout, QLineEdit, QScrollArea, QWidget


def next_in(window: QWidget, *, forth: bool) -> bool:
    """Put the focus on what is read next in a window, or before. Gives whether there is anything; for `focusNextPrevChild`."""
    order = list(reached(window))
    if not order:
        return False
    focus = QApplication.focusWidget()
    reason = Qt.FocusReason.TabFocusReason if forth else Qt.FocusReason.BacktabFocusReason
    if focus in order:
        there = (order.index(focus) + (1 if forth else -1)) % len(order)
    else:  # on something that Tab does not stop at: from there on
        before = sum(1 for one in order if focus is not None and window.isAncestorOf(focus) and _before(one, focus, window))
        there = before % len(order) if forth else before - 1
    order[there].setFocus(reason)
    return True


def reached(window: QWidget) -> Iterator[QWidget]:
    """What Tab stops at, in the order in which it is read."""
    every = QGuiApplication.styleHints().tabFocusBehavior() is Qt.TabFocusBehavior.TabFocusAllControls
    needed = Qt.FocusPolicy.TabFocus if every else Qt.FocusPolicy.StrongFocus
    for one in _read(window):
        policy = one.focusPolicy()
        if policy & needed == needed and one.isEnabled() and one.focusProxy() is None and one is not window:
            yield one


class InSight(QObject):
    """Scrolls what gets the focus into sight, as a whole where there is room. Not while the mouse is held: what is pressed stays in its place."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.focusChanged.connect(self._changed)

    def _changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and QGuiApplication.mouseButtons() is Qt.MouseButton.NoButton:
            bring(now)


def bring(widget: QWidget) -> None:
    """Scroll it into sight, in everything that scrolls around it."""
    above = widget.parentWidget()
    while above is not None:
        content = above.widget() if isinstance(above, QScrollArea) else None
        if isinstance(above, QScrollArea) and content is not None and content.isAncestorOf(widget):
            box, bar = QRect(widget.mapTo(content, QPoint()), widget.size()), above.verticalScrollBar()
            high, margin = above.viewport().height(), above.fontMetrics().descent()
            if box.top() < bar.value() or box.height() > high:
                bar.setValue(box.top() - margin)
            elif box.bottom() >= bar.value() + high:
                bar.setValue(box.bottom() + 1 + margin - high)
        above = above.parentWidget()


def _read(widget: QWidget) -> Iterator[QWidget]:
    """A widget and all in it that can be seen, as it is laid out."""
    if not widget.isVisible():
        return
    yield widget
    if isinstance(widget, QComboBox | QLineEdit) or (isinstance(widget, QAbstractScrollArea) and not isinstance(widget, QScrollArea)):
        return  # one control; what it is made of is its own
    if isinstance(widget, QScrollArea):
        content = widget.widget()
        if content is not None:
            yield from _read(content)
        return
    layout = widget.layout()
    laid = list(_laid_out(layout)) if layout is not None else []
    for one in laid:
        yield from _read(one)
    rest = [one for one in widget.children() if isinstance(one, QWidget) and not one.isWindow() and one not in laid]
    for one in sorted(rest, key=_place):
        yield from _read(one)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    numbers = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        numbers.sort(key=lambda number: layout.getItemPosition(number)[:2])  # type: ignore[index]  # row, column, and their spans
    for number in numbers:
        item = layout.itemAt(number)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)


def _place(widget: QWidget) -> tuple[int, int]:
    left = widget.x() if widget.layoutDirection() is Qt.LayoutDirection.LeftToRight else -widget.x()
    return widget.y(), left


def _before(one: QWidget, focus: QWidget, window: QWidget) -> bool:
    """Whether one thing is read before another."""
    for widget in _read(window):
        if widget is one:
            return True
        if widget is focus:
            return False
    return False
