"""How the window looks: named colours (resources/themes), the community's accent, sizes on the 8-pixel grid, three text sizes. Tells when it changes.

Colours made from the accent: `accent` (fills), `on_accent` (text on it), `accent_text` (links, focus, what is chosen), `accent_soft` (a chosen row).
"""

import json
import weakref
from collections.abc import Mapping
from enum import StrEnum
from importlib import resources

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget
from shiboken6 import isValid

from desktop.ui.contrast import AA_SHAPE, AA_TEXT, contrast, ink_on, mix, readable
from desktop.ui.style_sheet import style_sheet

GRID = 8
DEFAULT_ACCENT = "#3b5bb5"
AVATARS = 8
LARGE = 1.4  # of the text's usual size: from here on things stand one below the other instead of side by side

READ_ON: Mapping[str, tuple[str, ...]] = {
    "text": ("window", "rail", "raised", "sunken", "hover", "line", "accent_soft", "good_soft", "warn_soft", "bad_soft", "info_soft"),
    "text_quiet": ("window", "rail", "raised", "sunken", "hover", "line", "accent_soft", "good_soft", "warn_soft", "bad_soft", "info_soft"),
    "accent_text": ("window", "rail", "raised", "sunken", "hover", "accent_soft", "good_soft", "info_soft"),  # the last two: links in bubbles
    "on_accent": ("accent", "accent_pressed"),
    "good": ("window", "raised", "sunken", "hover", "good_soft"),
    "warn": ("window", "raised", "sunken", "hover", "warn_soft"),
    "bad": ("window", "raised", "sunken", "hover", "bad_soft"),
    "info": ("window", "raised", "sunken", "hover", "info_soft"),
    "avatar_text": tuple(f"avatar_{number}" for number in range(1, AVATARS + 1)),
}
"""What is written on what: each pair keeps AA (4.5). A test goes through it."""
SEEN_ON: Mapping[str, tuple[str, ...]] = {"line_strong": ("window", "raised"), "accent_text": ("window", "rail", "raised")}
"""What shows where a control is: each pair keeps 3.0."""


class Mode(StrEnum):
    """Which theme is shown."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Text(StrEnum):
    """The three text sizes."""

    SMALL = "small"
    BODY = "body"
    TITLE = "title"


_FACTORS = {Text.SMALL: 0.88, Text.BODY: 1.0, Text.TITLE: 1.55}


class Theme(QObject):
    """The look of one application.

    The style sheet is worn by the parts of a window (`dress`), each with what is in it, and not by the application: there Qt styles a widget once for
    each of its ancestors, which is ten times for most. Where the look changes, what can be seen is restyled at once and what is hidden
    part by part afterwards, so that the window never stands still.

    Args:
        app: gets style, palette and font.
        mode: SYSTEM follows the system's colour scheme, also while the program runs.
        accent: the community's own colour, `#rrggbb`.
        scale: of all text, 1.0 to 2.0.
    Signals:
        changed: colours or sizes are others now; what paints itself repaints.
    """

    changed = Signal()

    def __init__(self, app: QApplication, mode: Mode = Mode.SYSTEM, accent: str = DEFAULT_ACCENT, scale: float = 1.0) -> None:
        super().__init__()
        self._app = app
        self._mode = mode
        self._accent = accent
        self._scale = scale
        self._font = QFont(app.font())
        self._colours: dict[str, QColor] = {}
        self._sheet = ""
        self._dressed: weakref.WeakSet[QWidget] = weakref.WeakSet()
        self._later = QTimer(self, interval=0)
        self._later.timeout.connect(self._dress_next)
        app.setStyle(QStyleFactory.create("Fusion"))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        self._apply()

    @property
    def dark(self) -> bool:
        """Whether the dark colours are shown."""
        if self._mode is Mode.SYSTEM:
            return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._mode is Mode.DARK

    @property
    def mode(self) -> Mode:
        """What was chosen."""
        return self._mode

    @property
    def accent(self) -> str:
        """The community's colour as it was given, `#rrggbb`."""
        return self._accent

    @property
    def scale(self) -> float:
        """Of all text."""
        return self._scale

    def choose(self, mode: Mode | None = None, accent: str | None = None, scale: float | None = None) -> None:
        """Look different from now on; what is None stays."""
        self._mode = mode or self._mode
        self._accent = accent if accent and QColor.isValidColorName(accent) else self._accent
        self._scale = min(max(scale, 1.0), 2.0) if scale else self._scale
        self._apply()

    def dress(self, *parts: QWidget) -> None:
        """Let these wear the style sheet from now on: a part of a window when it is built, a dialog, a menu without a parent. What lies within a
        part that wears it already has it from there.
        """
        for part in parts:
            if not _wears(part.parentWidget()):
                part.setStyleSheet(self._sheet)
                self._dressed.add(part)

    def colour(self, name: str) -> QColor:
        """A named colour. Raises KeyError for one that is in no theme."""
        return self._colours[name]

    def px(self, units: float) -> int:
        """Pixels for so many units of the grid (8 px), growing with the text."""
        return round(units * GRID * self._scale)

    def font(self, size: Text = Text.BODY, *, bold: bool = False) -> QFont:
        """The system's font in one of the sizes, in one of the two weights."""
        font = QFont(self._font)
        font.setPointSizeF(self.points(size))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def points(self, size: Text) -> float:
        """The size in points."""
        base = self._font.pointSizeF() if self._font.pointSizeF() > 0 else 10.0
        return round(base * _FACTORS[size] * self._scale, 1)

    def _follow(self) -> None:
        if self._mode is Mode.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        self._colours = colours(dark=self.dark, accent=self._accent)
        self._app.setFont(self.font())
        self._app.setPalette(_palette(self._colours))
        self._sheet = style_sheet(self._colours, {size: self.points(size) for size in Text}, self.px)
        for part in self._old():
            if part.isVisible():
                part.setStyleSheet(self._sheet)
        self._later.start()
        self.changed.emit()

    def _old(self) -> list[QWidget]:
        """What wears a style sheet of before."""
        return [part for part in self._dressed if isValid(part) and part.styleSheet() != self._sheet]

    def _dress_next(self) -> None:
        """One part that is hidden."""
        old = self._old()
        if old:
            old[0].setStyleSheet(self._sheet)
        if len(old) < 2:
            self._later.stop()


