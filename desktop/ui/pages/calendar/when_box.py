"""When an event begins and ends: two days, two times, or whole days. Moving the beginning takes the end along; an end before it is asked about."""

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from desktop.community.recurrence import Wall
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.day_field import DayField
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.label import label
from desktop.ui.widgets.time_line import TimeLine
from resources.translations import _

_DAY = timedelta(days=1)
_USUAL_START, _USUAL_LENGTH = time(18), timedelta(hours=2)


class WhenBox(QWidget):
    """Edits start and end.

    Signals:
        edited: (start, end) as `Event` keeps them.
    """

    edited = Signal(object, object)

    def __init__(self, theme: Theme, icons: Icons, dates: Dates) -> None:
        super().__init__()
        self._start: Wall = dates.today()
        self._end: Wall = dates.today()
        self.first = DayField(theme, icons, dates, _("First day"), kind="in_place")
        self.last = DayField(theme, icons, dates, _("Last day"), kind="in_place")
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
        self.problem = label("", "bad small", wrap=True)
        self.next_day = button(_("It ends the next day"), self._end_next_day, kind="link")
        asked = QWidget()
        asking = FlowLayout(theme.px(1), parent=asked)
        asking.addWidget(self.problem)
        asking.addWidget(self.next_day)
        asked.setContentsMargins(theme.px(0.75), 0, 0, 0)
        grid.addWidget(asked, 2, 1)
        below = QHBoxLayout()
        below.setContentsMargins(theme.px(0.75), theme.px(0.5), 0, 0)
        below.setSpacing(theme.px(2))
        below.addWidget(self.all_day)
        below.addWidget(self.zone, 1)
        grid.addLayout(below, 3, 1)
        grid.setColumnStretch(1, 1)
        self.first.chosen.connect(lambda _day: self._began())
        self.begins.timed.connect(lambda _time: self._began())
        self.last.chosen.connect(lambda _day: self._ended())
        self.ends.timed.connect(lambda _time: self._ended())
        self.begins.refused.connect(self._refuse)
        self.ends.refused.connect(self._refuse)
        self.all_day.clicked.connect(self._whole_days)
        self._clear()

    def show_when(self, start: Wall, end: Wall, zone: str = "") -> None:
        """Show these; what can't be and waits to be mended stays. `zone`: words for another zone than the community's."""
        if any((self.problem.text(), self.first.problem, self.last.problem)) and (start, end) == (self._start, self._end):
            return
        self._clear()
        self._start, self._end = start, end
        blocked = QSignalBlocker(self.all_day)
        whole = not isinstance(start, datetime)
        self.all_day.setChecked(whole)
        self.first.show_day(_day(start))
        self.last.show_day(_day(max(end - _DAY, start) if whole else end))
        for field, moment in ((self.begins, start), (self.ends, end)):
            field.setVisible(not whole)
            if isinstance(moment, datetime):
                field.show_time(moment.time())
        self.zone.setText(zone)
        self.zone.setVisible(bool(zone) and not whole)
        del blocked

    def _began(self) -> None:
        """The end goes along."""
        length = self._end - self._start  # type: ignore[operator]  # both times or both dates
        start, end = self._read(self.first, self.begins), self._read(self.last, self.ends)
        mended = isinstance(end, datetime) and bool(self.problem.text()) and end >= start
        self._tell(start, end if mended else start + length)

    def _ended(self) -> None:
        """Not before the beginning."""
        end = self._read(self.last, self.ends)
        whole = not isinstance(end, datetime)
        if end >= self._start:
            self._tell(self._start, end + _DAY if whole else end)
            return
        self._refuse(_("The last day is before the first.") if whole else _("It would end before it begins."))
        (self.last.line if whole or _day(end) < _day(self._start) else self.ends).wrong(self.problem.text())
        self.next_day.setVisible(not whole and _day(end) == _day(self._start))

    def _end_next_day(self) -> None:
        self._tell(self._start, self._read(self.last, self.ends) + _DAY)
        self.ends.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refuse(self, problem: str) -> None:
        self._clear()
        self.problem.setText(problem)
        self.problem.show()

    def _clear(self) -> None:
        self.problem.setText("")
        self.problem.hide()
        self.next_day.hide()
        for line in (self.begins, self.ends, *(field.line for field in (self.first, self.last) if not field.problem)):
            line.clear_wrong()

    def _whole_days(self) -> None:
        first, last = self.first.day, self.last.day
        if self.all_day.isChecked():
            self._tell(first, max(last, first) + _DAY)
        else:
            start = datetime.combine(first, _USUAL_START)
            self._tell(start, datetime.combine(max(last, first), _USUAL_START) + _USUAL_LENGTH)

    def _read(self, field: DayField, clock: TimeLine) -> Wall:
        return datetime.combine(field.day, clock.clock) if isinstance(self._start, datetime) else field.day

    def _tell(self, start: Wall, end: Wall) -> None:
        changed = (start, end) != (self._start, self._end) or type(start) is not type(self._start)
        if changed or self.problem.text():
            self._clear()
            self.show_when(start, end, self.zone.text())
        if changed:
            self.edited.emit(start, end)


def _day(moment: Wall) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
