"""The chips above the list: the tags with their counts; those that are on filter the list. More than a row's worth hide behind “More”."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from desktop.store.member_lists import TagCount
from desktop.ui.numbers import digits
from desktop.ui.theme import Theme
from desktop.ui.widgets.chip import chip
from desktop.ui.widgets.flow import FlowLayout
from resources.translations import _

SHOWN = 12


class TagBar(QWidget):
    """Filter chips.

    Signals:
        chosen: the folded tags that are on, as a tuple.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(_("Tags"))
        self._on: tuple[str, ...] = ()
        self._counts: Sequence[TagCount] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(3), 0, theme.px(3), theme.px(1))
        row.setSpacing(theme.px(0.75))
        holder = QWidget()
        self._flow = FlowLayout(theme.px(0.75), rows=1, parent=holder)
        row.addWidget(holder, 1)
        self._more = QToolButton()
        self._more.setProperty("kind", "chip")
        self._more.setText(_("More tags …"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._more)
        self._more.setMenu(self._menu)
        row.addWidget(self._more)
        self.hide()

    @property
    def counts(self) -> Sequence[TagCount]:
        """The tags that there are."""
        return self._counts

    def show_tags(self, counts: Sequence[TagCount]) -> None:
        """Show these; those that are on stay on while they exist, and stand in front."""
        known = {one.folded for one in counts}
        on = tuple(folded for folded in self._on if folded in known)
        if counts == self._counts and on == self._on:
            return
        self._counts = counts
        self._build(on)
        if on != self._on:
            self._set(on)

    def clear(self) -> None:
        """Turn all off."""
        self._build(())
        self._set(())

    def _build(self, on: Sequence[str]) -> None:
        self._flow.clear()
        shown = sorted(self._counts, key=lambda one: one.folded not in on)
        for one in shown[:SHOWN]:
            made = chip(one.tag, one.count, on=one.folded in on)
            made.toggled.connect(lambda state, folded=one.folded: self._toggle(folded, state))
            self._flow.addWidget(made)
            made.show()
        self._menu.clear()
        for one in self._counts:
            action = self._menu.addAction(f"{one.tag}  {digits(one.count)}")
            action.setCheckable(True)
            action.setChecked(one.folded in on)
            action.triggered.connect(lambda state, folded=one.folded: self._toggle(folded, state, rebuild=True))
        self._more.setVisible(len(self._counts) > 4)
        self.setVisible(bool(self._counts))

    def _toggle(self, folded: str, state: bool, *, rebuild: bool = False) -> None:
        on = tuple(one for one in self._on if one != folded) + ((folded,) if state else ())
        if rebuild:
            self._build(on)
        self._set(on)

    def _set(self, on: tuple[str, ...]) -> None:
        self._on = on
        self.chosen.emit(on)
