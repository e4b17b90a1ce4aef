"""Importing people: what each column becomes, with an example, and who would come of it; nothing is changed before Import is pressed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.actions import members
from desktop.actions.member_columns import IGNORE, Untold
from desktop.actions.members import MemberReport
from desktop.ui.dialogs.sheet import Sheet
from desktop.ui.jobs import Job
from desktop.ui.kit import Kit
from desktop.ui.navigation import PageName
from desktop.ui.numbers import digits
from desktop.ui.pages.members.mapping import Mapping
from desktop.ui.pages.members.newcomers import Newcomers
from desktop.ui.theme import LARGE
from desktop.ui.widgets.label import label
from desktop.ui.widgets.lines import Column
from resources.translations import _, ngettext

_LOOK = "members/import"
_SHOWN_BAD = 3
_SHOWN_REMARKS = 5


class ImportDialog(Sheet):
    """Shows how a file would be read, and imports it.

    Args:
        over: called when the dialog is gone or the import has ended, to tidy up.
    """

    def __init__(self, kit: Kit, path: Path, parent: QWidget, *, name: str = "", over: Callable[[], object] = lambda: None) -> None:
        title = _("Import {file}").format(file=name or path.name)
        super().__init__(kit.theme, title, _("Reading …"), _("Import"), self._import, parent, size=(84, 72))
        self._kit, self._path, self._over = kit, path, over
        self._chosen: dict[str, str] = {}
        self._ids: list[str] = []
        self._built = self._closed = False
        self._looks = 0
        self._reading = Job("", lambda _job: None)  # what reads the file now
        self.go.setEnabled(False)
        self._table = Column(kit.theme, widest=760, margin=0)
        self.newcomers = Newcomers(kit.theme)
        self._table.box.addWidget(self.newcomers)
        self._table.box.addSpacing(kit.theme.px(1))
        self.mapping = Mapping(kit.theme)
        self.mapping.chosen.connect(self._choose)
        self._table.box.addWidget(self.mapping)
        self._table.box.addStretch()
        self.box.addWidget(self._table, 1)
        self._remarks = label("", "quiet small", wrap=True)
        self._bad = label("", "warn", wrap=True)
        for place, said in enumerate((self._remarks, self._bad)):
            if kit.theme.scale >= LARGE:  # then all of it scrolls
                self._table.box.insertWidget(place, said)
            else:
                self.box.addWidget(said)
            said.hide()
        self.rejected.connect(self._left)
        self.finished.connect(self._close)
        self._look()

    def _look(self) -> None:
        """See what would come of it. Of several looks under way, as arrows go through a list, the last one counts."""
        mapping, path = dict(self._chosen), self._path
        self._looks += 1
        number = self._looks
        self._reading.cancel()
        self._reading = self._kit.operations.start(
            "",
            lambda store, progress: members.import_members(store, path, mapping, dry_run=True, progress=progress),
            lambda report: self._show(report) if self._wanted(number) else None,
            failed=lambda error: self._refused(error) if self._wanted(number) else None,
        )
        self._reading.progressed.connect(self._tell_how_far)

    def _wanted(self, number: int) -> bool:
        """Whether the dialog is still there for this look, and no later one is under way."""
        return not self._closed and number == self._looks

    def _close(self) -> None:
        self._closed = True
        self._reading.cancel()

    def _tell_how_far(self, done: int, total: int) -> None:
        if total and not self._built:
            self.sentence.setText(_("Reading … {percent} %").format(percent=digits(round(100 * done / total))))

    def _show(self, report: MemberReport) -> None:
        if report.preview is not None and not self._built:
            self._built = True
            self.mapping.show_columns(report.preview.mapping)
        self._ids = [member.id for member in report.first]
        self.sentence.setText(_would(report))
        self.newcomers.show_members(report.first, report.added)
        remarks = [str(remark) for remark in report.remarks[:_SHOWN_REMARKS]]
        self._remarks.setText("\n".join((*remarks, _("… and more.")) if len(report.remarks) > _SHOWN_REMARKS else remarks))
        self._remarks.setVisible(bool(report.remarks))
        self._bad.setText(_what_is_bad(report))
        self._bad.setVisible(bool(report.bad_count))
        self.go.setText(ngettext("Import {n} member", "Import {n} members", report.added).format(n=digits(report.added)))
        self.go.setEnabled(report.added > 0)
        if self._looks == 1:
            QTimer.singleShot(0, self, self._offer)  # after the sheet has put the focus where work begins

    def _offer(self) -> None:
        """Enter imports: so far there was nothing to do but to cancel."""
        if self.go.isEnabled():
            self.go.setFocus()

    def _refused(self, error: Exception) -> None:
        self.sentence.setText(str(error))
        self.go.setEnabled(False)
        self.go.setText(_("Import"))
        self.newcomers.show_members((), 0)
        for said in (self._remarks, self._bad):
            said.hide()
        if isinstance(error, Untold):
            self._ask(error)

    def _ask(self, error: Untold) -> None:
        """Nothing becomes of any column until the person says what; the first of them is where work begins."""
        self.sentence.setText(_("Belfry knows none of these columns. Choose what they are: a name, an e-mail address or a phone number is needed."))
        if self._built:
            return
        self._built = True
        self._chosen = {column.header: column.field or IGNORE for column in error.columns}
        self.mapping.show_columns(error.columns)
        first = self.mapping.choices[error.columns[0].header]
        QTimer.singleShot(0, self, first.setFocus)  # after the sheet has put the focus onto Cancel

    def _choose(self, header: str, value: str) -> None:
        self._chosen[header] = value
        self.go.setEnabled(False)
        self._look()

    def _import(self) -> None:
        kit, path, mapping, ids, over = self._kit, self._path, dict(self._chosen), list(self._ids), self._over

        def done(report: MemberReport) -> None:
            over()
            tell_left_out(kit, report)

        def failed(error: Exception) -> None:
            over()
            kit.notices.problem(str(error))

        kit.operations.start(
            _("Importing {file} …").format(file=path.name.lstrip(".")),
            lambda store, progress: members.import_members(store, path, mapping, ids=ids, progress=progress),
            done,
            failed=failed,
        )
        self.accept()

    def _left(self) -> None:
        self._kit.operations.start("", lambda _store, _progress: None, lambda _nothing: self._over())  # after the reading that may still run


def _would(report: MemberReport) -> str:
    """What would come of it."""
    if not report.added and not report.there:
        return _("There is nobody in it to import.")
    if not report.added:
        nobody = ngettext("{n} is there already, and nobody new.", "{n} are there already, and nobody new.", report.there)
        return nobody.format(n=digits(report.there))
    sentences = [ngettext("{n} is new.", "{n} are new.", report.added).format(n=digits(report.added))]
    if report.there:
        there = ngettext("{n} is there already and stays as it is.", "{n} are there already and stay as they are.", report.there)
        sentences.append(there.format(n=digits(report.there)))
    if report.twice:
        twice = ngettext("{n} is in the file twice, and comes in once.", "{n} are in the file twice, and come in once.", report.twice)
        sentences.append(twice.format(n=digits(report.twice)))
    if report.lacking:
        lacking = ngettext(
            "{n} comes in without a date, an address or a number that can't be read; it is kept as a field.",
            "{n} come in without a date, an address or a number that can't be read; it is kept as a field.",
            report.lacking,
        )
        sentences.append(lacking.format(n=digits(report.lacking)))
    return " ".join(sentences)


def _what_is_bad(report: MemberReport) -> str:
    if not report.bad_count:
        return ""
    head = ngettext("{n} row can't be read and is left out:", "{n} rows can't be read and are left out:", report.bad_count).format(n=report.bad_count)
    shown = [_("Line {line}: {reason}").format(line=bad.line, reason=bad.reason) for bad in report.bad[:_SHOWN_BAD]]
    return "\n".join((head, *shown))


def tell_left_out(kit: Kit, report: MemberReport) -> None:
    """The toast of the operation says what was imported; what was left out, of rows or of somebody, is said here, and stays in sight."""
    if report.lacking:
        sentence = ngettext(
            "{n} came in without a date, an address or a number that can't be read. It is kept as a field.",
            "{n} came in without a date, an address or a number that can't be read. It is kept as a field.",
            report.lacking,
        )
        kit.notices.keep("members/lacking", sentence.format(n=digits(report.lacking)), page=PageName.MEMBERS)
    if report.bad_file is not None:
        sentence = ngettext("{n} row was not imported; it is in {file}.", "{n} rows were not imported; they are in {file}.", report.bad_count)
        kit.notices.keep("members/bad", sentence.format(n=report.bad_count, file=report.bad_file.name), page=PageName.MEMBERS)
