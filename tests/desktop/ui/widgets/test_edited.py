"""Texts that are edited where they are shown."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.edited import InPlaceLine, InPlaceText

LONG = "Estufa, Rua do Limoeiro Azul 20, behind the blue gate, Lisbon"


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    """200 pixels wide, with something below that takes the rest."""
    holder = QWidget()
    QVBoxLayout(holder)
    qtbot.addWidget(holder)
    holder.resize(200, 400)
    return holder


def put(qtbot: QtBot, holder: QWidget, field: InPlaceText) -> InPlaceText:
    box = holder.layout()
    assert isinstance(box, QVBoxLayout)
    box.addWidget(field)
    box.addStretch()
    with qtbot.waitActive(holder):
        holder.show()
    return field


def test_given_a_long_line_when_it_rests_then_it_is_as_high_as_its_text_and_all_of_it_is_seen(qtbot: QtBot, holder: QWidget) -> None:
    field = put(qtbot, holder, InPlaceLine("Place"))
    one = field.height()
    field.show_value(LONG)
    qtbot.waitUntil(lambda: field.height() >= 2 * field.fontMetrics().height())
    assert field.height() > one
    last = field.cursorForPosition(field.viewport().rect().bottomRight())
    assert last.position() == len(LONG)
    assert not field.verticalScrollBar().isVisible()
    field.show_value("Here")
    qtbot.waitUntil(lambda: field.height() == one)


def test_given_a_line_when_enter_is_pressed_then_it_is_kept_once_and_not_broken(qtbot: QtBot, holder: QWidget) -> None:
    field = put(qtbot, holder, InPlaceLine("Title"))
    kept: list[str] = []
    field.committed.connect(kept.append)
    field.setFocus()
    qtbot.keyClicks(field, "Choir")
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(field, Qt.Key.Key_Enter)
    field.clearFocus()
    assert (kept, field.text()) == (["Choir"], "Choir")


def test_given_a_changed_line_when_escape_is_pressed_then_what_was_is_back(qtbot: QtBot, holder: QWidget) -> None:
    field = put(qtbot, holder, InPlaceLine("Title"))
    field.show_value("Choir")
    field.setFocus()
    qtbot.keyClicks(field, "Not this ")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "Choir"


def test_given_several_lines_when_they_are_pasted_then_the_breaks_are_spaces_and_a_text_keeps_them(qtbot: QtBot, holder: QWidget) -> None:
    line, text = put(qtbot, holder, InPlaceLine("Place")), put(qtbot, holder, InPlaceText("Description"))
    data = QMimeData()
    data.setText("Rua do Limoeiro 20\r\n  1700-000\nLisbon\n")
    line.insertFromMimeData(data)
    text.insertFromMimeData(data)
    assert line.text() == "Rua do Limoeiro 20 1700-000 Lisbon"
    assert text.text().count("\n") == 3


def test_given_what_is_being_typed_when_news_comes_then_it_stays(qtbot: QtBot, holder: QWidget) -> None:
    field = put(qtbot, holder, InPlaceLine("Title"))
    field.show_value("Choir")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Big choir")
    field.show_value("Small choir")
    assert field.text() == "Big choir"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "Small choir"


def test_given_a_refused_text_when_it_is_sent_again_then_it_is_asked_again(qtbot: QtBot, holder: QWidget) -> None:
    field = put(qtbot, holder, InPlaceLine("Title"))
    kept: list[str] = []
    field.committed.connect(kept.append)
    field.setFocus()
    qtbot.keyClicks(field, "Choir")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    field.wrong("There is one already.")
    assert field.accessibleDescription() == "There is one already."
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert kept == ["Choir", "Choir"]


def test_given_two_lines_when_tab_is_pressed_then_the_next_is_marked_to_be_typed_over(qtbot: QtBot, holder: QWidget) -> None:
    first, second = put(qtbot, holder, InPlaceLine("One")), put(qtbot, holder, InPlaceLine("Two"))
    qtbot.waitUntil(second.isVisible)
    second.show_value("Lisbon")
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is second
    assert second.textCursor().selectedText() == "Lisbon"
