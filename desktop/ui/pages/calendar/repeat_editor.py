"""How an event repeats, edited as a sentence: which way, every how many, on which days, how long. Parts that it can't edit stay in the rule."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop.community.events import Event
from desktop.community.repeat_rule import Parts, Pattern, in_last_week, nth
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.pages.calendar.repeat_parts import RepeatParts
from desktop.ui.pages.calendar.repeat_words import event_repeats, pattern_words
from desktop.ui.rule_words import rule_words
from desktop.ui.theme import Theme
from desktop.ui.widgets.combo import Combo, name_box
from desktop.ui.widgets.label import label
from resources.translations import _

_MOST_WEEKS_COUNTED = 4


class RepeatEditor(QWidget):
    """Edits the rule of an event.

    Signals:
        edited: (the RRULE) the person has changed it.
    """

    edited = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, dates: Dates) -> None:
        super().__init__()
        self._theme, self._icons, self._dates = theme, icons, dates
        self._parts = Parts()
        self._event: Event | None = None
        self._more: RepeatParts | None = None
        self.pattern = Combo()
        name_box(self.pattern, _("How it repeats"))
        self.pattern.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.pattern.setMinimumContentsLength(18)
        self.sentence = label("", "quiet", wrap=True)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.px(1))
        self._box.addWidget(self.pattern)
        self._box.addWidget(self.sentence)
        self.pattern.activated.connect(self._pattern_picked)

    @property
    def more(self) -> RepeatParts:
        """What there is to say of an event that repeats; made for the first one."""
        if self._more is None:
            self._more = RepeatParts(self._theme, self._icons, self._dates)
            self._more.hide()
            self._more.edited.connect(self._say)
            self._more.refused.connect(self._show_again)
            self._box.insertWidget(1, self._more)
        return self._more

    def show_event(self, event: Event) -> None:
        """Show how an event repeats."""
        other = self._event is None or self._event.id != event.id
        self._event, self._parts = event, Parts.of(event.rrule)
        parts, start = self._parts, event.start
        pattern = parts.pattern(start)
        self._offer_patterns(pattern, event)
        if pattern is not Pattern.NEVER or self._more is not None:
            self.more.show_parts(parts, start, other=other)
            self.more.setVisible(pattern is not Pattern.NEVER)
        self.sentence.setText(event_repeats(event, self._dates.locale))
        self.sentence.setVisible(pattern is not Pattern.NEVER or bool(event.rdates))

    def _offer_patterns(self, pattern: Pattern, event: Event) -> None:
        """Those that go with the day that it starts on."""
        start, locale = event.start, self._dates.locale
        blocked = QSignalBlocker(self.pattern)
        self.pattern.clear()
        for one in Pattern:
            if one is Pattern.MONTH_LAST and not (in_last_week(start) or pattern is one):
                continue
            if one is Pattern.MONTH_NTH and nth(start) > _MOST_WEEKS_COUNTED and pattern is not one:
                continue
            if one is Pattern.OTHER:
                if pattern is one:
                    self.pattern.addItem(rule_words(str(self._parts.for_good()), start, locale), one)
                continue
            self.pattern.addItem(pattern_words(one, start, locale), one)
        self.pattern.setCurrentIndex(self.pattern.findData(pattern))
        self.pattern.setToolTip(self.pattern.currentText())
        del blocked

    def _show_again(self) -> None:
        if self._event is not None:
            self.show_event(self._event)

    def _pattern_picked(self) -> None:
        if self._event is None:
            return
        pattern = Pattern(self.pattern.currentData())
        if pattern is not self._parts.pattern(self._event.start):
            self._say(self._parts.as_pattern(pattern, self._event.start))

    def _say(self, parts: Parts) -> None:
        if self._event is not None and str(parts) != str(self._parts):
            self.edited.emit(str(parts))
