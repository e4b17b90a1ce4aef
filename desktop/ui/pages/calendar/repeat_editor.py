"""How an event repeats, edited as a sentence: which way, every how many, on which days, how long. Parts that it can't edit stay in the rule."""

from datetime import datetime

from PySide6.QtCore import QLocale, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QToolButton, QVBoxLayout, QWidget

from desktop.community.events import Event
from desktop.community.repeat_rule import Parts, Pattern, in_last_week, nth
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.pages.calendar.repeat_words import event_repeats, pattern_words, until_day
from desktop.ui.rule_words import rule_words
from desktop.ui.theme import Theme
from desktop.ui.widgets.chip import chip
from desktop.ui.widgets.combo import Combo, name_box
from desktop.ui.widgets.day_field import DayField
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.label import label
from desktop.ui.widgets.spin import number_box
from resources.translations import _

_NEVER, _UNTIL, _TIMES = range(3)
_MOST_WEEKS_COUNTED = 4


class RepeatEditor(QWidget):
    """Edits the rule of an event.

    Signals:
        edited: (the RRULE) the person has changed it.
    """

    edited = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, dates: Dates) -> None:
        super().__init__()
        locale = dates.locale
        self._locale = locale
        self._parts = Parts()
        self._event: Event | None = None
        self.pattern = Combo()
        name_box(self.pattern, _("How it repeats"))
        self.pattern.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.pattern.setMinimumContentsLength(18)
        self.interval = number_box(theme, _("Every how many"), 1, 99)
        self.days: list[QToolButton] = []
        self.ends = Combo()
        name_box(self.ends, _("How long it repeats"))
        self.ends.addItems([_("for good"), _("until"), _("a number of times")])
        self.until = DayField(theme, icons, dates, _("Last day"))
        self.count = number_box(theme, _("How many times"), 1, 999)
        self.sentence = label("", "quiet", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(1))
        box.addWidget(self.pattern)
        self._days_holder = QWidget()
        days = FlowLayout(theme.px(0.5), parent=self._days_holder)
        first = locale.firstDayOfWeek().value - 1
        for number in range(7):
            made = chip(locale.dayName((first + number) % 7 + 1, QLocale.FormatType.ShortFormat))
            made.setAccessibleName(locale.dayName((first + number) % 7 + 1))
            made.setProperty("weekday", (first + number) % 7)
            made.clicked.connect(self._days_pressed)
            self.days.append(made)
            days.addWidget(made)
        box.addWidget(self._days_holder)
        self._how_holder = QWidget()
        how = FlowLayout(theme.px(1), parent=self._how_holder)
        for widget in (self.interval, self.ends, self.until, self.count):
            how.addWidget(widget)
        box.addWidget(self._how_holder)
        box.addWidget(self.sentence)
        self.pattern.activated.connect(self._pattern_picked)
        self.interval.valueChanged.connect(lambda n: self._say(self._parts.every(n)))
        self.ends.activated.connect(self._ends_picked)
        self.until.chosen.connect(lambda day: self._event and self._say(self._parts.last_day(day, self._event.start)))
        self.count.valueChanged.connect(lambda n: self._say(self._parts.times(n)))
        for field in (self.interval, self.count):
            field.setKeyboardTracking(False)
        for field in (self.interval, self.count):
            field.lineEdit().setTextMargins(theme.px(0.5), 0, 0, 0)

    def show_event(self, event: Event) -> None:
        """Show how an event repeats."""
        other = self._event is None or self._event.id != event.id
        self._event, self._parts = event, Parts.of(event.rrule)
        parts, start = self._parts, event.start
        pattern = parts.pattern(start)
        blocked = [QSignalBlocker(widget) for widget in (self.pattern, self.interval, self.ends, self.count)]
        self.pattern.clear()
        for one in Pattern:
            if one is Pattern.MONTH_LAST and not (in_last_week(start) or pattern is one):
                continue
            if one is Pattern.MONTH_NTH and nth(start) > _MOST_WEEKS_COUNTED and pattern is not one:
                continue
            if one is Pattern.OTHER:
                if pattern is one:
                    self.pattern.addItem(rule_words(str(parts.for_good()), start, self._locale), one)
                continue
            self.pattern.addItem(pattern_words(one, start, self._locale), one)
        self.pattern.setCurrentIndex(self.pattern.findData(pattern))
        self.pattern.setToolTip(self.pattern.currentText())
        self.interval.setValue(parts.interval)
        self._name_interval(parts)
        self.ends.setCurrentIndex(_UNTIL if parts.until else _TIMES if parts.count else _NEVER)
        self.until.earliest = start.date() if isinstance(start, datetime) else start
        if other or not self.until.problem:  # what was typed stays to be mended
            self.until.show_day(until_day(parts, start))
        self.count.setRange(1, max(999, parts.count or 0))
        self.count.setValue(parts.count or 10)
        on = parts.weekdays or (start.weekday(),)
        for button in self.days:
            button.setChecked(button.property("weekday") in on)
        self._days_holder.setVisible(pattern is Pattern.WEEKLY)
        self._how_holder.setVisible(pattern is not Pattern.NEVER)
        self.until.setVisible(bool(parts.until))
        self.count.setVisible(bool(parts.count) and not parts.until)
        self.sentence.setText(event_repeats(event, self._locale))
        self.sentence.setVisible(pattern is not Pattern.NEVER or bool(event.rdates))
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

    def _pattern_picked(self) -> None:
        if self._event is None:
            return
        pattern = Pattern(self.pattern.currentData())
        if pattern is not self._parts.pattern(self._event.start):
            self._say(self._parts.as_pattern(pattern, self._event.start))

    def _days_pressed(self) -> None:
        on = tuple(sorted(int(button.property("weekday")) for button in self.days if button.isChecked()))
        if on:
            self._say(self._parts.on(on))
        elif self._event is not None:  # a week without a day is none
            self.show_event(self._event)

    def _ends_picked(self, which: int) -> None:
        if self._event is None:
            return
        match which:
            case 1:
                self._say(self._parts.last_day(until_day(Parts(), self._event.start), self._event.start))
            case 2:
                self._say(self._parts.times(self.count.value()))
            case _:
                self._say(self._parts.for_good())

    def _say(self, parts: Parts) -> None:
        if self._event is not None and str(parts) != str(self._parts):
            self.edited.emit(str(parts))
