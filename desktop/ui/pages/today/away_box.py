"""“While you were away: 2 went out, 1 is too late and was not sent, 1 needs you.” Each part leads to what it speaks of."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.actions.today import Fate, first_line
from desktop.store.today import Seen
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.pages.today import words
from desktop.ui.pages.today.agenda_row import AgendaRow, Line
from desktop.ui.theme import LARGE, Theme
from desktop.ui.widgets.buttons import button, icon_button
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.label import label
from resources.translations import _, ngettext

_MOST = 12


class AwayBox(QFrame):
    """The sentence, and below it the list of what one part speaks of.

    Signals:
        needs: the person wants to see what needs them.
        opened: the id of the announcement of one in the list.
        dismissed: they have taken note.
    """

    needs = Signal()
    opened = Signal(str)
    dismissed = Signal()

    def __init__(self, theme: Theme, icons: Icons, dates: Dates) -> None:
        super().__init__()
        self._theme, self._icons, self._dates = theme, icons, dates
        self._fates: Mapping[Fate, Sequence[Seen]] = {}
        self._open: Fate | None = None
        self.parts: dict[Fate, QPushButton] = {}
        self.rows: list[AgendaRow] = []
        self.setProperty("kind", "card")
        px = theme.px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(2), px(1), px(1), px(1))
        outer.setSpacing(px(0.5))
        top = QHBoxLayout()
        top.setSpacing(px(1.5))
        self._picture = QLabel()
        self._picture.setVisible(theme.scale < LARGE)  # then the words need the room
        theme.changed.connect(self._draw)
        self._draw()
        self._picture.setMinimumHeight(px(3.25))  # of the first line, and of the cross
        top.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        self._flow = FlowLayout(px(1), parent=holder)
        self._flow.setContentsMargins(0, px(1.125), 0, px(0.5))
        top.addWidget(holder, 1)
        self.cross = icon_button(theme, icons, "x", _("I have seen this"), self.dismissed.emit)
        top.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(top)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        outer.addLayout(self._list)
        self.hide()

    def show_fates(self, fates: Mapping[Fate, Sequence[Seen]]) -> None:
        """Say it as it is now; nothing where nothing happened."""
        if fates == self._fates:
            return
        focused = next((fate for fate, part in self.parts.items() if part.hasFocus()), None)
        self._fates = fates
        self._flow.clear()
        self.parts = {}
        heading = label(_("While you were away:"), "strong")
        heading.setMinimumHeight(heading.fontMetrics().height() + 2 * self._theme.px(0.25) + 2)  # of the parts
        self._flow.addWidget(heading)
        for fate, ones in fates.items():
            part = button(words.fate(fate, len(ones)), partial(self._press, fate), kind="link")
            self.parts[fate] = part
            self._flow.addWidget(part)
        if focused in self.parts:
            self.parts[focused].setFocus()
        self.setAccessibleName(" ".join((_("While you were away:"), *(part.text() for part in self.parts.values()))))
        self._show_list(self._open if self._open in fates else None)
        self.setVisible(bool(fates))

    def _press(self, fate: Fate) -> None:
        if fate in (Fate.NEEDS, Fate.LATE, Fate.REFUSED):
            self.needs.emit()
        else:
            self._show_list(None if self._open is fate else fate)

    def _show_list(self, fate: Fate | None) -> None:
        self._open = fate
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        ones = self._fates[fate] if fate else ()
        lines = [
            Line(self._dates.moment(one.due_at), first_line(one.text), one.channel, tip=str(one.reason or self._dates.full(one.due_at)))
            for one in ones[:_MOST]
        ]
        for one, line in zip(ones, lines, strict=False):
            row = AgendaRow(self._theme, line, lines)
            row.clicked.connect(lambda _on=False, one=one: self.opened.emit(one.announcement_id))
            self.rows.append(row)
            self._list.addWidget(row)
        if len(ones) > _MOST:
            more = len(ones) - _MOST
            self._list.addWidget(label(ngettext("{n} more is in the log", "{n} more are in the log", more).format(n=more), "quiet small"))

    def _draw(self) -> None:
        side = self._theme.px(2.5)
        self._picture.setPixmap(self._icons.icon("sunrise", "accent_text").pixmap(QSize(side, side), self.devicePixelRatioF()))
