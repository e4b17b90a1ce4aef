"""The list of members: its columns, how they are painted, and the question that it asks the store."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap

from desktop.community.members import Member, MemberStatus
from desktop.store import members
from desktop.store.database import Store
from desktop.store.member_lists import MemberLists, Sort, TagCount, Wanted
from desktop.ui.dates import Dates
from desktop.ui.models.records import Column, RecordModel
from desktop.ui.pages.members.words import status_name
from desktop.ui.photos import Photos
from desktop.ui.reading import Reader
from desktop.ui.theme import Theme
from desktop.ui.widgets.cells import AvatarCell, Cell, TagsCell
from desktop.ui.widgets.table import Table
from resources.translations import _

SORTS = (Sort.NAME, Sort.REACH, Sort.TAGS, Sort.JOINED)
_SHARES = ((3, 22), (2, 20), (2, 16), (0, 13))
_LIST, _TAGS = "members/list", "members/tags"


def _first_way(member: Member) -> str:
    """In one line: an address has several."""
    return member.contact_points[0].value.replace("\n", ", ") if member.contact_points else ""


def member_model(store: Store, dates: Dates) -> RecordModel[Member]:
    """Name, the first way to reach, tags, the day of joining."""
    columns: tuple[Column[Member], ...] = (
        Column(_("Name"), lambda member: member.name),
        Column(_("Reach"), _first_way),
        Column(_("Tags"), lambda member: ", ".join(member.tags), tip=lambda member: ", ".join(member.tags) or None),
        Column(_("Joined"), lambda member: dates.date(member.joined) if member.joined else "", lambda member: member.joined, right=True),
    )
    return RecordModel(columns, lambda numbers: members.by_pk(store, numbers))


def member_table(theme: Theme, photos: Photos, model: RecordModel[Member]) -> Table:
    """The view."""
    table = Table(theme, model, _("Members"))

    def who(member: Member) -> tuple[str, str, QPixmap | None, str]:
        word = "" if member.status is MemberStatus.ACTIVE else status_name(member.status)
        return member.name, member.id, photos.get(member.photo), word

    painters = (
        AvatarCell(theme, table, who),
        Cell(theme, table, ink="text_quiet"),
        TagsCell(theme, table, lambda member: member.tags),
        Cell(theme, table, ink="text_quiet"),
    )
    for column, cell in enumerate(painters):
        table.setItemDelegateForColumn(column, cell)
    table.share_width(_SHARES)
    photos.arrived.connect(table.viewport().update)
    return table


class MemberQuestion(QObject):
    """Asks for the list beside the UI thread, and again whenever what is wanted changes; the newest question counts.

    Signals:
        answered: the numbers, in order.
        tagged: a list of TagCount.
    """

    answered = Signal(object)
    tagged = Signal(object)

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader
        self._lists: MemberLists | None = None  # lives in the reader's thread
        self.wanted = Wanted()

    def want(self, query: str | None = None, tags: tuple[str, ...] | None = None, sort: Sort | None = None, descending: bool | None = None) -> None:
        """Want something else; what is None stays."""
        now = self.wanted
        self.wanted = replace(
            now,
            query=now.query if query is None else query,
            tags=now.tags if tags is None else tags,
            sort=sort or now.sort,
            descending=now.descending if descending is None else descending,
        )
        self.ask()

    def ask(self) -> None:
        """Ask for the list."""
        wanted = self.wanted
        self._reader.ask(_LIST, lambda store: self._of(store).numbers(wanted), self.answered.emit)

    def forget(self) -> None:
        """Ask everything of the file anew from now on; in the reader's thread."""
        self._lists = None

    def ask_tags(self) -> None:
        """Ask for the tags and their counts."""
        self._reader.ask(_TAGS, self._count_tags, self.tagged.emit)

    def _count_tags(self, store: Store) -> list[TagCount]:
        return self._of(store).tags()

    def _of(self, store: Store) -> MemberLists:
        if self._lists is None:
            self._lists = MemberLists(store)
        return self._lists
