"""A time of day, written as people write it (`18:30`, `6pm`, `1830`); up and down go by a quarter of an hour."""

import re
from datetime import time

from PySide6.QtCore import QLocale, QSize, Qt, QTime, Signal
from PySide6.QtGui import QKeyEvent

from desktop.ui.widgets.edited import InPlaceLine
from resources.translations import _

_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?([0-5]\d))?h?\s*([ap])?\.?\s*(?:m\.?)?", re.IGNORECASE)
_QUARTER = 15


class TimeLine(InPlaceLine):
    """Edits a time.

    Args:
        kind: of its look; empty for a field with a frame.
    Signals:
        timed: (a time) it was changed.
        refused: why what was typed is none.
    """

    timed = Signal(object)
    refused = Signal(str)

    def __init__(self, name: str, locale: QLocale, *, kind: str = "in_place") -> None:
        super().__init__(name)
        self.setProperty("kind", kind)
        self._locale = locale
        self._time = time()
        self.committed.connect(self._committed)

    @property
    def clock(self) -> time:
        """What it shows."""
        return self._time

    def show_time(self, moment: time) -> None:
        """Show this time."""
        self._time = moment
        self.show_value(self._locale.toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat))

    def sizeHint(self) -> QSize:
        """As wide as the widest time."""
        widest = max(self._width_of(hour) for hour in (10, 22))
        around = self.contentsMargins()
        return QSize(widest + around.left() + around.right() + 8, super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A quarter on or back."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = _QUARTER if event.key() == Qt.Key.Key_Up else -_QUARTER
            minutes = (self._time.hour * 60 + self._time.minute + step) % (24 * 60)
            self._say(time(minutes // 60, minutes % 60))
            return
        super().keyPressEvent(event)

    def _width_of(self, hour: int) -> int:
        return self.fontMetrics().horizontalAdvance(self._locale.toString(QTime(hour, 58), QLocale.FormatType.ShortFormat))

    def _committed(self, text: str) -> None:
        found = time_from(text)
        if found is None:
            problem = _("“{text}” is no time. Write it as in 18:30.").format(text=text)
            self.refused.emit(problem)
            self.wrong(problem)
        else:
            self.clear_wrong()
            self._say(found)

    def _say(self, moment: time) -> None:
        changed = moment != self._time
        self._time = moment
        text = self._locale.toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)
        self.setText(text)
        self.show_value(text)
        if changed:
            self.timed.emit(moment)


def time_from(text: str) -> time | None:
    """A time as a person writes it; None where it is none."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 else None
