"""Pictures of the page “Members”."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from desktop.store import members
from desktop.ui.navigation import PageName
from desktop.ui.pages.members.import_dialog import ImportDialog
from desktop.ui.pages.members.page import MembersPage
from desktop.ui.pages.members.paste_dialog import PasteDialog
from helpers.scenes import Community, Scene, settle
from helpers.window import Desktop

FILES = Path(__file__).parents[1] / "files" / "members"


def _page(desktop: Desktop) -> MembersPage:
    assert desktop.window is not None
    desktop.kit.navigation.go(PageName.MEMBERS)
    page = desktop.window.pages.page
    assert isinstance(page, MembersPage)
    settle(desktop)
    return page


def _list(desktop: Desktop) -> QWidget:
    return _page(desktop).window()


def _one(desktop: Desktop) -> QWidget:
    page = _page(desktop)
    rich = max(members.by_pk(desktop.kit.store, members.pks(desktop.kit.store)), key=lambda member: (len(member.fields), len(member.contact_points)))
    page.show_record(rich.id)
    page.table.setFocus()
    return page.window()


def _no_name(desktop: Desktop) -> QWidget:
    window = _one(desktop)
    settle(desktop)
    page = desktop.window.pages.page if desktop.window is not None else None
    assert isinstance(page, MembersPage)
    page.one.name.setText("")
    page.one.name.commit()
    line = page.one.facts.lines["birthday"]
    line.setText("someday")
    line.commit()
    return window


def _many(desktop: Desktop) -> QWidget:
    page = _page(desktop)
    page.table.select_numbers(page.model.numbers[2:9])
    return page.window()


def _new(desktop: Desktop) -> QWidget:
    page = _page(desktop)
    page.do("add")
    return page.window()


def _search(desktop: Desktop) -> QWidget:
    page = _page(desktop)
    page.field.setText("ca")
    page.search()
    return page.window()


def _nobody(desktop: Desktop) -> QWidget:
    page = _page(desktop)
    page.field.setText("zzz")
    return page.window()


def _import(desktop: Desktop) -> QWidget:
    page = _page(desktop)
    dialog = ImportDialog(desktop.kit, FILES / "google-contacts.csv", page)
    dialog.open()
    while not dialog.mapping.complete:
        settle(desktop)
    return dialog


def _import_contacts(desktop: Desktop) -> QWidget:
    page = _page(desktop)
    dialog = ImportDialog(desktop.kit, FILES.parent / "cards" / "iphone.vcf", page)
    dialog.open()
    settle(desktop)
    return dialog


def _paste(desktop: Desktop) -> QWidget:
    page = _page(desktop)
    QApplication.clipboard().setText(
        "Quem vem no domingo?\n1. Ana Silva\n2. Rui +2\n3. Catarina Vilhena\n+351 912 345 678\nJoana <joana@example.org>\n"
        "4. Bartolomeu Francisco de Assis Vasconcelos e Meneses, que traz os bolos e a prima da Madalena, que ainda não sabe se consegue vir\n"
        "\nDropped out (1):\nHugo"
    )
    dialog = PasteDialog(desktop.kit, page)
    dialog.open()
    settle(desktop)
    return dialog


def _paste_nobody(desktop: Desktop) -> QWidget:
    page = _page(desktop)
    QApplication.clipboard().setText("Catarina Vilhena, e mais 3")
    dialog = PasteDialog(desktop.kit, page)
    dialog.open()
    settle(desktop)
    return dialog


def _import_messy(desktop: Desktop) -> QWidget:
    table = desktop.program.data / "choir.csv"
    rows = (
        "Frist Name,Surname,Emial,Birthday",
        "Ana,Silva,ana@example.org,03/04/1990",
        "Ana,Silva,ana@example.org,03/04/1990",
        "Rui,Costa,rui@example.org,31/02/1980",
        "Zoe,Lima,zoe at example,05/06/1991",
    )
    table.write_text("\n".join(rows) + "\n", "utf-8")
    dialog = ImportDialog(desktop.kit, table, _page(desktop))
    dialog.open()
    settle(desktop)
    return dialog


def _import_untold(desktop: Desktop) -> QWidget:
    table = desktop.program.data / "dancers.csv"
    table.write_text("Dancers of the city,,\nXpto,Blorp,Zonk\nAna Silva,ana@example.org,2020\n", "utf-8")
    dialog = ImportDialog(desktop.kit, table, _page(desktop))
    dialog.open()
    while not dialog.mapping.complete:
        settle(desktop)
    return dialog


SCENES = (
    Scene("members-list", _list),
    Scene("members-one", _one),
    Scene("members-no-name", _no_name),
    Scene("members-many", _many),
    Scene("members-new", _new),
    Scene("members-search", _search),
    Scene("members-nobody-found", _nobody),
    Scene("members-import", _import),
    Scene("members-import-contacts", _import_contacts),
    Scene("members-import-messy", _import_messy),
    Scene("members-import-untold", _import_untold),
    Scene("members-paste", _paste),
    Scene("members-paste-nobody", _paste_nobody),
    Scene("members-empty", _list, Community.EMPTY),
)
