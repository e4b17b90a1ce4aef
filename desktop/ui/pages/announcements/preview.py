"""The preview: what is written, as each chosen channel will show it, drawn anew shortly after each key."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.actions.announce import Shown
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.pages.announcements.bubble import Bubble
from desktop.ui.pages.announcements.rich import manner_of
from desktop.ui.theme import Theme
from desktop.ui.widgets.label import label
from desktop.ui.widgets.lines import Column
from resources.translations import _

_WIDEST = 400  # pixels of one message at 100 %
_MOST_COLUMNS = 4


class Preview(Column):
    """Messages side by side where there is room, else one below the other."""

    def __init__(self, theme: Theme, icons: Icons, dates: Dates, community: Callable[[], str]) -> None:
        super().__init__(theme, widest=_WIDEST * _MOST_COLUMNS + 100, margin=2)
        self._theme, self._icons, self._dates, self._community = theme, icons, dates, community
        self._bubbles: dict[str, Bubble] = {}
        self.setAccessibleName(_("Preview"))
        self._hint = label(_("Choose where it goes, and you see here how it looks there."), "quiet", wrap=True)
        self.box.addSpacing(theme.px(1))
        self.box.addWidget(self._hint)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.px(3))
        self._columns: list[tuple[QWidget, QVBoxLayout]] = []
        for _number in range(_MOST_COLUMNS):
            holder = QWidget()
            holder.setMaximumWidth(round(_WIDEST * theme.scale))
            holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.px(1))
            column.addStretch()
            self._columns.append((holder, column))
            self._row.addWidget(holder, 100)
        self._row.addStretch(1)
        self.box.addLayout(self._row)
        self.box.addStretch()
        self._wide = 0

    def show_messages(self, shown: Sequence[tuple[Shown, str, str]], at: datetime, picture: QPixmap | None, file: str) -> None:
        """Show these: (message, id of its service, how it gets there)."""
        wanted = [one.channel.id for one, _service, _way in shown]
        self._hint.setVisible(not shown)
        for gone in self._bubbles.keys() - set(wanted):
            bubble = self._bubbles.pop(gone)
            bubble.hide()
            bubble.deleteLater()
        for one, service, way in shown:
            bubble = self._bubbles.get(one.channel.id) or Bubble(self._theme, self._icons, self._dates, self._community())
            self._bubbles[one.channel.id] = bubble
            bubble.show_channel(one.channel.name, one.channel.id, way, manner_of(service, one.channel.settings))
            bubble.show_message(one.rendered, at, picture, file)
        self._bubbles = {row_id: self._bubbles[row_id] for row_id in wanted}
        self._arrange(again=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many side by side as have room."""
        super().resizeEvent(event)
        self._arrange(again=False)

    def _arrange(self, *, again: bool) -> None:
        room = self.viewport().width()
        wide = min(max(room // round(_WIDEST * 0.85 * self._theme.scale), 1), _MOST_COLUMNS)
        if wide == self._wide and not again:
            return
        self._wide = wide
        for number, bubble in enumerate(self._bubbles.values()):
            _holder, column = self._columns[number % wide]
            column.removeWidget(bubble)
            column.insertWidget(number // wide, bubble)
        for number, (holder, _column) in enumerate(self._columns):
            holder.setVisible(number < min(wide, max(len(self._bubbles), 1)))
