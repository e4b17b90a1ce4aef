"""Whether all that a window shows can be read and reached: nothing cut, out of reach, or over something else. By geometry, not by eye."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTextBoundaryFinder
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from desktop.ui.palette.panel import Palette
from desktop.ui.widgets.label import ElidedLabel
from desktop.ui.widgets.toasts import Toasts

_READ = (QLabel, QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit, QTabBar, QAbstractItemView, QProgressBar)
_FLOATING = (Toasts, Palette)
_EDGE = 8  # pixels around a picture
_SLACK = 2  # pixels: fonts round up and down


def misfits(window: QWidget) -> list[str]:
    """What of a window can't be read or reached, each in a sentence for the reader of a test. Must be empty."""
    shown = [one for one in _leaves(window) if not _folded_away(one)]
    found = list(_too_large(window))
    found += [f"{_named(one)} {why}" for one in shown for why in (*_out_of_reach(one, window), *_cut(one))]
    seen = [(one, _seen(one, window)) for one in shown if not _floats(one)]
    for (one, first), (other, second) in combinations(seen, 2):
        over = first.intersected(second)
        if over.width() > _SLACK and over.height() > _SLACK and not one.isAncestorOf(other) and not other.isAncestorOf(one):
            found.append(f"{_named(one)} and {_named(other)} lie over each other by {over.width()}×{over.height()}")
    return found


def _leaves(window: QWidget) -> Iterator[QWidget]:
    """What is read or pressed, not the parts that Qt makes it of."""
    for one in window.findChildren(QWidget):
        if not one.isVisibleTo(window) or not isinstance(one, _READ) or isinstance(one, QScrollBar):
            continue
        if any(isinstance(above, (QAbstractSpinBox, QComboBox, QAbstractItemView, QTabBar, QLineEdit)) for above in _above(one, window)):
            continue
        if isinstance(one, QLabel) and not one.text() and one.pixmap().isNull():
            continue
        yield one


def _above(one: QWidget, window: QWidget) -> Iterator[QWidget]:
    parent = one.parentWidget()
    while parent is not None and one is not window:
        yield parent
        if parent is window:
            return
        parent = parent.parentWidget()


def _too_large(window: QWidget) -> Iterator[str]:
    """A dialog that is larger than the window that it belongs to: then it may be larger than the screen."""
    parent = window.parentWidget()
    if window.isWindow() and parent is not None:
        room = parent.window().size()
        if window.width() > room.width() or window.height() > room.height():
            yield f"the dialog is {window.width()}×{window.height()} over a window of {room.width()}×{room.height()}"


def _folded_away(one: QWidget) -> bool:
    """Put out of sight on purpose, because a row has no room for it (FlowLayout): then nobody comes to it by Tab either."""
    return one.width() == 0 and one.focusPolicy() is Qt.FocusPolicy.NoFocus


def _floats(one: QWidget) -> bool:
    return any(isinstance(above, _FLOATING) for above in _above(one, one.window()))


def _out_of_reach(one: QWidget, window: QWidget) -> Iterator[str]:
    """Where it sticks out of something that does not scroll that way."""
    for above in _above(one, window):
        box = QRect(one.mapTo(above, QPoint()), one.size())
        room = above.rect()
        scroll = above.parentWidget()
        across, down = _scrolls(scroll) if isinstance(scroll, QScrollArea) and scroll.viewport() is above else (False, False)
        if not across and (box.left() < room.left() - _SLACK or box.right() > room.right() + _SLACK):
            yield f"is cut at the side: {box.left()}…{box.right()} in {_named(above)}, which is {room.width()} wide"
            return
        if not down and (box.top() < room.top() - _SLACK or box.bottom() > room.bottom() + _SLACK):
            yield f"is cut at the top or foot: {box.top()}…{box.bottom()} in {_named(above)}, which is {room.height()} high"
            return
        if across and down:
            return
        if isinstance(scroll, QScrollArea) and scroll.viewport() is above:
            yield from _too_low(scroll)
            if down:
                return  # sideways it was inside the viewport, and a scroll area shows what its own viewport can show


def _scrolls(area: QAbstractScrollArea) -> tuple[bool, bool]:
    off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    return area.horizontalScrollBarPolicy() != off, area.verticalScrollBarPolicy() != off


