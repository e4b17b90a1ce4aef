"""What goes out in the next days and what is on: two short lists, each line leading to the thing itself."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from desktop.actions.today import Group
from desktop.community.events import Occurrence
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.numbers import digits
from desktop.ui.pages.today import words
from desktop.ui.pages.today.agenda_row import AgendaRow, Line
from desktop.ui.pages.today.section import Section, capital, nothing
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import button, icon_button
from desktop.ui.widgets.label import label
from resources.translations import _, ngettext

MOST = 4
"""So many are named before somebody asks for all; one more would take the room that the button takes."""


class Going(Section):
    """What goes out in the next seven days.

    Attributes:
        rows, menus: what is shown now.
        more: the button for all of them, or for fewer; None where all have room.
    Signals:
        opened: the id of an announcement.
        stopped: a `Group` that is not to go out.
    """

    opened = Signal(str)
    stopped = Signal(object)

    def __init__(self, theme: Theme, icons: Icons, dates: Dates, write: Callable[[], object]) -> None:
        otherwise = nothing(theme, _("Nothing is to go out in the next 7 days."), button(_("Write an announcement"), write, kind="link"))
        super().__init__(theme, _("Goes out in the next 7 days"), otherwise)
        self._icons, self._dates = icons, dates
        self._groups: Sequence[Group] = ()
        self._all = False
        self.rows: list[AgendaRow] = []
        self.menus: list[QToolButton] = []
        self.more: QWidget | None = None

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these, by day."""
        self._groups = groups
        self.header.set_count(digits(len(groups)) if groups else "")
        away = tuple(self._away(group) for group in groups)
        self.fill((tuple(groups), away, self._dates.today(), self._all), self._widgets)

    def show_all(self, shown: bool) -> None:
        """Show all of them, or the first few; the focus goes to where the list goes on."""
        self._all = shown
        self.show_groups(self._groups)
        if self.rows:
            self.rows[MOST if shown else -1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _away(self, group: Group) -> str:
        return self._dates.away(group.due_at) if group.due_at > self._dates.now() else _("overdue")

    def _widgets(self) -> list[QWidget]:
        made: list[QWidget] = []
        self.rows, self.menus, self.more = [], [], None
        long = len(self._groups) > MOST + 1
        groups = self._groups if self._all or not long else self._groups[:MOST]
        lines = [self._line(group) for group in groups]
        last: date | None = None
        for group, line in zip(groups, lines, strict=True):
            day = group.due_at.astimezone(self._dates.zone).date()
            if day != last:
                last = day
                heading = label(capital(self._dates.day(day)), "quiet small")
                heading.setContentsMargins(self._theme.px(1), self._theme.px(1), 0, self._theme.px(0.25))
                made.append(heading)
            made.append(self._row(group, line, lines))
        if long:
            words_ = _("Show fewer") if self._all else ngettext("Show all {n}", "Show all {n}", len(self._groups)).format(n=len(self._groups))
            self.more = button(words_, lambda: self.show_all(not self._all), kind="link")
            made.append(_leading(self.more, self._theme.px(0.5)))
        return made

    def _line(self, group: Group) -> Line:
        under = _("{places} · repeats").format(places=words.places(group)) if group.repeats else words.places(group)
        tip = _("{when} – {places}").format(when=self._dates.full(group.due_at), places=", ".join(group.places))
        return Line(self._dates.time(group.due_at), group.text, under, self._away(group), tip=tip)

    def _row(self, group: Group, line: Line, peers: Sequence[Line]) -> QWidget:
        row = AgendaRow(self._theme, line, peers)
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


class NextEvents(Section):
    """The next dates of the calendar.

    Signals:
        opened: the id of an event.
    """

    opened = Signal(str)

    def __init__(self, theme: Theme, dates: Dates, calendar: Callable[[], object]) -> None:
        self.first_step = button(_("Open the calendar"), calendar, kind="link")
        otherwise = nothing(theme, _("Nothing is on in the next two months."), self.first_step)
        super().__init__(theme, _("Next events"), otherwise)
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
        lines = [self._line(one) for one in found]
        self.rows = [self._row(one, line, lines) for one, line in zip(found, lines, strict=True)]
        return self.rows

    def _line(self, one: Occurrence) -> Line:
        dates = self._dates
        at = dates.time(one.start_at) if isinstance(one.start, datetime) else _("all day")
        return Line(
            day_words(one.start_at.astimezone(dates.zone).date(), dates),
            one.title,
            one.place,
            at,
            _("cancelled") if one.cancelled else "",
            dates.full(one.start_at),
            gone=one.cancelled,
        )

    def _row(self, one: Occurrence, line: Line, peers: Sequence[Line]) -> AgendaRow:
        row = AgendaRow(self._theme, line, peers)
        row.clicked.connect(lambda: self.opened.emit(one.event_id))
        row.setEnabled(self._leads)
        return row


def day_words(day: date, dates: Dates) -> str:
    """`Today`, `Tomorrow`, `Sat 28 Nov`."""
    near = abs((day - dates.today()).days) < 2
    return capital(dates.day(day) if near else dates.short(day))


def count_words(n: int) -> str:
    """For the primary button."""
    return ngettext("Post {n} by hand", "Post {n} by hand", n).format(n=n)


def _leading(widget: QWidget, above: int) -> QWidget:
    """A widget as wide as it needs, at the leading side."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(above, above, 0, 0)
    row.addWidget(widget)
    row.addStretch()
    return holder
