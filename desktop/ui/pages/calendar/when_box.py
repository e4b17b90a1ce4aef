"""When an event begins and ends: two days, two times, or whole days. Moving the beginning takes the end along."""

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QGridLayout, QHBoxLayout, QWidget

from desktop.community.recurrence import Wall
from desktop.ui.dates import Dates
from desktop.ui.pages.calendar.time_line import TimeLine, after
from desktop.ui.pages.calendar.words import pydate, qdate
from desktop.ui.theme import Theme
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.label import label
from resources.translations import _

_DAY = timedelta(days=1)
_USUAL_START, _USUAL_LENGTH = time(18), timedelta(hours=2)


class WhenBox(QWidget):
    """Edits start and end.

    Signals:
        edited: (start, end) as `Event` keeps them.
    """

    edited = Signal(object, object)

    def __init__(self, theme: Theme, dates: Dates) -> None:
        super().__init__()
        self._dates = dates
        self._start: Wall = dates.today()
        self._end: Wall = dates.today()
        self.first = self._day(_("First day"))
        self.last = self._day(_("Last day"))
        self.begins = TimeLine(_("Begins at"), dates.locale)
        self.ends = TimeLine(_("Ends at"), dates.locale)
        self.all_day = QCheckBox(_("All day"))
        self.zone = label("", "quiet small", wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(0.25))
        grid.setVerticalSpacing(0)
        for row, (words, day, clock) in enumerate(((_("From"), self.first, self.begins), (_("To"), self.last, self.ends))):
            name = label(words, "quiet")
            name.setContentsMargins(theme.px(0.75) + 3, theme.px(0.75), 0, 0)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            moment = QWidget()
            flow = FlowLayout(0, parent=moment)  # where both have no room in a row, the time stands below its day
            flow.addWidget(day)
            flow.addWidget(clock)
            grid.addWidget(moment, row, 1)
        below = QHBoxLayout()
        below.setContentsMargins(theme.px(0.75), theme.px(0.5), 0, 0)
        below.setSpacing(theme.px(2))
        below.addWidget(self.all_day)
        below.addWidget(self.zone, 1)
        grid.addLayout(below, 2, 1)
        grid.setColumnStretch(1, 1)
        self.first.dateChanged.connect(lambda: self._began())
        self.begins.timed.connect(lambda: self._began())
        self.last.dateChanged.connect(lambda: self._ended())
        self.ends.timed.connect(lambda: self._ended())
        self.all_day.clicked.connect(self._whole_days)

    def show_when(self, start: Wall, end: Wall, zone: str = "") -> None:
        """Show these. `zone`: words for another zone than the community's."""
        self._start, self._end = start, end
        blocked = [QSignalBlocker(widget) for widget in (self.first, self.last, self.all_day)]
        whole = not isinstance(start, datetime)
        self.all_day.setChecked(whole)
        self.first.setDate(qdate(start))
        self.last.setDate(qdate(max(end - _DAY, start) if whole else end))
        for field, moment in ((self.begins, start), (self.ends, end)):
            field.setVisible(not whole)
            if isinstance(moment, datetime):
                field.show_time(moment.time())
        self.zone.setText(zone)
        self.zone.setVisible(bool(zone) and not whole)
        del blocked

    def _day(self, name: str) -> QDateEdit:
        field = QDateEdit()
        field.setProperty("kind", "in_place")
        field.setCalendarPopup(True)
        field.setLocale(self._dates.locale)
        field.setDisplayFormat("ddd d MMM yyyy")
        field.setKeyboardTracking(False)
        field.setAccessibleName(name)
        field.setWrapping(True)
        return field

    def _began(self) -> None:
        """The end goes along."""
        length = self._end - self._start  # type: ignore[operator]  # both times or both dates
        start = self._read(self.first, self.begins)
        self._tell(start, start + length)

    def _ended(self) -> None:
        """Not before the beginning: a time that is earlier means the next day."""
        end = self._read(self.last, self.ends)
        if not isinstance(end, datetime):
            end += _DAY
            self._tell(self._start, max(end, self._start + _DAY))
            return
        if isinstance(self._start, datetime) and end < self._start:
            end = after(self._start, end.time())
        self._tell(self._start, end)

    def _whole_days(self) -> None:
        first, last = pydate(self.first.date()), pydate(self.last.date())
        if self.all_day.isChecked():
            self._tell(first, max(last, first) + _DAY)
        else:
            start = datetime.combine(first, _USUAL_START)
            self._tell(start, datetime.combine(max(last, first), _USUAL_START) + _USUAL_LENGTH)

    def _read(self, day: QDateEdit, clock: TimeLine) -> Wall:
        found: date = pydate(day.date())
        if not isinstance(self._start, datetime):
            return found
        return datetime.combine(found, clock.clock)

    def _tell(self, start: Wall, end: Wall) -> None:
        if (start, end) != (self._start, self._end) or type(start) is not type(self._start):
            self.show_when(start, end, self.zone.text())
            self.edited.emit(start, end)
