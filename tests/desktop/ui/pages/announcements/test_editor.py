"""The editor: keys, lists, and what is pasted."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QFont, QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.ui.pages.announcements.page import AnnouncementsPage
from helpers.announcing import write
from helpers.window import Desktop


def test_keys_format_what_is_selected_and_take_it_back(page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot) -> None:
    write(qtbot, page, sample_desktop, "tea at four")
    field = page.composer.editor.field
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)

    qtbot.keyClick(field, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert field.toPlainText() == "**tea at four**"
    qtbot.keyClick(field, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert field.toPlainText() == "***tea at four***"
    qtbot.keyClick(field, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(field, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert field.toPlainText() == "tea at four"


def test_enter_goes_on_with_a_list_and_ends_it(page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot) -> None:
    write(qtbot, page, sample_desktop, "- one")
    field = page.composer.editor.field
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "two")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.toPlainText() == "- one\n- two\n"


def paste(page: AnnouncementsPage, *, html: str = "", text: str = "") -> str:
    """Paste what a program has copied; gives what stands in the editor then."""
    copied = QMimeData()
    copied.setText(text)
    if html:
        copied.setHtml(html)
    page.composer.editor.field.insertFromMimeData(copied)
    return page.composer.editor.field.toPlainText()


BROWSER = (
    '<meta charset="utf-8"><p>Come on <b>Sunday</b>, <i>at six</i>. See <a href="https://example.org/x">the page</a>.</p>'
    "<ul><li>tea</li><li><strong>cake</strong></li></ul><p>Bye <s>all</s></p>"
)
WORD = (
    "<html xmlns:o='urn:x'><body><p class=MsoNormal><b><span style='font-size:12pt'>Dear </span></b><b>neighbours</b><span>!</span><o:p></o:p></p>"
    "<p class=MsoNormal>&nbsp;</p><ol><li>one</li><li>two</li></ol></body></html>"
)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (BROWSER, "Come on **Sunday**, *at six*. See [the page](https://example.org/x).\n\n- tea\n- **cake**\n\nBye ~~all~~"),
        (WORD, "**Dear neighbours**!\n\n1. one\n2. two"),
        ("<p>🌱 <b>seeds 🌱</b> for 2*3*4 people</p>", "🌱 **seeds 🌱** for 2\\*3\\*4 people"),
        ("<p><code>4711#</code> opens</p>", "`4711#` opens"),
        ('<p><b><a href="javascript:alert(1)">no address</a></b></p>', "**no address**"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n    - b"),
    ],
)
def test_what_is_copied_in_a_browser_or_a_word_processor_keeps_its_formatting(page: AnnouncementsPage, html: str, markdown: str) -> None:
    page.compose()
    assert paste(page, html=html, text="only the words") == markdown


def test_given_nothing_formatted_in_it_then_a_paste_is_the_plain_text_as_it_was(page: AnnouncementsPage) -> None:
    page.compose()
    assert paste(page, html="<div>two  spaces</div>", text="two  spaces\n\n\nthere") == "two  spaces\n\n\nthere"


def test_a_paste_without_formatting_and_one_that_is_undone(page: AnnouncementsPage, qtbot: QtBot) -> None:
    page.compose()
    field = page.composer.editor.field
    field.setFocus()
    copied = QMimeData()
    copied.setText("Sunday")
    copied.setHtml("<b>Sunday</b>")
    QGuiApplication.clipboard().setMimeData(copied)
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert field.toPlainText() == "Sunday"
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.toPlainText() == "Sunday**Sunday**"
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.toPlainText() == "Sunday"


def test_given_an_emoji_before_it_then_exactly_what_is_selected_is_formatted(page: AnnouncementsPage, qtbot: QtBot) -> None:
    page.compose()
    field = page.composer.editor.field
    field.setPlainText("🌱🪴 seeds for all")
    cursor = field.textCursor()
    cursor.setPosition(5)  # each emoji is two places
    cursor.setPosition(10, cursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
    qtbot.keyClick(field, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert field.toPlainText() == "🌱🪴 **seeds** for all"
    assert field.textCursor().selectedText() == "seeds"
    bold = [one for one in field.document().firstBlock().layout().formats() if one.format.fontWeight() == QFont.Weight.Bold]
    assert [(one.start, one.length) for one in bold] == [(7, 5)]
    qtbot.keyClick(field, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert field.toPlainText() == "🌱🪴 seeds for all"
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.toPlainText() == "🌱🪴 **seeds** for all"


def test_formatting_within_formatting_comes_and_goes_by_itself(page: AnnouncementsPage, qtbot: QtBot) -> None:
    page.compose()
    field = page.composer.editor.field
    field.setPlainText("soup")
    field.selectAll()
    for key, then in (("B", "**soup**"), ("I", "***soup***"), ("B", "*soup*"), ("I", "soup")):
        qtbot.keyClick(field, getattr(Qt.Key, f"Key_{key}"), Qt.KeyboardModifier.ControlModifier)
        assert field.toPlainText() == then


def test_a_link_leads_to_the_address_that_was_copied(page: AnnouncementsPage, qtbot: QtBot) -> None:
    page.compose()
    field = page.composer.editor.field
    QGuiApplication.clipboard().setText("https://example.org/feira")
    field.setPlainText("🌻 the fair")
    cursor = field.textCursor()
    cursor.setPosition(3)
    cursor.setPosition(11, cursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
    qtbot.keyClick(field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert field.toPlainText() == "🌻 [the fair](https://example.org/feira)"
    assert field.textCursor().selectedText() == "https://example.org/feira"
