"""Pasting people: a list from a chat, rows of a spreadsheet, vCards. Who is there already and who is doubtful shows before anybody is added."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QListView,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.actions import member_pasting
from desktop.actions.member_pasting import Candidate, Pasted, Shape
from desktop.ui.dialogs.sheet import Sheet
from desktop.ui.kit import Kit
from desktop.ui.numbers import digits
from desktop.ui.pages.members.import_dialog import ImportDialog
from desktop.ui.theme import LARGE
from desktop.ui.widgets.label import label
from desktop.ui.widgets.lines import Column
from resources.translations import _, ngettext

_LOOK = "members/paste"
_PAUSE = 150  # milliseconds after the last key


class Wrapped(QStyledItemDelegate):
    """Rows as high as their lines. Qt measures a text for more room than it draws it in, and then ends it with an ellipsis where it should wrap."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Measured with a letter's width to spare."""
        option.rect.adjust(0, 0, -option.fontMetrics.averageCharWidth() * 2, 0)
        return super().sizeHint(option, index)


class PasteDialog(Sheet):
    """Takes a text and makes members of the people in it."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        sentence = _("Paste a list from a chat (Ana, Rui, +351 …), rows of a spreadsheet, or contacts. You see who would be added first.")
        super().__init__(kit.theme, _("Paste people"), sentence, _("Add"), self._add, parent, size=(84, 68))
        self._kit = kit
        self._page = parent
        self._pasted = Pasted(Shape.PEOPLE)
        self.finished.connect(lambda _result: kit.reader.forget(_LOOK))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("The list"))
        self.text.setPlaceholderText(_("1. Ana Silva\n2. Rui +2\n+351 912 345 678"))
        self.text.setTabChangesFocus(True)
        self.people = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self.people)
        self.list.setAccessibleName(_("Who would be added"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setSpacing(kit.theme.px(0.25))
        self.list.setWordWrap(True)
        self.list.setItemDelegate(Wrapped(self.list))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        both = QHBoxLayout()
        both.setSpacing(kit.theme.px(1.5))
        both.addWidget(self.text, 1)
        both.addWidget(self.list, 1)
        self.note = label("", "quiet small", wrap=True)
        self.note.hide()
        box = self.box
        if kit.theme.scale >= LARGE:  # then all of it scrolls
            column = Column(kit.theme, margin=0)
            self.box.addWidget(column, 1)
            box = column.box
            self.text.setMinimumHeight(kit.theme.px(14))
        box.addLayout(both, 1)
        box.addWidget(self.note)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._look)
        self.text.textChanged.connect(self._timer.start)
        self.people.itemChanged.connect(lambda _item: self._count())
        self._count()
        clipboard = QApplication.clipboard().text()
        if "\n" in clipboard or "," in clipboard:
            self.text.setPlainText(clipboard)
            self.text.selectAll()

    def chosen(self) -> list[Candidate]:
        """Those that are ticked."""
        items = (self.people.item(row) for row in range(self.people.rowCount()))
        return [self._pasted.candidates[row] for row, item in enumerate(items) if item.checkState() is Qt.CheckState.Checked]

    def _look(self) -> None:
        text = self.text.toPlainText()
        self._kit.reader.ask(_LOOK, lambda store: member_pasting.look(store, text), self._show)

    def _show(self, pasted: Pasted) -> None:
        self._pasted = pasted
        self.people.clear()
        self.note.hide()
        if pasted.shape is not Shape.PEOPLE:
            self.sentence.setText(_("These are rows or contacts. Go on to see what each column becomes."))
            self.go.setText(_("Go on …"))
            self.go.setEnabled(True)
            return
        for candidate in pasted.candidates:
            self.people.appendRow(self._item(candidate))
        self._count()

    def _item(self, candidate: Candidate) -> QStandardItem:
        person = candidate.person
        said = [person.name] if person.nameless or not person.value else [person.name, person.value]
        if candidate.there:
            said.append(_("is a member already"))
        elif candidate.doubt:
            said.append(str(candidate.doubt))
        item = QStandardItem(" · ".join(said))
        item.setCheckable(True)
        item.setCheckState(Qt.CheckState.Unchecked if candidate.there or person.away or person.sentence or person.title else Qt.CheckState.Checked)
        item.setToolTip(item.text())
        return item

    def _count(self) -> None:
        count = len(self.chosen())
        self.go.setText(ngettext("Add {n} member", "Add {n} members", count).format(n=digits(count)) if count else _("Add"))
        self.go.setEnabled(count > 0)
        said = "\n".join(one for one in (self._why_nobody() if not count else "", self._who_is_missing()) if one)
        self.note.setText(said)
        self.note.setVisible(bool(said))

    def _why_nobody(self) -> str:
        """Why nobody is to be added; empty where nothing is pasted yet."""
        found = self._pasted.candidates
        there = sum(candidate.there for candidate in found)
        if not self.text.toPlainText().strip():
            return ""
        if not found:
            return _("Nobody is added: no name, number or address was found in it.")
        if there == len(found):
            return _("Nobody is added: everybody in it is a member already.")
        if there:
            some = ngettext(
                "Nobody is ticked: {n} of them is a member already. Tick whom you want to add.",
                "Nobody is ticked: {n} of them are members already. Tick whom you want to add.",
                there,
            )
            return some.format(n=digits(there))
        return _("Nobody is ticked. Tick whom you want to add.")

    def _who_is_missing(self) -> str:
        """That the list counts more people than it names."""
        if not self._pasted.unnamed:
            return ""
        missing = ngettext(
            "{n} person is not here: the list only counts them, as in “+2” or “and 3 more”, and gives no name.",
            "{n} people are not here: the list only counts them, as in “+2” or “and 3 more”, and gives no names.",
            self._pasted.unnamed,
        )
        return missing.format(n=digits(self._pasted.unnamed))

    def _add(self) -> None:
        if self._pasted.shape is not Shape.PEOPLE:
            path = member_pasting.as_file(self._kit.store, self.text.toPlainText(), self._pasted.shape)
            ImportDialog(self._kit, path, self._page, name=_("what you pasted"), over=lambda: path.unlink(missing_ok=True)).open()
        else:
            chosen = self.chosen()
            self._kit.operations.run(lambda store: member_pasting.add(store, chosen))
        self.accept()
