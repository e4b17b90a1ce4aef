"""“Members”, as the window knows it before it is opened."""

from desktop.ui.kit import Kit
from desktop.ui.navigation import PageName
from desktop.ui.pages.page import Command, Entry, Page
from resources.translations import mark


def _build(kit: Kit, entry: Entry) -> Page:
    from desktop.ui.pages.members.page import MembersPage  # late: a page costs nothing before it is opened

    return MembersPage(kit, entry)


MEMBERS = Entry(
    PageName.MEMBERS,
    mark("Members"),
    "users",
    _build,
    (
        Command("add", mark("Add a member"), "user-plus"),
        Command("import", mark("Import from a file …"), "upload", "Ctrl+I"),
        Command("paste", mark("Paste people …"), "clipboard-paste", "Ctrl+Shift+V"),
        Command("export", mark("Export the members shown …"), "download", "Ctrl+E"),
        Command("tag", mark("Tag the selected …"), "tag", "Ctrl+T"),
        Command("delete", mark("Delete the selected"), "trash-2", "Del"),
        Command("select_all", mark("Select all"), "list-checks", "Ctrl+A"),
    ),
)
