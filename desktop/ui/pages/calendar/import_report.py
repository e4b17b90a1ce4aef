"""What happened when a calendar was imported: what could not be kept and why, and what was changed on the way."""

from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.actions.events import CalendarReport
from desktop.ui.dialogs.sheet import Sheet
from desktop.ui.kit import Kit
from resources.translations import _, ngettext


class ImportReport(Sheet):
    """The report; can be copied as text.

    Args:
        which: the id of the operation, to take it back.
    """

    def __init__(self, kit: Kit, report: CalendarReport, path: Path, which: str, parent: QWidget) -> None:
        kept = ngettext("{n} event is new.", "{n} events are new.", report.added).format(n=report.added)
        title = _("Imported {file}").format(file=path.name)
        super().__init__(kit.theme, title, kept, _("Take the import back"), self._take_back, parent, size=(72, 48))
        self._kit, self._which = kit, which
        self.go.setVisible(report.added > 0)
        lines = [str(remark) for remark in report.remarks]
        for row in report.bad:
            name = row.cells[0] if row.cells and row.cells[0] else _("Untitled event")
            lines.append(_("Line {line}, “{title}”: {reason}").format(line=row.line, title=name, reason=row.reason))
        text = QPlainTextEdit("\n\n".join(lines))
        text.setReadOnly(True)
        text.setAccessibleName(_("What happened"))
        self.box.addWidget(text, 1)

    def _take_back(self) -> None:
        self._kit.operations.undo(self._which)
        self.accept()
