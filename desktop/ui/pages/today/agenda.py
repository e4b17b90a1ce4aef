"""What goes out in the next days and what is on: two short lists, each line leading to the thing itself."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop.actions.today import Group
from desktop.community.events import Occurrence
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.pages.today import words
from desktop.ui.pages.today.agenda_row import AgendaRow, Line
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import button, icon_button
from desktop.ui.widgets.label import label
from desktop.ui.widgets.lines import SectionHeader, line
from resources.translations import _, ngettext

_TIME, _DAY = 8, 13


class _Section(QWidget):
    """A heading and what stands below it; made anew when it changes."""

    def __init__(self, theme: Theme, title: str, nothing: str, first_step: str, do: Callable[[], object]) -> None:
        super().__init__()
        self._theme = theme
        self._shown: object = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.header = SectionHeader(theme, title)
        box.addWidget(self.header)
        box.addWidget(line())
        self.list = QVBoxLayout()
        self.list.setContentsMargins(0, theme.px(0.5), 0, 0)
        self.list.setSpacing(0)
        box.addLayout(self.list)
        self.nothing = QWidget()
        empty = QVBoxLayout(self.nothing)
        empty.setContentsMargins(0, theme.px(1.5), 0, theme.px(1))
        empty.setSpacing(theme.px(0.5))
        empty.addWidget(label(nothing, "quiet", wrap=True))
        row = QHBoxLayout()
        self.first_step = button(first_step, do, kind="link")
        row.addWidget(self.first_step)
        row.addStretch()
        empty.addLayout(row)
        box.addWidget(self.nothing)

    def fill(self, shown: object, widgets: Callable[[], Sequence[QWidget]]) -> None:
        """Put these widgets in, unless what they show is shown already."""
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self.list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        made = widgets()
        for widget in made:
            self.list.addWidget(widget)
        self.nothing.setVisible(not made)


class Going(_Section):
    """What goes out in the next seven days.

    Signals:
        opened: the id of an announcement.
        stopped: a `Group` that is not to go out.
    """

    opened = Signal(str)
    stopped = Signal(object)

    def __init__(self, theme: Theme, icons: Icons, dates: Dates, write: Callable[[], object]) -> None:
        super().__init__(theme, _("Goes out in the next 7 days"), _("Nothing is to go out in the next 7 days."), _("Write an announcement"), write)
        self._icons, self._dates = icons, dates
        self.rows: list[AgendaRow] = []
        self.menus: list[QToolButton] = []

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these, by day."""
        self.header.set_count(f"{len(groups):n}" if groups else "")
        self.fill((tuple(groups), self._dates.today()), lambda: self._widgets(groups))

    def _widgets(self, groups: Sequence[Group]) -> list[QWidget]:
        made: list[QWidget] = []
        self.rows, self.menus = [], []
        last: date | None = None
        for group in groups:
            day = group.due_at.astimezone(self._dates.zone).date()
            if day != last:
                last = day
                heading = label(_capital(self._dates.day(day)), "quiet small")
                heading.setContentsMargins(self._theme.px(1), self._theme.px(1), 0, self._theme.px(0.25))
                made.append(heading)
            made.append(self._row(group))
        return made

    def _row(self, group: Group) -> QWidget:
        under = _("{places} · repeats").format(places=words.places(group)) if group.repeats else words.places(group)
        where = ", ".join(group.places)
        row = AgendaRow(
            self._theme,
            Line(
                self._dates.time(group.due_at),
                group.text,
                under,
                self._dates.away(group.due_at) if group.due_at > self._dates.now() else _("overdue"),
                _("{when} – {places}").format(when=self._dates.full(group.due_at), places=where),
            ),
            _TIME,
        )
        row.clicked.connect(lambda: self.opened.emit(group.announcement_id))
        more = icon_button(self._theme, self._icons, "ellipsis", _("What to do with “{text}”").format(text=group.text))
        menu = QMenu(more)
        menu.addAction(_("Show it"), lambda: self.opened.emit(group.announcement_id))
        stop = _("Don't send it this time") if group.repeats else _("Don't send it")
        menu.addAction(self._icons.icon("x", "text_quiet"), stop, lambda: self.stopped.emit(group))
        more.setMenu(menu)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.rows.append(row)
        self.menus.append(more)
        holder = QWidget()
        box = QHBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(row, 1)
        box.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        return holder


class NextEvents(_Section):
    """The next dates of the calendar.

    Signals:
        opened: the id of an event.
    """

    opened = Signal(str)

    def __init__(self, theme: Theme, dates: Dates, calendar: Callable[[], object]) -> None:
        super().__init__(theme, _("Next events"), _("Nothing is on in the next two months."), _("Open the calendar"), calendar)
        self._dates = dates
        self.rows: list[AgendaRow] = []
        self._leads = True

    def lead(self, there: bool) -> None:
        """Whether the lines lead to the calendar: who only posts reads them."""
        self._leads = there
        self.first_step.setVisible(there)
        for row in self.rows:
            row.setEnabled(there)

    def show_events(self, found: Sequence[Occurrence]) -> None:
        """Show these."""
        self.fill((tuple(found), self._dates.today()), lambda: self._widgets(found))

    def _widgets(self, found: Sequence[Occurrence]) -> list[AgendaRow]:
        self.rows = [self._row(one) for one in found]
        return self.rows

    def _row(self, one: Occurrence) -> AgendaRow:
        dates = self._dates
        whole = not isinstance(one.start, datetime)
        day = one.start_at.astimezone(dates.zone).date()
        near = abs((day - dates.today()).days) < 2
        when = dates.day(day) if near else dates.locale.toString(QDate(day.year, day.month, day.day), "ddd d MMM")
        at = _("all day") if whole else dates.time(one.start_at)
        row = AgendaRow(
            self._theme,
            Line(
                _capital(when),
                one.title,
                _("{time} · {place}").format(time=at, place=one.place) if one.place else at,
                _("cancelled") if one.cancelled else "",
                dates.full(one.start_at),
                gone=one.cancelled,
            ),
            _DAY,
        )
        row.clicked.connect(lambda: self.opened.emit(one.event_id))
        row.setEnabled(self._leads)
        return row


def count_words(n: int) -> str:
    """For the primary button."""
    return ngettext("Post {n} by hand", "Post {n} by hand", n).format(n=n)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
