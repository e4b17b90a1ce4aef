"""Whom to think of: newcomers to welcome, and the birthdays and anniversaries of the next days. Quiet sections, absent while there is nobody."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget

from desktop.actions.celebrations import Greeting
from desktop.community.celebrations import Celebration, Occasion
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.numbers import digits
from desktop.ui.pages.today.agenda import day_words
from desktop.ui.pages.today.agenda_row import AgendaRow, Line
from desktop.ui.pages.today.section import Section
from desktop.ui.photos import Photos
from desktop.ui.theme import Theme
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.buttons import button, icon_button
from desktop.ui.widgets.label import label
from resources.translations import _, ngettext

_AVATAR = 4


class _People(Section):
    """Rows with the picture of a person in front.

    Signals:
        opened: the id of a member.
    """

    opened = Signal(str)

    def __init__(self, theme: Theme, photos: Photos, dates: Dates, title: str) -> None:
        super().__init__(theme, title)
        self._photos, self._dates = photos, dates
        self.rows: list[AgendaRow] = []
        self._avatars: dict[str, list[tuple[Avatar, str, str]]] = {}
        photos.arrived.connect(self._photo_arrived)

    def _person(self, row: AgendaRow, name: str, member_id: str, photo: str, *more: QWidget) -> QWidget:
        picture = Avatar(self._theme, _AVATAR)
        picture.show_of(name, member_id, self._photos.get(photo))
        if photo:
            self._avatars.setdefault(photo, []).append((picture, name, member_id))
        row.clicked.connect(lambda: self.opened.emit(member_id))
        self.rows.append(row)
        holder = QWidget()
        box = QHBoxLayout(holder)
        box.setContentsMargins(self._theme.px(1), 0, 0, 0)
        box.setSpacing(self._theme.px(0.5))
        box.addWidget(picture)
        box.addWidget(row, 1)
        for widget in more:
            box.addWidget(widget)
        return holder

    def _photo_arrived(self, sha256: str) -> None:
        for picture, name, member_id in self._avatars.get(sha256, ()):
            picture.show_of(name, member_id, self._photos.get(sha256))


class Newcomers(_People):
    """Who has joined and was not welcomed yet.

    Attributes:
        ticks: the button “Welcomed” of each member, by id.
        hellos: the button that opens a message to them, where there is a way to write.
    Signals:
        welcomed: the id of a member.
        write: what the system opens to write to somebody.
    """

    welcomed = Signal(str)
    write = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, photos: Photos, dates: Dates) -> None:
        super().__init__(theme, photos, dates, _("Newcomers to welcome"))
        self._icons = icons
        self.ticks: dict[str, QPushButton] = {}
        self.hellos: dict[str, QWidget] = {}

    def show_newcomers(self, found: Sequence[Greeting], count: int) -> None:
        """Show these. `count`: how many there are in all. The focus stays where it was, or goes on to the next."""
        place = self._focused()
        self.header.set_count(digits(count) if count else "")
        self.fill((tuple(found), count, self._dates.today()), lambda: self._widgets(found, count))
        if place is not None and self.ticks:
            ticks = list(self.ticks.values())
            ticks[min(place, len(ticks) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _focused(self) -> int | None:
        focused = QApplication.focusWidget()
        return next((number for number, made in enumerate(self.ticks.values()) if made is focused), None)

    def _widgets(self, found: Sequence[Greeting], count: int) -> list[QWidget]:
        self.rows, self.ticks, self.hellos = [], {}, {}
        self._avatars.clear()
        made = [self._row(one) for one in found]
        if count > len(found):
            more = count - len(found)
            made.append(label(ngettext("{n} more after these", "{n} more after these", more).format(n=more), "quiet small"))
        return made

    def _row(self, one: Greeting) -> QWidget:
        who = one.who
        days = (self._dates.today() - who.joined).days
        under = ngettext("joined {n} day ago", "joined {n} days ago", days).format(n=days) if days else _("joined today")
        row = AgendaRow(self._theme, Line("", who.name, under, tip=self._dates.date(who.joined)))
        more: list[QWidget] = []
        if one.address:
            hello = icon_button(
                self._theme, self._icons, "message-circle", _("Write to {name}").format(name=who.name), lambda: self.write.emit(one.address)
            )
            self.hellos[who.member_id] = hello
            more.append(hello)
        tick = button(_("Welcomed"), lambda: self.welcomed.emit(who.member_id))
        tick.setAccessibleDescription(who.name)
        tick.setToolTip(_("Somebody has said hello to {name}").format(name=who.name))
        self.ticks[who.member_id] = tick
        more.append(tick)
        return self._person(row, who.name, who.member_id, who.photo, *more)


class Days(_People):
    """Birthdays, and the years since somebody joined."""

    def __init__(self, theme: Theme, photos: Photos, dates: Dates) -> None:
        super().__init__(theme, photos, dates, _("Birthdays and anniversaries"))

    def show_days(self, found: Sequence[Celebration]) -> None:
        """Show these, by day."""
        self.fill((tuple(found), self._dates.today()), lambda: self._widgets(found))

    def _widgets(self, found: Sequence[Celebration]) -> list[QWidget]:
        self.rows = []
        self._avatars.clear()
        lines = [Line("", one.name, _occasion(one), word=day_words(one.on, self._dates), tip=self._dates.date(one.on)) for one in found]
        return [self._person(AgendaRow(self._theme, line), one.name, one.member_id, one.photo) for one, line in zip(found, lines, strict=True)]


def _occasion(one: Celebration) -> str:
    match one:
        case Celebration(occasion=Occasion.ANNIVERSARY, years=int(years)):
            return ngettext("{n} year in the community", "{n} years in the community", years).format(n=years)
        case Celebration(years=int(years)):
            return ngettext("birthday: turns {n}", "birthday: turns {n}", years).format(n=years)
        case _:
            return _("birthday")
