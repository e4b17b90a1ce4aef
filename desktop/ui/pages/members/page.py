"""“Members”: who are we? The list with search and tags, and the inspector beside it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.store import member_lists, members
from desktop.ui.kit import Kit
from desktop.ui.later import Later
from desktop.ui.news import EVERYTHING, News
from desktop.ui.numbers import digits
from desktop.ui.operations import Tell
from desktop.ui.pages.members.doing import Doing
from desktop.ui.pages.members.inspector import MemberInspector
from desktop.ui.pages.members.list import SORTS, MemberQuestion, member_model, member_table
from desktop.ui.pages.members.many import ManyInspector
from desktop.ui.pages.members.tag_bar import TagBar
from desktop.ui.pages.page import Entry, Page
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.inspector import NARROWEST, Beside
from desktop.ui.widgets.label import label
from desktop.ui.widgets.search_field import SearchField
from resources.translations import _, ngettext

_MOST_ALONE = 1


class MembersPage(Page):
    """The page “Members”."""

    def __init__(self, kit: Kit, entry: Entry) -> None:
        super().__init__(kit, entry)
        self.setAcceptDrops(True)
        self.question = MemberQuestion(kit.reader)
        self.model = member_model(kit.store, kit.dates)
        self.table = member_table(kit.theme, kit.photos, self.model)
        self.field = SearchField(kit.icons, _("Search names, addresses, tags, notes"))
        self.bar = TagBar(kit.theme)
        self.doing = Doing(kit, self, self.table.selected_numbers)
        self._one: MemberInspector | None = None
        self._many: ManyInspector | None = None
        self._known: list[str] = []
        self._wanted_record = ""
        self._asking_tags = QTimer(self, singleShot=True, interval=200)
        self._asking_tags.timeout.connect(self.question.ask_tags)
        self._build()
        self._connect()
        self.refresh(EVERYTHING)
        Later(self, lambda: self.one, lambda: self.many)

    @property
    def one(self) -> MemberInspector:
        """The inspector of one member; made now if this is the first time that it is needed."""
        if self._one is None:
            self._one = made = MemberInspector(self.kit)
            made.tags.offer(self._known)
            made.closed.connect(self._close_inspector)
            made.deleted.connect(self.doing.delete_one)
            made.added.connect(self._added)
            self.inspectors.addWidget(made)
        return self._one

    @property
    def many(self) -> ManyInspector:
        """That of several; made now if this is the first time that it is needed."""
        if self._many is None:
            self._many = made = ManyInspector(self.kit.theme, self.kit.icons)
            made.offer(self._known)
            made.tagged.connect(self.doing.tag)
            made.untagged.connect(self.doing.untag)
            made.deleted.connect(self.doing.delete)
            made.exported.connect(lambda: self.doing.export(self._shown_numbers()))
            self.inspectors.addWidget(made)
        return self._many

    def refresh(self, news: News) -> None:
        """Show the list, the tags and the inspector as they are now."""
        if not news.touches("member", "contact_point", "member_tag"):
            return
        self._forget_cached(news)
        self.question.ask()
        self._asking_tags.start()
        if self._one is not None and self._one.member is not None:
            number = member_lists.number_of(self.kit.store, self._one.member.id)
            if number is None:
                self._one.member = None
                self.beside.show_inspector(False)
            else:
                self._one.show_member(members.get(self.kit.store, self._one.member.id))
        if news == EVERYTHING and member_lists.not_indexed(self.kit.store):
            self.kit.operations.start("", lambda store, _progress: members.index(store), tell=Tell.NOTHING)

    def do(self, command: str) -> None:
        """A command of the entry."""
        match command:
            case "add":
                self.table.clearSelection()
                self._open(self.one)
                self.one.begin_new()
            case "import":
                self.doing.choose_import()
            case "paste":
                self.doing.paste()
            case "export":
                self.doing.export(self._shown_numbers())
            case "tag":
                self._open(self.many)
                self.many.adder.setFocus()
            case "delete":
                self.doing.delete()
            case "select_all":
                self.table.selectAll()
                self.table.setFocus()

    def can(self, command: str) -> bool:
        """Tagging and deleting need a selection."""
        return command not in ("tag", "delete") or self.table.selected_count() > 0

    def search(self) -> None:
        """Ctrl+F."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def arrive(self) -> None:
        """The list has the focus; with nobody in it, the button that adds somebody."""
        (self.table if members.any_there(self.kit.store) else self.primary).setFocus()

    def show_record(self, record: str) -> None:
        """Show one member, whatever was searched for."""
        self._wanted_record = record
        self.field.clear()
        self.bar.clear()
        self.question.ask()

    def leave(self) -> bool:
        """Keep what is typed in the inspector."""
        if self._one is not None:
            self._one.take_focus_out()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the inspector."""
        if event.key() == Qt.Key.Key_Escape and self.inspectors.isVisible():
            self._close_inspector()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file of people can be dropped here."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import it."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.doing.import_file(files[0])

    def _build(self) -> None:
        kit = self.kit
        self.head.addWidget(self.field, 1)
        self.count = label("", "quiet")
        self.head.addWidget(self.count)
        self.inspectors = QStackedWidget()
        self.inspectors.setMinimumWidth(round(NARROWEST * kit.theme.scale))
        listed = QWidget()
        box = QVBoxLayout(listed)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.bar)
        self.shown = QStackedWidget()
        self.shown.addWidget(self.table)
        bring = button(_("Import from a file …"), lambda: self.do("import"))
        paste = button(_("Paste people …"), lambda: self.do("paste"))
        nobody = _("Bring them in from a table or your contacts, paste a list from a chat, or add the first one by hand.")
        self.shown.addWidget(Empty(kit.theme, kit.icons, "users", _("Nobody is here yet"), nobody, [bring, paste]))
        everybody = button(_("Show everybody"), self._show_all)
        self.shown.addWidget(Empty(kit.theme, kit.icons, "search", _("Nobody is found by that"), _("Try fewer letters, or other tags."), [everybody]))
        box.addWidget(self.shown, 1)
        self.beside = Beside(kit.theme, listed, self.inspectors)
        self.body.addWidget(self.beside, 1)

    def _connect(self) -> None:
        self.question.answered.connect(self._show)
        self.question.tagged.connect(self._show_tags)
        self.field.textChanged.connect(lambda text: self.question.want(query=text))
        self.field.leave.connect(self._to_list)
        self.bar.chosen.connect(lambda tags: self.question.want(tags=tags))
        self.model.sort_wanted.connect(lambda column, descending: self.question.want(sort=SORTS[column], descending=descending))
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _number: self.one.name.setFocus())

    def _forget_cached(self, news: News) -> None:
        touched = [news.rows("member"), news.rows("contact_point"), news.rows("member_tag")]
        if any(rows is None for rows in touched):
            self.model.forget_all()
            return
        ids = set(touched[0] or ())
        ids.update(member_lists.members_of_rows(self.kit.store, "contact_point", list(touched[1] or ())))
        ids.update(member_lists.members_of_rows(self.kit.store, "member_tag", list(touched[2] or ())))
        self.model.forget(member_lists.numbers_of(self.kit.store, list(ids)))

    def _show(self, numbers: list[int]) -> None:
        """The list is there: the selection and the place stay, as far as they are still in it."""
        chosen = self.table.selected_numbers() if self.table.selected_count() <= _MOST_ALONE else []
        place = self.table.verticalScrollBar().value()
        self.model.show(numbers)
        searching = bool(self.question.wanted.query.strip() or self.question.wanted.tags)
        self.shown.setCurrentIndex(0 if numbers else 2 if searching else 1)
        self.bar.setVisible(bool(self.bar.counts))
        self.count.setText(ngettext("{n} member", "{n} members", len(numbers)).format(n=digits(len(numbers))) if numbers else "")
        if self._wanted_record:
            number = member_lists.number_of(self.kit.store, self._wanted_record)
            self._wanted_record = ""
            if number is not None:
                self.table.select_numbers([number])
            return
        if chosen and self.table.selected_count() == 0:
            self.table.select_numbers(chosen, scroll=False)
            self.table.verticalScrollBar().setValue(place)

    def _show_tags(self, counts: list[member_lists.TagCount]) -> None:
        self.bar.show_tags(counts)
        self._known = [one.tag for one in counts]
        if self._one is not None:
            self._one.tags.offer(self._known)
        if self._many is not None:
            self._many.offer(self._known)

    def _chosen(self) -> None:
        count = self.table.selected_count()
        if count == 1:
            record = self.model.record(self.model.row_of(self.table.selected_numbers()[0]) or 0)
            if record is not None:
                self.one.show_member(record)
                self._open(self.one)
        elif count > 1:
            self.many.show_count(count)
            self._open(self.many)

    def _open(self, inspector: QWidget) -> None:
        self.inspectors.setCurrentWidget(inspector)
        self.beside.show_inspector(True)

    def _close_inspector(self) -> None:
        self.one.take_focus_out()
        self.one.member = None
        self.beside.show_inspector(False)
        self.table.clearSelection()
        self.table.setFocus()

    def _added(self, member_id: str) -> None:
        self.show_record(member_id)
        self.one.show_member(members.get(self.kit.store, member_id))
        self.one.ways.adder.setFocus()

    def _shown_numbers(self) -> Sequence[int]:
        """Those that are selected, where they are several; else all that are shown."""
        return self.table.selected_numbers() if self.table.selected_count() > _MOST_ALONE else self.model.numbers

    def _to_list(self) -> None:
        self.table.setFocus()
        if self.model.rowCount() and not self.table.currentIndex().isValid():
            self.table.select_numbers(self.model.numbers[:1])

    def _show_all(self) -> None:
        self.bar.clear()
        self.field.clear()
