"""What there is to say of an event that repeats: every how many, on which days, how long."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QLocale, QSignalBlocker, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from desktop.community.recurrence import Wall
from desktop.community.repeat_rule import Parts, Pattern
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.pages.calendar.repeat_words import until_day
from desktop.ui.theme import Theme
from desktop.ui.widgets.chip import chip
from desktop.ui.widgets.combo import Combo, name_box
from desktop.ui.widgets.day_field import DayField
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.spin import number_box
from resources.translations import _

_NEVER, _UNTIL, _TIMES = range(3)


class RepeatParts(QWidget):
    """Edits them.

    Signals:
        edited: the rule is to have these `Parts`.
        refused: what was pressed can't be; show again what is.
    """

    edited = Signal(object)
    refused = Signal()

    def __init__(self, theme: Theme, icons: Icons, dates: Dates) -> None:
        super().__init__()
        self._parts = Parts()
        self._start: Wall = dates.today()
        self.interval = number_box(theme, _("Every how many"), 1, 99)
        self.ends = Combo()
        name_box(self.ends, _("How long it repeats"))
        self.ends.addItems([_("for good"), _("until"), _("a number of times")])
        self.until = DayField(theme, icons, dates, _("Last day"))
        self.count = number_box(theme, _("How many times"), 1, 999)
        self.days: Sequence[QToolButton] = [_day(number, dates.locale) for number in range(7)]
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(1))
        self._days_holder = QWidget()
        days = FlowLayout(theme.px(0.5), parent=self._days_holder)
        for made in self.days:
            made.clicked.connect(self._days_pressed)
            days.addWidget(made)
        box.addWidget(self._days_holder)
        how_holder = QWidget()
        how = FlowLayout(theme.px(1), parent=how_holder)
        for widget in (self.interval, self.ends, self.until, self.count):
            how.addWidget(widget)
        box.addWidget(how_holder)
        self.interval.valueChanged.connect(lambda n: self.edited.emit(self._parts.every(n)))
        self.ends.activated.connect(self._ends_picked)
        self.until.chosen.connect(lambda day: self.edited.emit(self._parts.last_day(day, self._start)))
        self.count.valueChanged.connect(lambda n: self.edited.emit(self._parts.times(n)))
        for field in (self.interval, self.count):
            field.setKeyboardTracking(False)
            field.lineEdit().setTextMargins(theme.px(0.5), 0, 0, 0)

    def show_parts(self, parts: Parts, start: Wall, *, other: bool) -> None:
        """Show these. `other`: of another event than before; of the same one what was typed stays to be mended."""
        self._parts, self._start = parts, start
        blocked = [QSignalBlocker(widget) for widget in (self.interval, self.ends, self.count)]
        self.interval.setValue(parts.interval)
        self._name_interval(parts)
        self.ends.setCurrentIndex(_UNTIL if parts.until else _TIMES if parts.count else _NEVER)
        self.until.earliest = start.date() if isinstance(start, datetime) else start
        if other or not self.until.problem:
            self.until.show_day(until_day(parts, start))
        self.count.setRange(1, max(999, parts.count or 0))
        self.count.setValue(parts.count or 10)
        on = parts.weekdays or (start.weekday(),)
        for button in self.days:
            button.setChecked(button.property("weekday") in on)
        self._days_holder.setVisible(parts.pattern(start) is Pattern.WEEKLY)
        self.until.setVisible(bool(parts.until))
        self.count.setVisible(bool(parts.count) and not parts.until)
        del blocked

    def _name_interval(self, parts: Parts) -> None:
        """`every 2 weeks`, as one field."""
        match parts.get("FREQ"):
            case "DAILY":
                words, once = _("every {n} days"), _("every day")
            case "WEEKLY":
                words, once = _("every {n} weeks"), _("every week")
            case "MONTHLY":
                words, once = _("every {n} months"), _("every month")
            case _:
                words, once = _("every {n} years"), _("every year")
        before, _n, after = words.partition("{n}")
        self.interval.setSpecialValueText(once)
        self.interval.setPrefix(before)
        self.interval.setSuffix(after)

    def _days_pressed(self) -> None:
        on = tuple(sorted(int(button.property("weekday")) for button in self.days if button.isChecked()))
        if on:
            self.edited.emit(self._parts.on(on))
        else:  # a week without a day is none
            self.refused.emit()

    def _ends_picked(self, which: int) -> None:
        match which:
            case 1:
                self.edited.emit(self._parts.last_day(until_day(Parts(), self._start), self._start))
            case 2:
                self.edited.emit(self._parts.times(self.count.value()))
            case _:
                self.edited.emit(self._parts.for_good())


def _day(place: int, locale: QLocale) -> QToolButton:
    """A day of the week, by its place in a week as people write it."""
    number = (locale.firstDayOfWeek().value - 1 + place) % 7
    made = chip(locale.dayName(number + 1, QLocale.FormatType.ShortFormat))
    made.setAccessibleName(locale.dayName(number + 1))
    made.setProperty("weekday", number)
    return made
