"""“Members” by mouse and keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions.importing import Stopped
from desktop.community.members import Birthday, ContactKind, Member, MemberStatus
from desktop.store import members
from desktop.ui.navigation import PageName
from desktop.ui.pages.members.import_dialog import ImportDialog
from desktop.ui.pages.members.page import MembersPage
from desktop.ui.pages.members.paste_dialog import PasteDialog
from desktop.ui.widgets.avatar import Avatar
from helpers.accessible import nameless
from helpers.window import Desktop

FILES = Path(__file__).parents[4] / "files" / "members"


def open_page(qtbot: QtBot, desktop: Desktop) -> MembersPage:
    window = desktop.open_window()
    with qtbot.waitActive(window):
        window.show()
    desktop.kit.navigation.go(PageName.MEMBERS)
    page = window.pages.page
    assert isinstance(page, MembersPage)
    settled(qtbot, desktop)
    return page


def settled(qtbot: QtBot, desktop: Desktop) -> None:
    qtbot.waitUntil(lambda: not desktop.kit.reader.busy and not desktop.kit.operations.busy)


def everybody(desktop: Desktop, query: str = "") -> list[Member]:
    return list(members.every(desktop.kit.store, query))


def select(qtbot: QtBot, page: MembersPage, desktop: Desktop, name: str) -> Member:
    found = everybody(desktop, name)[0]
    page.show_record(found.id)
    settled(qtbot, desktop)
    assert page.one.member == found
    return found


def shown_words(within: QWidget) -> list[str]:
    return [one.text() for one in within.findChildren(QLabel)]


def button(within: QWidget | None, text: str) -> QPushButton:
    assert within is not None
    return next(one for one in within.findChildren(QPushButton) if one.text() == text)


def test_given_the_sample_when_the_page_opens_then_everybody_is_listed_by_name(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    listed = [page.model.index(row, 0).data() for row in range(page.model.rowCount())]
    assert listed == [member.name for member in everybody(sample_desktop)]


def test_given_the_search_when_letters_are_typed_then_the_list_follows_and_escape_brings_all_back(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    qtbot.keyClick(page.window(), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(page.field, "lukasz")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert page.model.index(0, 0).data().startswith("Łukasz")
    qtbot.keyClick(page.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.model.rowCount() == len(everybody(sample_desktop)))


def test_given_nobody_found_when_everybody_is_asked_for_then_all_are_back(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    qtbot.keyClicks(page.field, "zzzz")
    qtbot.waitUntil(lambda: page.shown.currentIndex() == 2)
    qtbot.mouseClick(button(page.shown.currentWidget(), "Show everybody"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.shown.currentIndex() == 0)


def test_given_a_tag_chip_when_it_is_pressed_then_only_those_with_the_tag_are_listed(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    qtbot.waitUntil(lambda: bool(page.bar.counts))
    first = page.bar.counts[0]
    chip = next(one for one in page.bar.findChildren(QToolButton) if one.accessibleName() == first.tag)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.model.rowCount() == first.count)


def test_given_ctrl_n_when_a_name_is_typed_and_enter_pressed_then_somebody_is_added_and_the_ways_have_the_focus(
    qtbot: QtBot, empty_desktop: Desktop
) -> None:
    page = open_page(qtbot, empty_desktop)
    qtbot.keyClick(page.window(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.one.name.hasFocus()
    qtbot.keyClicks(page.one.name, "Ana Silva")
    qtbot.keyClick(page.one.name, Qt.Key.Key_Return)
    settled(qtbot, empty_desktop)
    assert [member.name for member in everybody(empty_desktop)] == ["Ana Silva"]
    assert page.one.ways.adder.hasFocus()
    qtbot.keyClicks(page.one.ways.adder, "912 345 678")
    qtbot.keyClick(page.one.ways.adder, Qt.Key.Key_Return)
    assert everybody(empty_desktop)[0].reach(ContactKind.PHONE) == "+351912345678"
    assert empty_desktop.said[0].text == "Added Ana Silva"
    assert len(empty_desktop.said) == 1  # an edit in place shows by itself


def test_given_a_member_when_the_name_is_edited_in_place_then_it_is_kept_and_ctrl_z_in_the_list_undoes_it(
    qtbot: QtBot, sample_desktop: Desktop
) -> None:
    page = open_page(qtbot, sample_desktop)
    before = select(qtbot, page, sample_desktop, "catarina")
    page.one.name.setFocus()
    page.one.name.selectAll()
    qtbot.keyClicks(page.one.name, "Catarina V")
    qtbot.keyClick(page.one.name, Qt.Key.Key_Return)
    assert members.get(sample_desktop.kit.store, before.id).name == "Catarina V"
    settled(qtbot, sample_desktop)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: members.get(sample_desktop.kit.store, before.id).name == before.name)
    qtbot.waitUntil(lambda: page.one.name.text() == before.name)


def test_given_a_wrong_address_when_it_is_typed_then_the_field_says_so_and_nothing_is_kept(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    before = select(qtbot, page, sample_desktop, "catarina")
    line = page.one.ways.lines[0]
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "not an address")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "no e-mail address" in line.accessibleDescription()
    assert members.get(sample_desktop.kit.store, before.id) == before
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == before.contact_points[0].value


def test_given_facts_and_notes_when_they_are_typed_then_they_are_kept(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    before = select(qtbot, page, sample_desktop, "catarina")
    for key, text in (("birthday", "10 Dec"), ("joined", "6 Dec 2020"), ("title", "Treasurer")):
        line = page.one.facts.lines[key]
        line.setFocus()
        line.selectAll()
        qtbot.keyClicks(line, text)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClicks(page.one.field_adder, "Voice: alto")
    qtbot.keyClick(page.one.field_adder, Qt.Key.Key_Return)
    page.one.notes.setFocus()
    page.one.notes.selectAll()
    qtbot.keyClicks(page.one.notes, "Brings cake")
    page.table.setFocus()
    now = members.get(sample_desktop.kit.store, before.id)
    assert (str(now.birthday), str(now.joined), now.title, now.fields["Voice"], now.notes) == (
        "--12-10",
        "2020-12-06",
        "Treasurer",
        "alto",
        "Brings cake",
    )
    assert page.one.facts.lines["birthday"].text() == "10 December"


def test_given_a_way_to_reach_somebody_when_its_button_is_pressed_then_the_system_opens_it(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    member = select(qtbot, page, sample_desktop, "catarina")
    write = next(one for one in page.one.ways.findChildren(QToolButton) if one.accessibleName() == "Write by E-mail")
    qtbot.mouseClick(write, Qt.MouseButton.LeftButton)
    assert sample_desktop.opener.addresses == [f"mailto:{member.reach(ContactKind.EMAIL)}"]


def test_given_a_name_that_is_cleared_when_enter_is_pressed_then_a_sentence_below_says_why_and_the_name_is_kept(
    qtbot: QtBot, sample_desktop: Desktop
) -> None:
    page = open_page(qtbot, sample_desktop)
    member = select(qtbot, page, sample_desktop, "catarina")
    page.one.name.setFocus()
    page.one.name.selectAll()
    qtbot.keyClick(page.one.name, Qt.Key.Key_Delete)
    qtbot.keyClick(page.one.name, Qt.Key.Key_Return)
    below = [one for one in page.one.findChildren(QLabel) if one.text() == "A member needs a name; one is enough."]
    assert [one.isVisible() for one in below] == [True]
    assert members.get(sample_desktop.kit.store, member.id).name == member.name
    qtbot.keyClick(page.one.name, Qt.Key.Key_Escape)
    assert page.one.name.text() == member.name
    assert not below[0].isVisible()


def test_given_a_date_that_is_none_when_it_is_typed_then_a_sentence_below_says_so(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    select(qtbot, page, sample_desktop, "catarina")
    line = page.one.facts.lines["birthday"]
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "someday")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert any(one.isVisible() and "someday" in one.text() for one in page.one.facts.findChildren(QLabel))
    assert line.text() == "someday"


def test_given_several_selected_when_a_tag_is_typed_then_all_have_it_and_one_undo_takes_it_off(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    numbers = page.model.numbers[:3]
    page.table.select_numbers(numbers)
    qtbot.keyClick(page.table, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert page.many.adder.hasFocus()
    qtbot.keyClicks(page.many.adder, "picnic")
    qtbot.keyClick(page.many.adder, Qt.Key.Key_Return)
    assert all("picnic" in member.tags for member in members.by_pk(sample_desktop.kit.store, numbers))
    settled(qtbot, sample_desktop)
    sample_desktop.kit.operations.undo()
    qtbot.waitUntil(lambda: not any("picnic" in member.tags for member in members.by_pk(sample_desktop.kit.store, numbers)))


def test_given_a_selected_member_when_delete_is_pressed_then_they_are_gone_and_the_toast_brings_them_back(
    qtbot: QtBot, sample_desktop: Desktop
) -> None:
    page = open_page(qtbot, sample_desktop)
    before = len(everybody(sample_desktop))
    select(qtbot, page, sample_desktop, "catarina")
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.model.rowCount() == before - 1)
    assert not page.inspectors.isVisible()
    offer = sample_desktop.said[-1].offer
    assert offer is not None
    assert offer.label == "Undo"
    offer.do()
    qtbot.waitUntil(lambda: page.model.rowCount() == before)


def test_given_ctrl_a_when_all_are_selected_then_they_are_counted(qtbot: QtBot, sample_desktop: Desktop) -> None:
    page = open_page(qtbot, sample_desktop)
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.table.selected_count() == len(everybody(sample_desktop))
    assert page.inspectors.currentWidget() is page.many


def test_given_a_file_when_it_is_chosen_then_its_mapping_shows_and_import_adds_the_people(qtbot: QtBot, empty_desktop: Desktop) -> None:
    page = open_page(qtbot, empty_desktop)
    empty_desktop.files.answers.append(FILES / "google-contacts.csv")
    page.do("import")
    dialog = page.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.go.isEnabled)
    assert not nameless(dialog)
    assert shown_words(dialog.newcomers)[:3] == ["So they come in", "and 1 more", "Ana Maria Silva"]
    qtbot.waitUntil(dialog.go.hasFocus)
    qtbot.keyClick(dialog.go, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)
    assert empty_desktop.said[-1].text == "Imported 4 members from google-contacts.csv"


def test_given_a_table_with_nobody_in_it_when_it_is_chosen_then_it_says_so_and_there_is_nothing_to_import(
    qtbot: QtBot, empty_desktop: Desktop, tmp_path: Path
) -> None:
    page = open_page(qtbot, empty_desktop)
    table = tmp_path / "nobody.csv"
    table.write_text("Name,E-mail\n", "utf-8")
    page.doing.import_file(table)
    dialog = page.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.sentence.text() == "There is nobody in it to import.")
    assert not dialog.go.isEnabled()
    assert not dialog.newcomers.isVisible()
    dialog.reject()
    settled(qtbot, empty_desktop)


def test_given_a_messy_table_when_it_is_chosen_then_each_mess_is_said_and_the_people_keep_the_colours_they_are_shown_in(
    qtbot: QtBot, empty_desktop: Desktop, tmp_path: Path
) -> None:
    page = open_page(qtbot, empty_desktop)
    table = tmp_path / "people.csv"
    rows = ("Name,Emial,Birthday", "Ana,ana@example.org,03/04/1990", "Ana,ana@example.org,03/04/1990", "Rui,rui@example.org,31/02/1980")
    table.write_text("\n".join(rows) + "\n", "utf-8")
    page.doing.import_file(table)
    dialog = page.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog.sentence.text() == (
        "2 are new. 1 is in the file twice, and comes in once. 1 comes in without a date, an address or a number that can't be read; "
        "it is kept as a field."
    )
    said = dialog._remarks.text()
    assert "The column “Emial” is taken for “email”" in said
    assert "Line 4: “31/02/1980” in the column “Birthday” is no date." in said
    assert "can be read in two ways. They are read with the day first." in said
    qtbot.waitUntil(lambda: dialog.mapping.complete)
    assert dialog.mapping.choices["Emial"].currentText() == "E-mail"
    keys = {avatar._name: avatar._key for avatar in dialog.newcomers.findChildren(Avatar)}
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(everybody(empty_desktop)) == 2)
    assert keys == {one.name: one.id for one in everybody(empty_desktop)}
    settled(qtbot, empty_desktop)


def test_given_an_address_that_is_none_when_its_row_is_imported_then_the_person_comes_in_and_it_is_said_before_and_after(
    qtbot: QtBot, empty_desktop: Desktop, tmp_path: Path
) -> None:
    page = open_page(qtbot, empty_desktop)
    table = tmp_path / "people.csv"
    table.write_text("Name,E-mail\nMaria,maria@exemple\n", "utf-8")
    page.doing.import_file(table)
    dialog = page.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.go.isEnabled)
    assert "Line 2: “maria@exemple” in the column “E-mail” is no e-mail address." in dialog._remarks.text()
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [(one.name, one.fields) for one in everybody(empty_desktop)] == [("Maria", {"E-mail": "maria@exemple"})])
    settled(qtbot, empty_desktop)
    said = [one.text for one in empty_desktop.said]
    assert "1 came in without a date, an address or a number that can't be read. It is kept as a field." in said


def test_given_a_long_table_when_it_is_read_then_it_says_how_far_and_leaving_the_dialog_stops_it(
    qtbot: QtBot, empty_desktop: Desktop, tmp_path: Path
) -> None:
    page = open_page(qtbot, empty_desktop)
    table = tmp_path / "people.csv"
    table.write_text("Name,E-mail\n" + "".join(f"Person {n},p{n}@example.org\n" for n in range(20_000)), "utf-8")
    page.doing.import_file(table)
    dialog = page.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.sentence.text().endswith(" %"))
    assert dialog.sentence.text().startswith("Reading … ")
    reading = dialog._reading
    with qtbot.waitSignal(reading.ended):
        dialog.reject()
    assert isinstance(reading.error, Stopped)
    settled(qtbot, empty_desktop)


def test_given_headers_that_nobody_knows_when_the_person_says_what_they_are_then_the_people_show_and_come_in(
    qtbot: QtBot, empty_desktop: Desktop, tmp_path: Path
) -> None:
    page = open_page(qtbot, empty_desktop)
    table = tmp_path / "people.csv"
    table.write_text("Dance of the city,,\nXpto,Blorp,Zonk\nAna Silva,ana@example.org,2020\n", "utf-8")
    page.doing.import_file(table)
    dialog = page.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.mapping.complete)
    assert dialog.sentence.text().startswith("Belfry knows none of these columns. Choose what they are")
    assert not dialog.go.isEnabled()
    assert {header: box.currentText() for header, box in dialog.mapping.choices.items()} == dict.fromkeys(
        ("Xpto", "Blorp", "Zonk"), "Nothing: leave it out"
    )
    qtbot.waitUntil(dialog.mapping.choices["Xpto"].hasFocus)
    for header, becomes in (("Xpto", "Name"), ("Blorp", "E-mail")):
        box = dialog.mapping.choices[header]
        box.setFocus()
        qtbot.keyClicks(box, becomes)
        assert box.currentText() == becomes
    qtbot.waitUntil(lambda: dialog.go.isEnabled() and "ana@example.org" in shown_words(dialog.newcomers))
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [(one.name, one.fields) for one in everybody(empty_desktop)] == [("Ana Silva", {})])
    settled(qtbot, empty_desktop)


def test_given_dates_that_can_be_read_in_two_ways_when_the_month_is_chosen_first_then_they_are_read_so(
    qtbot: QtBot, empty_desktop: Desktop, tmp_path: Path
) -> None:
    page = open_page(qtbot, empty_desktop)
    table = tmp_path / "people.csv"
    table.write_text("Name,Birthday\nAna,03/04/1990\n", "utf-8")
    page.doing.import_file(table)
    dialog = page.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.go.isEnabled)
    assert "can be read in two ways. They are read with the day first." in dialog._remarks.text()
    birthday = dialog.mapping.choices["Birthday"]
    birthday.setFocus()
    birthday.fill()
    for _press in range(2):
        qtbot.keyClick(birthday, Qt.Key.Key_Down)
    assert birthday.currentText() == "Birthday, the month first"
    qtbot.waitUntil(lambda: dialog.go.isEnabled() and not dialog._remarks.isVisible())
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [one.birthday for one in everybody(empty_desktop)] == [Birthday(3, 4, 1990)])
    settled(qtbot, empty_desktop)


def test_given_a_column_when_it_becomes_something_else_then_the_people_show_as_they_would_come_in(
    qtbot: QtBot, empty_desktop: Desktop, tmp_path: Path
) -> None:
    page = open_page(qtbot, empty_desktop)
    table = tmp_path / "people.csv"
    table.write_text("Name,Voice\nAna Silva,Alto\n", "utf-8")
    page.doing.import_file(table)
    dialog = page.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.go.isEnabled)
    assert "Alto" not in shown_words(dialog.newcomers)
    voice = dialog.mapping.choices["Voice"]
    assert voice.currentText() == "A field called Voice"
    voice.setFocus()
    qtbot.keyClicks(voice, "Tag")
    qtbot.waitUntil(lambda: "Alto" in shown_words(dialog.newcomers))
    dialog.reject()
    settled(qtbot, empty_desktop)


def test_given_a_file_when_it_is_dropped_on_the_page_then_it_is_shown_before_anything_changes(qtbot: QtBot, empty_desktop: Desktop) -> None:
    page = open_page(qtbot, empty_desktop)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(FILES / "luma.csv"))])
    event = QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    page.dropEvent(event)
    dialog = page.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.go.isEnabled)
    assert everybody(empty_desktop) == []
    dialog.reject()
    settled(qtbot, empty_desktop)


def test_given_a_participant_list_when_it_is_pasted_then_the_doubtful_are_not_ticked_and_the_others_are_added(
    qtbot: QtBot, sample_desktop: Desktop
) -> None:
    page = open_page(qtbot, sample_desktop)
    before = len(everybody(sample_desktop))
    QApplication.clipboard().setText("Zita Nova, Catarina Vilhena, +351 912 345 679, You")
    page.do("paste")
    dialog = page.findChild(PasteDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.people.rowCount() == 3)
    assert [one.person.name for one in dialog.chosen()] == ["Zita Nova", "+351912345679"]
    assert not nameless(dialog)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.model.rowCount() == before + 2)


def pasted(qtbot: QtBot, desktop: Desktop, text: str, rows: int) -> PasteDialog:
    page = open_page(qtbot, desktop)
    QApplication.clipboard().clear()
    page.do("paste")
    dialog = page.findChild(PasteDialog)
    assert dialog is not None
    dialog.text.setPlainText(text)
    qtbot.waitUntil(lambda: dialog.people.rowCount() == rows and not dialog._timer.isActive())
    return dialog


def test_given_a_list_that_counts_more_people_than_it_names_when_it_is_pasted_then_it_says_how_many_are_missing(
    qtbot: QtBot, empty_desktop: Desktop
) -> None:
    dialog = pasted(qtbot, empty_desktop, "Ana, Rui +1, e mais 3", 2)
    assert dialog.note.text().startswith("4 people are not here: the list only counts them")
    assert dialog.note.isVisible()
    assert dialog.go.text() == "Add 2 members"


def test_given_an_empty_dialog_when_it_opens_then_ctrl_v_pastes_at_once(qtbot: QtBot, empty_desktop: Desktop) -> None:
    page = open_page(qtbot, empty_desktop)
    QApplication.clipboard().clear()
    page.do("paste")
    dialog = page.findChild(PasteDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.text.hasFocus)
    QApplication.clipboard().setText("1. Ana\n2. Rui")
    qtbot.keyClick(dialog.text, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog.people.rowCount() == 2)


def test_given_rows_of_every_length_when_they_are_pasted_then_each_that_is_too_wide_for_a_line_has_two(qtbot: QtBot, empty_desktop: Desktop) -> None:
    names = [f"{'Maria ' * 6}{'x' * more}" for more in range(30)]
    dialog = pasted(qtbot, empty_desktop, "\n".join(names), len(names))
    delegate = dialog.list.itemDelegate()
    assert isinstance(delegate, QStyledItemDelegate)
    style, letters = dialog.list.style(), dialog.list.fontMetrics()
    wrapped = 0
    for row in range(len(names)):
        index = dialog.people.index(row, 0)
        option = QStyleOptionViewItem()
        dialog.list.initViewItemOption(option)
        delegate.initStyleOption(option, index)
        option.rect = dialog.list.visualRect(index)
        room = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, dialog.list).width()
        room -= 2 * (style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1)
        if letters.horizontalAdvance(index.data()) > room:
            wrapped += 1
            assert option.rect.height() >= 2 * letters.height()
    assert 0 < wrapped < len(names)


def test_given_the_title_of_a_list_when_it_is_pasted_then_it_is_not_ticked_and_says_why(qtbot: QtBot, empty_desktop: Desktop) -> None:
    dialog = pasted(qtbot, empty_desktop, "*Bachata Setúbal*\n1. Ana\n2. Rui", 3)
    assert [one.person.name for one in dialog.chosen()] == ["Ana", "Rui"]
    assert dialog.people.item(0).text() == "Bachata Setúbal · Stands above the list, without a number."


def test_given_a_sentence_among_the_names_when_it_is_pasted_then_it_is_not_ticked_and_says_why(qtbot: QtBot, empty_desktop: Desktop) -> None:
    dialog = pasted(qtbot, empty_desktop, "Quem vem no domingo?\n1. Ana\n2. Rui", 3)
    assert [one.person.name for one in dialog.chosen()] == ["Ana", "Rui"]
    assert dialog.people.item(0).text() == "Quem vem no domingo? · Reads like a sentence, not like a name."


@pytest.mark.parametrize(
    ("text", "rows", "why"),
    [
        ("Catarina Vilhena", 1, "Nobody is added: everybody in it is a member already."),
        ("12\n---", 0, "Nobody is added: no name, number or address was found in it."),
        ("Catarina Vilhena\nWho is coming?", 2, "Nobody is ticked: 1 of them is a member already. Tick whom you want to add."),
        ("Who is coming?", 1, "Nobody is ticked. Tick whom you want to add."),
    ],
)
def test_given_nobody_to_add_when_something_is_pasted_then_a_sentence_says_why(
    qtbot: QtBot, sample_desktop: Desktop, text: str, rows: int, why: str
) -> None:
    dialog = pasted(qtbot, sample_desktop, text, rows)
    qtbot.waitUntil(lambda: dialog.note.text() == why)
    assert dialog.go.text() == "Add"
    assert not dialog.go.isEnabled()


def test_given_rows_of_a_spreadsheet_when_they_are_pasted_then_the_mapping_shows_and_no_copy_of_them_is_left(
    qtbot: QtBot, empty_desktop: Desktop
) -> None:
    page = open_page(qtbot, empty_desktop)
    QApplication.clipboard().setText("Name\tE-mail\nAna\tana@example.org\nRui\trui@example.org\n")
    page.do("paste")
    dialog = page.findChild(PasteDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.go.text() == "Go on …")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    mapping = page.findChild(ImportDialog)
    assert mapping is not None
    qtbot.waitUntil(mapping.go.isEnabled)
    qtbot.mouseClick(mapping.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(everybody(empty_desktop)) == 2)
    settled(qtbot, empty_desktop)
    assert not list(empty_desktop.program.data.glob(".belfry-pasted*"))


@pytest.mark.parametrize("name", ["members.csv", "members.vcf"])
def test_given_the_search_when_what_is_shown_is_exported_then_the_file_holds_just_that(
    qtbot: QtBot, sample_desktop: Desktop, tmp_path: Path, name: str
) -> None:
    page = open_page(qtbot, sample_desktop)
    qtbot.keyClicks(page.field, "catarina")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    sample_desktop.files.answers.append(tmp_path / name)
    page.do("export")
    qtbot.waitUntil(lambda: any(name in notice.text for notice in sample_desktop.said))
    text = (tmp_path / name).read_text("utf-8-sig")
    assert "Catarina" in text
    assert "Łukasz" not in text


def test_given_another_program_that_adds_somebody_when_the_window_looks_then_they_appear(qtbot: QtBot, empty_desktop: Desktop) -> None:
    from desktop.actions import member_edits

    page = open_page(qtbot, empty_desktop)
    with empty_desktop.program.open() as other:
        member_edits.add(other, Member("Ana", status=MemberStatus.PAUSED))
    empty_desktop.bridge.look()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)


def test_given_the_page_with_its_inspector_when_a_screen_reader_walks_through_then_every_control_has_a_name(
    qtbot: QtBot, sample_desktop: Desktop
) -> None:
    page = open_page(qtbot, sample_desktop)
    select(qtbot, page, sample_desktop, "catarina")
    assert not nameless(page)
    page.table.selectAll()
    assert not nameless(page)