def _wears(widget: QWidget | None) -> bool:
    """Whether it, or what it lies in, wears a style sheet."""
    while widget is not None:
        if widget.styleSheet():
            return True
        widget = widget.parentWidget()
    return False


def colours(*, dark: bool, accent: str) -> dict[str, QColor]:
    """All named colours of a theme, with those made from the accent."""
    kept = json.loads((resources.files("resources.themes") / ("dark.json" if dark else "light.json")).read_text("utf-8"))
    found = {name: QColor(value) for name, value in kept.items()}
    own = QColor(accent)
    window, text = found["window"], found["text"]
    grounds = [found[name] for name in READ_ON["accent_text"] if name in found]
    found["accent"] = readable(own, text, window, ratio=AA_SHAPE)
    found["on_accent"] = ink_on(found["accent"])
    towards = QColor("#000000") if found["on_accent"].lightness() > 128 else QColor("#ffffff")
    found["accent_pressed"] = mix(towards, found["accent"], 0.14)
    found["accent_soft"] = _soft(found["accent"], window, found["text_quiet"], 0.22 if dark else 0.11)
    found["accent_text"] = readable(own, text, *grounds, found["accent_soft"])
    return found


def _soft(accent: QColor, window: QColor, ink: QColor, share: float) -> QColor:
    """A tint of the accent on which quiet text can still be read."""
    tint = mix(accent, window, share)
    while contrast(ink, tint) < AA_TEXT + 0.1:
        share *= 0.9
        tint = mix(accent, window, share)
    return tint


def _palette(found: Mapping[str, QColor]) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(found["window"])
    for where, name in (
        (role.Window, "window"),
        (role.WindowText, "text"),
        (role.Base, "window"),
        (role.AlternateBase, "sunken"),
        (role.Text, "text"),
        (role.PlaceholderText, "text_quiet"),
        (role.Button, "raised"),
        (role.ButtonText, "text"),
        (role.BrightText, "bad"),
        (role.ToolTipBase, "raised"),
        (role.ToolTipText, "text"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on_accent"),
        (role.Link, "accent_text"),
        (role.LinkVisited, "accent_text"),
        (role.Accent, "accent"),
        (role.Light, "raised"),
        (role.Midlight, "line"),
        (role.Mid, "line"),
        (role.Dark, "line_strong"),
        (role.Shadow, "shadow"),
    ):
        palette.setColor(where, found[name])
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, mix(found["text_quiet"], found["window"], 0.7))
    return palette
