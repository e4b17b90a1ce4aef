"""The parts of the inspector that hold several things: ways to reach somebody, tags, custom fields, history. Each says what the member is to be."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop.community.members import ContactKind, ContactPoint
from desktop.store.undo import Done
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.pages.members.tag_line import TagLine
from desktop.ui.pages.members.words import WAY_ICONS, way_name
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.edited import InPlaceLine, problem_of
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.label import ElidedLabel, label
from resources.translations import _

_SHOWN_HISTORY = 8


class Ways(QWidget):
    """The ways to reach somebody: one click writes, the text is edited in place, the last line adds one.

    Signals:
        write: the ContactPoint to write to.
        edited: (its place in the list; -1 for a new one, the text; empty to remove it).
    """

    write = Signal(object)
    edited = Signal(int, str)

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self._shown: Sequence[ContactPoint] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(0.25))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(0.25))
        box.addLayout(self._rows)
        self.adder = InPlaceLine(_("Add a way to reach them"), _("Add an e-mail, a number, @name, an address …"))
        self.adder.committed.connect(lambda text: self.edited.emit(-1, text) if text.strip() else None)
        box.addWidget(self.adder)
        box.addWidget(problem_of(self.adder))
        self.lines: list[InPlaceLine] = []

    def show_ways(self, ways: Sequence[ContactPoint]) -> None:
        """Show these."""
        self.adder.show_value("")
        self.adder.clear() if not self.adder.hasFocus() or ways != self._shown else None
        if ways == self._shown:
            return
        self._shown = ways
        self.lines = []
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, way in enumerate(ways):
            self._rows.addWidget(self._row(place, way))

    def _row(self, place: int, way: ContactPoint) -> QWidget:
        holder = QWidget()
        both = QVBoxLayout(holder)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(0.25))
        both.addLayout(row)
        kind = way_name(way.kind)
        verb = _("Copy the address") if way.kind is ContactKind.POSTAL else _("Write by {way}").format(way=kind)
        row.addWidget(icon_button(self._theme, self._icons, WAY_ICONS[way.kind], verb, lambda: self.write.emit(way), colour="accent_text"))
        text = InPlaceLine(kind)
        text.show_value(way.value.replace("\n", ", "))
        text.setReadOnly(way.kind is ContactKind.POSTAL)
        text.committed.connect(lambda typed: self.edited.emit(place, typed))
        self.lines.append(text)
        row.addWidget(text, 1)
        both.addWidget(problem_of(text))
        if way.label:
            row.addWidget(label(way.label, "quiet small"))
        remove = _("Remove {address}").format(address=way.value)
        row.addWidget(icon_button(self._theme, self._icons, "x", remove, lambda: self.edited.emit(place, ""), colour="text_quiet"))
        return holder


class Tags(QWidget):
    """The tags of a member: each with a cross; the last line adds one, with those that others have offered.

    Signals:
        edited: the tags as a tuple.
    """

    edited = Signal(object)

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self._shown: tuple[str, ...] = ()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(0.5))
        holder = QWidget()
        self._flow = FlowLayout(theme.px(0.5), parent=holder)
        self._holder = holder
        box.addWidget(holder)
        self.adder = TagLine(_("Add a tag"), _("Add a tag …"))
        self.adder.committed.connect(self._add)
        box.addWidget(self.adder)

    def offer(self, known: Sequence[str]) -> None:
        """What to complete with."""
        self.adder.offer(known)

    def show_tags(self, tags: tuple[str, ...]) -> None:
        """Show these."""
        if tags == self._shown and self._flow.count() == len(tags):
            return
        self._shown = tags
        self._flow.clear()
        for tag in tags:
            made = QToolButton()
            made.setProperty("kind", "chip")
            made.setText(tag)
            made.setIcon(self._icons.icon("x", "text_quiet"))
            made.setLayoutDirection(Qt.LayoutDirection.RightToLeft if not self._mirrored() else Qt.LayoutDirection.LeftToRight)
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            made.setAccessibleName(_("Take off the tag {tag}").format(tag=tag))
            made.setToolTip(made.accessibleName())
            made.clicked.connect(lambda _on=False, tag=tag: self.edited.emit(tuple(one for one in self._shown if one != tag)))
            self._flow.addWidget(made)
            made.show()
        self._holder.setVisible(bool(tags))
        self._holder.updateGeometry()

    def _mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _add(self, text: str) -> None:
        fresh = tuple(part.strip() for part in text.split(",") if part.strip())
        if fresh:
            self.edited.emit((*self._shown, *fresh))


class Facts(QWidget):
    """Names and values, each value edited in place.

    Signals:
        edited: (the key, the text).
    """

    edited = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(1))
        self._grid.setVerticalSpacing(theme.px(0.25))
        self._grid.setColumnMinimumWidth(0, theme.px(11))
        self._grid.setColumnStretch(1, 1)
        self.lines: dict[str, InPlaceLine] = {}

    def show_facts(self, facts: Mapping[str, tuple[str, str]]) -> None:
        """Show these: key → (name, value). Rows that stand where they stood stay."""
        shown, wanted = list(self.lines), list(facts)
        same = next((place for place, (one, other) in enumerate(zip(shown, wanted, strict=False)) if one != other), min(len(shown), len(wanted)))
        for key in reversed(shown[same:]):
            self._drop(key)
        for key in wanted[same:]:
            self._add(key, facts[key][0])
        for key, (_name, value) in facts.items():
            self.lines[key].show_value(value)

    def _drop(self, key: str) -> None:
        """The last row."""
        del self.lines[key]
        row = 2 * len(self.lines)
        for place in ((row, 0), (row, 1), (row + 1, 1)):
            item = self._grid.itemAtPosition(*place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()

    def _add(self, key: str, name: str) -> None:
        row = 2 * len(self.lines)
        line = InPlaceLine(name, "–")
        line.committed.connect(lambda text: self.edited.emit(key, text))
        self._grid.addWidget(ElidedLabel(name, "quiet"), row, 0)
        self._grid.addWidget(line, row, 1)
        self._grid.addWidget(problem_of(line), row + 1, 1)
        self.lines[key] = line


class History(QWidget):
    """What was done to somebody, the newest first."""

    def __init__(self, theme: Theme, dates: Dates) -> None:
        super().__init__()
        self._dates = dates
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.px(0.5))

    def show_history(self, done: Sequence[Done]) -> None:
        """Show this."""
        while (item := self._box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in done[:_SHOWN_HISTORY]:
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            what = ElidedLabel(_("{what} (undone)").format(what=one.name) if one.undone else str(one.name), "quiet small")
            when = label(self._dates.moment(one.at), "quiet small")
            when.setToolTip(self._dates.full(one.at))
            row.addWidget(what, 1)
            row.addWidget(when)
            self._box.addWidget(holder)
