"""The inspector of one member: everything that is known, each thing edited in place and kept when the focus goes on."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop.actions import member_edits
from desktop.community import addresses
from desktop.community.members import ContactKind, ContactPoint, Member, MemberKind, MemberStatus
from desktop.store.database import Store
from desktop.ui.kit import Kit
from desktop.ui.operations import Tell
from desktop.ui.pages.members.sections import Facts, History, Tags, Ways
from desktop.ui.pages.members.words import status_name
from desktop.ui.ports import Kind
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.buttons import button, icon_button
from desktop.ui.widgets.combo import Combo, name_box
from desktop.ui.widgets.edited import InPlaceLine, InPlaceText, problem_of
from desktop.ui.widgets.inspector import Inspector
from desktop.ui.widgets.label import label
from desktop.ui.widgets.lines import SectionHeader, line
from resources.translations import _

_FIELD = "field:"
_HISTORY = "members/history"


class MemberInspector(Inspector):
    """Shows and edits a member, or a new one that has only a name so far.

    Signals:
        closed: the person is done with it.
        deleted: the id of the member to be deleted.
        added: the id of a member that was just made.
    """

    closed = Signal()
    deleted = Signal(str)
    added = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        self.member: Member | None = None
        px = kit.theme.px
        self.box.setContentsMargins(0, px(1.5), 0, 0)
        head = QHBoxLayout()
        head.setSpacing(px(1))
        self._avatar = Avatar(kit.theme, 6.5)
        self._picture = QToolButton()
        self._picture.setToolTip(_("Change the photo"))
        self._picture.setAccessibleName(_("Change the photo"))
        self._picture.setFixedSize(px(7), px(7))
        self._picture.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._picture)
        menu.addAction(_("Choose a photo …"), self._choose_photo)
        self._no_photo = menu.addAction(_("Show initials instead"), self._remove_photo)
        self._picture.setMenu(menu)
        inside = QHBoxLayout(self._picture)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._avatar)
        head.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        names = QVBoxLayout()
        names.setSpacing(0)
        self.name = InPlaceLine(_("Name"), _("Name"), look="title")
        self.name.committed.connect(self._name)
        names.addWidget(self.name)
        names.addWidget(problem_of(self.name))
        self.status = Combo()
        self.status.setProperty("kind", "in_place")
        name_box(self.status, _("Status"))
        for status in MemberStatus:
            self.status.addItem(status_name(status), status)
        self.status.activated.connect(lambda _row: self._edit(lambda member: replace(member, status=MemberStatus(self.status.currentData()))))
        second = QHBoxLayout()
        second.addWidget(self.status)
        second.addStretch()
        names.addLayout(second)
        head.addLayout(names, 1)
        head.addWidget(icon_button(kit.theme, kit.icons, "x", _("Close (Esc)"), self.closed.emit), 0, Qt.AlignmentFlag.AlignTop)
        self.box.addLayout(head)
        self._hint = label(_("A name is enough. Press Enter, and the rest can follow."), "quiet", wrap=True)
        self.box.addWidget(self._hint)
        self.ways = Ways(kit.theme, kit.icons)
        self.ways.write.connect(self._write)
        self.ways.edited.connect(self._way)
        self.tags = Tags(kit.theme, kit.icons)
        self.tags.edited.connect(lambda tags: self._edit(lambda member: replace(member, tags=tags)))
        self.facts = Facts(kit.theme)
        self.facts.edited.connect(self._fact)
        self.field_adder = InPlaceLine(_("Add a field"), _("Add a field: Allergies, Voice, T-shirt …"))
        self.field_adder.committed.connect(self._new_field)
        self.notes = InPlaceText(_("Notes"), _("Notes"))
        self.notes.committed.connect(lambda text: self._edit(lambda member: replace(member, notes=text)))
        self.history = History(kit.theme, kit.dates)
        self._below = [
            SectionHeader(kit.theme, _("Reach")),
            self.ways,
            line(),
            SectionHeader(kit.theme, _("Tags")),
            self.tags,
            line(),
            SectionHeader(kit.theme, _("About")),
            self.facts,
            self.field_adder,
            self.notes,
            line(),
            SectionHeader(kit.theme, _("History")),
            self.history,
        ]
        for widget in self._below:
            self.box.addWidget(widget)
        delete = button(_("Delete this member"), self._delete, kind="danger")
        self._below.append(delete)
        self.box.addSpacing(px(2))
        self.box.addWidget(delete, 0, Qt.AlignmentFlag.AlignLeading)
        self.box.addStretch()
        self.facts.show_facts(self._facts_of(Member("")))  # the rows that everybody has
        kit.photos.arrived.connect(self._photo_arrived)

    def show_member(self, member: Member) -> None:
        """Show somebody; what is being typed into a field stays."""
        other = self.member is None or self.member.id != member.id
        if other:
            self.take_focus_out()
        self.member = member
        self._show_below(True)
        self.name.show_value(member.name)
        self._avatar.show_of(member.name, member.id, self._kit.photos.get(member.photo))
        self._no_photo.setVisible(bool(member.photo))
        self.status.setCurrentIndex(self.status.findData(member.status))
        self.ways.show_ways(member.contact_points)
        self.tags.show_tags(member.tags)
        self.facts.show_facts(self._facts_of(member))
        self.notes.show_value(member.notes)
        self._kit.reader.ask(_HISTORY, lambda store: member_edits.history(store, member.id), self.history.show_history)
        if other:
            self.column.verticalScrollBar().setValue(0)

    def begin_new(self) -> None:
        """A new member: the name is enough, the rest follows."""
        self.take_focus_out()
        self.member = None
        self._show_below(False)
        self.name.show_value("")
        self.name.clear()
        self._avatar.show_of("", "new")
        self.name.setFocus()

    def _delete(self) -> None:
        if self.member is not None:
            self.deleted.emit(self.member.id)

    def take_focus_out(self) -> None:
        """Keep what is typed."""
        focus: QWidget | None = self.focusWidget()  # the stubs do not know that it may be None
        if focus is not None and focus.hasFocus():
            focus.clearFocus()

    def _show_below(self, shown: bool) -> None:
        for widget in (*self._below, self._picture, self.status):
            widget.setVisible(shown)
        self._hint.setVisible(not shown)

    def _facts_of(self, member: Member) -> Mapping[str, tuple[str, str]]:
        dates = self._kit.dates
        birthday = member.birthday
        born = ""
        if birthday:
            born = dates.day_of_year(birthday.month, birthday.day) + (f" {birthday.year}" if birthday.year else "")
        facts = {
            "birthday": (_("Birthday"), born),
            "joined": (_("Joined"), dates.date(member.joined) if member.joined else ""),
            "organization": (_("Organization"), member.organization),
        }
        if member.kind is MemberKind.PERSON:
            facts |= {"title": (_("Job"), member.title), "nickname": (_("Nickname"), member.nickname)}
        return facts | {f"{_FIELD}{name}": (name, value) for name, value in member.fields.items()}

    def _name(self, text: str) -> None:
        if self.member is not None:
            self._edit(lambda member: replace(member, name=text), self.name)
        elif text.strip():

            def refused(error: Exception) -> None:
                self.name.wrong(str(error))

            self._kit.operations.run(lambda store: member_edits.add(store, Member(text)), self.added.emit, failed=refused)

    def _way(self, place: int, text: str) -> None:
        member = self.member
        if member is None:
            return
        field = self.ways.adder if place < 0 else self.ways.lines[place]

        def changed(store: Store) -> Member:
            ways = list(member.contact_points)
            if place < 0:
                ways.append(member_edits.way_from(store, member_edits.kind_of(text), text))
            elif text.strip():
                ways[place] = member_edits.way_from(store, ways[place].kind, text, ways[place])
            else:
                del ways[place]
            return member_edits.change(store, replace(member, contact_points=tuple(ways)))

        removed = place >= 0 and not text.strip()
        if place < 0:
            field.show_value("")
        self._run(changed, field, tell=Tell.UNDO if removed else Tell.NOTHING)

    def _fact(self, key: str, text: str) -> None:
        field = self.facts.lines[key]
        member = self.member
        if member is None:
            return

        def changed(store: Store) -> Member:
            match key:
                case "birthday":
                    now = replace(member, birthday=member_edits.birthday_from(store, text))
                case "joined":
                    now = replace(member, joined=member_edits.day_from(store, text))
                case "organization":
                    now = replace(member, organization=text.strip())
                case "title":
                    now = replace(member, title=text.strip())
                case "nickname":
                    now = replace(member, nickname=text.strip())
                case _:
                    fields = dict(member.fields) | {key.removeprefix(_FIELD): text.strip()}
                    now = replace(member, fields={name: value for name, value in fields.items() if value})
            return member_edits.change(store, now)

        self._run(changed, field)

    def _new_field(self, text: str) -> None:
        """`Allergies` or `Allergies: nuts` becomes a field of this member."""
        name, _colon, value = (part.strip() for part in text.partition(":"))
        self.field_adder.show_value("")
        self.field_adder.clear()
        if name and self.member is not None and name not in self.member.fields:
            self._edit(lambda member: replace(member, fields={**member.fields, name: value or "–"}))

    def _edit(self, make: Callable[[Member], Member], field: InPlaceLine | None = None) -> None:
        if self.member is not None:
            now = make(self.member)
            self._run(lambda store: member_edits.change(store, now), field)

    def _run(self, action: Callable[[Store], Member], field: InPlaceLine | None, *, tell: Tell = Tell.NOTHING) -> None:
        failed = (lambda error: field.wrong(str(error))) if field is not None else None
        self._kit.operations.run(action, self._kept, tell=tell, failed=failed)

    def _kept(self, member: Member) -> None:
        if self.member is not None and self.member.id == member.id:
            self.show_member(member)

    def _write(self, way: ContactPoint) -> None:
        address = addresses.write_to(way)
        if address and way.kind is not ContactKind.POSTAL:
            self._kit.opener.open(address)
        else:
            QApplication.clipboard().setText(way.value)
            self._kit.notices.say(_("Copied. Paste it where you need it."))

    def _choose_photo(self) -> None:
        if self.member is not None:
            pictures = [Kind(_("Pictures"), ("*.jpg", "*.jpeg", "*.png", "*.gif", "*.webp"))]
            self._kit.files.open(self, _("Choose a photo"), pictures, partial(self._set_photo, self.member.id))

    def _set_photo(self, member_id: str, path: Path) -> None:
        self._kit.operations.run(lambda store: member_edits.set_photo(store, member_id, path))

    def _remove_photo(self) -> None:
        if self.member is not None:
            member_id = self.member.id
            self._kit.operations.run(lambda store: member_edits.remove_photo(store, member_id))

    def _photo_arrived(self, sha256: str) -> None:
        if self.member is not None and self.member.photo == sha256:
            self._avatar.show_of(self.member.name, self.member.id, self._kit.photos.get(sha256))
