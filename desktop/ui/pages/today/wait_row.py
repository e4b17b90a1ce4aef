"""One thing that waits for the person: what it is, where and why, and the buttons that settle it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.actions.today import Group, Paused
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.pages.today import words
from desktop.ui.pages.today.words import Deed
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.label import ElidedLabel, label
from resources.translations import _

_ICON = 2.5


class _Row(QWidget):
    """A picture; beside it a line in bold, a quiet one, a reason, and buttons."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        px = theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(1.5), 0, px(1.5))
        row.setSpacing(px(1.5))
        self._picture = QLabel()
        self._picture.setFixedSize(px(_ICON), px(_ICON))
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout()
        box.setSpacing(px(0.5))
        self._title = ElidedLabel("", "strong")
        self._state = label()
        self._line = label("", "quiet", wrap=True)
        self._reason = label("", "small", wrap=True)
        self._buttons = QWidget()
        self._flow = FlowLayout(px(1), parent=self._buttons)
        for widget in (self._title, self._state, self._line, self._reason):
            box.addWidget(widget)
        box.addSpacing(px(0.5))
        box.addWidget(self._buttons)
        row.addLayout(box, 1)
        self._drawn = ("", "")
        theme.changed.connect(self._draw_again)  # of its own, so that Qt lets go of it with the row

    def _draw_again(self) -> None:
        self._draw(*self._drawn)

    def _draw(self, icon: str, colour: str) -> None:
        self._drawn = (icon, colour)
        if icon:
            side = self._theme.px(_ICON)
            self._picture.setPixmap(self._icons.icon(icon, colour).pixmap(QSize(side, side), self.devicePixelRatioF()))

    def _offer(self, text: str, do: Callable[[], object], kind: str = "") -> QPushButton:
        made = button(text, do, kind=kind)
        made.setAccessibleDescription(self._title.text())
        if kind == "link":
            holder = QWidget()  # as high as the buttons, so that the words are on one line
            holder.setMinimumHeight(self._theme.px(2.25) + 2 * self._theme.px(0.75) + 2)
            centred = QHBoxLayout(holder)
            centred.setContentsMargins(0, 0, 0, 0)
            centred.addWidget(made)
            self._flow.addWidget(holder)
        else:
            self._flow.addWidget(made)
        return made


class WaitRow(_Row):
    """Deliveries that wait for the person.

    Signals:
        chosen: what is to be done (a `Deed`).
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, icons: Icons, dates: Dates, group: Group) -> None:
        super().__init__(theme, icons)
        self._dates = dates
        self.group = group
        look = words.LOOKS[group.state]
        self._state.setText(_(look.word))
        self._state.setProperty("look", look.tone)
        self._draw(look.icon, look.tone)
        self.deeds: dict[Deed, QPushButton] = {}
        self.show_group(group)
        for deed, text in look.deeds:
            self.deeds[deed] = self._offer(_(text), partial(self.chosen.emit, deed))
        self.deeds[Deed.SHOW] = self._offer(_("Show it"), partial(self.chosen.emit, Deed.SHOW), kind="link")

    def show_group(self, group: Group) -> None:
        """Show it as it is now."""
        self.group = group
        look = words.LOOKS[group.state]
        self._title.setText(group.text)
        self._line.setText(words.where_and_when(group, self._dates))
        self._line.setToolTip(_("{when} – {places}").format(when=self._dates.full(group.due_at), places=", ".join(group.places)))
        self._reason.setText(str(group.reason) if group.reason and Deed.POST not in dict(look.deeds) else "")
        self._reason.setVisible(bool(self._reason.text()))
        self.setAccessibleName(_("{state}: {text}").format(state=_(look.word), text=group.text))


class PausedRow(_Row):
    """A connection that waits to be mended.

    Signals:
        mend: the person wants to see it.
    """

    mend = Signal()

    def __init__(self, theme: Theme, icons: Icons, paused: Paused) -> None:
        super().__init__(theme, icons)
        self._title.setText(paused.name)
        self._state.setText(_("Paused: nothing goes out through it"))
        self._state.setProperty("look", "bad")
        self._line.setText(str(paused.reason or ""))
        self._line.setVisible(paused.reason is not None)
        self._reason.setText(_("Tell whoever looks after the channels. What is to go out waits until then."))
        self._reason.hide()
        self._draw("pause", "bad")
        self.setAccessibleName(_("{state}: {text}").format(state=self._state.text(), text=paused.name))
        self.button = self._offer(_("Mend it"), self.mend.emit)

    def lead(self, there: bool) -> None:
        """Whether the person can mend it, or tells somebody who can."""
        self._buttons.setVisible(there)
        self._reason.setVisible(not there)
