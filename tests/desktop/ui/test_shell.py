"""The window around the pages, by mouse and by keyboard."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.actions.members import import_members
from desktop.community.errors import Refused
from desktop.community.members import Member
from desktop.store import members
from desktop.store.database import Store
from desktop.store.journal import operation
from desktop.ui.navigation import PageName
from desktop.ui.pages import PAGES
from desktop.ui.widgets.toasts import Toast
from helpers.accessible import nameless
from helpers.window import Desktop
from resources.translations import phrase


def add_member(store: Store) -> None:
    with operation(store, phrase("Added {name}", name="Ana")) as op:
        members.add(op, Member("Ana"))


@pytest.mark.parametrize("number", range(1, len(PAGES) + 1))
def test_given_the_window_when_ctrl_and_a_number_is_pressed_then_that_page_shows(qtbot: QtBot, sample_desktop: Desktop, number: int) -> None:
    window = sample_desktop.open_window()
    with qtbot.waitActive(window):
        window.show()
    qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
    assert window.pages.page is not None
    assert window.pages.page.entry is PAGES[number - 1]


def test_given_every_page_when_a_screen_reader_walks_through_then_every_control_has_a_name(qtbot: QtBot, sample_desktop: Desktop) -> None:
    window = sample_desktop.open_window()
    window.show()
    for entry in PAGES:
        sample_desktop.kit.navigation.go(entry.name)
        assert not nameless(window), entry.title


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_given_a_button_that_has_the_focus_when_enter_or_space_is_pressed_then_it_is_pressed(
    qtbot: QtBot, sample_desktop: Desktop, key: Qt.Key
) -> None:
    window = sample_desktop.open_window()
    with qtbot.waitActive(window):
        window.show()
    sample_desktop.kit.navigation.go(PageName.ANNOUNCEMENTS)
    new = next(one for one in window.findChildren(QPushButton) if one.text() == "New announcement" and one.isVisible())
    new.setFocus()
    qtbot.keyClick(new, key)
    assert not new.isVisible()
    assert window.pages.page is not None
    assert any(one.text() == "Back to the list" and one.isVisible() for one in window.pages.page.findChildren(QPushButton))


def test_given_an_action_when_it_is_done_then_a_toast_says_so_and_undo_takes_it_back(qtbot: QtBot, empty_desktop: Desktop) -> None:
    window = empty_desktop.open_window()
    window.show()
    empty_desktop.kit.operations.run(add_member)
    assert [notice.text for notice in empty_desktop.said] == ["Added Ana"]
    toast = window.findChild(Toast)
    assert toast is not None
    button = next(one for one in toast.findChildren(QPushButton) if one.text() == "Undo")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [notice.text for notice in empty_desktop.said] == ["Added Ana", "Undone: Added Ana"])
    assert members.count(empty_desktop.kit.store) == 0


def test_given_something_done_when_ctrl_z_is_pressed_then_it_is_undone_and_ctrl_y_does_it_again(qtbot: QtBot, empty_desktop: Desktop) -> None:
    window = empty_desktop.open_window()
    with qtbot.waitActive(window):
        window.show()
    empty_desktop.kit.operations.run(add_member)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: members.count(empty_desktop.kit.store) == 0)
    qtbot.waitUntil(lambda: not empty_desktop.kit.operations.busy)
    qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: members.count(empty_desktop.kit.store) == 1)


def test_given_an_action_that_is_refused_when_it_is_run_then_its_sentence_is_said_and_nothing_else_happens(empty_desktop: Desktop) -> None:
    def refused(store: Store) -> None:
        raise Refused(phrase("There is no such member."))

    empty_desktop.kit.operations.run(refused, then=lambda _result: pytest.fail("it was refused"))
    assert [notice.text for notice in empty_desktop.said] == ["There is no such member."]


def test_given_another_program_that_writes_when_an_action_is_run_then_the_window_lives_and_it_is_done_later(
    qtbot: QtBot, empty_desktop: Desktop
) -> None:
    with empty_desktop.program.open() as other:
        with other.write():
            began = time.monotonic()
            empty_desktop.kit.operations.run(add_member)
            assert time.monotonic() - began < 1  # seconds; the driver's own patience is five
            assert empty_desktop.kit.operations.busy
        qtbot.waitUntil(lambda: members.count(empty_desktop.kit.store) == 1)


def test_given_an_import_when_it_is_cancelled_then_nothing_was_kept_and_a_sentence_says_so(
    qtbot: QtBot, empty_desktop: Desktop, tmp_path: Path
) -> None:
    table = tmp_path / "people.csv"
    table.write_text("Name,E-mail\n" + "".join(f"Person {number},p{number}@example.org\n" for number in range(5000)), "utf-8")
    job = empty_desktop.kit.operations.start("Importing …", lambda store, progress: import_members(store, table, {}, progress=progress))
    job.cancel()
    with qtbot.waitSignal(job.ended, timeout=10_000):
        pass
    assert members.count(empty_desktop.kit.store) == 0
    assert empty_desktop.said[-1].text == "Stopped. Nothing was imported."


def test_given_another_program_that_has_written_when_the_window_looks_then_pages_are_told(qtbot: QtBot, empty_desktop: Desktop) -> None:
    with empty_desktop.program.open() as other:
        add_member(other)
    with qtbot.waitSignal(empty_desktop.bridge.news):
        empty_desktop.bridge.look()


def test_given_the_palette_when_a_name_is_typed_and_enter_pressed_then_that_member_is_shown(qtbot: QtBot, sample_desktop: Desktop) -> None:
    window = sample_desktop.open_window()
    with qtbot.waitActive(window):
        window.show()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.palette_panel.field, "catarina")
    qtbot.keyClick(window.palette_panel.field, Qt.Key.Key_Return)
    assert not window.palette_panel.isVisible()
    assert window.pages.page is not None
    assert window.pages.page.entry.name is PageName.MEMBERS


def test_given_the_palette_when_escape_is_pressed_then_it_is_gone(qtbot: QtBot, sample_desktop: Desktop) -> None:
    window = sample_desktop.open_window()
    window.show()
    window.palette_panel.open()
    qtbot.keyClick(window.palette_panel.field, Qt.Key.Key_Escape)
    assert not window.palette_panel.isVisible()


def test_given_a_closed_window_when_it_opens_again_then_it_shows_the_same_page(sample_desktop: Desktop) -> None:
    window = sample_desktop.open_window()
    window.show()
    sample_desktop.kit.navigation.go(PageName.CHANNELS)
    window.close()
    again = sample_desktop.open_window()
    assert again.pages.page is not None
    assert again.pages.page.entry.name is PageName.CHANNELS
