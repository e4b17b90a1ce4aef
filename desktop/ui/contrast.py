"""How far apart two colours are to a reader, and colours made from others. Numbers as WCAG 2.2 has them."""

from PySide6.QtGui import QColor

AA_TEXT = 4.5
"""WCAG 2.2, 1.4.3: text against what is behind it."""
AA_SHAPE = 3.0
"""WCAG 2.2, 1.4.11: what shows where a control is, or that it has the focus."""
_STEPS = 40


def luminance(colour: QColor) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2, glossary)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (colour.redF(), colour.greenF(), colour.blueF())]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two opaque colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(one: QColor, other: QColor, share: float) -> QColor:
    """`share` (0 to 1) of `one`, the rest of `other`; in the steps that a style sheet and a screen have, so that what is measured is what is seen."""
    parts = zip((one.redF(), one.greenF(), one.blueF()), (other.redF(), other.greenF(), other.blueF()), strict=True)
    return QColor(QColor.fromRgbF(*(mine * share + theirs * (1 - share) for mine, theirs in parts)).name())


def readable(colour: QColor, towards: QColor, *backs: QColor, ratio: float = AA_TEXT) -> QColor:
    """The colour, moved towards another one just as far as it takes to be read on all of these."""
    for step in range(_STEPS + 1):
        moved = mix(towards, colour, step / _STEPS)
        if all(contrast(moved, back) >= ratio for back in backs):
            return moved
    return towards


def ink_on(back: QColor) -> QColor:
    """White or black, whichever can be read better on this; one of them always can."""
    white, black = QColor("#ffffff"), QColor("#000000")
    return white if contrast(white, back) >= AA_TEXT or contrast(white, back) >= contrast(black, back) else black
