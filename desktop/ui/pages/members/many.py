"""The inspector of several members at once: tag, untag, delete."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from desktop.ui.icons import Icons
from desktop.ui.numbers import digits
from desktop.ui.pages.members.tag_line import TagLine
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.inspector import Inspector
from desktop.ui.widgets.label import label
from desktop.ui.widgets.lines import SectionHeader, line
from resources.translations import _, ngettext


class ManyInspector(Inspector):
    """What can be done with all that are selected.

    Signals:
        tagged, untagged: a tag.
        deleted, exported: do it.
    """

    tagged = Signal(str)
    untagged = Signal(str)
    deleted = Signal()
    exported = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__(theme)
        self.box.setContentsMargins(0, theme.px(2), 0, 0)
        self._count = label("", "title", wrap=True)
        self.box.addWidget(self._count)
        self.box.addWidget(SectionHeader(theme, _("Tags")))
        self.adder = TagLine(_("Tag them all"), _("Tag them all …"))
        self.adder.committed.connect(lambda text: self.tagged.emit(text.strip()))
        self.remover = TagLine(_("Take a tag off them all"), _("Take a tag off them all …"))
        self.remover.committed.connect(lambda text: self.untagged.emit(text.strip()))
        self.box.addWidget(self.adder)
        self.box.addWidget(self.remover)
        self.box.addWidget(line())
        self.box.addSpacing(theme.px(1))
        self.box.addWidget(button(_("Export them …"), self.exported.emit), 0, Qt.AlignmentFlag.AlignLeading)
        self.delete = button("", self.deleted.emit, kind="danger")
        self.box.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignLeading)
        self.box.addStretch()

    def show_count(self, count: int) -> None:
        """How many are selected."""
        self._count.setText(ngettext("{n} member selected", "{n} members selected", count).format(n=digits(count)))
        self.delete.setText(ngettext("Delete {n} member", "Delete {n} members", count).format(n=digits(count)))

    def offer(self, tags: Sequence[str]) -> None:
        """Complete with these."""
        self.adder.offer(tags)
        self.remover.offer(tags)
