"""What is done with members from the page: tag, delete, import, paste, export; short ones at once, long ones on the worker with progress."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.actions import member_edits
from desktop.actions.importing import Progress, unheard
from desktop.store import member_lists
from desktop.store.database import Store
from desktop.ui.kit import Kit
from desktop.ui.notices import Offer
from desktop.ui.ports import Kind
from resources.translations import _, ngettext

AT_ONCE = 20
"""So many members are changed on the UI thread; more go to the worker."""

Action = Callable[[Store, Sequence[str], Progress], int]


class Doing:
    """The verbs of the page.

    Args:
        selected: the numbers of the members that are selected.
    """

    def __init__(self, kit: Kit, page: QWidget, selected: Callable[[], list[int]]) -> None:
        self._kit, self._page, self._selected = kit, page, selected

    def tag(self, text: str) -> None:
        """Give all that are selected a tag."""
        self._all(_("Tagging …"), lambda store, ids, progress: member_edits.tag(store, ids, text, progress))

    def untag(self, text: str) -> None:
        """Take a tag off all that are selected."""
        self._all(_("Taking the tag off …"), lambda store, ids, progress: member_edits.untag(store, ids, text, progress))

    def delete(self) -> None:
        """Delete all that are selected; undo brings them back, so nobody is asked."""
        self._all(_("Deleting …"), member_edits.delete)

    def delete_one(self, member_id: str) -> None:
        """Delete one."""
        self._kit.operations.run(lambda store: member_edits.delete(store, [member_id]))

    def choose_import(self) -> None:
        """Ask for a file of people and import it."""
        kinds = [Kind(_("Tables and contacts"), ("*.csv", "*.tsv", "*.txt", "*.xls", "*.vcf", "*.vcard")), Kind(_("All files"), ("*",))]
        self._kit.files.open(self._page, _("Import people"), kinds, self.import_file)

    def import_file(self, path: Path) -> None:
        """Show how a file would be read; the person imports it from there."""
        from desktop.ui.pages.members.import_dialog import ImportDialog  # late, like the others here: the list does not wait for them

        ImportDialog(self._kit, path, self._page).open()

    def paste(self) -> None:
        """Ask for people from the clipboard."""
        from desktop.ui.pages.members.paste_dialog import PasteDialog

        PasteDialog(self._kit, self._page).open()

    def export(self, numbers: Sequence[int]) -> None:
        """Write these members to a file."""
        kinds = [Kind(_("Table"), ("*.csv",)), Kind(_("Contacts (vCard)"), ("*.vcf",))]

        def to(path: Path) -> None:
            def work(store: Store, progress: Progress) -> int:
                from desktop.actions import member_exports

                return member_exports.export_chosen(store, path, numbers, progress)

            self._kit.operations.start(_("Exporting …"), work, lambda number: self._exported(number, path))

        self._kit.files.save(self._page, _("Export members"), "members.csv", kinds, to)

    def _exported(self, number: int, path: Path) -> None:
        sentence = ngettext("Wrote {n} member to {file}.", "Wrote {n} members to {file}.", number).format(n=number, file=path.name)
        self._kit.notices.say(sentence, Offer(_("Show the folder"), lambda: self._kit.opener.open(str(path.parent))))

    def _all(self, title: str, action: Action) -> None:
        numbers = self._selected()
        if not numbers:
            return

        def act(store: Store, progress: Progress) -> int:
            return action(store, member_lists.ids(store, numbers), progress)

        if len(numbers) <= AT_ONCE:
            self._kit.operations.run(lambda store: act(store, unheard))
        else:
            self._kit.operations.start(title, act)
