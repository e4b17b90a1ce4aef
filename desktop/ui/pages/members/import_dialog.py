"""Importing people: what each column becomes, with an example, and what would come of it; nothing is changed before Import is pressed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from desktop.actions import member_columns, members
from desktop.actions.members import MemberReport
from desktop.ui.dialogs.sheet import Sheet
from desktop.ui.kit import Kit
from desktop.ui.widgets.label import ElidedLabel, label
from desktop.ui.widgets.lines import Column, line
from resources.translations import _, ngettext

_LOOK = "members/import"
_SHOWN_BAD = 3
_FEWEST_LETTERS = 10  # of what a column becomes; the whole is in the list and in the tooltip


class ImportDialog(Sheet):
    """Shows how a file would be read, and imports it.

    Args:
        over: called when the dialog is gone or the import has ended, to tidy up.
    """

    def __init__(self, kit: Kit, path: Path, parent: QWidget, *, name: str = "", over: Callable[[], object] = lambda: None) -> None:
        title = _("Import {file}").format(file=name or path.name)
        super().__init__(kit.theme, title, _("Reading …"), _("Import"), self._import, parent, size=(84, 72))
        self._kit, self._path, self._over = kit, path, over
        self._mapping: dict[str, str] = {}
        self._built = self._closed = False
        self._looks = 0
        self._words = {value: str(text) for value, text in member_columns.choices()}
        self.go.setEnabled(False)
        self._table = Column(kit.theme, widest=760, margin=0)
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(kit.theme.px(2))
        self._grid.setVerticalSpacing(kit.theme.px(0.5))
        for column, share in enumerate((3, 3, 4)):
            self._grid.setColumnStretch(column, share)
        self._table.box.addWidget(holder)
        self._table.box.addStretch()
        self.box.addWidget(self._table, 1)
        self._remarks = label("", "quiet small", wrap=True)
        self._bad = label("", "warn", wrap=True)
        for said in (self._remarks, self._bad):
            self.box.addWidget(said)
            said.hide()
        self.rejected.connect(self._left)
        self.finished.connect(self._close)
        self._look()

    def _look(self) -> None:
        """See what would come of it. Of several looks under way, as arrows go through a list, the last one counts."""
        mapping, path = dict(self._mapping), self._path
        self._looks += 1
        number = self._looks
        self._kit.operations.start(
            "",
            lambda store, progress: members.import_members(store, path, mapping, dry_run=True, progress=progress),
            lambda report: self._show(report) if self._wanted(number) else None,
            failed=lambda error: self._refused(error) if self._wanted(number) else None,
        )

    def _wanted(self, number: int) -> bool:
        """Whether the dialog is still there for this look, and no later one is under way."""
        return not self._closed and number == self._looks

    def _close(self) -> None:
        self._closed = True

    def _show(self, report: MemberReport) -> None:
        if report.preview is not None and not self._built:
            self._built = True
            self._build(report)
        self.sentence.setText(_would(report))
        self._remarks.setText("\n".join(str(remark) for remark in report.remarks))
        self._remarks.setVisible(bool(report.remarks))
        self._bad.setText(_what_is_bad(report))
        self._bad.setVisible(bool(report.bad_count))
        self.go.setText(ngettext("Import {n} member", "Import {n} members", report.added).format(n=report.added))
        self.go.setEnabled(report.added > 0)

    def _refused(self, error: Exception) -> None:
        self.sentence.setText(str(error))
        self.go.setEnabled(False)

    def _build(self, report: MemberReport) -> None:
        if report.preview is None:
            return
        for column, title in enumerate((_("Column"), _("Becomes"), _("For example"))):
            self._grid.addWidget(label(title, "quiet small"), 0, column)
        self._grid.addWidget(line(), 1, 0, 1, 3)
        for row, use in enumerate(report.preview.mapping, start=2):
            choice, head = self._choice(use.header, use.field), ElidedLabel(use.header, "strong")
            head.setBuddy(choice)
            self._grid.addWidget(head, row, 0)
            self._grid.addWidget(choice, row, 1)
            self._grid.addWidget(ElidedLabel(use.sample.replace("\n", " "), "quiet"), row, 2)

    def _choice(self, header: str, field: str | None) -> QComboBox:
        """What a column becomes. A field with a label of its own (`phone:work`) stays as it was found until something else is chosen."""
        box = QComboBox()
        box.setAccessibleName(_("What the column {column} becomes").format(column=header))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_FEWEST_LETTERS)
        box.addItem(_("A field called {name}").format(name=header), f"{member_columns.KEEP_AS_FIELD}:{header}")
        box.addItem(_("Nothing: leave it out"), member_columns.IGNORE)
        box.insertSeparator(2)
        words = self._words
        plain, _colon, detail = (field or "").partition(":")
        if field and detail and plain in words:
            box.addItem(_("{field} ({label})").format(field=words[plain], label=detail), field)
        for value, text in words.items():
            box.addItem(text, value)
        found = box.findData(field) if field else 0
        box.setCurrentIndex(max(found, 0))
        box.setToolTip(box.currentText())
        box.currentTextChanged.connect(box.setToolTip)
        box.activated.connect(lambda _row: self._choose(header, box.currentData()))
        return box

    def _choose(self, header: str, value: str) -> None:
        self._mapping[header] = value
        self.go.setEnabled(False)
        self._look()

    def _import(self) -> None:
        kit, path, mapping, over = self._kit, self._path, dict(self._mapping), self._over

        def done(report: MemberReport) -> None:
            over()
            _tell(kit, report)

        def failed(error: Exception) -> None:
            over()
            kit.notices.problem(str(error))

        kit.operations.start(
            _("Importing {file} …").format(file=path.name.lstrip(".")),
            lambda store, progress: members.import_members(store, path, mapping, progress=progress),
            done,
            failed=failed,
        )
        self.accept()

    def _left(self) -> None:
        self._kit.operations.start("", lambda _store, _progress: None, lambda _nothing: self._over())  # after the reading that may still run


def _would(report: MemberReport) -> str:
    """What would come of it."""
    if not report.added and report.there:
        return ngettext("{n} is there already, and nobody new.", "{n} are there already, and nobody new.", report.there).format(n=report.there)
    sentences = [ngettext("{n} is new.", "{n} are new.", report.added).format(n=report.added)]
    if report.there:
        there = ngettext("{n} is there already and stays as it is.", "{n} are there already and stay as they are.", report.there)
        sentences.append(there.format(n=report.there))
    return " ".join(sentences)


def _what_is_bad(report: MemberReport) -> str:
    if not report.bad_count:
        return ""
    head = ngettext("{n} row can't be read and is left out:", "{n} rows can't be read and are left out:", report.bad_count).format(n=report.bad_count)
    shown = [_("Line {line}: {reason}").format(line=bad.line, reason=bad.reason) for bad in report.bad[:_SHOWN_BAD]]
    return "\n".join((head, *shown))


def _tell(kit: Kit, report: MemberReport) -> None:
    """The toast of the operation says what was imported; what was left out is said here, and stays in sight."""
    if report.bad_file is not None:
        sentence = ngettext("{n} row was not imported; it is in {file}.", "{n} rows were not imported; they are in {file}.", report.bad_count)
        kit.notices.keep("members/bad", sentence.format(n=report.bad_count, file=report.bad_file.name))
