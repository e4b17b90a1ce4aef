"""The first few people of an import as they would come in: name, ways to reach them, tags. A look says more than a table of columns."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.community.members import Member
from desktop.ui.numbers import digits
from desktop.ui.theme import Theme
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.label import ElidedLabel
from desktop.ui.widgets.lines import SectionHeader
from resources.translations import _, ngettext


class Newcomers(QWidget):
    """A row for each; hidden while there is nobody."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(1))
        self._header = SectionHeader(theme, _("So they come in"))
        box.addWidget(self._header)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(1))
        box.addLayout(self._rows)
        self.hide()

    def show_members(self, first: Sequence[Member], count: int) -> None:
        """Show these; `count` is how many there are in all."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for member in first:
            self._rows.addWidget(self._row(member))
        more = count - len(first)
        self._header.set_count(ngettext("and {n} more", "and {n} more", more).format(n=digits(more)) if more > 0 else "")
        self.setVisible(bool(first))

    def _row(self, member: Member) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(1.5))
        avatar = Avatar(self._theme, 4)
        avatar.show_of(member.name, member.id)
        row.addWidget(avatar)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(member.name, "strong"))
        known = (member.organization, *(way.value.replace("\n", ", ") for way in member.contact_points), *member.tags)
        words.addWidget(ElidedLabel(" · ".join(one for one in known if one), "quiet small"))
        row.addLayout(words, 1)
        return holder
