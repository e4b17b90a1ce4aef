"""A day, typed as people write it or chosen from a calendar; up and down go by a day. What can't be is said at the field and stays to be mended."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop.ui.dates import Dates, Form, written
from desktop.ui.day_reading import day_from
from desktop.ui.icons import Icons
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.edited import InPlaceLine
from desktop.ui.widgets.label import label
from resources.translations import _

_WIDEST = [date(2026, month, 28) for month in range(1, 13)]


class DayLine(InPlaceLine):
    """The day in words, as wide as the widest.

    Signals:
        stepped: so many days on or back.
        unfolded: the calendar is wanted.
    """

    stepped = Signal(int)
    unfolded = Signal()

    def __init__(self, name: str, dates: Dates) -> None:
        super().__init__(name)
        self._dates = dates

    def sizeHint(self) -> QSize:
        """As wide as the widest day of a year."""
        texts = [*(written(day, Form.WEEKDAY_YEAR, self._dates.locale) for day in _WIDEST), self.text()]
        widest = max(self.fontMetrics().horizontalAdvance(text) for text in texts)
        around = self.contentsMargins()
        return QSize(widest + around.left() + around.right() + 8, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return QSize(self.sizeHint().width(), super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A day on or back; Alt and down unfolds the calendar."""
        match event.key():
            case Qt.Key.Key_Down if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.unfolded.emit()
            case Qt.Key.Key_Up:
                self.stepped.emit(1)
            case Qt.Key.Key_Down:
                self.stepped.emit(-1)
            case _:
                super().keyPressEvent(event)


class DayField(QWidget):
    """Edits a day.

    Attributes:
        earliest: no day before this one can be; None for any.
    Signals:
        chosen: (a date) another day.
        refused: what was typed can't be; `problem` says why.
    """

    chosen = Signal(object)
    refused = Signal()

    def __init__(self, theme: Theme, icons: Icons, dates: Dates, name: str, *, kind: str = "") -> None:
        super().__init__()
        self._theme, self._icons, self._dates = theme, icons, dates
        self._day = dates.today()
        self.earliest: date | None = None
        self.line = DayLine(name, dates)
        self.line.setProperty("kind", kind)
        self.open = icon_button(theme, icons, "calendar", _("Choose the day from a calendar"), self._unfold)
        self.open.setAccessibleDescription(name)
        self._problem = label("", "bad small", wrap=True)
        self._problem.hide()
        self.calendar: QCalendarWidget | None = None
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.line, 1)
        row.addWidget(self.open)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addLayout(row)
        box.addWidget(self._problem)
        self.setFocusProxy(self.line)
        self.line.committed.connect(self._committed)
        self.line.stepped.connect(lambda days: self.choose(self._day + timedelta(days=days)))
        self.line.unfolded.connect(self._unfold)
        theme.changed.connect(self._retheme)

    @property
    def day(self) -> date:
        """The day, as it was last right."""
        return self._day

    @property
    def problem(self) -> str:
        """Why what is typed can't be; empty where it can."""
        return self._problem.text()

    def show_day(self, day: date) -> None:
        """Show this day. Says nothing."""
        self._day = day
        self._say("")
        self.line.show_value(written(day, Form.WEEKDAY_YEAR, self._dates.locale))

    def choose(self, day: date) -> None:
        """The person wants this day."""
        if self.earliest is not None and day < self.earliest:
            self.line.setText(written(day, Form.WEEKDAY_YEAR, self._dates.locale))
            self.refuse(_("It can’t be before {day}.").format(day=self._dates.short(self.earliest)))
            return
        changed = day != self._day
        self._say("")
        self.line.setText(written(day, Form.WEEKDAY_YEAR, self._dates.locale))
        self.show_day(day)
        if changed:
            self.chosen.emit(day)

    def refuse(self, problem: str) -> None:
        """It can't be: say why; what was typed stays to be mended."""
        self._say(problem)
        self.line.wrong(problem)
        self.refused.emit()

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.updateGeometry()

    def _committed(self, text: str) -> None:
        found = day_from(text, self._dates.locale, self._dates.today(), self._day)
        if found is None:
            example = written(self._dates.today(), Form.SHORT_YEAR, self._dates.locale)
            self.refuse(_("“{text}” is no day. Write it as in {example}.").format(text=text, example=example))
        else:
            self.choose(found)

    def _unfold(self) -> None:
        """A month to choose from, below the field."""
        if self.calendar is None:
            self.calendar = self._made()
        frame = self.calendar.window()
        self.calendar.setMinimumDate(_qdate(self.earliest or date.min))
        self.calendar.setSelectedDate(_qdate(self._day))
        frame.adjustSize()
        below = self.mapToGlobal(QPoint(0, self.height()))
        room, size = self.screen().availableGeometry(), frame.sizeHint()
        frame.move(min(below.x(), room.right() - size.width()), min(below.y(), room.bottom() - size.height()))
        frame.show()
        self.calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _made(self) -> QCalendarWidget:
        frame = QFrame(self, Qt.WindowType.Popup)
        frame.setProperty("kind", "floating")
        frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        box = QVBoxLayout(frame)
        box.setContentsMargins(1, 1, 1, 1)
        calendar = QCalendarWidget()
        calendar.setLocale(self._dates.locale)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        calendar.setAccessibleName(self.line.accessibleName())
        self._calm(calendar)
        calendar.clicked.connect(lambda day: self._picked(day))
        calendar.activated.connect(lambda day: self._picked(day))
        box.addWidget(calendar)
        self._theme.dress(frame)
        return calendar

    def _retheme(self) -> None:
        if self.calendar is not None:
            self._calm(self.calendar)

    def _calm(self, calendar: QCalendarWidget) -> None:
        """Without Qt's own red, and with our arrows and names."""
        quiet, plain = QTextCharFormat(), QTextCharFormat()
        quiet.setForeground(self._theme.colour("text_quiet"))
        plain.setForeground(self._theme.colour("text"))
        calendar.setHeaderTextFormat(quiet)
        for day in Qt.DayOfWeek:
            calendar.setWeekdayTextFormat(day, plain)
        back, on = "chevron-left", "chevron-right"
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            back, on = on, back
        for name, icon, words in (("qt_calendar_prevmonth", back, _("The month before")), ("qt_calendar_nextmonth", on, _("The next month"))):
            arrow = calendar.findChild(QToolButton, name)
            if arrow is not None:
                arrow.setIcon(self._icons.icon(icon, "text_quiet"))
                arrow.setAccessibleName(words)
                arrow.setToolTip(words)
        days = calendar.focusProxy()
        if days is not None:
            days.setAccessibleName(calendar.accessibleName())

    def _picked(self, day: QDate) -> None:
        if self.calendar is not None:
            self.calendar.window().hide()
        self.choose(date(day.year(), day.month(), day.day()))


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