def _too_low(area: QScrollArea) -> Iterator[str]:
    """A scroll area of which one sees less than a line reaches nothing."""
    if area.viewport().height() < area.fontMetrics().height():
        yield f"scrolls in {area.viewport().height()} pixels of height"


def _cut(one: QWidget) -> Iterator[str]:
    """Where its own text has no room in it."""
    match one:
        case ElidedLabel():
            if one.fontMetrics().horizontalAdvance(one.text()) > one.contentsRect().width() and not one.toolTip():
                yield f"is cut to {one.contentsRect().width()} pixels and has no tooltip"
            if one.height() < one.fontMetrics().height():
                yield f"is {one.height()} high, its text {one.fontMetrics().height()}"
        case QLabel():
            yield from _label_cut(one)
        case QComboBox():
            yield from _combo_cut(one)
        case QPushButton() | QToolButton() | QCheckBox() | QRadioButton() | QAbstractSpinBox():
            wanted = one.minimumSizeHint() if isinstance(one, QAbstractSpinBox) else one.sizeHint()
            if isinstance(one, QAbstractButton) and not one.text() and one.icon().isNull():
                return
            if isinstance(one, QToolButton) and one.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly:
                wanted = wanted.boundedTo(one.iconSize() + QSize(_EDGE, _EDGE)) if not one.icon().isNull() else wanted
            yield from _too_small(one, wanted.width(), wanted.height())
        case QLineEdit():
            yield from _too_small(one, 0, one.fontMetrics().height() + _EDGE)
        case QPlainTextEdit() | QTextEdit():
            yield from _too_small(one, 0, one.fontMetrics().height() + one.fontMetrics().descent())
        case QTabBar():
            if not one.usesScrollButtons():
                yield from _too_small(one, one.sizeHint().width(), one.sizeHint().height())
        case _:
            pass


def _label_cut(one: QLabel) -> Iterator[str]:
    if not one.text():
        yield from _too_small(one, one.sizeHint().width(), one.sizeHint().height())
        return
    room = one.contentsRect()
    if not one.wordWrap():
        yield from _too_small(one, one.sizeHint().width(), one.sizeHint().height())
    elif one.textFormat() is Qt.TextFormat.RichText:
        document = QTextDocument()
        document.setDefaultFont(one.font())
        document.setDocumentMargin(0)
        document.setHtml(one.text())
        document.setTextWidth(room.width())
        yield from _too_small(one, 0, round(document.size().height()))
    else:
        words = max((one.fontMetrics().horizontalAdvance(word) for word in _unbroken(one.text())), default=0)
        if words > room.width() + _SLACK:
            yield f"has a word of {words} pixels in {room.width()}"
        needed = one.fontMetrics().boundingRect(QRect(0, 0, room.width(), 100_000), int(Qt.TextFlag.TextWordWrap), one.text()).height()
        if needed > room.height() + _SLACK:
            yield f"is {room.height()} high, its text {needed} at {room.width()} of width"


def _unbroken(text: str) -> Iterator[str]:
    """The parts of a text that a line can't be broken within, as Qt does it: a path may go on after a slash."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, text)
    begin = 0
    while (end := finder.toNextBoundary()) != -1:
        yield text[begin:end].strip()
        begin = end


def _combo_cut(one: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    one.initStyleOption(option)
    field = one.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, one)
    wide = one.fontMetrics().horizontalAdvance(one.currentText())
    if wide > field.width() + _SLACK and not one.toolTip():
        yield f"shows {field.width()} of {wide} pixels and has no tooltip"
    if field.height() < one.fontMetrics().height() - _SLACK:
        yield f"shows {field.height()} of {one.fontMetrics().height()} pixels of height"


def _too_small(one: QWidget, width: int, height: int) -> Iterator[str]:
    if width > one.width() + _SLACK:
        yield f"is {one.width()} wide and needs {width}"
    if height > one.height() + _SLACK:
        yield f"is {one.height()} high and needs {height}"


def _seen(one: QWidget, window: QWidget) -> QRect:
    """What of it is in sight, in the window's own pixels."""
    box = QRect(one.mapTo(window, QPoint()), one.size())
    for above in _above(one, window):
        box = box.intersected(QRect(above.mapTo(window, QPoint()), above.size()))
    return box


def _named(one: QWidget) -> str:
    said = one.text() if isinstance(one, (QLabel, QAbstractButton)) else one.accessibleName()
    return f"{type(one).__name__} “{(said or one.accessibleName() or one.objectName())[:40]}”"
